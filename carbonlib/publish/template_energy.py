"""The sheet エネルギー: a block for each meter with its twelve months, spare periods, a sum and a line for the year."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from carbonlib.factors import carriers
from carbonlib.fiscal_year import Month, Period
from carbonlib.publish.template_blocks import Block
from carbonlib.publish.template_style import Book, at_least, choice
from carbonlib.records.billrow import READING_WORDS
from carbonlib.records.model import Bill
from carbonlib.records.workbook.forms import ENERGY
from carbonlib.records.workbook.tables import SPARE_ROW

HEADINGS = (
    *("月", "開始日", "終了日", "使用量", "単位", "料金（税込）[円]", "料金（税抜）[円]"),
    *("料金（税の区分が不明）[円]", "契約電力 [kW]", "最大需要電力 [kW]", "推定検針", "備考"),
)
WIDTHS = (18, 12, 12, 15, 9, 15, 15, 15, 12, 13, 10, 28)
UNITS = ("kWh", "千kWh", "m3", "千m3", "Nm3", "kg", "t", "L", "kL")
_COMMENTS = {
    1: "検針期間が月の初日〜末日と違うときだけ、請求書の「使用期間」を写してください（例 2026/3/20）。",
    3: "請求書の「ご使用量」です。使わなかった月は 0、分からない月は空欄にします。",
    5: "請求書の「請求金額」です。税込・税抜のどちらか分かるほうだけで結構です。",
    8: "請求書の「契約電力」です。電気だけに書きます。",
    9: "請求書の「最大需要電力」「デマンド」です。高圧の電気だけにあります。",
    10: "請求書に「推定」「推定検針」とある月だけ選びます。",
}
_SPARES = 2


def write_energy(book: Book, blocks: Sequence[Block], period: Period, site_names: str) -> None:
    """Write the sheet.

    Parameters
    ----------
    book : Book
        Under writing.
    blocks : sequence of Block
        From top to bottom.
    period : Period
        Whose months stand there.
    site_names : str
        The range that holds the sites' names.
    """
    sheet = book.sheet(
        ENERGY,
        f"エネルギー使用量　{period.label()}",
        (
            "青い欄だけに入力します。メーター（契約）ごとに 1 つの枠を使い、使わない枠は空欄のままにしてください。",
            "使わなかった月は 0、分からない月は空欄です。月別が分からないときは、枠のいちばん下の「年間」の行だけに書きます。",
        ),
        landscape=True,
    )
    for column, width in enumerate(WIDTHS):
        sheet.set_column(column, column, width)
    sheet.freeze_panes(3, 1)
    sheet.repeat_rows(0, 2)
    row = 4
    breaks = []
    for number, block in enumerate(blocks, start=1):
        row = _write_block(book, sheet, row, number, block, period, site_names) + 2
        if number % 2 == 0:
            breaks.append(row - 1)
    sheet.set_h_pagebreaks(breaks[:-1] if len(blocks) % 2 == 0 else breaks)


def _write_block(
    book: Book, sheet: Any, top: int, number: int, block: Block, period: Period, site_names: str
) -> int:
    """Write a block and return its last row."""
    formats = book.formats
    name = carriers()[block.carrier].label_ja if block.carrier else ""
    who = ((0, "事業所", block.site), (3, "エネルギー種別", name), (7, "メーター名", block.meter))
    for column, words, value in who:
        sheet.write_string(top, column, words, formats["label"])
        sheet.write_string(top, column + 1, value, formats["text"])
    sheet.data_validation(
        top,
        1,
        top,
        1,
        choice(
            site_names,
            "事業所",
            "「事業所」シートに書いた名前から選びます。1 か所だけなら空欄のままで結構です。",
        ),
    )
    kinds = [c.label_ja for c in carriers().values()]
    sheet.data_validation(
        top, 4, top, 4, choice(kinds, "エネルギー種別", "請求書のエネルギーの種類を選びます。")
    )
    sheet.data_validation(
        top,
        8,
        top,
        8,
        {
            "validate": "any",
            "input_title": "メーター名",
            "input_message": "メーターや契約を区別する名前です。E1 のままでも、供給地点特定番号でも結構です。",
        },
    )
    for column, words in enumerate(HEADINGS):
        sheet.write_string(top + 1, column, words, formats["heading"])
        if number == 1 and column in _COMMENTS:
            sheet.write_comment(
                top + 1, column, _COMMENTS[column], {"x_scale": 1.6, "font_name": "游ゴシック"}
            )
    sheet.set_row(top + 1, 34)
    first = row = top + 2
    for month in period.months:
        _write_row(
            book, sheet, row, f"{month.year}年{month.month}月", block.months.get(month), block.unit, month
        )
        row += 1
    for spare in range(max(_SPARES, len(block.spare) + 1)):
        bill = block.spare[spare] if spare < len(block.spare) else None
        _write_row(book, sheet, row, f"{SPARE_ROW}{spare + 1}", bill, block.unit, None)
        row += 1
    _write_sums(book, sheet, row, first, [*block.months.values(), *block.spare])
    _write_row(
        book, sheet, row + 1, "年間（月別が分からないとき）", block.annual, block.unit, None, yearly=True
    )
    if not period.is_fiscal_year:  # a year that begins in another month says its own days
        for column, day in ((1, period.first_day), (2, period.last_day)):
            sheet.write_datetime(row + 1, column, _moment(day), formats["date"])
    _validate_rows(sheet, first, row - 1)
    _validate_rows(sheet, row + 1, row + 1)
    return row + 1


def _write_row(
    book: Book,
    sheet: Any,
    row: int,
    words: str,
    bill: Bill | None,
    unit: str,
    month: Month | None,
    *,
    yearly: bool = False,
) -> None:
    formats = book.formats
    sheet.write_string(row, 0, words, formats["wrapped" if yearly else "fixed"])
    if yearly:
        sheet.set_row(row, 34)  # its label takes two lines
    for column in range(1, len(HEADINGS)):
        kind = "date" if column in {1, 2} else ("text" if column in {4, 10, 11} else "number")
        sheet.write_blank(row, column, None, formats[kind])
    sheet.write_string(row, 4, bill.unit if bill else unit, formats["text"])
    if bill is None:
        return
    whole_month = month is not None and (bill.start, bill.end) == (month.first_day, month.last_day)
    if not whole_month and not yearly:
        for column, day in ((1, bill.start), (2, bill.end)):
            sheet.write_datetime(row, column, _moment(day), formats["date"])
    cost = {"included": 5, "excluded": 6, "unknown": 7}[bill.tax]
    for column, value in (
        (3, bill.quantity),
        (cost, bill.cost_jpy),
        (8, bill.contract_demand_kw),
        (9, bill.peak_demand_kw),
    ):
        if value is not None:
            write_decimal(sheet, row, column, value, formats["number"])
    if bill.estimated is not None:
        sheet.write_string(row, 10, READING_WORDS[bill.estimated], formats["text"])
    if bill.note:
        sheet.write_string(row, 11, bill.note, formats["text"])


def _moment(day: date) -> datetime:
    return datetime(day.year, day.month, day.day)  # noqa: DTZ001 a sheet's date has no zone


def write_decimal(sheet: Any, row: int, column: int, value: Decimal, style: Any) -> None:
    """Write a number, as text where a sheet's 15 digits would not hold it."""
    digits = value.normalize().as_tuple().digits
    if len(digits) > 15:
        sheet.write_string(row, column, f"{value:f}", style)
    else:
        sheet.write_number(row, column, float(value), style)


