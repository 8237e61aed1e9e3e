"""The answer to a customer who asks for emissions (取引先回答用): Scope 1 and 2 under the Acts' factors, never blended."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from carbonlib.accounting import AccountLine, EnergyAccount, company_account, exact_sum
from carbonlib.accounting.parts import part_of
from carbonlib.accounting.whole import left_out
from carbonlib.diagnosis import Diagnosis
from carbonlib.factors import Factor, Programme
from carbonlib.factors import programme as programme_named
from carbonlib.first_page import goal_for
from carbonlib.fiscal_year import days_label
from carbonlib.roadmap import Goal

PROGRAMME = "shk"
NATIONAL_AVERAGE = "national-average"


@dataclass(frozen=True)
class Scope:
    """One amount of the answer [t CO2] with the factors it was made by; None where one is not registered."""

    co2_t: Fraction | None
    factors: tuple[Factor, ...]
    missing: tuple[str, ...] = ()


@dataclass(frozen=True)
class Answer:
    """What a company answers for a fiscal year.

    `scope1` holds the fuels, `location` electricity by the national average, `market` by the supplier's factor;
    `supplier` is that supplier's key, "" where none is named. `preset` is the report's own programme where it is another
    one: its total is for reference and never added. [t CO2], [kWh]
    """

    diagnosis: Diagnosis
    programme: Programme
    account: EnergyAccount
    electricity_kwh: Fraction | None
    scope1: Scope
    location: Scope
    market: Scope
    supplier: str
    goal: Goal

    @property
    def unknown(self) -> str:
        """Why an amount is not known: a factor is lacking, or nobody knows which year's counts a bill."""
        ids = {f.id for f in self.account.findings}
        return UNDIVIDED if "bill.two_factor_years" in ids else NOT_REGISTERED

    def total(self, scope2: Scope) -> Fraction | None:
        """Return Scope 1 + 2 with one of the two views of Scope 2. [t CO2]"""
        return exact_sum((self.scope1.co2_t, scope2.co2_t))


@dataclass(frozen=True)
class AnswerRow:
    """One row of the answer: what, the number and its unit, or the words that stand for it; how, and the source.

    `value` is unrounded and None where `words` stands alone; `factor_ids` name the factors.
    """

    key: str
    label: str
    value: Fraction | None
    unit: str
    words: str
    how: str
    factor_ids: tuple[str, ...] = ()
    source: str = ""


def answer(d: Diagnosis, programme_id: str = PROGRAMME) -> Answer:
    """Return the answer of a company under the Acts' factors.

    Parameters
    ----------
    d : Diagnosis
        The company's year; a provisional year of its factors holds here too, and is said.
    programme_id : str
        Whose factors are used for both scopes.
    """
    rules = programme_named(programme_id, among=d.programmes)
    if d.account.provisional_year is not None:
        rules = rules.provisional(d.account.provisional_year)
    made = company_account(d.company, d.bills, rules, d.period)
    fuels = [line for line in made.lines if line.carrier != "electricity"]
    power = made.line("electricity")
    quantity = None if power is None else power.quantity
    supplier = d.company.suppliers.get("electricity", "")
    return Answer(
        d,
        rules,
        made,
        quantity,
        Scope(
            exact_sum(line.co2_t for line in fuels),
            tuple(dict.fromkeys(f for line in fuels for f in line.co2_factors)),
            tuple(line.carrier for line in fuels if line.co2_t is None),
        ),
        _by_supplier(power, rules, NATIONAL_AVERAGE),
        _by_supplier(power, rules, supplier),
        supplier,
        goal_for(d),
    )


def _by_supplier(power: AccountLine | None, rules: Programme, supplier: str) -> Scope:
    """Return the CO2 of electricity by the factors of a named supplier; no other one stands in."""
    unknown = Scope(None, (), ("electricity",))
    if power is None:
        return Scope(Fraction(0), ())
    if not supplier:
        return unknown
    parts = [
        part_of("electricity", "kWh", p.fiscal_years, p.quantity, rules, supplier)[0] for p in power.parts
    ]
    factors = dict.fromkeys(p.co2_factor for p in parts)
    used = tuple(f for f in factors if f is not None and f.supplier == supplier)
    # a programme of one factor for all has no factor by supplier
    return Scope(exact_sum(p.co2_t for p in parts), used) if len(used) == len(factors) else unknown


NOT_REGISTERED = "係数未登録"
UNDIVIDED = "2 つの年度にまたがる合計の請求があり、年度ごとの係数で計算できません"
NO_SUPPLIER = "供給者が登録されていません"


def answer_rows(d: Diagnosis, programme_id: str = PROGRAMME) -> tuple[AnswerRow, ...]:
    """Return the answer as rows for a sheet: unrounded numbers with unit, words where there is none, factors, sources."""
    a = answer(d, programme_id)
    return (*_about(a), *_scopes(a), *_intensities(a), *_target(a), _reference(a))


