"""One cell of a printed table as it arrives: full-width, with commas, ▲, a unit, a footnote mark, or nothing."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Literal

from carbonlib.errors import CarbonlibError
from carbonlib.units import GEOMETRIC, read_number, read_unit

CellState = Literal["number", "blank", "about", "text"]
_QUOTES = "'\"’‘“”＇＂`"
_BLANK = re.compile(r"[-‐‑‒–—―−ー－ｰ─━~〜～…‥・･.／/*＊※ 　]*")
_NO_VALUE = {"n/a", "na", "nan", "none", "null", "なし", "無し", "該当なし", "不明", "未把握"}
_HEAD = re.compile(r"([-−▲△+]?\s*[0-9][0-9,]*(?:\.[0-9]+)?)(.*)", re.DOTALL)
_EXPONENT = re.compile(r"[-+]?[0-9]{1,15}(?:\.[0-9]{1,20})?e[-+]?[0-9]{1,2}", re.IGNORECASE)
_FOOTNOTE = re.compile(r"\s*[※*†‡].*$|\s*\(?注\s*[0-9]*\)?$", re.DOTALL)
_ABOUT = re.compile(r"約|およそ|おおよそ|概ね|(ca|approx|about)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Cell:
    """A cell: the text as it stands, and the number with its printed digits and own unit where it holds one."""

    text: str
    state: CellState
    number: Decimal | None = None
    unit: str = ""


def _makes_digits(char: str) -> bool:
    """Return whether normalising makes digits of a character that is none and no part of a unit (①, ㏠)."""
    if char.isascii() or char in "²³₂㎡㎥" or unicodedata.category(char) == "Nd":
        return False
    return any(c.isdigit() for c in unicodedata.normalize("NFKC", char))


@lru_cache(maxsize=4096)
def is_unit(text: str) -> bool:
    """Return whether a text is a unit that can be read.

    >>> is_unit("千kWh"), is_unit("ｋＷｈ／年"), is_unit("税込")
    (True, True, False)
    """
    try:
        read_unit(text, volume_basis=GEOMETRIC)
    except CarbonlibError:
        return False
    return True


def read_cell(text: str) -> Cell:
    """Return what a cell holds; never raises, for a cell that is no number says so.

    Parameters
    ----------
    text : str
        The cell's text. A number in exponent notation keeps the precision that it shows.

    Returns
    -------
    Cell
        `state` is ``number``, ``blank`` (nothing, a dash, 不明), ``about`` (約: its precision is not known) or
        ``text``.

    >>> read_cell("８千円").number, read_cell("８千円").unit
    (Decimal('8'), '千円')
    >>> read_cell("▲１，２００.５０").number, read_cell(" － ").state, read_cell("約63,000").state
    (Decimal('-1200.50'), 'blank', 'about')
    """
    shown = text.strip()
    bare = shown.strip(_QUOTES).strip()
    plain = unicodedata.normalize("NFKC", bare).strip()
    if _BLANK.fullmatch(bare) or _BLANK.fullmatch(plain) or plain.casefold() in _NO_VALUE:
        return Cell(shown, "blank")
    if _ABOUT.match(plain):
        return Cell(shown, "about")
    plain = _FOOTNOTE.sub("", plain).lstrip("¥\\").strip()
    if len(plain) > 60 or any(_makes_digits(c) for c in bare):
        return Cell(shown, "text")
    if _EXPONENT.fullmatch(plain):
        return Cell(shown, "number", Decimal(plain))
    match = _HEAD.fullmatch(plain)
    if not match:
        return Cell(shown, "text")
    number, unit = match[1], match[2].strip().strip("()[]").strip()
    if unit and not is_unit(unit):
        return Cell(shown, "text")
    try:
        return Cell(shown, "number", read_number(number), unit)
    except CarbonlibError:
        return Cell(shown, "text")
