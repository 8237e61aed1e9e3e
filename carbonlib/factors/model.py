"""What a factor is: one published or derived number with everything that says where it holds."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cached_property

from carbonlib.errors import UnitError
from carbonlib.fiscal_year import written_label
from carbonlib.units import Q_, Quantity, ratio, read_unit, same_dimension

CO2_PER_CARBON = Fraction(44, 12)  # molar masses of CO2 and C; applied here and nowhere else

# kind → (unit that every value of this kind converts to, per what; None: a ratio that names its own units)
KINDS = {
    "gross_calorific_value": "GJ",
    "primary_energy_factor": "GJ",
    "carbon_content": "t_C",
    "emission_factor": "t_CO2",
    "emission_factor_co2e": None,
    "gas_density": "kg",
    "gas_specific_volume": "m3_lpg",
}
KIND_LABELS = {
    "gross_calorific_value": ("単位発熱量", "gross calorific value"),
    "primary_energy_factor": ("一次エネルギー換算係数", "primary energy factor"),
    "carbon_content": ("炭素排出係数", "carbon content"),
    "emission_factor": ("CO2排出係数", "CO2 emission factor"),
    "emission_factor_co2e": ("CO2換算排出係数", "CO2e emission factor"),
    "gas_density": ("気体の密度", "gas density"),
    "gas_specific_volume": ("産気率", "gas specific volume"),
}
EVIDENCE = {
    "statute": ("法令", "statute"),
    "published": ("公表資料", "published"),
    "secondary": ("二次資料・要照合", "secondary, to be confirmed"),
    "assumption": ("仮定", "assumption"),
}


@dataclass(frozen=True)
class Source:
    """A publication: publisher, title, date of issue ("" where it is not printed) and what is doubtful."""

    id: str
    publisher: str
    title: str
    published: str
    note: str = ""

    def label(self) -> str:
        """Return publisher, title and date on one line."""
        return f"{self.publisher}「{self.title}」" + (
            f"（{written_label(self.published)}）" if self.published else ""
        )


@dataclass(frozen=True)
class Factor:
    """One value of a factor set.

    `value` keeps the digits as printed; `unit` is the spelling of its source and `volume_basis` the state of an
    ``m3`` in it. `applies_from` and `applies_to` bound the fiscal years of use (None: open). `exception` explains
    a published value that its own row contradicts; `derived_from` holds the ids a derived value was made from.
    `cited` is the source that `source` names.
    """

    set: str
    carrier: str
    kind: str
    value: Decimal | Fraction
    unit: str
    supplier: str = ""
    volume_basis: str = ""
    basis: str = ""
    measured_fy: int | None = None
    applies_from: int | None = None
    applies_to: int | None = None
    evidence: str = "assumption"
    source: str = ""
    locator: str = ""
    exception: str = ""
    note: str = ""
    derived_from: tuple[str, ...] = ()
    cited: Source | None = None

    @property
    def id(self) -> str:
        """Set, carrier, supplier, kind and denominator: the name under which a figure cites this factor."""
        who = f"{self.carrier}:{self.supplier}" if self.supplier else self.carrier
        return f"{self.set}/{who}/{self.kind}/{self.unit.partition('/')[2]}"

    @cached_property
    def _read(self) -> tuple[str, Fraction]:
        unit, scale = read_unit(self.unit, volume_basis=self.volume_basis or None)
        above, _, below = unit.partition("/")
        wanted = KINDS.get(self.kind)
        times = Fraction(scale)
        if wanted and same_dimension(Q_(1, above), wanted):
            # MJ/L and kg-CO2/L are as good as GJ/kL and t-CO2/kL: `exact` is always in the unit of its kind
            above, times = wanted, times * ratio(above, wanted)
        if self.is_primary:
            above = above.replace("GJ", "GJ*primary", 1)
        return f"{above}/{below}" if below else above, times

    @property
    def is_primary(self) -> bool:
        """Whether the value counts primary energy rather than heat."""
        return self.kind == "primary_energy_factor"

    @property
    def registry_unit(self) -> str:
        """The unit of `exact` in the registry's words."""
        return self._read[0]

    @property
    def exact(self) -> Fraction:
        """The value in `registry_unit`, exact."""
        return Fraction(self.value) * self._read[1]

    @property
    def per_unit(self) -> str:
        """The registry's unit below the line: what the factor is multiplied with."""
        return self.registry_unit.partition("/")[2]

    @property
    def quantity(self) -> Quantity:
        """The factor as a pint quantity of a float."""
        return Q_(float(self.exact), self.registry_unit)

    def takes(self, unit: str) -> bool:
        """Return whether amounts in `unit` can be multiplied with this factor."""
        return same_dimension(Q_(1, self.per_unit), unit)

    def times(self, amount: Fraction, unit: str) -> Fraction:
        """Return an amount in `unit` times this factor, exact: what stands above the line of `registry_unit`.

        Raises
        ------
        UnitError
            Where the factor is per something else.

        >>> from carbonlib.factors import programmes
        >>> of = programmes()["saitama-diagnosis-2025"].factor(
        ...     "electricity", "emission_factor", unit="kWh", fiscal_year=2024)
        >>> float(of.times(Fraction(2_298_480), "kWh")), of.registry_unit.partition("/")[0]  # as its check sheet prints
        (1137.7476, 't_CO2')
        """
        if not self.takes(unit):
            raise UnitError.of(
                "factor.does_not_fit",
                ja=f"係数 {self.id} は {self.unit} なので、{unit} の量には使えません。",
                en=f"The factor {self.id} is in {self.unit} and does not apply to an amount in {unit}.",
            )
        return amount * ratio(unit, self.per_unit) * self.exact

    def holds_in(self, fiscal_year: int) -> bool:
        """Return whether the fiscal year lies within the factor's validity."""
        after = self.applies_from is None or fiscal_year >= self.applies_from
        return after and (self.applies_to is None or fiscal_year <= self.applies_to)

    def common_years(self, other: Factor) -> tuple[int | None, int | None]:
        """Return the first and last fiscal year of use that two factors share (None: open)."""
        first = [f.applies_from for f in (self, other) if f.applies_from is not None]
        last = [f.applies_to for f in (self, other) if f.applies_to is not None]
        return max(first, default=None), min(last, default=None)

    def meets(self, other: Factor) -> bool:
        """Return whether two factors hold in one fiscal year."""
        first, last = self.common_years(other)
        return first is None or last is None or first <= last

    def is_rival_of(self, other: Factor) -> bool:
        """Return whether both could be meant by the same use in the same year, so that none could be chosen."""
        same_kind = (self.set, self.carrier, self.supplier, self.kind) == (
            *(other.set, other.carrier),
            *(other.supplier, other.kind),
        )
        return same_kind and self.takes(other.per_unit) and self.meets(other)

    def validity(self) -> str:
        """Return the years of use as text, empty where the source gives none."""
        if self.applies_from is None and self.applies_to is None:
            return ""
        if self.applies_from == self.applies_to:
            return f"{self.applies_from}"
        return f"{self.applies_from or ''}–{self.applies_to or ''}"


@dataclass(frozen=True)
class FactorSet:
    """All factors of one set, published and derived."""

    id: str
    factors: tuple[Factor, ...]


@dataclass(frozen=True)
class Carrier:
    """A kind of energy: its names and the units in which amounts, bills and the check sheet state it."""

    id: str
    label_ja: str
    label_en: str
    group: str
    units: tuple[str, ...]
    display_units: tuple[str, ...]
    sheet_units: tuple[str, ...]
