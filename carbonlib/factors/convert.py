"""The reading of amounts whose carrier is known, into the unit in which accounts hold it."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from carbonlib.errors import Finding, Message, UnitError, alike, shown
from carbonlib.factors.loader import carriers
from carbonlib.factors.model import Carrier
from carbonlib.factors.programme import Programme, basis_label
from carbonlib.units import GEOMETRIC, Q_, Quantity, ratio, read, same_dimension, volume_bases

KL_PER_GJ = Fraction(258, 10000)  # the registry's kL_coe says the same; a test compares the two


@dataclass(frozen=True)
class CarrierAmount:
    """An amount of a carrier in one of the carrier's units, exact, with what was assumed in reading it."""

    carrier: str
    value: Fraction
    unit: str
    findings: tuple[Finding, ...] = ()

    @property
    def quantity(self) -> Quantity:
        """The same as a pint quantity of a float."""
        return Q_(float(self.value), self.unit)


def carrier_named(name: str) -> Carrier:
    """Return the carrier, or raise naming those there are; "gas" without its kind is not one."""
    if name in carriers():
        return carriers()[name]
    folded = unicodedata.normalize("NFKC", shown(name)).casefold()
    if folded in {"gas", "ガス"}:
        raise UnitError.of(
            "carrier.gas_without_kind",
            ja="「ガス」だけでは種類が決められません。都市ガスなら city_gas、LPガスなら lpg と書いてください。",
            en="'gas' may be city gas or LPG; write city_gas or lpg.",
        )
    known = "・".join(carriers())
    by_label = {label.casefold(): c.id for c in carriers().values() for label in (c.label_ja, c.label_en)}
    if folded in by_label:
        raise UnitError.of(
            "carrier.unknown",
            ja=f"エネルギー種別「{shown(name)}」は {by_label[folded]} と書いてください（使える名前は {known}）。",
            en=f"Write {by_label[folded]} for the carrier {shown(name)!r} (the names are {known}).",
        )
    near = alike(name, carriers())
    raise UnitError.of(
        "carrier.unknown",
        ja=f"エネルギー種別「{shown(name)}」はありません。{near.ja}{known} のどれかです。",
        en=f"There is no carrier {shown(name)!r}. {near.en}There are {known}.",
    )


def read_carrier(text: str, carrier: str, programme: Programme, fiscal_year: int) -> CarrierAmount:
    """Return an amount of a carrier as written on a bill.

    Parameters
    ----------
    text : str
        Number and unit. An ``m3`` of gas takes the volume basis of the programme's factor set, and a finding
        says which.
    carrier : str
        As in ``carriers.csv``.
    programme : Programme
        Gives the volume basis.
    fiscal_year : int
        Year of use.

    Returns
    -------
    CarrierAmount
        In the carrier's own unit (kWh, L, kg, m3 of the programme's basis), exact.

    Raises
    ------
    UnitError
        Where the unit does not fit the carrier.

    >>> from carbonlib.factors import programmes
    >>> read_carrier("2,298.48 千kWh", "electricity", programmes()["saitama-diagnosis-2025"], 2024).quantity
    <Quantity(2298480.0, 'kilowatt_hour')>
    """
    kind = carrier_named(carrier)
    basis = programme.volume_basis(carrier, fiscal_year) if kind.group == "gas" else None
    if kind.group != "gas":
        basis = GEOMETRIC  # liquids in m3 are volumes like any other
    reading = read(text, volume_basis=basis or "lpg_gas" if carrier == "lpg" else basis)
    return to_carrier_unit(carrier, Fraction(reading.value), reading.unit, basis, programme, text=text)


def _own_units(kind: Carrier, basis: str | None) -> list[str]:
    """Return the units of the carrier with ``m3`` in its reference state."""
    state = volume_bases()[basis].unit if basis in volume_bases() else "m3"
    return [state if unit == "m3" else unit for unit in kind.units]


HEAT = {"kJ", "MJ", "GJ", "TJ"}  # 3.6 GJ a 千kWh as electricity, some 9 to 10 as primary energy


