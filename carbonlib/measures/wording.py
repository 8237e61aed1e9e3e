"""How an input is named to whoever has to write it: its path, its label, and an example in its own unit."""

from __future__ import annotations

from typing import Any

from carbonlib.errors import Message, shown
from carbonlib.factors import carriers
from carbonlib.measures.model import Declared, Fuel, Given, Input, Series
from carbonlib.units import Quantity, format_number, ureg

# a number that people would write in a unit, where ten is none
_USUAL = {"h/年": 2000, "日/年": 250, "kWh/年": 12000, "℃": 26, "W": 40, "": 3, "%": 25, "円/台": 1200}


def example(declared: Declared, carrier: str = "") -> str:
    """Return how an input may be written, with its unit and within its bounds.

    >>> example(Input("count", "灯具の台数", "fittings", "台")), example(Input("cop", "COP", "COP", "", high=2))
    ('10 台', '2')
    """
    if isinstance(declared, Fuel):
        kind = carriers().get(carrier)
        return f"1,200 {kind.display_units[0]}/年" if kind else "1,200 L/年"
    if isinstance(declared, Series):
        return "30分値"
    if not isinstance(declared, Input):
        return ""
    number = usual_number(declared)
    return f"{format_number(number, 0 if number == int(number) else 2)} {declared.unit}".strip()


def usual_number(declared: Input) -> float:
    """Return a number that people would write for an input, within its bounds."""
    difference = declared.name.endswith(("_change", "_difference"))
    number: float = 2 if difference and declared.unit == "℃" else _USUAL.get(declared.unit, 10)
    if declared.low is not None:
        number = max(number, declared.low)
    if declared.high is not None:
        number = min(number, declared.high)
    return number


def write_as(declared: Declared, path: str, carrier: str = "") -> Message:
    """Return the sentence that names an input and says how to write it.

    >>> write_as(Input("count", "灯具の台数", "fittings", "台"), "count").ja
    '「count」（灯具の台数）は「10 台」のように書いてください。'
    """
    shape = example(declared, carrier)
    return Message(
        f"「{path}」（{declared.label_ja}）は「{shape}」のように書いてください。",
        f"Write {path!r} ({declared.label_en}) as in {shape!r}.",
    )


def as_written(value: Any) -> str:
    """Return a value for a sentence: what was written, a quantity in symbols where nothing was."""
    one = value if isinstance(value, Given) else Given(value)
    if one.text:
        return shown(one.text)
    return f"{one.value:~}" if isinstance(one.value, ureg.Quantity) else shown(one.value)


def span(low: float | None, high: float | None, unit: str) -> Message:
    """Return the bounds of an input in words.

    >>> span(0, 100, "%"), span(1, None, "h")
    (Message(ja='0〜100 %', en='from 0 to 100 %'), Message(ja='1 h 以上', en='at least 1 h'))
    """
    behind = f" {unit}" if unit else ""
    if high is None:
        return Message(f"{plain(low)}{behind} 以上", f"at least {plain(low)}{behind}")
    if low is None:
        return Message(f"{plain(high)}{behind} 以下", f"at most {plain(high)}{behind}")
    return Message(f"{plain(low)}〜{plain(high)}{behind}", f"from {plain(low)} to {plain(high)}{behind}")


def plain(number: float | None) -> str:
    """Return a number with as many digits as it has, six decimals at most."""
    return f"{number or 0:,.6f}".rstrip("0").rstrip(".")


def in_words(value: Any, inside: Quantity, unit: str) -> str:
    """Return a value for a sentence about its size: as written, else in the unit of the input."""
    if isinstance(value, Given) and value.text:
        return shown(value.text)
    return f"{plain(float(inside.magnitude))} {unit}".strip()
