"""The check sheets (換算チェックシート) of 1 t CO2 and 1 kL: how much of each carrier that is, solved backwards."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from carbonlib.accounting.chain import Chain
from carbonlib.accounting.model import exact_sum
from carbonlib.factors import Programme, carriers
from carbonlib.units import read_unit

Of = Literal["co2", "crude_oil"]


@dataclass(frozen=True)
class CheckRow:
    """One carrier: the amount in the sheet's unit, with its heat [GJ], crude-oil equivalent [kL] and CO2 [t], unrounded."""

    carrier: str
    unit: str
    quantity: Fraction
    energy_gj: Fraction | None
    crude_oil_kl: Fraction | None
    co2_t: Fraction | None


@dataclass(frozen=True)
class CheckSheet:
    """The carriers of a programme in a year, each with the amount that is one of `of`."""

    of: Of
    rows: tuple[CheckRow, ...]

    @property
    def fuels(self) -> tuple[CheckRow, ...]:
        """All but electricity."""
        return tuple(r for r in self.rows if r.carrier != "electricity")


def total(rows: tuple[CheckRow, ...]) -> tuple[Fraction | None, Fraction | None, Fraction | None]:
    """Return the sums of heat [GJ], crude-oil equivalent [kL] and CO2 [t] of rows; unrounded, so print them once."""
    return (
        exact_sum(r.energy_gj for r in rows),
        exact_sum(r.crude_oil_kl for r in rows),
        exact_sum(r.co2_t for r in rows),
    )


def check_sheet(of: Of, programme: Programme, fiscal_year: int, suppliers: dict[str, str]) -> CheckSheet:
    r"""Return the amount of each carrier that emits 1 t CO2, or is 1 kL of crude oil.

    Parameters
    ----------
    of : str
        ``co2`` or ``crude_oil``.
    programme : Programme
        Gives the factors; a carrier without the one that is solved for is left out.
    fiscal_year : int
        Year of use.
    suppliers : dict of str to str
        Carrier → key of its supplier.

    Notes
    -----
    .. math:: q = 1 / f

    1 t is 2.020 千kWh at 0.495 t-CO2/千kWh (Saitama deck 2025-10-28, CO2排出量1tのイメージ):

    >>> from carbonlib.factors import programmes
    >>> sheet = check_sheet("co2", programmes()["saitama-diagnosis-2025"], 2024, {})
    >>> row = next(r for r in sheet.rows if r.carrier == "electricity")
    >>> round(float(row.quantity), 3), round(float(row.energy_gj), 3)
    (2.02, 19.717)
    """
    rows = []
    for name, kind in carriers().items():
        for sheet_unit in dict.fromkeys(kind.sheet_units):
            row = _row(of, name, sheet_unit, programme, fiscal_year, suppliers.get(name, ""))
            if row is not None:
                rows.append(row)
    rows.sort(key=lambda r: r.carrier == "electricity")
    return CheckSheet(of, tuple(rows))


def _row(
    of: Of, carrier: str, sheet_unit: str, programme: Programme, fiscal_year: int, supplier: str
) -> CheckRow | None:
    gas = carrier == "lpg" and sheet_unit == "m3"
    basis = "lpg_gas" if gas else programme.volume_basis(carrier, fiscal_year)
    if basis is None and "m3" in sheet_unit:
        return None  # the programme does not count this gas
    unit, scale = read_unit(sheet_unit, volume_basis=basis)
    chain = Chain(carrier, "m3_lpg" if gas else unit, programme, fiscal_year, supplier)
    one = Fraction(scale)
    energy, _ = chain.energy(one)
    co2, _ = chain.co2(one)
    oil = chain.crude_oil(energy)
    per = co2 if of == "co2" else oil
    if not per:
        return None
    times = 1 / per
    return CheckRow(
        carrier,
        sheet_unit,
        times,
        None if energy is None else energy * times,
        None if oil is None else oil * times,
        None if co2 is None else co2 * times,
    )
