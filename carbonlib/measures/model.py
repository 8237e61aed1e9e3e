"""What a measure declares, and what it returns: savings by load and carrier with their calculation table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from carbonlib.errors import CarbonlibError, Finding, Message
from carbonlib.units import Quantity

Kind = Literal["operational", "capital"]
# how a value was learnt, as the calculation table prints it; the last is set by the measures alone
HOW = ("実測", "銘板", "聞き取り", "カタログ", "見積り", "仮定", "入力値", "標準値")


class MeasureError(CarbonlibError):
    """Inputs that a measure cannot work with; each finding's `subject` is the input's name."""


@dataclass(frozen=True)
class Input:
    """One quantity that a measure takes, in the `unit` that its table prints (a spelling such as ``kWh/年``).

    `default` is the id of the row that stands in where none is given; without it the input is required, or may
    be left out where `optional`; with both, `usual` enters the default where the calculation comes to need it.
    `low` and `high` bound the number in `unit`.

    `by` names a choice on which the input depends: the default is then the row ``default_word``, and the unit that
    of `units` where the word has one. `unless` names another input that takes this one's place: one of the two is
    given, never both.
    """

    name: str
    label_ja: str
    label_en: str
    unit: str
    default: str = ""
    optional: bool = False
    low: float | None = 0
    high: float | None = None
    by: str = ""
    units: Mapping[str, str] = field(default_factory=dict)
    unless: str = ""


@dataclass(frozen=True)
class Choice:
    """One word of a few; `options` maps it to its labels."""

    name: str
    label_ja: str
    label_en: str
    options: Mapping[str, Message]
    default: str = ""


@dataclass(frozen=True)
class Fuel:
    """An annual amount of the carrier that the choice `carrier` names, in any of its units."""

    name: str
    label_ja: str
    label_en: str
    optional: bool = False


@dataclass(frozen=True)
class Rows:
    """A list of like things (rooms, units of plant, carriers), each with the same inputs and a name.

    Where `length` is not 0 there are exactly that many (twelve months); `optional` lets the list be left out.
    """

    name: str
    label_ja: str
    label_en: str
    inputs: tuple[Input | Choice | Fuel, ...]
    optional: bool = False
    length: int = 0


@dataclass(frozen=True)
class Series:
    """Values in `unit` one after another, of one of `lengths` (17,520 half-hours); too many for a table."""

    name: str
    label_ja: str
    label_en: str
    unit: str
    lengths: tuple[int, ...]
    optional: bool = False


Declared = Input | Rows | Choice | Fuel | Series


@dataclass(frozen=True)
class Given:
    """A value with what is known of it: how it was learnt (one of `HOW`) and the sentence for 算出根拠.

    `text` is what was written, for a sentence that refuses it.
    """

    value: Any
    basis: str = ""
    how: str = "入力値"
    text: str = ""


# stands for an entry that was written and cannot be read: whoever read it said so, nothing more is asked of it
UNREAD = Given(None)


@dataclass(frozen=True)
class CalculationRow:
    """One line of the calculation table: 項目, 記号, 数量, 単位, 算出根拠・仮定条件.

    `formula` is written in the symbols of earlier rows (``①×②``), empty for what was entered. `how` says where
    an entered value is from, `evidence` and `source` stand for a 標準値.
    """

    label: Message
    symbol: str
    quantity: Quantity
    unit: str
    formula: str = ""
    basis: Message = field(default_factory=lambda: Message("", ""))
    how: str = ""
    evidence: str = ""
    source: str = ""


@dataclass(frozen=True)
class Effect:
    """What a measure does to one load: `saved` of `carrier` a year (negative: more is used), of the use `before`.

    `cross` marks what follows from the main effects (a cooling credit, the electricity of a fuel switch): it
    shrinks with them.
    """

    end_use: str
    carrier: str
    saved: Quantity
    before: Quantity | None = None
    cross: bool = False


@dataclass(frozen=True)
class Saving:
    """The stand-alone result of a measure for one year.

    `effects` begin with the main one, on the load that the measure acts on; cross effects follow.
    `refrigerant` is leakage avoided, in CO2 equivalent of a named set of warming potentials, and never part of
    a CO2 reduction. `claims` are what may be counted only once, by end use and name: ``cooling.setpoint`` is the
    kelvin that a set-point and a circulator both take.
    `income` is what is sold in the first year, besides what is saved; `fade` by how much effects and income
    shrink each year; `renewals` what parts cost again, by year of use. [JPY], [%/year], [JPY]
    """

    measure: str
    effects: tuple[Effect, ...]
    table: tuple[CalculationRow, ...]
    peak_cut: Quantity | None = None
    refrigerant: Quantity | None = None
    maintenance: Quantity | None = None
    claims: Mapping[str, Quantity] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()
    income: Quantity | None = None
    fade: Quantity | None = None
    renewals: Mapping[int, Quantity] = field(default_factory=dict)

    def saved(self, carrier: str) -> Quantity | None:
        """Return the sum over the effects on one carrier, None where the measure does not touch it."""
        parts = [e.saved for e in self.effects if e.carrier == carrier]
        return sum(parts[1:], parts[0]) if parts else None

    @property
    def carriers(self) -> tuple[str, ...]:
        """The carriers that the measure touches, in the order of its effects."""
        return tuple(dict.fromkeys(e.carrier for e in self.effects))
