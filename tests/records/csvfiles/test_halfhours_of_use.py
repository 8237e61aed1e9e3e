"""Half-hours of the use alone: what is generated, sold, planned or of another year never stands for it."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from carbonlib.records.csvfiles.sides import value_columns
from tests.records.test_load import BEGINNINGS, RANGES, bring, loads, refused

OTHERS = ["発電量", "売電量", "逆潮流電力量", "計画電力量", "前年使用量", "累積電力量"]
USES = ["使用量", "買電量", "受電電力量", "使用電力量"]


def _rows(heading: str, row: str = "{time},999,{n}", title: str = "") -> str:
    cells = (row.format(time=f"2025/4/1,{time}", n=n) for n, time in enumerate(BEGINNINGS))
    return f"{title}{heading}\n" + "\n".join(cells)


@pytest.mark.parametrize("other", OTHERS)
@pytest.mark.parametrize("use", [*USES, "電力量"])
def test_the_use_is_taken_wherever_it_stands(tmp_path: Path, other: str, use: str) -> None:
    done = bring(tmp_path, _rows(f"日付,時刻,{other}(kWh),{use}(kWh)"))
    assert loads(tmp_path)[0].values == tuple(range(48))
    [left] = [f for f in done.findings if f.id == "csv.column_left_out"]
    assert f"列「{other}(kWh)」は取り込みません" in left.message.ja


@given(st.lists(st.sampled_from(OTHERS), max_size=4), st.sampled_from(USES), st.randoms())
def test_no_order_of_columns_hides_the_use(others: list[str], use: str, random: object) -> None:
    row = [*others, use]
    random.shuffle(row)  # type: ignore[attr-defined]
    found = value_columns(["日付", "時刻", *row], (0, 1))
    assert found.use == (2 + row.index(use),)
    assert sorted((*found.use, *found.other)) == list(range(2, 2 + len(row)))


@pytest.mark.parametrize(
    ("text", "wrong", "line"),
    [
        (_rows("日付,時刻,発電量(kWh),売電量(kWh)"), "csv.load_not_use", 1),
        (_rows("日付,時刻,A棟使用量(kWh),B棟使用量(kWh)"), "csv.load_columns", 1),
        (_rows("日付,時刻,区分,使用量(kWh)", "{time},売電,{n}"), "csv.load_not_use", 2),
        (
            "太陽光発電量 30分値（kWh）\n日付," + ",".join(RANGES) + "\n2025/4/1" + ",1" * 48,
            "csv.load_not_use",
            1,
        ),
        (
            "区分,日付,単位," + ",".join(RANGES) + "\n売電,2025/4/1,kWh" + ",1" * 48,
            "csv.load_not_use",
            2,
        ),
        ("日付,時刻,使用量(kWh)\n2025/4/1,0:00,1\n1925/4/1,0:30,1\n", "csv.year_far", 3),
        ("日付,時刻,使用量,単位\n2025/4/1,0:00,1,kWh\n2025/4/1,0:30,1,千kWh\n", "csv.load_unit", 1),
    ],
)
def test_what_may_be_no_use_is_refused(tmp_path: Path, text: str, wrong: str, line: int) -> None:
    assert [(f.id, f.place.line) for f in refused(tmp_path, text)] == [(wrong, line)]


@pytest.mark.parametrize(
    "text",
    [
        _rows("日付,時刻,使用量,単位", "{time},{n},kWh"),
        "使用日,単位," + ",".join(map(str, range(1, 49))) + "\n20250401,kWh," + ",".join(map(str, range(48))),
        "日付,"
        + ",".join(f"{s.replace('～', '-')}[kWh]" for s in RANGES)
        + "\n2025-04-01,"
        + ",".join(map(str, range(48))),
        "datetime,kWh\n"
        + "\n".join(f"2025-04-01T{t.zfill(5)}:00+09:00,{n}" for n, t in enumerate(BEGINNINGS)),
        _rows("日付,時刻,使用量(kWh)", "{time},{n}", title="東西発電株式会社 ご使用量\n"),
    ],
)
def test_other_forms_of_half_hours(tmp_path: Path, text: str) -> None:
    bring(tmp_path, text)
    assert loads(tmp_path)[0].values == tuple(range(48))