def _write_sums(book: Book, sheet: Any, row: int, first: int, bills: list[Bill]) -> None:
    """Write the line of sums, each formula with its value, so that readers that do not calculate show it."""
    sheet.write_string(row, 0, "合計（自動計算）", book.formats["sum"])
    costs = {5: "included", 6: "excluded", 7: "unknown"}
    for column in range(1, len(HEADINGS)):
        if column == 3 or column in costs:
            letter = "ABCDEFGH"[column]
            amounts = [b.quantity for b in bills] if column == 3 else []
            amounts += [b.cost_jpy for b in bills if b.cost_jpy is not None and costs.get(column) == b.tax]
            formula = f"=SUM({letter}{first + 1}:{letter}{row})"
            sheet.write_formula(row, column, formula, book.formats["sum"], float(sum(amounts)))
        else:
            sheet.write_blank(row, column, None, book.formats["sum"])


def _validate_rows(sheet: Any, first: int, last: int) -> None:
    dates = {
        "validate": "date",
        "criteria": ">=",
        "value": date(2000, 1, 1),
        "input_title": "検針期間",
        "input_message": "月の初日〜末日と違うときだけ書きます（例 2026/3/20）。",
        "error_title": "日付で入れてください",
        "error_message": "2026/3/20 のように書いてください。",
    }
    sheet.data_validation(first, 1, last, 2, dates)
    sheet.data_validation(
        first,
        3,
        last,
        3,
        at_least(
            0, "使用量", "請求書の「ご使用量」の数字だけを入れます。使わなければ 0、分からなければ空欄です。"
        ),
    )
    sheet.data_validation(
        first, 4, last, 4, choice(list(UNITS), "単位", "請求書に書かれている単位を選びます。", strict=False)
    )
    sheet.data_validation(
        first,
        5,
        last,
        7,
        at_least(-1e12, "料金", "その月の請求金額を円で入れます。どれか 1 列だけで結構です。"),
    )
    sheet.data_validation(first, 8, last, 9, at_least(0, "電力", "電気だけです。kW の数字を入れます。"))
    sheet.data_validation(
        first, 10, last, 10, choice(["推定", "実測"], "推定検針", "請求書に「推定」とある月だけ選びます。")
    )