def to_carrier_unit(
    carrier: str, value: Fraction, unit: str, basis: str | None, programme: Programme, *, text: str
) -> CarrierAmount:
    """Return `value` `unit` in the unit in which accounts hold the carrier; `text` is for the message."""
    kind = carrier_named(carrier)
    own = _own_units(kind, basis)
    findings: tuple[Finding, ...] = ()
    if "kWh" in own and unit in HEAT:
        raise UnitError.of(
            "unit.electricity_as_heat",
            ja=f"電気の「{shown(text)}」は、電力量か一次エネルギーか決められません。千kWh・kWh で書いてください。",
            en=f"{shown(text)!r} of electricity could be electricity or primary energy; write it in kWh.",
        )
    for target in own:
        if same_dimension(Q_(1, unit), target):
            if (
                target != "m3"
                and unit == target
                and basis in volume_bases()
                and target.endswith("cubic_meter")
            ):
                findings = (_basis_note(kind, str(basis), programme),)
            return CarrierAmount(carrier, value * ratio(unit, target), target, findings)
    # LPG as gas has no state: it neither becomes another gas nor can another gas become it
    states = {b.unit: b.basis for b in volume_bases().values() if b.temperature_k is not None}
    registry_name = str(Q_(1, unit).units)
    if kind.group == "gas" and registry_name in states and basis in volume_bases() and carrier != "lpg":
        moved = gas_volume_ratio(states[registry_name], str(basis))
        return CarrierAmount(
            carrier,
            value * moved,
            volume_bases()[str(basis)].unit,
            (_moved_note(kind, registry_name, basis),),
        )
    wanted = "・".join(dict.fromkeys(kind.sheet_units + kind.display_units))
    raise UnitError.of(
        "unit.not_of_carrier",
        ja=f"{kind.label_ja}（{carrier}）の量は {wanted} で書いてください。「{shown(text)}」は単位が合いません。",
        en=f"{kind.label_en} ({carrier}) is given in {wanted.replace('・', ', ')}; {shown(text)!r} does not fit.",
    )


def _basis_note(kind: Carrier, basis: str, programme: Programme) -> Finding:
    return Finding(
        "unit.volume_basis_taken",
        "note",
        Message(
            f"{kind.label_ja}の m3 は、「{programme.name_ja}」の係数に合わせて{basis_label(basis)}の体積として読みました。",
            f"m3 of {kind.label_en} is read at {basis_label(basis, 'en')}, as {programme.name_en} counts it.",
        ),
    )


def _moved_note(kind: Carrier, unit: str, basis: str | None) -> Finding:
    states = {b.unit: b.basis for b in volume_bases().values()}
    return Finding(
        "unit.volume_basis_converted",
        "note",
        Message(
            f"{kind.label_ja}の体積を{basis_label(states[unit])}から{basis_label(str(basis))}へ換算しました"
            "（理想気体の状態式）。",
            f"The volume of {kind.label_en} was converted from {basis_label(states[unit], 'en')} to "
            f"{basis_label(str(basis), 'en')} by the ideal gas law.",
        ),
    )


def gas_volume_ratio(basis: str, to: str) -> Fraction:
    r"""Return the m3 at state `to` that one m3 at state `basis` becomes.

    .. math:: V_2 / V_1 = (T_2 / T_1) \cdot (p_1 / p_2)

    The states are in ``volume_bases.csv`` with their source. The deck's own example: a gas of 45 GJ per 千Nm3
    holds 43.5 GJ per 千m3 of a low-pressure meter.

    >>> float(45 / gas_volume_ratio("normal", "low_pressure_meter"))  # doctest: +ELLIPSIS
    43.49...
    """
    one, two = volume_bases()[basis], volume_bases()[to]
    if one.temperature_k is None or two.temperature_k is None:
        raise UnitError.of(
            "unit.volume_basis_unrelated",
            ja=f"{one.label_ja}と{two.label_ja}は状態式では換算できません。密度か産気率を使ってください。",
            en=f"{one.label_en} and {two.label_en} do not convert by the gas law; use a density.",
        )
    temperature = Fraction(two.temperature_k) / Fraction(one.temperature_k)
    pressure = Fraction(one.pressure_kpa or Decimal(0)) / Fraction(two.pressure_kpa or Decimal(1))
    return temperature * pressure
