"""Half-hours of suppliers' files: whose unit scales them, and to which day a 0:00 belongs."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from carbonlib.records.csvfiles.slots import Slot, beginnings_of_rows
from tests.records.test_load import BEGINNINGS, ENDS, RANGES, bring, loads, refused

FIRST = date(2025, 4, 1)
END_TIMES = [*ENDS[:-1], "0:00"]


def _days(head: str, row: str, title: str = "使用量のお知らせ") -> str:
    return f"{title}\n{head}\n{row}\n"


def _row(value: str, *more: str) -> str:
    return ",".join(["2025/4/1", *[value] * 48, *more])


def _heading(*more: str, day: str = "年月日", slots: list[str] = RANGES) -> str:
    return ",".join([day, *slots, *more])


@pytest.mark.parametrize(
    ("total", "stated"), [("日計(MWh)", "0.048"), ("日計（kWh）", "48"), ("日計", "48"), ("合計(円)", "1500")]
)
def test_the_unit_of_a_total_scales_that_total_alone(tmp_path: Path, total: str, stated: str) -> None:
    done = bring(tmp_path, _days(_heading(total, day="年月日（kWh）"), _row("1", stated)))
    assert loads(tmp_path)[0].values == (1.0,) * 48
    assert [f.id for f in done.findings if f.id == "csv.total_differs"] == []


def test_a_total_in_its_own_unit_is_compared(tmp_path: Path) -> None:
    done = bring(tmp_path, _days(_heading("日計(MWh)", day="年月日（kWh）"), _row("1", "0.050")))
    [doubt] = [f for f in done.findings if f.id == "csv.total_differs"]
    assert "0.050 MWh が、48 個の値の和 0.048 MWh と合いません" in doubt.message.ja


@pytest.mark.parametrize(
    ("head", "title"),
    [
        (_heading("日計(MWh)"), "使用量のお知らせ"),  # the unit of the total is not that of the values
        (_heading("CO2(kg)"), "使用量のお知らせ"),
        (_heading(), "CO2 排出量(kg)"),
        (_heading(), "月計,1.4,MWh"),
        (_heading(), "単位：kWh,30分値（MWh）"),  # which of the two?
        (_heading(day="年月日（kW）"), "単位：kWh"),
    ],
)
def test_a_unit_that_nobody_wrote_for_the_values_is_asked_for(tmp_path: Path, head: str, title: str) -> None:
    more = ["1"] * (len(head.split(",")) - 49)
    found = refused(tmp_path, _days(head, _row("1", *more), title))
    assert [(f.id, f.place.line) for f in found] == [("csv.load_unit", 2)]


@pytest.mark.parametrize(
    ("head", "title", "kwh"),
    [
        (_heading("CO2(kg)", day="年月日（千kWh）"), "使用量", 1000),
        (_heading(), "30分計量値（MWh）", 1000),
        (_heading(), "契約電力 500kW,単位：kWh", 1),
        (_heading(slots=[f"{s}（kWh）" for s in BEGINNINGS]), "月計（MWh）", 1),
    ],
)
def test_the_unit_stands_over_the_values_or_above_the_table(
    tmp_path: Path, head: str, title: str, kwh: int
) -> None:
    more = ["7"] * (len(head.split(",")) - 49)
    bring(tmp_path, _days(head, _row("2", *more), title))
    assert loads(tmp_path)[0].values == (2.0 * kwh,) * 48


def _rows(heading: str, times: list[str], days: int, falling: bool = False) -> str:
    rows = [
        f"{FIRST + timedelta(d)},{time},{48 * d + n}" for d in range(days) for n, time in enumerate(times)
    ]
    return f"日付,{heading},使用量(kWh)\n" + "\n".join(rows[::-1] if falling else rows) + "\n"


@pytest.mark.parametrize("falling", [False, True])
@pytest.mark.parametrize("days", [1, 3])
@pytest.mark.parametrize(
    ("heading", "times", "ends"),
    [
        ("終了時刻", END_TIMES, True),
        ("時刻", END_TIMES, True),
        ("時刻", ENDS, True),
        ("時刻", BEGINNINGS, False),
        ("開始時刻", BEGINNINGS, False),
    ],
)
def test_a_half_hour_a_row_stays_on_its_day(
    tmp_path: Path, heading: str, times: list[str], ends: bool, days: int, falling: bool
) -> None:
    done = bring(tmp_path, _rows(heading, times, days, falling))
    [load] = loads(tmp_path)
    assert (load.start, load.values) == (FIRST, tuple(map(float, range(48 * days))))
    [note] = [f for f in done.findings if f.id == "csv.load_times"]
    assert ("終わり" if ends else "始まり") in note.message.ja


@pytest.mark.parametrize(("heading", "days"), [("終了日時", 1), ("日時", 1), ("日時", 3)])
def test_moments_that_run_into_midnight_are_ends(tmp_path: Path, heading: str, days: int) -> None:
    if heading == "終了日時":
        heading = "日付,終了時刻"
    begin = datetime(2025, 4, 1, tzinfo=None)  # noqa: DTZ001 - clocks on the wall
    moments = [begin + timedelta(minutes=30 * (n + 1)) for n in range(48 * days)]
    mark = "," if "," in heading else " "
    rows = [f"{m.date()}{mark}{m.hour}:{m.minute:02d},{n}" for n, m in enumerate(moments)]
    bring(tmp_path, f"{heading},使用量(kWh)\n" + "\n".join(rows) + "\n")
    [load] = loads(tmp_path)
    assert (load.start, load.values) == (FIRST, tuple(map(float, range(48 * days))))


def test_midnight_on_both_sides_of_its_day_is_asked_for(tmp_path: Path) -> None:
    text = _rows("時刻", BEGINNINGS, 2) + "\n".join(f"2025-04-03,{t},1" for t in END_TIMES)
    found = refused(tmp_path, text)
    assert [f.id for f in found] == ["csv.load_time"]
    assert "2025-04-01・2025-04-03" in found[0].message.ja


def test_a_time_that_names_both_moments_is_not_moved_by_others(tmp_path: Path) -> None:
    bring(tmp_path, "日付,時刻,使用量(kWh)\n2025/4/1,0:00～0:30,1\n2025/4/1,1:00,2\n2025/4/1,24:00,3\n")
    values = loads(tmp_path)[0].values
    assert (values[0], values[1], values[47]) == (1, 2, 3)


@given(
    st.lists(st.booleans(), min_size=3 * 48, max_size=3 * 48),
    st.booleans(),
    st.sampled_from(["begin", "same day", "next day"]),
)
def test_gaps_do_not_move_what_is_there(there: list[bool], falling: bool, form: str) -> None:
    wanted, written = [], []
    for n, kept in enumerate(there):
        day, minute = FIRST + timedelta(n // 48), 30 * (n % 48)
        if not kept:
            continue
        wanted.append((day, minute))
        end = (minute + 30) % 1440
        if form == "begin":
            written.append(Slot(day, minute, False))
        elif form == "same day" or end:
            written.append(Slot(day, end, False))
        else:
            written.append(Slot(day + timedelta(1), 0, False))
    if form != "begin" and not _shows_its_form(written):
        return
    order = slice(None, None, -1) if falling else slice(None)
    found = beginnings_of_rows(written[order], ends=form != "begin")
    assert found.begun == wanted[order]


def _shows_its_form(written: list[Slot]) -> bool:
    """Each 0:00 has another time on its date: one alone on its date may end that date or the one before."""
    return all(s.minute or sum(o.day == s.day for o in written) > 2 for s in written)
