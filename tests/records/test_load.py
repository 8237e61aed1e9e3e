"""Half-hours come in as suppliers give them, to the digit; what lacks is no zero, what stands twice is refused."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from carbonlib.errors import Finding, RecordError
from carbonlib.plausibility.load import load_doubts
from carbonlib.problems import problems
from carbonlib.records.bands import built_in_bands
from carbonlib.records.bills import read_bills
from carbonlib.records.company import read_company
from carbonlib.records.csvfiles.clocks import slot_of
from carbonlib.records.importing import Imported, import_files
from carbonlib.records.load import SLOTS, MeterLoad, gaps, load_days, load_text, read_load
from carbonlib.records.workspace import Workspace
from tests.conftest import run_cli
from tests.records.workbook.books import shop

HEADER = "site_id,meter_id,carrier,start,end,quantity,unit,cost,cost_unit,tax\n"
BILL = HEADER + "honten,E1,electricity,2025-04-01,2025-04-02,960,kWh,,,\n"
RANGES = [f"{i // 2}:{i % 2 * 30:02d}～{(i + 1) // 2}:{(i + 1) % 2 * 30:02d}" for i in range(48)]
BEGINNINGS = [f"{i // 2}:{i % 2 * 30:02d}" for i in range(48)]
ENDS = [f"{i // 2}:{i % 2 * 30:02d}" for i in range(1, 49)]
NUMBERS = [str(i) for i in range(1, 49)]


def days(slots: list[str], *values: str, title: str = "供給地点特定番号,0300000000000000000000\n") -> str:
    """A file with a day a row; each of `values` fills a day."""
    rows = [",".join([f"2025/4/{n}", *([v] * 48)]) for n, v in enumerate(values, start=1)]
    return title + ",".join(["年月日（kWh）", *slots]) + "\n" + "\n".join(rows)


def long(count: int = 96, *, end: bool = False) -> str:
    """A file with a half-hour a row."""
    rows = []
    for i in range(count):
        day, slot = divmod(i, 48)
        rows.append(f"2025年4月{day + 1}日,{(ENDS if end else BEGINNINGS)[slot]},{i / 10:.1f}")
    return "供給地点特定番号：03-0000\n日付,時刻,使用量(kWh)\n" + "\n".join(rows)


def bring(tmp_path: Path, text: str, *, meter: str | None = "E1", encoding: str = "cp932") -> Imported:
    home = Workspace(tmp_path / "ws")
    if not home.parameters.exists():
        shop(home.root, BILL)
    file = tmp_path / "load.csv"
    file.write_text(text, encoding=encoding)
    return import_files(home, [file], company_id="shop", meter_id=meter)


def loads(tmp_path: Path) -> tuple[MeterLoad, ...]:
    home = Workspace(tmp_path / "ws")
    return read_load(home, read_company(home, "shop"))


def refused(tmp_path: Path, text: str, **options: str | None) -> list[Finding]:
    with pytest.raises(RecordError) as error:
        bring(tmp_path, text, **options)  # type: ignore[arg-type]
    assert loads(tmp_path) == ()
    return [f for f in error.value.findings if f.severity == "error"]


@pytest.mark.parametrize("slots", [RANGES, BEGINNINGS, ENDS, NUMBERS, [f"{s}:00" for s in BEGINNINGS]])
def test_a_day_a_row(tmp_path: Path, slots: list[str]) -> None:
    bring(tmp_path, days(slots, "10.5", "9.5"))
    [load] = loads(tmp_path)
    assert (load.site_id, load.meter_id, load.start, load.end) == (
        "honten",
        "E1",
        date(2025, 4, 1),
        date(2025, 4, 2),
    )
    assert load.values == (10.5,) * 48 + (9.5,) * 48
    assert load.kwh(date(2025, 4, 1), date(2025, 4, 2)) == 960
    text = (tmp_path / "ws/parameters/companies/shop/load_30min.csv").read_text(encoding="utf-8")
    assert text.splitlines()[1] == "honten,E1,2025-04-01," + ",".join(["10.5"] * 48)
    assert "0300000" not in text, "the supply point's number is not kept"


@pytest.mark.parametrize("end", [False, True])
def test_a_half_hour_a_row(tmp_path: Path, end: bool) -> None:
    done = bring(tmp_path, long(end=end), encoding="utf-8-sig")
    [load] = loads(tmp_path)
    assert load.values == tuple(i / 10 for i in range(96))
    [note] = [f for f in done.findings if f.id == "csv.load_times"]
    assert ("終わり" if end else "始まり") in note.message.ja


def test_moments_and_running_numbers(tmp_path: Path) -> None:
    bring(tmp_path, "日時,電力量(kWh)\n2025/04/01 00:00,1\n2025/04/01 00:30,2\n2025-04-02T23:30,3\n")
    [load] = loads(tmp_path)
    assert (load.values[0], load.values[1], load.values[95], load.missing) == (1, 2, 3, 93)
    text = (
        "日付,コマ,時間帯_自,時間帯_至,使用量（kWh）\n20250403,1,00:00,00:30,4\n20250403,48,23:30,24:00,5\n"
    )
    bring(tmp_path, text)
    [load] = loads(tmp_path)
    assert (load.values[0], load.values[96], load.values[-1]) == (1, 4, 5), "laid over what was there"


def test_gaps_are_named_and_are_not_zero(tmp_path: Path) -> None:
    text = days(BEGINNINGS, "1", "", "1").replace("2025/4/1,1,1,1", "2025/4/1,1,-,0")
    done = bring(tmp_path, text)
    [load] = loads(tmp_path)
    assert load.values[:4] == (1, None, 0, 1)
    assert load.missing == 49
    assert gaps(load) == [("2025-04-01 00:30", "2025-04-01 01:00"), ("2025-04-02 00:00", "2025-04-03 00:00")]
    assert load.kwh(date(2025, 4, 1), date(2025, 4, 1)) is None
    [gap] = load.findings
    assert (gap.id, gap.severity) == ("load.gap", "warning")
    assert "49 個ありません（2025-04-01 00:30〜2025-04-01 01:00" in gap.message.ja
    assert gap.fiscal_year == 2025
    assert gap.message in {f.message for f in done.findings}


def test_gaps_of_two_fiscal_years_are_two_doubts(tmp_path: Path) -> None:
    bring(
        tmp_path,
        "日時,電力量(kWh)\n2026/03/31 00:00,1\n2026/03/31 23:30,1\n2026/04/01 00:00,1\n2026/04/01 23:30,1\n",
    )
    [load] = loads(tmp_path)
    assert [(f.id, f.fiscal_year) for f in load.findings] == [("load.gap", 2025), ("load.gap", 2026)]
    assert "46 個ありません（2026-04-01 00:30〜2026-04-01 23:30" in load.findings[1].message.ja


@pytest.mark.parametrize(
    ("text", "id", "line"),
    [
        (days(BEGINNINGS[:46], "1"), "csv.load_half_hours", 2),
        (days([*ENDS, "24:30", "25:00"], "1"), "csv.load_half_hours", 2),
        (days(BEGINNINGS, "1", "1").replace("2025/4/2", "2025/4/1"), "csv.load_twice", 4),
        (long() + "\n2025/4/2,23:30,7", "csv.load_twice", 99),
        (long(3) + "\n2025/4/2,0:15,7", "csv.load_time", 6),
        (long(3) + "\n2025/4/2,24:30,7", "csv.load_time", 6),
        (long(3) + "\n2025/4/31,0:30,7", "csv.load_date", 6),
        (long(3) + "\n2025/4/2,0:30,-7", "csv.load_negative", 6),
        (long(3) + "\n2025/4/2,0:30,x", "csv.load_number", 6),
        (long().replace("(kWh)", ""), "csv.load_unit", 2),
        (days(BEGINNINGS, "1").replace("（kWh）", "（kW）"), "csv.load_unit", 2),
        (
            "供給地点特定番号,日付,時刻,使用量(kWh)\n1,2025/4/1,0:00,1\n2,2025/4/1,0:30,1\n",
            "csv.load_points",
            1,
        ),
    ],
)
def test_what_cannot_be_is_refused_with_its_line(tmp_path: Path, text: str, id: str, line: int) -> None:
    shop(tmp_path / "ws", BILL)
    assert (id, line) in [(f.id, f.place.line) for f in refused(tmp_path, text)]


def test_the_meter_must_be_clear(tmp_path: Path) -> None:
    other = "honten,E2,electricity,2025-04-01,2025-04-02,960,kWh,,,\n"
    shop(tmp_path / "ws", BILL + other)
    assert [f.id for f in refused(tmp_path, long(), meter=None)] == ["csv.load_meter"]
    bring(tmp_path, long(), meter="E2")
    assert loads(tmp_path)[0].meter_id == "E2"


def test_sums_are_compared_with_the_bills(tmp_path: Path) -> None:
    bring(tmp_path, days(BEGINNINGS, "10", "10"))
    home = Workspace(tmp_path / "ws")
    assert [(f.id, f.severity) for f in problems(home) if f.id.startswith("load.")] == [
        ("load.bills_agree", "note")
    ]
    bring(tmp_path, days(BEGINNINGS, "10", "10").replace("kWh", "千kWh"))
    [doubt] = [f for f in problems(home) if f.id.startswith("load.")]
    assert (doubt.id, doubt.severity, doubt.place.line) == ("load.bill_differs", "warning", 2)
    assert "の 1,000 倍です" in doubt.message.ja
    assert "千kWh の取り違え" in doubt.message.ja
    half = MeterLoad("honten", "E1", date(2025, 4, 1), (10.0,) * 48)
    bills = read_bills(home, read_company(home, "shop"))
    assert list(load_doubts([half], bills, built_in_bands())) == [], (
        "days that are not known are not compared"
    )


def test_a_day_that_does_not_add_up_is_named(tmp_path: Path) -> None:
    lines = days(RANGES, "10", "10").splitlines()
    lines = [lines[0], lines[1] + ",日計", lines[2] + ",480", lines[3] + ",490"]
    done = bring(tmp_path, "\n".join(lines))
    assert [(f.id, f.place.line) for f in done.findings if f.severity == "warning"] == [
        ("csv.total_differs", 4)
    ]


def test_the_stored_file_is_checked_when_it_is_read(tmp_path: Path) -> None:
    bring(tmp_path, days(BEGINNINGS, "1", "2"))
    path = tmp_path / "ws/parameters/companies/shop/load_30min.csv"
    lines = path.read_text(encoding="utf-8").splitlines()
    wrong = [
        lines[0],
        lines[1],
        lines[1],
        lines[2] + ",1,1",
        lines[2].replace(",2,", ",x,", 1),
        "no,E1,2025-04-09" + ",1" * 48,
    ]
    path.write_text("\n".join(wrong), encoding="utf-8")
    with pytest.raises(RecordError) as error:
        loads(tmp_path)
    assert [(f.id, f.place.line) for f in error.value.findings] == [
        ("load.twice", 3), ("load.half_hours", 4), ("load.number", 5), ("load.site", 6),
    ]  # fmt: skip
    assert "50 個" in error.value.findings[1].message.ja


def test_a_whole_year_has_all_its_half_hours(tmp_path: Path) -> None:
    year = MeterLoad("s", "E1", date(2023, 3, 25), tuple(float(i) for i in range(48 * 400)))
    assert len(year.of_year(2023)) == 17_568  # with 29 February 2024
    assert len(MeterLoad("s", "E1", date(2025, 4, 1), (1.0,)).of_year(2025)) == 17_520
    assert year.of_year(2023)[0] == 7 * 48
    assert year.of_year(2022)[-1] == 7 * 48 - 1
    assert year.of_year(2024)[-1] is None


@given(st.dictionaries(st.dates(date(2020, 1, 1), date(2030, 1, 1)), st.lists(st.decimals("0", "99999", places=2) | st.none(), min_size=48, max_size=48), max_size=4))  # fmt: skip
def test_what_is_written_is_read_again(written: dict[date, list[object]]) -> None:
    kept = {("s", "E1"): written} if written else {}
    read = load_days(load_text(kept), "x.csv", {"s"})  # type: ignore[arg-type]
    assert {m: {day: values for day, (_, values) in own.items()} for m, own in read.items()} == kept


def test_a_registered_file_with_errors_is_not_laid_over(tmp_path: Path) -> None:
    bring(tmp_path, days(BEGINNINGS, "1", "1", "1"))
    path = tmp_path / "ws/parameters/companies/shop/load_30min.csv"
    heading, one, two, three = path.read_text(encoding="utf-8").splitlines()
    lines = [
        heading, one.replace("2025-04-01", "2025/4/1"), "honten", two.removesuffix(",1"), three.replace(",1,", ",x,", 1),
        three, 'honten,"',
    ]  # fmt: skip
    path.write_text("\n".join(lines), encoding="utf-8")
    before = path.read_bytes()
    with pytest.raises(RecordError) as error:
        bring(tmp_path, days(BEGINNINGS, "2"))
    assert [(f.id, f.place.line) for f in error.value.findings] == [
        ("load.date", 2), ("load.half_hours", 3), ("load.half_hours", 4), ("load.number", 5), ("load.twice", 6),
        ("csv.syntax", 7),
    ]  # fmt: skip
    assert {f.place.file for f in error.value.findings} == {"parameters/companies/shop/load_30min.csv"}
    assert "0 個" in error.value.findings[1].message.ja
    assert path.read_bytes() == before


def test_every_slot_is_understood() -> None:
    assert [slot_of(s) for s in SLOTS] == [(30 * i, False) for i in range(48)]
    assert timedelta(minutes=30) * 48 == timedelta(days=1)


def test_from_the_command_line(tmp_path: Path) -> None:
    home = shop(tmp_path / "ws", BILL)
    (tmp_path / "l.csv").write_text(days(RANGES, "10", "10"), encoding="cp932")
    done = run_cli("import", "../l.csv", "--company", "shop", "--meter", "E1", cwd=home.root)
    assert done.returncode == 0, done.stderr
    assert "load_30min.csv" in done.stdout
    unnamed = run_cli("import", "../l.csv", cwd=home.root)
    assert unnamed.returncode == 1
    assert "--company" in unnamed.stderr
