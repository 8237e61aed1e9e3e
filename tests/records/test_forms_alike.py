"""One table, read as CSV and as a workbook: both give the same bills, or name the same thing."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from carbonlib.errors import RecordError
from tests.records.workbook.books import bills, book, bring, shop

# a table, the fiscal year of the command, and its bills or what is wrong in it; rows by line, cells by "|"
ROW = "E1 2025-04-01〜2025-04-30 100 kWh"
NEXT = "E1 2025-05-01〜2025-05-31 110 kWh"
TWO = "種別|年月|使用量(kWh)\n電気|2025-04|100\n電気|2025-05|110\n"
CASES: dict[str, tuple[str, int | None, list[str]]] = {
    "months with their years": (
        "種別|年月|使用量(kWh)\n電気|2025年4月|100\n電気|令和7年5月|110\n電気|R7.6|1",
        None,
        [ROW, NEXT, "E1 2025-06-01〜2025-06-30 1 kWh"],
    ),
    "months of a fiscal year": (
        "種別|年月|使用量(kWh)\n電気|4月|100\n電気|3月|110",
        2025,
        [ROW, "E1 2026-03-01〜2026-03-31 110 kWh"],
    ),
    "months of the year above the table": (
        "2025年度 使用量\n種別|年月|使用量(kWh)\n電気|4月|100\n電気|5月|110",
        None,
        [ROW, NEXT],
    ),
    "months that run on": (
        "種別|年月|使用量(kWh)\n" + "\n".join(f"電気|{m}月|1" for m in (10, 11, 12, 1, 2, 3, 4)),
        2024,
        [
            *(f"E1 2024-{m}-01〜2024-{m}-{d} 1 kWh" for m, d in ((10, 31), (11, 30), (12, 31))),
            *(f"E1 2025-{m:02}-01〜2025-{m:02}-{d} 1 kWh" for m, d in ((1, 31), (2, 28), (3, 31), (4, 30))),
            "doubt months_run_on",
            "doubt outside_year",
        ],
    ),
    **{
        f"months that run on, two {what} a month": (
            f"{head}|年月|使用量|単位\n"
            + "\n".join(f"{row.replace('M', f'{m}月')}" for m in (12, 3, 4) for row in rows),
            2024,
            [
                f"{meter} {m}-01〜{m}-{d} 1 {unit}"
                for m, d in (("2024-12", 31), ("2025-03", 31), ("2025-04", 30))
                for meter, unit in meters
            ]
            + ["doubt months_run_on"] * 2
            + ["doubt outside_year"] * 2,
        )
        for what, head, rows, meters in (
            (
                "meters",
                "種別|メーター",
                ("電気|E1|M|1|kWh", "電気|E2|M|1|kWh"),
                (("E1", "kWh"), ("E2", "kWh")),
            ),
            ("energies", "種別", ("電気|M|1|kWh", "都市ガス|M|1|m3"), (("E1", "kWh"), ("G1", "m3"))),
        )
    },
    "months of a calendar year, two meters a month": (
        "種別|メーター|年月|使用量(kWh)\n"
        + "\n".join(f"電気|E{n}|{m}月|1" for m in (1, 4, 12) for n in (1, 2)),
        2025,
        ["wrong no_year", "wrong no_year"],
    ),
    "months newest first": ("種別|年月|使用量(kWh)\n電気|5月|110\n電気|4月|100", 2025, [NEXT, ROW]),
    "months behind one with its year": (
        "種別|年月|使用量(kWh)\n電気|2024年12月|1\n電気|1月|2\n電気|2月|3",
        2024,
        [
            "E1 2024-12-01〜2024-12-31 1 kWh",
            "E1 2025-01-01〜2025-01-31 2 kWh",
            "E1 2025-02-01〜2025-02-28 3 kWh",
        ],
    ),
    "months behind one of the year before": (
        "種別|年月|使用量(kWh)\n電気|2025年4月|100\n電気|5月|110",
        None,
        [ROW, NEXT],
    ),
    "a column of years": (
        "種別|年|使用月|使用量(kWh)\n電気|2025|4月|100\n電気|2025|5月|110\n電気|2026|1月|2",
        2025,
        [ROW, NEXT, "E1 2026-01-01〜2026-01-31 2 kWh"],
    ),
    "a column of fiscal years": (
        "種別|年度|使用月|使用量(kWh)\n電気|2024|3月|1\n電気|2025|4月|100",
        None,
        ["E1 2025-03-01〜2025-03-31 1 kWh", ROW],
    ),
    "January to December under a fiscal year": (
        "種別|年月|使用量(kWh)\n" + "\n".join(f"電気|{m}月|1" for m in range(1, 13)),
        2025,
        ["wrong no_year"],
    ),
    "months of no year": ("種別|年月|使用量(kWh)\n電気|4月|1\n電気|5月|1", None, ["wrong no_year"] * 2),
    "no month": ("種別|年月|使用量(kWh)\n電気|2025年13月|1", None, ["wrong month"]),
    "another century": ("種別|年月|使用量(kWh)\n電気|1925年4月|1", None, ["wrong year_far"]),
    "days without years": (
        "種別|開始日|終了日|使用量(kWh)\n電気|2025/3/20|2025/4/18|1\n電気|4/19|5/18|2",
        2025,
        ["E1 2025-03-20〜2025-04-18 1 kWh", "E1 2025-04-19〜2025-05-18 2 kWh"],
    ),
    "days in one cell": (
        "種別|使用月|使用量(kWh)\n電気|3/20～4/18|1\n電気|4/19～5/18|2",
        2025,
        ["E1 2025-03-20〜2025-04-18 1 kWh", "E1 2025-04-19〜2025-05-18 2 kWh"],
    ),
    "units in cells": (
        "種別|年月|使用量|料金\n電気|2025-04|100kWh|3千円",
        None,
        [ROW + " 3000 unknown"],
    ),
    "units in a column": (
        "種別|年月|使用量|単位\n電気|2025-04|100|kWh\n灯油|2025-04|20|L",
        None,
        [ROW, "K1 2025-04-01〜2025-04-30 20 L"],
    ),
    "units that contradict": (
        "種別|年月|使用量(kWh)|単位\n電気|2025-04|1|千kWh",
        None,
        ["wrong unit_contradicts"],
    ),
    "a unit of another energy": (
        "種別|年月|使用量|単位\n電気|2025-04|1|m3",
        None,
        ["wrong unit_not_of_carrier"],
    ),
    "no unit": ("種別|年月|使用量\n電気|2025-04|1", None, ["wrong unit_missing"]),
    "estimated readings": (
        "種別|年月|使用量(kWh)|推定\n電気|2025-04|100|○\n電気|2025-05|110|実測",
        None,
        [ROW + " est", NEXT],
    ),
    "a mark that nobody can read": (
        "種別|年月|使用量(kWh)|推定\n電気|2025-04|1|たぶん",
        None,
        ["wrong estimated"],
    ),
    "tax in the heading": (
        "種別|年月|使用量(kWh)|料金(税抜・千円)\n電気|2025-04|100|3\n電気|2025-05|110|－",
        None,
        [ROW + " 3000 excluded", NEXT],
    ),
    "a cost without a unit": (
        "種別|年月|使用量(kWh)|料金\n電気|2025-04|100|3000",
        None,
        [ROW + " 3000 unknown", "doubt cost_unit_assumed"],
    ),
    "what a bill breaks down": (
        "種別|年月|使用量(kWh)|契約電力(kW)|基本料金(円)|力率(%)\n電気|2025-04|100|50kW|1700|95",
        None,
        [ROW + " 50kW demand_charge_jpy=1700 power_factor_percent=95"],
    ),
    "a power in another unit": (
        "種別|年月|使用量(kWh)|契約電力(MW)\n電気|2025-04|100|50",
        None,
        ["wrong power"],
    ),
    "a total that is right": (TWO + "|合計|210", None, [ROW, NEXT]),
    "a total that is not": (TWO + "|合計|211", None, [ROW, NEXT, "doubt total_differs"]),
    "a total among the meters": (
        "メーター|種別|年月|使用量(kWh)\nE1|電気|2025-04|60\nE2|電気|2025-04|40\n合計|電気|2025-04|100\n"
        "E1|電気|2025-05|110\nE2|電気|2025-05|1\n合計|電気|2025-05|112",
        None,
        [
            "E1 2025-04-01〜2025-04-30 60 kWh",
            "E2 2025-04-01〜2025-04-30 40 kWh",
            NEXT,
            "E2 2025-05-01〜2025-05-31 1 kWh",
            "doubt total_differs",
        ],
    ),
    **{
        f"{label} among the meters": (
            f"メーター|種別|年月|使用量(kWh)\nE1|電気|2025-04|100\n{label}|電気|2025-04|100",
            None,
            [ROW],
        )
        for label in ("小計", "総計", "年計", "平均", "上期", "Total")
    },
    "a total in the column of energies": (
        "種別|年月|使用量(kWh)\n電気|2025-04|100\n電気|2025-05|110\n合計||211",
        None,
        [ROW, NEXT, "doubt total_differs"],
    ),
    "a total of cost alone": (
        "年月|種別|使用量|単位|料金(円)\n2025-04|電気|100|kWh|10\n2025-05|電気|110|kWh|20\n2025-05|合計|||20",
        None,
        [ROW + " 10 unknown", NEXT + " 20 unknown"],
    ),
    "a total of the year beside its months": (TWO + "電気|年間|210", None, [ROW, NEXT]),
    "a total in a larger unit": (
        "年月|種別|使用量|単位\n2025-04|電気|100|kWh\n2025-05|電気|110|kWh\n合計||0.21|千kWh",
        None,
        [ROW, NEXT],
    ),
    "a column of tax": (
        "種別|年月|使用量(kWh)|料金(円)|税区分\n電気|2025-04|100|10|税込\n電気|2025-05|110|20|税抜",
        None,
        [ROW + " 10 included", NEXT + " 20 excluded"],
    ),
    "a column of tax against the heading": (
        "種別|年月|使用量(kWh)|料金（税抜）（円）|税区分\n電気|2025-04|100|10|税込",
        None,
        ["wrong tax_contradicts"],
    ),
    "costs in the unit above the table": (
        "（単位：千円）\n種別|項目|2025-04|2025-05\n電気|使用量(kWh)|100|110\n電気|料金|10|20",
        None,
        [ROW + " 10000 unknown", NEXT + " 20000 unknown"],
    ),
    "costs without tax by the line above the table": (
        "（金額：千円）\n※料金は税抜\n種別|年月|使用量(kWh)|料金\n電気|2025-04|100|10",
        None,
        [ROW + " 10000 excluded"],
    ),
    "a kind of energy misspelt": ("種別|年月|使用量|単位\n灯油油|2025-04|1|L", None, ["wrong carrier"]),
    "a kind of energy that may be two": ("種別|年月|使用量|単位\nガス|2025-04|1|m3", None, ["wrong carrier"]),
    "below zero": ("種別|年月|使用量(kWh)\n電気|2025-04|-1", None, ["wrong negative"]),
    "a blank beside a cost": (
        "種別|年月|使用量(kWh)|料金(円)\n電気|2025-04||9\n電気|2025-05|1|9",
        None,
        ["wrong no_amount"],
    ),
    "months as columns": (
        "種別|項目|単位|4月|5月\n電気|使用量|kWh|100|110\n電気|料金(税込)|円|10|20",
        2025,
        [ROW + " 10 included", NEXT + " 20 included"],
    ),
    "months as columns behind the contract": (
        "種別|単位|契約電力|2025-04|2025-05\n電気|kWh|50kW|100|110",
        None,
        [ROW + " 50kW", NEXT + " 50kW"],
    ),
    "a contract as a column and otherwise as a row": (
        "種別|項目|単位|契約電力|2025-04\n電気|使用量|kWh|50|100\n電気|契約電力|kW||60",
        None,
        ["wrong contract_contradicts"],
    ),
    "months as columns and their total": (
        "種別|単位|2025-04|2025-05|合計\n電気|kWh|100|110|211",
        None,
        [ROW, NEXT, "doubt total_differs"],
    ),
    "months as columns with a cost without a unit": (
        "種別|項目|単位|2025-04|2025-05\n電気|使用量|kWh|100|110\n電気|料金||10|20",
        None,
        [ROW + " 10 unknown", NEXT + " 20 unknown", "doubt cost_unit_assumed"],
    ),
}
# the reader of bills.csv calls some by the column
SAME = {"missing": "unit_missing", "not_of_carrier": "unit_not_of_carrier", "quantity_blank": "no_amount"}


@pytest.mark.parametrize("form", ["csv", "xlsx"])
@pytest.mark.parametrize("name", CASES)
def test_a_table_says_the_same_in_any_form(tmp_path: Path, name: str, form: str) -> None:
    table, year, wanted = CASES[name]
    assert read_as(tmp_path, table, year, form) == wanted


def read_as(tmp_path: Path, table: str, year: int | None, form: str) -> list[str]:
    """Return the bills of a table that is brought in as a file of a form, and its doubts, or all that is wrong in it."""
    rows = [line.split("|") for line in table.splitlines()]
    home, file = shop(tmp_path / "ws"), tmp_path / f"table.{form}"
    if form == "csv":
        file.write_text("\n".join(",".join(row) for row in rows), encoding="utf-8")
    else:
        book(file, {"表": [[_value(cell) for cell in row] for row in rows]})
    try:
        done = bring(home, file, year=year)
    except RecordError as error:
        return [f"wrong {_kind(f.id)}" for f in error.findings if f.severity == "error"]
    said = [f"doubt {_kind(f.id)}" for f in done.findings if f.severity == "warning"]
    stored = []
    for bill in bills(home):
        more = [f"{bill.cost_jpy} {bill.tax}"] if bill.cost_jpy is not None else []
        more += ["est"] if bill.estimated else []
        more += [f"{bill.contract_demand_kw}kW"] if bill.contract_demand_kw is not None else []
        more += [f"{name}={value}" for name, value in bill.charges.items()]
        stored.append(" ".join([f"{bill.meter_id} {bill.start}〜{bill.end} {bill.written}", *more]))
    return stored + said


def _value(cell: str) -> str | float:
    return float(cell) if re.fullmatch(r"-?\d+", cell) else cell


def _kind(id: str) -> str:
    kind = id.partition(".")[2]
    return SAME.get(kind, kind)
