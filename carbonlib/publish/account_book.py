"""energy_account.xlsx: the check sheet with live formulas, its months as flat data, and every factor with its source.

Written from what the executed notebook carries (`carbonlib.present.attachments`): nothing is computed anew, and the
value kept with each formula is the report's own, unrounded.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from xlsxwriter.utility import xl_rowcol_to_cell

from carbonlib import __version__
from carbonlib.factors import NO_FACTOR_JA
from carbonlib.fiscal_year import Month
from carbonlib.publish.account_book_style import AccountBook, formula, headings, write
from carbonlib.publish.template_style import new_book

SHEET, DATA, FACTORS, ANSWER = "換算計算", "データ", "係数", "取引先回答"
NOT_KNOWN = "–"
_HEADINGS = (
    *("エネルギー種別", "使用量 ①", "単位", "単位発熱量 ②\nGJ/単位", "熱量 ①×②\nGJ"),
    *("原油換算係数\n③=②×0.0258\nkL/単位", "原油換算 ①×③\nkL", "CO2排出係数 ④\nt-CO2/単位"),
    *("CO2排出量 ①×④\nt-CO2", "支払金額\n円", "費用\n千円", "平均単価", "単価の単位"),
)
_DATA = (
    *("集計", "開始日", "終了日", "エネルギー種別", "識別名", "使用量", "単位", "支払金額_円", "熱量_GJ"),
    *("原油換算_kL", "CO2排出量_t-CO2", "契約電力_kW", "最大需要電力_kW", "データの区分"),
)
_DATA_KINDS = {7: "whole", 11: "demand", 12: "demand"}
_FACTORS = (
    *("係数", "識別名", "値", "単位", "体積の状態", "適用年度", "測定年度", "根拠", "出典", "出典の日付"),
    *("出典の場所", "備考"),
)
_ANSWER = ("項目", "値", "単位", "内容", "算定の方法", "係数の識別名", "出典")
_TOP = 6  # row of the headings of the check sheet, counted from 0


def account_book(attached: dict[str, Any]) -> bytes:
    """Return energy_account.xlsx; the same data give the same bytes.

    Parameters
    ----------
    attached : dict
        What `carbonlib.present.attachments` put into the notebook.

    Returns
    -------
    bytes
        Sheets 換算計算 (formulas), データ (one row a month and carrier), 係数 and 取引先回答.
    """
    stream = io.BytesIO()
    book = AccountBook(new_book(stream))
    # a fixed date instead of today's, so that the same inputs give the same bytes
    created = datetime(attached["summary"]["fiscal_year"], 4, 1, tzinfo=UTC)
    book.book.set_properties({"title": "エネルギー使用量・CO2排出量の換算計算", "created": created})
    sheets = [
        book.sheet(SHEET, (22, 14, 9, 15, 13, 19, 15, 18, 16, 16, 12, 12, 13)),
        book.sheet(DATA, (9, 13, 13, 20, 16, 15, 9, 17, 14, 16, 20, 17, 20, 16)),
        book.sheet(FACTORS, (24, 34, 12, 15, 13, 14, 13, 12, 34, 15, 22, 30)),
        book.sheet(ANSWER, (36, 14, 14, 32, 36, 36, 40)),
    ]
    cells = _write_factors(book, sheets[2], attached)
    _write_check_sheet(book, sheets[0], attached, cells)
    _write_data(book, sheets[1], attached)
    _write_answer(book, sheets[3], attached)
    book.book.close()
    return stream.getvalue()


def _write_factors(book: AccountBook, sheet: Any, attached: dict[str, Any]) -> dict[str, str]:
    """Write the factors and return the cell of each value by the factor's id; "" is crude oil per energy."""
    headings(book, sheet, 0, _FACTORS)
    cells = {}
    rows = [
        (
            words["name"],
            data["id"],
            data["value"],
            data["unit"],
            data["volume_basis"],
            words["validity"],
            data["measured_fiscal_year"],
            words["evidence"],
            data["source_label"] or data["source"],
            data["source_published"],
            data["locator"],
            "　".join(t for t in (data["exception"], data["note"]) if t),
        )
        for words, data in zip(attached["factors"], attached["summary"]["factors"], strict=True)
    ]
    rows.append(
        (
            "原油換算係数（熱量 1 GJ あたり）",
            "",
            attached["summary"]["crude_oil_kl_per_gj"],
            "kL/GJ",
            "",
            "定めなし",
            None,
            "公表資料",
            "埼玉県 換算チェックシート",
            "",
            "",
            "",
        )
    )
    for row, values in enumerate(rows, start=1):
        cells[values[1]] = f"{FACTORS}!{xl_rowcol_to_cell(row, 2, True, True)}"
        for column, value in enumerate(values):
            write(book, sheet, row, column, value, "input_factor" if column == 2 else "text")
    sheet.freeze_panes(1, 1)
    sheet.repeat_rows(0)
    sheet.write_string(
        len(rows) + 2, 0, "青い欄の値を変えると、シート「換算計算」が計算し直されます。", book["note"]
    )
    return cells


