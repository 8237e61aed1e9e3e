"""What is known of an application for a subsidy; None says that a fact is not known."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from functools import lru_cache
from typing import Literal

from carbonlib.errors import Message, UnitError, shown
from carbonlib.records.model import Tax
from carbonlib.units import Q_, Quantity, exact, name_of, ratio, same_dimension, ureg

Kind = Literal["operational", "capital"]


@dataclass(frozen=True)
class CostLine:
    """A line of a quotation: what it is, its amount [JPY], whether tax is in it, and what it is for.

    `tax_rate` [%] is needed where tax is included. `category` is a key of `COST_LINES`, "" where it is not known.
    """

    item: str
    amount: Quantity
    tax: Tax = "unknown"
    tax_rate: Quantity | None = None
    category: str = ""


@dataclass(frozen=True)
class Application:
    """One or several proposals of a site that ask for a grant together.

    Parameters
    ----------
    id : str
        What identifies it, as in ``sample-office-4``.
    proposals : tuple of str
        Numbers of the proposals.
    measures, equipment : tuple of str
        Ids of the measures and classes of equipment (`EQUIPMENT`); equipment None where it is not known.
    kind : {"operational", "capital"}, optional
        Operational measures install nothing.
    category : str
        Id of the round's category, where it is chosen; otherwise the equipment decides.
    energy_saved : mapping of str to Quantity, optional
        Annual saving of the equipment by carrier, in units of the carrier or per year; a change of fuel has a
        negative line. Refrigerant is no carrier: leakage avoided is no part of 年間CO2削減量.
    ems_energy_saved : mapping of str to Quantity, optional
        Annual saving by the energy management system alone.
    suppliers : mapping of str to str
        Carrier → supplier, where the round's programme has factors by supplier.
    costs : tuple of CostLine, optional
        The capital cost.
    installed_on, installed_year : date, int, optional
        When the equipment that is replaced was installed; the year alone where no more is known.
    company_since, site_since : date, optional
        Since when company and site have been working.
    site_energy : mapping of str to Quantity, optional
        Annual use of the site, from which the crude-oil equivalent is computed under the round's factors.
    site_crude_oil : Quantity, optional
        The crude-oil equivalent itself [kL_coe] where the use is not given; `site_crude_oil_basis` says by which
        programme.
    site_more, site_less : Message, optional
        Why the site may use more, or less, than is known; a minimum that hangs on it cannot be told.
    prior_grants : tuple of str, optional
        Ids of the rounds received; an empty tuple says that there were none.
    efficiency_evidence : tuple of str, optional
        Ids of the round's evidence that can be shown; an empty tuple says that there is none.
    improvement : Quantity, optional
        Energy saved against usual equipment. [%]
    with_battery, with_ems : bool, optional
        Whether a battery or an energy management system is installed with it.
    ordered : bool, optional
        False: nothing has been ordered. `ordered_on` is the day of the order or contract.
    awarded_on : date, optional
        Day of the award (交付決定).
    diagnosed_by : str, optional
        Who did the diagnosis; "" says that there was none.
    certifications : tuple of str, optional
        Ids of the certifications held.
    refrigerant_avoided : Quantity, optional
        Carried so that it can be shown beside; never counted.
    """

    id: str
    proposals: tuple[str, ...] = ()
    measures: tuple[str, ...] = ()
    equipment: tuple[str, ...] | None = None
    kind: Kind | None = None
    category: str = ""
    energy_saved: Mapping[str, Quantity] | None = None
    ems_energy_saved: Mapping[str, Quantity] | None = None
    suppliers: Mapping[str, str] = field(default_factory=dict)
    costs: tuple[CostLine, ...] | None = None
    installed_on: date | None = None
    installed_year: int | None = None
    company_since: date | None = None
    site_since: date | None = None
    site_energy: Mapping[str, Quantity] | None = None
    site_crude_oil: Quantity | None = None
    site_crude_oil_basis: str = ""
    site_more: Message | None = None
    site_less: Message | None = None
    prior_grants: tuple[str, ...] | None = None
    efficiency_evidence: tuple[str, ...] | None = None
    improvement: Quantity | None = None
    with_battery: bool | None = None
    with_ems: bool | None = None
    ordered: bool | None = None
    ordered_on: date | None = None
    awarded_on: date | None = None
    diagnosed_by: str | None = None
    certifications: tuple[str, ...] | None = None
    refrigerant_avoided: Quantity | None = None


@lru_cache(maxsize=4096)
def _ratio_or_none(unit: str, to: str) -> Fraction | None:
    return ratio(unit, to) if same_dimension(Q_(1, unit), to) else None


def number_in(quantity: Quantity, unit: str, name: str) -> Fraction:
    """Return the exact number of `unit` in a quantity; a float stands for its shortest decimal form.

    Raises
    ------
    UnitError
        Where it is no quantity of that kind; `name` says of what.

    >>> number_in(Q_(2.97, "t_CO2"), "t_CO2", "CO2")
    Fraction(297, 100)
    """
    times = _ratio_or_none(name_of(quantity.units), unit) if isinstance(quantity, ureg.Quantity) else None
    if times is None:
        raise UnitError.of(
            "unit.door",
            ja=f"{name} は {unit} の量です。渡された値: {shown(quantity)}。",
            en=f"{name} needs {unit}, got {shown(quantity)}.",
        )
    return exact(quantity.magnitude) * times


def annual(quantity: Quantity, name: str) -> tuple[Fraction, str]:
    """Return number and unit of an amount of a carrier in a year; kWh/year says the same as kWh.

    >>> annual(Q_(3650, "kWh/year"), "electricity")
    (Fraction(3650, 1), 'kilowatt_hour')
    """
    if not isinstance(quantity, ureg.Quantity):
        raise UnitError.of(
            "unit.door",
            ja=f"{name} は単位の付いた量です。渡された値: {shown(quantity)}。",
            en=f"{name} needs a quantity with its unit, got {shown(quantity)}.",
        )
    unit = name_of(quantity.units)
    return exact(quantity.magnitude), unit.removesuffix(" / year")
