"""Which legal dates concern a company's equipment: matched by what was recorded, and said to be unsure where it was not."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from carbonlib.records.equipment_model import Equipment
from carbonlib.records.legal_dates import LegalDate
from carbonlib.units import ratio

# what a row asks of a machine, and what it is called where it was not recorded
MISSING = {
    "lamp": "ランプの種類",
    "insulation": "絶縁の種類",
    "year": "設置年",
    "maker": "製造者に問い合わせた結果",
    "refrigerant": "冷媒",
    "motor": "圧縮機の電動機の定格出力",
}
# JIS type names of fluorescent lamps (FL40, FLR40, FHF32, FCL30, FPL36), or the word itself
_FLUORESCENT = re.compile(r"蛍光|(?<![A-Z])F(?:L|LR|HF|CL|HC|HD|PL|DL|ML|HT|HP|WL)\s?-?\d")
# their refrigerant is water: they have no compressor of fluorocarbons
_ABSORPTION = re.compile(r"吸収(?:式|冷|ヒート)|ナチュラルチラー")


@dataclass(frozen=True)
class Concern:
    """A legal date, and the equipment that it concerns for certain, or may concern.

    `missing` names by keys of `MISSING` what was not recorded of the unsure ones. `passed` is True where the date lies
    before the day it was judged on; a duty that recurs never passes.
    """

    row: LegalDate
    certain: tuple[Equipment, ...]
    unsure: tuple[Equipment, ...]
    missing: tuple[str, ...]
    passed: bool


def _asks(row: LegalDate, machine: Equipment, kinds: Mapping[str, str]) -> tuple[bool, tuple[str, ...]]:
    """Return whether a machine may meet a row, and what is not known of it; known and unfit is no."""
    unknown: list[str] = []
    if machine.family not in row.families:
        return False, ()
    for name, wanted, seen in (
        ("lamp", row.lamps, machine.lamp),
        ("insulation", row.insulations, machine.insulation),
    ):
        if not wanted:
            continue
        if seen is None:
            if name == "lamp" and _is_fluorescent(machine) and not any("蛍光" in w for w in wanted):
                return False, ()
            unknown.append(name)
        elif seen.reading not in wanted:
            return False, ()
    if row.year_to is not None:
        if machine.year is None:
            unknown.append("year")
        elif machine.year > (row.year_unsure_to or row.year_to):
            return False, ()
        elif machine.year > row.year_to:
            unknown.append("maker")
    if row.refrigerant_kinds:
        if machine.refrigerant is not None:
            if kinds.get(machine.refrigerant.reading) not in row.refrigerant_kinds:
                return False, ()
        elif machine.family in {"air_conditioner", "refrigerator"} and not _is_absorption(machine):
            unknown.append("refrigerant")
        else:
            return False, ()  # other machines mostly hold none, absorption chillers never
    if row.rated_input_from is not None:
        given = machine.rated_input
        if (
            given is not None
            and Fraction(given.reading.value) * ratio(given.reading.unit, "kW") < row.rated_input_from
        ):
            return False, ()  # a motor gives no more than its machine takes in
        unknown.append("motor")
    return True, tuple(unknown)


def _named(machine: Equipment) -> str:
    return unicodedata.normalize("NFKC", f"{machine.name} {machine.model}").upper()


def _is_fluorescent(machine: Equipment) -> bool:
    """Return whether the name or the model of a lamp says that it is a fluorescent one."""
    return _FLUORESCENT.search(_named(machine)) is not None


def _is_absorption(machine: Equipment) -> bool:
    """Return whether the name or the model says that a chiller works by absorption."""
    return _ABSORPTION.search(_named(machine)) is not None


def concerns(
    equipment: Iterable[Equipment], rows: Sequence[LegalDate], kinds: Mapping[str, str], on: date
) -> tuple[Concern, ...]:
    """Return the legal dates that concern equipment: dated ones first, by date, then duties that recur.

    Parameters
    ----------
    equipment : iterable of Equipment
        As recorded.
    rows : sequence of LegalDate
        The dates there are.
    kinds : mapping of str to str
        Refrigerant → kind of substance (HFC).
    on : date
        Day of judgement: a date before it has passed.

    Returns
    -------
    tuple of Concern
        Rows that concern nothing are left out. A machine that meets a row of a group for certain is unsure of no other.
    """
    certain: dict[str, list[Equipment]] = {}
    unsure: dict[str, list[tuple[Equipment, tuple[str, ...]]]] = {}
    for machine in equipment:
        met = [(row, asked[1]) for row in rows if (asked := _asks(row, machine, kinds))[0]]
        sure = {row.group for row, unknown in met if not unknown}
        for row, unknown in met:
            if not unknown:
                certain.setdefault(row.id, []).append(machine)
            elif row.group not in sure:
                unsure.setdefault(row.id, []).append((machine, unknown))
    found = [
        Concern(
            row,
            tuple(certain.get(row.id, ())),
            tuple(m for m, _ in unsure.get(row.id, ())),
            tuple(dict.fromkeys(name for _, names in unsure.get(row.id, ()) for name in names)),
            row.date is not None and row.date < on,
        )
        for row in rows
        if row.id in certain or row.id in unsure
    ]
    return tuple(sorted(found, key=lambda c: (c.row.date is None, c.row.date or date.max)))
