"""The headings of CSV files: the table of spellings, and the unit and tax that a heading states."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from carbonlib.errors import Place, shown
from carbonlib.records.model import TAX_WORDS
from carbonlib.records.reading.costwords import BRACKETS, is_part_of_cost, of_some_hours
from carbonlib.records.reading.months import When, plain, read_month
from carbonlib.records.reading.problems import Problems
from carbonlib.records.reading.totalwords import is_total
from carbonlib.records.reading.words import heading, is_annual, tax_in, units_in

_SUPPLIER = "supplier_"


@cache
def spellings(table: str) -> dict[str, str]:
    """Return what each spelling of a table of ``columns.csv`` means; a meaning spells itself.

    >>> spellings("bills")["使用量"], spellings("bills")["quantity"]
    ('quantity', 'quantity')
    """
    text = files("carbonlib.records").joinpath("data", "columns.csv").read_text(encoding="utf-8")
    rows = [r for r in csv.DictReader(text.splitlines()) if r["table"] == table]
    own = {r["column"]: r["column"] for r in rows}
    return own | {plain(r["spelling"]): r["column"] for r in rows}


@dataclass(frozen=True)
class Head:
    """A heading: the column that it means, empty for none, and what it states of unit, money and tax."""

    text: str
    column: str = ""
    unit: str = ""
    money: str = ""
    tax: str = ""
    month: When | None = None
    total: bool = False


def stated_tax(text: str) -> str:
    """Return what a text says of consumption tax as bills.csv writes it, empty for nothing."""
    said = tax_in(text)
    return "" if said == "unknown" else TAX_WORDS[said]


def taxes_contradict(one: str, other: str) -> tuple[str, str]:
    """Return the sentences on a cost that is said to be with tax and without."""
    return (
        f"料金が {one} と {other} の両方になっています。見出しと税の欄のどちらかを直してください。",
        f"The cost is said to be both {one} and {other}; mend its heading or the cell of its tax.",
    )


def left_out(one: Head, problems: Problems, place: Place) -> None:
    """Say that a column is not taken in: a slip of the pen only where its heading is not one that bills have."""
    name = shown(one.text)
    kind = heading(one.text).kind
    if one.column or (kind == "ignored" and not is_part_of_cost(one.text)):
        problems.note(
            "column_left_out",
            f"列「{name}」は取り込みません（この形の表では使わない列です）。",
            f"The column {name!r} is not taken in; a table of this form has no use for it.",
            place,
        )
        return
    hint, hint_en = "綴りの誤りでないか確かめてください", "check its spelling"
    if kind:
        hint, hint_en = (
            "必要な値なら、見出しを 使用量・料金 などに直してください",
            "if it is needed, head it 使用量, 料金 or the like",
        )
    problems.warning(
        "column_left_out",
        f"列「{name}」は取り込みません。{hint}。",
        f"The column {name!r} is not taken in; {hint_en}.",
        place,
    )


@cache
def head(table: str, text: str) -> Head:
    """Return what a heading of a table means.

    >>> head("bills", "使用量（千kWh）").unit, head("bills", "料金(税抜・円)").tax, head("bills", "令和7年4月").month
    ('千kWh', '税抜', Month(year=2025, month=4))
    """
    words = plain(text)
    bare = BRACKETS.sub("", words)
    known = spellings(table)
    column = known.get(words) or known.get(bare, "")
    if column in {"quantity", "cost"} and of_some_hours(text):
        column = ""  # 料金(夜間) is not all that was charged
    if table == "companies" and words.startswith(_SUPPLIER):
        column = words
    if column or table != "bills":
        unit, money = units_in(text)
        area = "m2" if column == "floor_area" and re.search(r"m2|m²", words) else ""
        return Head(text, column, area or unit, money, stated_tax(text))
    return Head(text, month=read_month(text), total=is_total(text) or is_annual(text))