def _about(a: Answer) -> list[AnswerRow]:
    d = a.diagnosis
    sites = "、".join(s.name for s in d.company.sites)
    tenants = (
        "テナントの使用分を除く" if d.company.tenants == "excluded" else "テナントの使用分を区別していません"
    )
    period = days_label(d.period.first_day, d.period.last_day)
    provisional = a.account.provisional_year
    year = "" if provisional is None else f"（暫定：{provisional}年度の係数）"
    part = left_out(a.account).ja
    return [
        AnswerRow("boundary", "組織の範囲", None, "", f"{d.company.name}（{sites}）", tenants),
        AnswerRow(
            "period",
            "対象期間",
            None,
            "",
            f"{period}（{part}）" if part else period,
            "請求書の集計。請求のない期間の使用量は含みません" if part else "請求書の集計",
        ),
        AnswerRow("programme", "係数の制度", None, "", a.programme.name_ja + year, a.programme.basis_ja),
    ]


def _row(key: str, label: str, scope: Scope, how: str, words: str) -> AnswerRow:
    cited = dict.fromkeys(f.cited.label() if f.cited else f.source for f in scope.factors)
    return AnswerRow(
        key,
        label,
        scope.co2_t,
        "t-CO2",
        "" if scope.co2_t is not None else words,
        how,
        tuple(f.id for f in scope.factors),
        "、".join(cited),
    )


def _scopes(a: Answer) -> list[AnswerRow]:
    no_market = a.unknown if a.supplier else NO_SUPPLIER
    rows = [
        _row(
            "scope1",
            "Scope 1（燃料の使用）",
            a.scope1,
            "使用量 × 単位発熱量 × 炭素排出係数 × 44/12、または使用量 × 事業者別係数",
            a.unknown,
        ),
        _row(
            "scope2_location",
            "Scope 2（ロケーション基準）",
            a.location,
            "電気使用量 × 全国平均係数",
            a.unknown,
        ),
        _row("scope2_market", "Scope 2（マーケット基準）", a.market, "電気使用量 × 供給者の係数", no_market),
    ]
    for key, label, scope in (
        ("total_location", "Scope 1 + 2（ロケーション基準）", a.location),
        ("total_market", "Scope 1 + 2（マーケット基準）", a.market),
    ):
        total = a.total(scope)
        rows.append(
            AnswerRow(
                key,
                label,
                total,
                "t-CO2",
                "" if total is not None else "合計できません",
                "Scope 1 と Scope 2 の和",
            )
        )
    return rows


def _intensities(a: Answer) -> list[AnswerRow]:
    """Return the intensities of both totals by floor area and by employee."""
    sites = a.diagnosis.company.sites
    bases = (("location", "ロケーション基準", a.location), ("market", "マーケット基準", a.market))
    found = []
    for key, label, unit, values in (
        ("per_area", "延床面積あたり", "t-CO2/m2", [s.floor_area_m2 for s in sites]),
        ("per_employee", "従業員あたり", "t-CO2/人", [s.employees for s in sites]),
    ):
        whole = None if None in values else sum((Fraction(v) for v in values if v is not None), Fraction(0))
        for basis, name, scope in bases:
            total = a.total(scope)
            value = None if total is None or not whole else total / whole
            words = (
                ""
                if value is not None
                else "合計できません"
                if total is None
                else "面積・人数の記録がありません"
            )
            how = f"Scope 1 + 2（{name}）÷ 全事業所の合計"
            found.append(AnswerRow(f"{key}_{basis}", f"{label}（{name}）", value, unit, words, how))
    return found


def _target(a: Answer) -> list[AnswerRow]:
    goal = a.goal
    if goal.assumed:
        return [
            AnswerRow("target", "削減目標", None, "", "目標は登録されていません", "company.yaml の target")
        ]
    percent = float(goal.reduction * 100)
    words = f"{goal.target_year}年度までに {goal.base_year}年度比 {percent:.10g}% 削減"
    path = goal.path
    return [
        AnswerRow(
            "target",
            "削減目標",
            None,
            "",
            words,
            path.label_ja if path else "自社の目標",
            (),
            path.source if path else "",
        )
    ]


def _reference(a: Answer) -> AnswerRow:
    d = a.diagnosis
    value = d.account.co2_t
    return AnswerRow(
        "report_total",
        "参考：この報告書の本文のCO2排出量",
        value,
        "t-CO2",
        "" if value is not None else "算出できません",
        f"{d.programme.name_ja}。上の値とは係数が違うため、足したり混ぜたりしません",
        tuple(dict.fromkeys(f.id for line in d.account.lines for f in line.co2_factors)),
    )
