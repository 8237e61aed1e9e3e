"""The labels of rows and columns that add up, average or compare others: one closed table for all forms."""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import cache
from typing import Literal

from carbonlib.records.reading.carrierwords import names_in_costs
from carbonlib.records.reading.months import plain

# quarter and year add up months; in a column of names 4Q is a meter, and of a year without months 年間 is the amount
TotalKind = Literal["sum", "quarter", "year", "average", "comparison"]

_TOTAL_OF = re.compile(r"[\s・:：_-]*の?(総合計|合計|小計|総計|計)\s*$")
_TWELVE = r"12[かヶケヵカ]月"
_SPAN = rf"年間|年度?|通年|通期|{_TWELVE}|日|月|期|[上下]半?期|第?[1-4]四半期|[1-4]q"
_BEFORE = r"対?(前々年|一昨年|前年|昨年)(度|同月|同期|度?同月|度?同期)?|前月|前期|目標|計画|予算"
_WHAT = r"(使用量|消費量|購入量|料金|金額|実績|合計|計|値|分)*"
_AGAINST = r"((との|からの|に対する|の)?(比較?|比率|差異?|対比|増減|達成))*[率量額値分]?"


@cache
def _table() -> tuple[tuple[re.Pattern[str], TotalKind], ...]:
    rows: tuple[tuple[str, TotalKind], ...] = (
        (r"総?合計|総?計|小計|総合計|大計|total|grandtotal|sub-?total|sum", "sum"),
        (rf"({_SPAN})の?(合計|小計|計)|通年|通期|[上下]半?期|第?[1-4]四半期", "sum"),
        (r"[1-4]q", "quarter"),
        (rf"年間|{_TWELVE}", "year"),
        (rf"({_SPAN}|期間|月間)?の?平均値?|(最大|最小|最高|最低)値?", "average"),
        (rf"({_BEFORE})({names_in_costs()})?{_WHAT}{_AGAINST}", "comparison"),
        (r"累計|増減[率量額値]?|達成率|削減[率量]|構成比", "comparison"),
    )
    return tuple((re.compile(rf"({pattern})(\(.*\))?"), kind) for pattern, kind in rows)


@cache
def total_kind(text: str) -> TotalKind | None:
    """Return what a label that holds nothing else says of others: whether it adds up, averages or compares them.

    >>> total_kind("合 計"), total_kind("前年同月比(%)"), total_kind("年間平均"), total_kind("4Q")
    ('sum', 'comparison', 'average', 'quarter')
    >>> total_kind("前年堂"), total_kind("目標達成ビル"), total_kind("本店")
    (None, None, None)
    """
    words = plain(text)
    return next((kind for pattern, kind in _table() if pattern.fullmatch(words)), None)


def is_total(text: str) -> bool:
    """Return whether the label of a row of months says that the row adds up or compares others.

    >>> is_total("4Q"), is_total("前年度"), is_total("年間")
    (True, True, False)
    """
    return total_kind(text) not in {None, "year"}


def says_total(text: str) -> bool:
    """Return whether a cell, which may be a name, says that its row or column adds up or compares others.

    >>> says_total("合 計"), says_total("Total"), says_total("前年比"), says_total("本店"), says_total("4Q")
    (True, True, True, False, False)
    """
    return total_kind(text) not in {None, "quarter"}


def is_total_of(text: str, names: Collection[str] = ()) -> bool:
    """Return whether a name says that its row adds up or compares others: by itself, or as the total of one of its column.

    Parameters
    ----------
    text : str
        The cell.
    names : collection of str
        What the cells of its column hold.

    >>> is_total_of("合計"), is_total_of("電気 小計", ["電気", "電気 小計"]), is_total_of("空調計", ["空調計", "照明"])
    (True, True, False)
    """
    return says_total(text) or bool(total_of(text, names))


def total_of(text: str, names: Collection[str]) -> str:
    """Return the name that a label is the total of (本店計), empty where it is that of none."""
    base = _TOTAL_OF.sub("", text).strip()
    return base if base and base != text.strip() and base in names else ""


def says_sum(text: str, *, months: bool = False) -> bool:
    """Return whether a cell says that others are added up, and no average or comparison.

    Parameters
    ----------
    text : str
        The cell.
    months : bool
        Whether it stands among months, where 4Q is the sum of three.

    >>> says_sum("小計"), says_sum("下期計"), says_sum("第2四半期"), says_sum("平均")
    (True, True, True, False)
    >>> says_sum("4Q"), says_sum("4Q", months=True)
    (False, True)
    """
    return total_kind(text) in {"sum", "year", *(("quarter",) if months else ())}
