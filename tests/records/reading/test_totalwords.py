"""Labels of totals, averages and comparisons are a closed list: a name that only begins like one is a name."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from carbonlib.records.reading.totalwords import is_total, says_sum, says_total, total_kind
from tests.records.workbook.books import COMPANY, bills, book, bring, shop

SUMS = [
    "合計",
    "総計",
    "小計",
    "Total",
    "年度計",
    "年間合計",
    "12か月計",
    "12ヶ月の合計",
    "上期",
    "第2四半期計",
    "月計",
]
OTHERS = [
    "平均",
    "月平均",
    "年間平均",
    "最大",
    "前年",
    "前年度",
    "前年同月比(%)",
    "昨年度実績",
    "累計",
    "増減率",
    "目標比",
]
OTHERS += ["前年度との差", "対前年比", "前年電気使用量", "目標達成率"]
NAMES = ["前年堂", "昨年工房", "目標ビル", "増減商店", "合計町店", "平均寿", "計算センター", "上期屋"]


@pytest.mark.parametrize("label", SUMS + OTHERS)
def test_a_label_is_read_alike_among_months_and_names(label: str) -> None:
    assert is_total(label)
    assert says_total(label)
    assert says_sum(label) == says_sum(label, months=True) == (label in SUMS)


@pytest.mark.parametrize("name", NAMES)
def test_names_that_begin_like_a_label_are_names(name: str) -> None:
    assert total_kind(name) is None


@pytest.mark.parametrize("label", [*SUMS, "4Q", *OTHERS])
def test_rows_of_every_label_are_passed_over_in_a_workbook(tmp_path: Path, label: str) -> None:
    rows: list[list[Any]] = [["年月", "電気使用量(kWh)"], ["2025年4月", 5], ["2025年5月", 5], [label, 10]]
    home = shop(tmp_path / "ws")
    done = bring(home, book(tmp_path / "a.xlsx", {"電気": rows}))
    assert len(bills(home)) == 2
    assert [f for f in done.findings if f.severity != "note"] == []


@pytest.mark.parametrize("form", ["workbook", "long", "wide"])
def test_a_site_and_a_meter_called_like_a_label_are_read(tmp_path: Path, form: str) -> None:
    home = shop(tmp_path / "ws", company=COMPANY.replace("name: 本店", "name: 前年堂"))
    if form == "workbook":
        rows = [["年月", "事業所", "メーター名", "電気使用量(kWh)"], ["2025年4月", "前年堂", "4Q", 5]]
        file = book(tmp_path / "a.xlsx", {"電気": rows})
    else:
        text = {
            "long": "年月,事業所,メーター,種類,使用量,単位\n2025-04,前年堂,4Q,電気,5,kWh\n",
            "wide": "事業所,メーター,種類,項目,単位,2025-04,2025-05\n前年堂,4Q,電気,使用量,kWh,5,\n",
        }[form]
        file = tmp_path / "a.csv"
        file.write_text(text, encoding="utf-8")
    bring(home, file)
    # and once more from bills.csv, where it was stored
    assert [(b.site_id, b.meter_id, b.quantity) for b in bills(home)] == [("honten", "4Q", 5)]
