"""The value of one cell: an amount with or without its unit, a text, a yes or no."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time, timedelta
from decimal import Decimal

from carbonlib.errors import CarbonlibError, shown
from carbonlib.records.reading.grid import Cell, Grid
from carbonlib.records.reading.problems import Problems
from carbonlib.records.reading.words import spelled
from carbonlib.units import read_number
from carbonlib.units.spellings import key, refused, table

_DASHES = re.compile(r"[-‐‑‒–—―−ーｰ─━－・…]+")
_NUMBER_AND_UNIT = re.compile(r"((?:[-−▲△+]\s*)?\d[\d,]*(?:\.\d+)?)\s*([^\d\s.,].*)")
# ¥110,000- and (500), as accounts and receipts have them
_FIGURE = r"[0-9][0-9,]*(?:\.[0-9]+)?"
_ACCOUNTED = re.compile(
    rf"(?:[-−▲△]\s*)?(?:[¥\\]\s*)?(?:[-−▲△]\s*)?(?:{_FIGURE}|\(\s*(?:[¥\\]\s*)?{_FIGURE}\s*\))(?P<tail>[-−―—–]*)\s*円?"
)
_WIDE = str.maketrans("０１２３４５６７８９，．（）￥＼－　", "0123456789,.()¥\\- ")
_LONGEST_NUMBER = 200
_FORMULA = ("=", "+", "@", "-", "\t")
LONGEST_TEXT = 300


def money_text(text: str) -> tuple[str, str]:
    """Return an amount of money without the marks around it, and 円 where they say so; (500) is below zero.

    >>> money_text("¥110,000-"), money_text("(500)"), money_text("△500"), money_text("33,000")
    (('110,000', '円'), ('-500', ''), ('-500', ''), ('33,000', ''))
    """
    if (text[:1].isdigit() and text[-1:].isdigit()) or len(text) > _LONGEST_NUMBER:
        return text, ""
    plain = text.translate(_WIDE).strip()
    match = _ACCOUNTED.fullmatch(plain)
    yen = any(mark in plain for mark in "¥\\円")
    signs = sum(plain.removesuffix(match["tail"]).count(c) for c in "-−▲△(") if match else 2
    if match is None or signs > 1 or (match["tail"] and not yen):
        return text, ""  # 500- may be below zero or not
    figure = re.search(_FIGURE, plain)
    assert figure
    return "-" * signs + figure[0], "円" if yen else ""


@dataclass(frozen=True)
class Number:
    """A number and the unit written behind it in the same cell, empty for none."""

    value: Decimal
    unit: str = ""


def is_nothing(cell: Cell) -> bool:
    """Return whether a cell is blank or holds a dash: unknown, never zero."""
    return isinstance(cell.value, str) and (cell.blank or bool(_DASHES.fullmatch(cell.text)))


def stored(grid: Grid, cell: Cell, problems: Problems) -> bool:
    """Return whether a cell has a usable value; a formula in error or without a stored value is named."""
    if (cell.row, cell.column) not in grid.broken:
        return True
    problems.error(
        "no_stored_value",
        "数式がエラーか、計算結果が保存されていません。Excel で開いて値を確かめ、保存し直してください。",
        "The formula is in error or its result was not stored; open the file in Excel, check and save it again.",
        grid.place(cell),
    )
    return False


def number(grid: Grid, cell: Cell, problems: Problems) -> Number | None:
    """Return the number of a cell, None where nothing is written or a problem was named."""
    if not stored(grid, cell, problems) or is_nothing(cell):
        return None
    if isinstance(cell.value, bool | date | time | timedelta):
        problems.error(
            "not_a_number",
            f"「{shown(cell.text)}」は数値ではありません（日付か真偽値です）。セルの書式を「標準」にして入れ直してください。",
            f"{shown(cell.text)!r} is no number but a date or a truth value; enter it again in a cell of general format.",
            grid.place(cell),
        )
        return None
    try:
        if isinstance(cell.value, int | float):
            return Number(read_number(f"{Decimal(format(cell.value, '.15g')):f}"))
        figure, yen = money_text(cell.text.strip())
        if figure != cell.text.strip():
            return Number(read_number(figure), yen)
        text = unicodedata.normalize("NFKC", cell.text) if len(cell.text) < _LONGEST_NUMBER else cell.text
        match = _NUMBER_AND_UNIT.fullmatch(text.strip())
        if match and (key(match[2]) in table() or key(match[2]) in refused()):
            return Number(read_number(match[1]), spelled(match[2]))
        return Number(read_number(cell.text))
    except (CarbonlibError, ArithmeticError, ValueError) as error:
        why = error.findings[0].message if isinstance(error, CarbonlibError) else None
        problems.error(
            "not_a_number",
            why.ja if why else f"「{shown(cell.text)}」は数値として読めません。",
            why.en if why else f"{shown(cell.text)!r} is not readable as a number.",
            grid.place(cell),
        )
        return None


def words(grid: Grid, cell: Cell, problems: Problems, *, limit: int = LONGEST_TEXT) -> str:
    """Return the text of a cell on one line, empty where nothing is written or a problem was named.

    A text that a spreadsheet would run as a formula is refused: it would come to life when bills.csv is opened.
    """
    if not stored(grid, cell, problems) or is_nothing(cell):
        return ""
    clean = " ".join(cell.text.split())
    clean = "".join(c for c in clean if unicodedata.category(c) not in {"Cc", "Cf", "Cs", "Co", "Cn"})
    if not isinstance(cell.value, int | float) and unicodedata.normalize("NFKC", clean).startswith(_FORMULA):
        problems.error(
            "formula_text",
            f"「{shown(clean)}」は、表計算ソフトで開くと数式として動く文字です。= + - @ で始めないでください。",
            f"{shown(clean)!r} would run as a formula in a spreadsheet; do not begin with = + - or @.",
            grid.place(cell),
        )
        return ""
    if len(clean) > limit:
        problems.error(
            "text_too_long",
            f"文字が長すぎます（{limit} 文字まで）。",
            f"The text is too long (at most {limit} characters).",
            grid.place(cell),
        )
        return ""
    return clean


def whole(grid: Grid, cell: Cell, low: int, high: int, problems: Problems) -> int | None:
    """Return a whole number between two bounds, None where nothing is written or a problem was named."""
    found = number(grid, cell, problems)
    if found is None:
        return None
    if found.value % 1 or not low <= found.value <= high:
        problems.error(
            "not_whole",
            f"「{shown(cell.text)}」は {low}〜{high} の整数にしてください。",
            f"{shown(cell.text)!r} must be a whole number from {low} to {high}.",
            grid.place(cell),
        )
        return None
    return int(found.value)


_ESTIMATED = {"推定", "推定値", "推定検針", "estimated", "○", "〇", "はい", "true", "1"}
_TAKEN = {
    *("実測", "実測値", "実測検針", "実検針", "通常", "通常検針", "定例", "定例検針", "定期検針"),
    *("actual", "×", "いいえ", "false", "0"),
}


def estimated(grid: Grid, cells: Iterable[Cell], problems: Problems) -> bool | None:
    """Return whether cells mark an estimated reading (推定) or one that was taken (実測); None where they say nothing."""
    said = {_is_estimated(grid, cell, problems) for cell in cells} - {None}
    return True in said if said else None


def _is_estimated(grid: Grid, cell: Cell, problems: Problems) -> bool | None:
    text = words(grid, cell, problems).casefold()
    if text in _ESTIMATED:
        return True
    if text in _TAKEN:
        return False
    if text:
        problems.error(
            "estimated",
            f"「{shown(text)}」は読めません。推定検針なら「推定」、そうでなければ「実測」か空欄にしてください。",
            f"{shown(text)!r} is not readable; write 推定 for an estimated reading, else 実測 or leave it blank.",
            grid.place(cell),
        )
    return None
