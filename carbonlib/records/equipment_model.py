"""What was seen at a company once it is read: machines with what is known of each, and what carriers are used for."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Generic, Literal, TypeVar

from carbonlib.errors import Place
from carbonlib.units import Reading

How = Literal["実測", "銘板", "聞き取り"]
Value = TypeVar("Value")


@dataclass(frozen=True)
class Observed(Generic[Value]):
    """A value found on a visit, how it was learnt ("" where nobody said), and the photo that shows it."""

    reading: Value
    how: str = ""
    photo: str = ""


Family = Literal[
    "air_conditioner",
    "boiler",
    "compressor",
    "lighting",
    "office_equipment",
    "photovoltaics",
    "production",
    "refrigerator",
    "transformer",
    "other",
]


@dataclass(frozen=True)
class Equipment:
    """A group of like machines at a company; None or empty where it was not recorded.

    The attributes are rows of ``equipment.csv``, with the families that have them and the unit of each; all are of one
    machine, `number` says how many there are. `how` and `photo` hold for the name, the year, the number and each value
    that names no other. Temperatures are in ℃, pressures by the gauge.
    """

    family: str
    name: str
    year: int | None = None
    number: int = 1
    rated_input: Observed[Reading] | None = None
    model: str = ""
    site_id: str = ""
    how: str = ""
    photo: str = ""
    hours: Observed[Reading] | None = None
    load_factor: Observed[Reading] | None = None
    carrier: Observed[str] | None = None
    rated_output: Observed[Reading] | None = None
    annual_use: Observed[Reading] | None = None
    standby_input: Observed[Reading] | None = None
    refrigerant: Observed[str] | None = None
    refrigerant_charge: Observed[Reading] | None = None
    cooling_capacity: Observed[Reading] | None = None
    heating_capacity: Observed[Reading] | None = None
    apf: Observed[Reading] | None = None
    lamp: Observed[str] | None = None
    rated_capacity: Observed[Reading] | None = None
    no_load_loss: Observed[Reading] | None = None
    load_loss: Observed[Reading] | None = None
    phase_use: Observed[str] | None = None
    insulation: Observed[str] | None = None
    control: Observed[str] | None = None
    discharge_pressure: Observed[Reading] | None = None
    exhaust_oxygen: Observed[Reading] | None = None
    flue_temperature: Observed[Reading] | None = None
    place: Place = field(default_factory=Place, compare=False)


@dataclass(frozen=True)
class EndUse:
    """What a site uses a carrier for: an amount by the year, or a share of what `share_of` names.

    `use` is a row of ``end_uses.csv``; `part` tells two of one use apart (乾燥機A). `written` is the amount as it was
    written without 「/年」, to be read under a programme like a bill; an ``m3`` of gas in `amount` is that of the meter.
    `share` is from 0 to 1, of the site's use of that carrier (``carrier``) or of its whole primary energy
    (``primary_energy``); `carrier` is then empty where all carriers are meant. The remainder is never an entry.
    """

    site_id: str
    carrier: str
    use: str
    part: str = ""
    amount: Reading | None = None
    share: Decimal | None = None
    share_of: str = ""
    how: str = ""
    written: str = ""
    place: Place = field(default_factory=Place, compare=False)