def _write_check_sheet(
    book: AccountBook, sheet: Any, attached: dict[str, Any], cells: dict[str, str]
) -> None:
    summary = attached["summary"]
    sheet.write_string(0, 0, "エネルギー使用量・CO2排出量・原油換算の計算", book["title"])
    sheet.write_string(1, 0, attached["company"], book["plain"])
    sheet.write_string(
        2,
        0,
        f"期間 {attached['period']}　{attached['fiscal_year']}　係数 {attached['programme']}",
        book["plain"],
    )
    sheet.write_string(3, 0, attached["mark"], book["mark"])
    sheet.write_string(
        4,
        0,
        "青い欄が入力値、そのほかは計算式です。途中では丸めず、表示だけを四捨五入しています。",
        book["note"],
    )
    headings(book, sheet, _TOP, _HEADINGS)
    lines = [
        (row, row.get("values", data))
        for line, data in zip(attached["lines"], summary["account"]["lines"], strict=True)
        for row in line.get("rows", [line])
    ]
    for row, (line, data) in enumerate(lines, start=_TOP + 1):
        _write_line(book, sheet, row, line, data, cells, summary["crude_oil_kl_per_gj"])
    _write_totals(book, sheet, _TOP + 1 + len(lines), [d for _, d in lines], summary["account"]["totals"])
    below = _TOP + len(lines) + 3
    provisional = summary["programme"]["provisional_factor_year"]
    notes = [
        "「単位」は使用量の単位（千kWh・kL・t・千m3・m3）です。係数の出典はシート「係数」にあります。",
        f"「{NOT_KNOWN}」と「{NO_FACTOR_JA}」は、記入または係数がないため集計していない値です（0 ではありません）。",
        *([f"熱量・原油換算・CO2は {provisional}年度の係数による暫定値です。"] if provisional else []),
        f"carbonlib {__version__} で作成。",
    ]
    for row, note in enumerate(notes, start=below):
        sheet.write_string(row, 0, note, book["note"])
    sheet.freeze_panes(_TOP + 1, 1)
    sheet.print_area(0, 0, below + len(notes), len(_HEADINGS) - 1)


def _write_line(
    book: AccountBook,
    sheet: Any,
    row: int,
    line: dict[str, Any],
    data: dict[str, Any],
    cells: dict[str, str],
    kl_per_gj: float,
) -> None:
    """Write one carrier: what is known as numbers, everything else as a formula with its value."""

    def at(column: int) -> str:
        return str(xl_rowcol_to_cell(row, column))

    energy, co2, cost = line["energy"], line["co2"], data["cost_jpy"]
    write(book, sheet, row, 0, line["name"], "text")
    write(book, sheet, row, 1, line["quantity"], "input")
    write(book, sheet, row, 2, line["unit"], "text")
    per_unit = None if energy is None else energy["per_unit"]
    kl_per_unit = None if per_unit is None else per_unit * kl_per_gj
    formula(book, sheet, row, 3, _factor_formula(energy, cells), per_unit, "factor")
    formula(book, sheet, row, 4, f"={at(1)}*{at(3)}", data["primary_energy_gj"], "whole")
    formula(book, sheet, row, 5, f"={at(3)}*{cells['']}", kl_per_unit, "factor")
    formula(book, sheet, row, 6, f"={at(1)}*{at(5)}", data["crude_oil_equivalent_kl"], "exact")
    formula(
        book, sheet, row, 7, _factor_formula(co2, cells), None if co2 is None else co2["per_unit"], "factor"
    )
    formula(book, sheet, row, 8, f"={at(1)}*{at(7)}", data["co2_t"], "exact")
    write(book, sheet, row, 9, cost, "input_yen", missing=NOT_KNOWN)
    formula(book, sheet, row, 10, f"={at(9)}/1000", _quotient(cost, 1000), "whole", missing=NOT_KNOWN)
    price = data["unit_price_jpy"] if cost is not None and line["quantity"] else None
    each = at(1) if line["bill_units"] == 1 else f"({at(1)}*{line['bill_units']})"
    formula(book, sheet, row, 11, f"={at(9)}/{each}", price, "price", missing=NOT_KNOWN)
    write(book, sheet, row, 12, f"円/{line['bill_unit']}", "text")


