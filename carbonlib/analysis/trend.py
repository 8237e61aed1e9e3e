"""CO2 over the years held, and why it changed from one to the next."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from carbonlib.accounting import AccountLine, EnergyAccount
from carbonlib.accounting.whole import is_whole
from carbonlib.analysis.decomposition import Contributions, Part, decompose
from carbonlib.errors import Message
from carbonlib.factors import carriers
from carbonlib.fiscal_year import Period
from carbonlib.records.model import ActivityDriver

# the words 基礎排出係数 changed their meaning with the factors measured in this fiscal year
BASIS_BREAK_FY = 2023
ACTIVITY_NAMES = {"sales": "売上高", "output": "生産量"}


@dataclass(frozen=True)
class YearPoint:
    """One year of the series; `co2_t` is None where it is not known, `why` says what is doubtful about it."""

    period: Period
    co2_t: Fraction | None
    why: Message | None = None
    whole: bool = True
    provisional_year: int | None = None

    @property
    def fiscal_year(self) -> int:
        """The fiscal year in which it begins."""
        return self.period.fiscal_year


@dataclass(frozen=True)
class YearStep:
    """From one year to the next: its effects, or why there are none; `note` qualifies effects that there are."""

    before: Period
    after: Period
    effects: Contributions | None
    why: Message | None = None
    note: Message | None = None

    def words(self, lang: str = "ja") -> str:
        """Return from when to when: 2023→2024年度."""
        one, other = self.before, self.after
        if not one.is_fiscal_year:
            return (
                f"{one.short(lang)} to {other.short(lang)}"
                if lang == "en"
                else f"{one.short()}→{other.short()}"
            )
        if lang == "en":
            return f"FY{one.fiscal_year} to FY{other.fiscal_year}"
        return f"{one.fiscal_year}→{other.fiscal_year}年度"


@dataclass(frozen=True)
class Trend:
    """The years, first to last, the steps between them, and the activity that the steps divide by ("" for none).

    `by_fiscal_year` says that activity was stated, but of fiscal years, and the years here are other twelve months.
    """

    points: tuple[YearPoint, ...]
    steps: tuple[YearStep, ...]
    activity: str = ""
    by_fiscal_year: bool = False


def trend_of(accounts: Mapping[int, EnergyAccount], drivers: Sequence[ActivityDriver] = ()) -> Trend:
    """Return the trend of a company's accounts.

    Parameters
    ----------
    accounts : mapping of int to EnergyAccount
        By fiscal year, all under one programme and of the same months; a year that is not held breaks the series.
    drivers : sequence of ActivityDriver
        Of the company. Output before sales, and only where every year of the trend states it; what is stated of a fiscal
        year is not of other twelve months.
    """
    if not accounts:
        return Trend((), ())
    last = accounts[max(accounts)].identity.period
    periods = last.back(max(accounts) - min(accounts) + 1)[::-1]
    stated = drivers if last.is_fiscal_year else ()
    name, activity = _activity(stated, [p.fiscal_year for p in periods if p.fiscal_year in accounts])
    points = tuple(_point(period, accounts.get(period.fiscal_year)) for period in periods)
    steps = tuple(_step(accounts, earlier, later, activity) for earlier, later in pairwise(points))
    return Trend(points, steps, name, bool(drivers) and not last.is_fiscal_year)


def _activity(drivers: Sequence[ActivityDriver], years: Sequence[int]) -> tuple[str, dict[int, Fraction]]:
    for kind in ("output", "sales"):
        own = [d for d in drivers if d.kind == kind]
        by_year = {d.fiscal_year: Fraction(d.amount) for d in own}
        # several products cannot be added up
        if len({d.name for d in own}) == 1 and set(years) <= set(by_year):
            label = ACTIVITY_NAMES[kind]
            return (f"{label}（{own[0].name}）" if own[0].name else label), by_year
    return "", {}


def _point(period: Period, account: EnergyAccount | None) -> YearPoint:
    year, year_en = period.short(), period.short("en")
    if account is None:
        why = Message(f"{year}の請求の記録がありません。", f"There are no bills of {year_en}.")
        return YearPoint(period, None, why, whole=False)
    whole = is_whole(account)
    stood_in = account.provisional_year if account.provisional_year != period.fiscal_year else None
    if account.co2_t is None:
        names = "・".join(
            dict.fromkeys(carriers()[x.carrier].label_ja for x in account.lines if x.co2_t is None)
        )
        english = ", ".join(
            dict.fromkeys(carriers()[x.carrier].label_en for x in account.lines if x.co2_t is None)
        )
        why = Message(
            f"{year}は{names}のCO2排出係数がないため、CO2排出量を計算していません（近い年度の係数では代用しません）。",
            f"{year_en} has no CO2 factor of {english}, so no CO2 is stated; no other year's stands in.",
        )
        return YearPoint(period, None, why, whole, stood_in)
    if not whole:
        why = Message(
            f"{year}は請求のない期間があり、年間の値はその期間を含みません。",
            f"{year_en} has days without a bill, which its figure leaves out.",
        )
        return YearPoint(period, account.co2_t, why, whole, stood_in)
    return YearPoint(period, account.co2_t, None, whole, stood_in)


def _parts(account: EnergyAccount) -> dict[str, Part]:
    found = {}
    for line in account.lines:
        assert line.co2_t is not None
        found[f"{line.carrier} [{line.unit}]"] = Part(line.quantity, line.co2_t)
    return found


def _step(
    accounts: Mapping[int, EnergyAccount],
    before: YearPoint,
    after: YearPoint,
    activity: Mapping[int, Fraction],
) -> YearStep:
    def without(ja: str, en: str) -> YearStep:
        return YearStep(before.period, after.period, None, Message(ja, en))

    years, years_en = (YearStep(before.period, after.period, None).words(lang) for lang in ("ja", "en"))
    if None in {before.co2_t, after.co2_t}:
        return without(
            f"{years}は、CO2排出量の分からない{before.period.word('年度')}があるため、増減を分けていません。",
            f"{years_en} is not split: the CO2 of a year is not known.",
        )
    if not (before.whole and after.whole):
        return without(
            f"{years}は、請求のない期間があるため、増減を分けていません。",
            f"{years_en} is not split: there are days without a bill.",
        )
    old, new = accounts[before.fiscal_year], accounts[after.fiscal_year]
    if _basis_breaks(old, new):
        return without(
            f"{years}は、電気の排出係数の定義が変わった（基礎排出係数の意味が{BASIS_BREAK_FY}年度実績から変わった）ため、"
            "つなげて比べられません。",
            f"{years_en} is not split: what an electricity factor means changed with those measured in FY{BASIS_BREAK_FY}.",
        )
    pair = (
        (activity[before.fiscal_year], activity[after.fiscal_year])
        if {before.fiscal_year, after.fiscal_year} <= set(activity)
        else None
    )
    effects = decompose(_parts(old), _parts(new), pair)
    if effects is None:
        return without(
            f"{years}は、負の使用量があるため、増減を分けていません。",
            f"{years_en} is not split: an amount is negative.",
        )
    return YearStep(before.period, after.period, effects, note=_note(before, after))


def _note(before: YearPoint, after: YearPoint) -> Message | None:
    year = after.provisional_year or before.provisional_year
    if year is None:
        return None
    step = YearStep(before.period, after.period, None)
    return Message(
        f"{step.words()}は{year}年度の係数による暫定値で、係数の効果はそのぶん確かではありません。",
        f"{step.words('en')} is provisional, by factors of FY{year}.",
    )


def _basis_breaks(before: EnergyAccount, after: EnergyAccount) -> bool:
    """Return whether what the electricity factor means changed between two accounts."""
    pairs = ((before.line(x.carrier, x.unit), x) for x in after.lines if _is_electricity(x))
    return any(old is not None and _meaning(old) != _meaning(new) for old, new in pairs)


def _is_electricity(line: AccountLine) -> bool:
    return carriers()[line.carrier].group == "electricity"


def _meaning(line: AccountLine) -> set[tuple[str, bool]]:
    factors = [part.co2_factor for part in line.parts if part.co2_factor is not None]
    return {(f.basis, f.measured_fy is not None and f.measured_fy >= BASIS_BREAK_FY) for f in factors}
