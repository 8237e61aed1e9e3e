"""Energy, CO2 and cost for each unit of what they serve (原単位): floor area, employees, sales, output."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from carbonlib.accounting import EnergyAccount
from carbonlib.accounting.whole import is_whole
from carbonlib.factors import carriers
from carbonlib.fiscal_year import Period, Year, period_of
from carbonlib.records.benchmarks import Benchmark, Benchmarks, PublicBenchmark, public_benchmarks
from carbonlib.records.model import Company
from carbonlib.units import ratio, read_unit

SALES_UNIT = 1_000_000  # 円: sales are counted in 百万円
FACTORY = "factory"
MANUFACTURING = "製造業"


@dataclass(frozen=True)
class Driver:
    """What an intensity divides by: `amount` in `unit`."""

    kind: str
    label_ja: str
    amount: Fraction
    unit: str


@dataclass(frozen=True)
class Intensity:
    """A year's primary energy [MJ], CO2 [kg CO2] and cost [JPY] for each unit of a driver; None where not known."""

    driver: Driver
    energy_mj: Fraction | None
    co2_kg: Fraction | None
    cost_jpy: Fraction | None


@dataclass(frozen=True)
class IntensityComparison:
    """A company's intensity beside a benchmark, both in `unit` and by the same factors.

    `own` is the company's; `city` or `public` is what it stands beside. A factory gets none by floor area.
    """

    driver: Driver
    measure: str
    unit: str
    own: Fraction
    city: Benchmark | None = None
    public: PublicBenchmark | None = None

    @property
    def line(self) -> Fraction | None:
        """The median of the city's group, or the public line; None where it is suppressed."""
        if self.public is not None:
            return Fraction(self.public.value)
        assert self.city is not None
        return None if self.city.median is None else Fraction(self.city.median)

    @property
    def excess(self) -> Fraction | None:
        """The part by which the company lies above the line, negative below it."""
        return None if not self.line else self.own / self.line - 1


def drivers_of(company: Company, year: Year) -> tuple[Driver, ...]:
    """Return what a company's intensities divide by: whole-company sums only, of a year what the year states.

    What is stated of a fiscal year, sales and output, is not that of other twelve months.
    """
    return tuple(_drivers(company, period_of(year)))


def _drivers(company: Company, period: Period) -> Iterator[Driver]:
    areas = [s.floor_area_m2 for s in company.sites]
    if areas and all(areas):
        yield Driver("floor_area", "延床面積", sum((Fraction(a) for a in areas if a), Fraction(0)), "m2")
    people = [s.employees for s in company.sites]
    if people and all(people):
        yield Driver("employees", "従業員", Fraction(sum(p for p in people if p)), "人")
    for one in company.activity_drivers:
        if one.fiscal_year != period.fiscal_year or not period.is_fiscal_year:
            continue
        if one.kind == "sales":
            yield Driver("sales", "売上高", Fraction(one.amount) / SALES_UNIT, "百万円")
        else:
            label = f"生産量（{one.name}）" if one.name else "生産量"
            yield Driver("output", label, Fraction(one.amount), one.unit)


def intensities(company: Company, account: EnergyAccount) -> tuple[Intensity, ...]:
    """Return the intensities of an account by each driver of its year."""

    def by(value: Fraction | None, scale: int, driver: Driver) -> Fraction | None:
        return None if value is None else value * scale / driver.amount

    return tuple(
        Intensity(d, by(account.energy_gj, 1000, d), by(account.co2_t, 1000, d), by(account.cost_jpy, 1, d))
        for d in drivers_of(company, account.identity.period)
    )


def is_factory(company: Company) -> bool:
    """Return whether floor area says nothing of a company: a site is a factory, by its use, else by the industry."""
    return any(s.use == FACTORY or (not s.use and company.industry == MANUFACTURING) for s in company.sites)


def comparisons(
    company: Company, account: EnergyAccount, frozen: Benchmarks | None
) -> tuple[IntensityComparison, ...]:
    """Return a company's intensities beside what the city froze and what was published for its use.

    Parameters
    ----------
    company, account : Company, EnergyAccount
        Of one year; a year with days without bills is compared with nothing.
    frozen : Benchmarks, optional
        Of the same year; only rows of the account's programme compare.
    """
    if not is_whole(account):
        return ()
    found = []
    for one in intensities(company, account):
        d = one.driver
        if d.kind == "floor_area" and is_factory(company):
            continue
        for measure, own, unit in (("primary_energy", one.energy_mj, "MJ"), ("co2", one.co2_kg, "kg-CO2")):
            row = frozen and frozen.of(company.industry, d.kind, measure, account.identity.programme)
            if own is not None and row:
                found.append(IntensityComparison(d, measure, f"{unit}/{d.unit}", own, city=row))
        found += _public(company, account, d)
    return tuple(found)


def _public(company: Company, account: EnergyAccount, driver: Driver) -> Iterator[IntensityComparison]:
    uses = {s.use for s in company.sites}
    for row in public_benchmarks():
        if uses != {row.use} or row.driver != driver.kind:
            continue
        own = by_factor_of(row, account)
        if own is not None:
            yield IntensityComparison(driver, row.measure, row.unit, own / driver.amount, public=row)


def by_factor_of(row: PublicBenchmark, account: EnergyAccount) -> Fraction | None:
    """Return a year's primary energy [MJ] or CO2 [kg CO2] with the electricity factor that a public line was made with.

    The same as dividing line and company each by its own factor, where all is electricity. None where a fuel's is not
    known.
    """
    above, _, below = row.factor_unit.partition("/")
    unit, scale = read_unit(below)
    per_kwh = Fraction(row.electricity_factor) / Fraction(scale) / ratio(unit, "kWh")
    assert above in {"GJ", "t-CO2"}
    total = Fraction(0)
    for line in account.lines:
        if carriers()[line.carrier].group == "electricity":
            total += line.quantity * ratio(line.unit, "kWh") * per_kwh
            continue
        own = line.energy_gj if row.measure == "primary_energy" else line.co2_t
        if own is None:
            return None
        total += own
    return total * 1000


def position(value: Fraction, row: Benchmark) -> str:
    """Return in which quarter of its group an intensity lies: ``lowest``, ``lower``, ``upper`` or ``highest``.

    A group without a spread has no quarters, only a lower and an upper side.

    >>> from decimal import Decimal
    >>> row = Benchmark("製造業", "employees", "co2", "p", 8, Decimal(1), Decimal(2), Decimal(3))
    >>> [position(Fraction(v), row) for v in (1, 2, 3, 4)]
    ['lowest', 'lower', 'upper', 'highest']
    """
    assert row.q1 is not None
    assert row.median is not None
    assert row.q3 is not None
    if row.q1 == row.q3:
        return "lower" if value <= row.median else "upper"
    edges = (("lowest", row.q1), ("lower", row.median), ("upper", row.q3))
    return next((name for name, edge in edges if value <= edge), "highest")