def _write_totals(
    book: AccountBook, sheet: Any, row: int, lines: Sequence[dict[str, Any]], totals: dict[str, Any]
) -> None:
    columns = {
        4: ("primary_energy_gj", "whole", 1),
        6: ("crude_oil_equivalent_kl", "exact", 1),
        8: ("co2_t", "exact", 1),
        9: ("cost_jpy", "whole", 1),
        10: ("cost_jpy", "whole", 1000),
    }
    for column in range(len(_HEADINGS)):
        if column not in columns:
            sheet.write_string(row, column, "合計" if column == 0 else "", book["total text"])
            continue
        name, kind, scale = columns[column]
        first = xl_rowcol_to_cell(_TOP + 1, column)
        last = xl_rowcol_to_cell(_TOP + len(lines), column)
        total = _quotient(totals[name], scale)
        # a sum over a part of the carriers would pass for the whole
        formula(book, sheet, row, column, f"=SUM({first}:{last})", total, f"total {kind}", missing=NOT_KNOWN)


def _write_data(book: AccountBook, sheet: Any, attached: dict[str, Any]) -> None:
    """Write the flat sheet: a row for each month of a carrier, or one for its year where no month is known."""
    headings(book, sheet, 0, _DATA)
    summary = attached["summary"]
    kind = "見本" if summary["sample"] else "公表値" if summary["published_by"] else "実績"
    row = 0
    for line, data in zip(attached["lines"], summary["account"]["lines"], strict=True):
        parts = [{**m, "of": "月", **_days(m["month"])} for m in data["months"]]
        if not parts:
            parts = [{**data, "of": "年間", **summary["period"]}]
        for part in parts:
            row += 1
            values = (
                part["of"],
                datetime.fromisoformat(part["first_day"]),
                datetime.fromisoformat(part["last_day"]),
                line["name"],
                data["carrier"],
                part["quantity"],
                line["bill_unit"],
                part["cost_jpy"],
                part["primary_energy_gj"],
                part["crude_oil_equivalent_kl"],
                part["co2_t"],
                part.get("contract_demand_kw"),
                part.get("peak_demand_kw"),
                kind,
            )
            for column, value in enumerate(values):
                write(book, sheet, row, column, value, _DATA_KINDS.get(column, "exact"), missing="")
    sheet.autofilter(0, 0, row, len(_DATA) - 1)
    sheet.freeze_panes(1, 0)
    sheet.repeat_rows(0)


def _write_answer(book: AccountBook, sheet: Any, attached: dict[str, Any]) -> None:
    """Write the answer for a customer: what is not known stands as words, never as a number."""
    sheet.write_string(0, 0, "取引先への回答（エネルギー起源CO2）", book["title"])
    sheet.write_string(1, 0, attached["company"], book["plain"])
    sheet.write_string(2, 0, attached["mark"], book["mark"])
    headings(book, sheet, 4, _ANSWER)
    for row, one in enumerate(attached["answer"], start=5):
        write(book, sheet, row, 0, one["label"], "text")
        write(book, sheet, row, 1, one["value"], "exact", missing="" if one["words"] else NOT_KNOWN)
        for column, name in enumerate(("unit", "words", "how"), start=2):
            write(book, sheet, row, column, one[name], "text")
        write(book, sheet, row, 5, "、".join(one["factors"]), "text")
        write(book, sheet, row, 6, one["source"], "text")
    below = 5 + len(attached["answer"]) + 1
    note = "Scope 2 の 2 つの基準は見方の違いで、足し合わせるものではありません。冷媒などほかの温室効果ガスと Scope 3 は含みません。"
    sheet.write_string(below, 0, note, book["note"])
    sheet.print_area(0, 0, below, len(_ANSWER) - 1)


def _days(month: str) -> dict[str, str]:
    one = Month(int(month[:4]), int(month[5:]))
    return {"first_day": one.first_day.isoformat(), "last_day": one.last_day.isoformat()}


def _factor_formula(by: dict[str, Any] | None, cells: dict[str, str]) -> str:
    """Return the formula of a factor per unit of the check sheet, from the printed values of 係数."""
    if by is None:
        return ""
    mass = "" if by["mass"] is None else f"{'/' if by['divides'] else '*'}{cells[by['mass']]}"
    times = "" if by["times"] == 1 else f"*{by['times']!r}"
    return f"={cells[by['factor']]}{mass}{times}"


def _quotient(value: float | None, by: float | None) -> float | None:
    return None if value is None or not by else value / by
