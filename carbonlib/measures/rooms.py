"""What measures of lighting and equipment share: rows of rooms, their use, and what must not exceed what."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from carbonlib.measures.model import Input
from carbonlib.measures.refusals import refusal
from carbonlib.measures.terms import Sheet, Term

HOURS_LIT = Input("hours", "点灯時間", "hours lit", "h/年", high=8784)


def fitting_power(name: str = "watts") -> Input:
    """Return the input for the input power of a fitting, with its ballast."""
    ja, en = "器具の入力電力（安定器を含む）", "input power of a fitting with its ballast"
    return Input(name, ja, en, "W", default="fluorescent_input_power")


def used(sheet: Sheet, row: dict[str, Any], ja: str, en: str, value: Term, unit: str = "kWh/年") -> Term:
    """Write down what one room or one kind of equipment uses, under its name."""
    return sheet.row(f"{row['name']}: {ja}", f"{row['name']}: {en}", value, unit)


def at_most(list_name: str, rows: Sequence[dict[str, Any]], *pairs: tuple[str, str]) -> None:
    """Refuse rows in which the first entry of a pair is more than the second."""
    problems = [
        (
            "range",
            f"{list_name}.{index}.{less}",
            f"「{list_name}.{index}.{less}」は「{more}」以下で書いてください。",
            f"'{list_name}.{index}.{less}' must not exceed {more!r}.",
        )
        for index, row in enumerate(rows, start=1)
        for less, more in pairs
        if row[less].quantity > row[more].quantity
    ]
    if problems:
        raise refusal(*problems)
