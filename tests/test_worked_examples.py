"""Every published result that the library can compute by now, at the precision in which it was printed.

`data/worked_examples_status.csv` says of each row of `data/facts/worked_examples.csv` whether it is `tested`, or the
print differs from its own arithmetic (`print_differs`: the value that is right is recorded beside it), or what has to
be built first (`later`).
"""

from __future__ import annotations

import ast
import csv
import operator
import re
from collections import Counter
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cache
from pathlib import Path

import pytest

from carbonlib.accounting import EnergyAccount, account, exact_sum
from carbonlib.conversion import Conversion, convert_amount
from carbonlib.factors import KL_PER_GJ, gas_volume_ratio, programme
from carbonlib.finance import equivalent_sales
from carbonlib.measures import MEASURES
from carbonlib.proposals.capital import capital_of
from carbonlib.proposals.evaluation import Evaluated
from carbonlib.proposing import propose, reference
from carbonlib.records.model import Bill
from carbonlib.records.proposal_model import CapitalLine, Proposal
from carbonlib.records.subsidy_round import Category
from carbonlib.records.workspace import Workspace
from carbonlib.units import Q_, magnitude_in, parse, read_number, round_half_up
from tests.conftest import ROOT
from tests.subsidies import grant_examples, rounds

DATA = Path(__file__).parent / "data"
PROGRAMME = "saitama-diagnosis-2025"


def table(name: str) -> list[dict[str, str]]:
    return list(csv.DictReader((DATA / name).read_text("utf-8").splitlines()))


EXAMPLES = {row["id"]: row for row in table("facts/worked_examples.csv")}
STATUS = {row["id"]: row for row in table("worked_examples_status.csv")}


def with_status(status: str) -> list[str]:
    return [id for id, row in STATUS.items() if row["status"] == status]


def published(id: str) -> Decimal | Fraction:
    text = EXAMPLES[id]["value_as_published"]
    return Fraction(text) if "/" in text else read_number(text)


def as_printed(id: str, value: Fraction) -> Decimal | Fraction:
    """Round a value to the decimals that the publication prints; a fraction is printed exactly."""
    if isinstance(published(id), Fraction):
        return value
    return round_half_up(value, -int(published(id).as_tuple().exponent))


# --- the figures through the library

# how the examples name a carrier on the check sheet → carrier, unit of the sheet
SHEET = {
    "gasoline": ("gasoline", "kL"),
    "kerosene": ("kerosene", "kL"),
    "diesel": ("diesel", "kL"),
    "heavy_a": ("heavy_oil_a", "kL"),
    "lpg_t": ("lpg", "t"),
    "lpg_m3": ("lpg", "m3"),
    "citygas": ("city_gas", "千m3"),
    "elec": ("electricity", "千kWh"),
}
ALSO_CALLED = {"kero": "kerosene", "ha": "heavy_a", "lpg": "lpg_t"}
# grants: carrier, unit, and which of the example's inputs are the amounts before and after
GRANTS = {
    "ac4hp": ("electricity", "kWh", 3, 4),
    "pv7": ("electricity", "kWh", 2, 3),
    "boiler1": ("lpg", "m3", 3, 4),
    "tr300": ("electricity", "kWh", 3, 4),
}


def of_sheet(name: str, amount: object = 1) -> Conversion:
    carrier, unit = SHEET[ALSO_CALLED.get(name, name)]
    return convert_amount(f"{amount} {unit}", carrier=carrier, programme_id=PROGRAMME)


def result(done: Conversion, measure: str) -> Fraction:
    return {"gj": done.energy_gj, "hv": done.energy_gj, "kl": done.crude_oil_kl, "co2": done.co2_t}[measure]


def one_tonne(name: str, measure: str) -> Fraction:
    """Return what the amount that emits 1 t CO2 comes to, unrounded as the check sheet has it."""
    amount = 1 / of_sheet(name).co2_t
    return amount if measure == "qty" else amount * result(of_sheet(name), measure)


def sum_of_tonnes(row: str, measure: str) -> Fraction:
    return sum((one_tonne(n, measure) for n in SHEET if row == "tot" or n != "elec"), Fraction(0))


@cache
def shop() -> EnergyAccount:
    """The published shop, read from what the sheet of its energy use prints."""

    def bill(carrier: str, quantity: str, unit: str, cost: Decimal) -> Bill:
        return Bill(
            "shop", carrier, carrier, date(2023, 4, 1), date(2024, 3, 31), read_number(quantity), unit, cost
        )

    total, power = published("iii.total"), published("iii.elec.cost")
    bills = [
        bill("electricity", EXAMPLES["iii.elec.kwh"]["value_as_published"], "kWh", power * 1000),
        bill("city_gas", EXAMPLES["iii.gas.m3"]["value_as_published"], "m3", (total - power) * 1000),
    ]
    return account(bills, owner="shop", programme=programme(PROGRAMME), fiscal_year=2023)


def shop_line(row: str, measure: str) -> Fraction | None:
    names = {"gj": "energy_gj", "kl": "crude_oil_kl", "co2": "co2_t", "price": "unit_price_jpy"}
    names |= {"kwh": "quantity", "m3": "quantity", "cost": "cost_jpy"}
    chosen = {
        "elec": ["electricity"],
        "gas": ["city_gas"],
        "sub": [x.carrier for x in shop().lines if x.carrier != "electricity"],
        "tot": [x.carrier for x in shop().lines],
    }[row]
    found = exact_sum(getattr(shop().line(c), names[measure]) for c in chosen)
    return found / 1000 if measure == "cost" else found


def grant(name: str, measure: str) -> Fraction:
    carrier, unit, *inputs = GRANTS[name]
    before, after = (
        convert_amount(f"{published(f'exin.{name}.{n}')} {unit}", carrier=carrier, programme_id=PROGRAMME)
        for n in inputs
    )
    if name == "pv7" and measure == "co2_saved":
        return after.co2_t  # what the panels give is the saving itself
    return {
        "co2_before": before.co2_t,
        "co2_after": after.co2_t,
        "co2_saved": before.co2_t - after.co2_t,
        "kwh_saved": before.amount.value - after.amount.value,
        "m3_saved": before.amount.value - after.amount.value,
    }[measure]


SMART, EMS, EMERGENCY = "saitama-r7-smart-equipment", "saitama-r7-smart-ems", "saitama-r6-emergency"
# rule → the round, its category and which of its rules, in the unit of the example
SUBSIDY_RULES: dict[str, Callable[[], Fraction | int]] = {
    "01": lambda: category(SMART, 0).subsidy_rate,
    "02": lambda: category(SMART, 0).cap_jpy / 10_000,
    "03": lambda: category(SMART, 1).subsidy_rate,
    "04": lambda: category(SMART, 1).cap_jpy / 10_000,
    "05": lambda: category(EMS, 0).subsidy_rate,
    "06": lambda: category(EMS, 0).cap_jpy / 10_000,
    "07": lambda: category(EMERGENCY, 0).subsidy_rate,
    "08": lambda: category(EMERGENCY, 0).cap_jpy / 10_000,
    "09": lambda: category(SMART, 0).rules.co2_reduction.value,
    "10": lambda: category(EMS, 0).rules.ems_co2_reduction.value,
    "11": lambda: category(EMS, 0).rules.crude_oil_equivalent.value,
    "12": lambda: category(EMERGENCY, 0).rules.equipment_age.years,
    "13": lambda: Fraction(category(SMART, 0).rules.company_operation.months, 12),
    "14": lambda: category(SMART, 1).rules.site_operation.months,
    "15": lambda: category(SMART, 0).rules.high_efficiency.one_of[2].at_least,
}


def category(round: str, index: int) -> Category:
    return rounds.shipped()[round].categories[index]


def pv_grant() -> Fraction:
    offer = rounds.judged(grant_examples.application("pv7"), rounds.shipped()[SMART])
    return offer.grant.grant_jpy / 10_000


def grant_input(case: str, n: str) -> Fraction:
    return number(*grant_examples.inputs(case)[int(n) - 1])


def air_conditioners(measure: str) -> Fraction:
    """Return the use of proposal No. 4 before or after, by its rows of units."""
    rows = [(612, 209), (121973, 58934), (3045, 1117), (2110, 701)]
    done = [
        MEASURES["before_after"].function(before=Q_(before, "kWh"), after=Q_(after, "kWh"))
        for before, after in rows
    ]
    before = sum(number(s.effects[0].before, "kWh") for s in done)
    saved = sum(number(s.saved("electricity"), "kWh") for s in done)
    return before if measure == "before" else before - saved


def air_conditioner_row(cooling: str, heating: str) -> Fraction:
    """Return what one row of units uses in both seasons."""
    unit = {"cooling_use": parse(f"{cooling} kWh/年"), "heating_use": parse(f"{heating} kWh/年")}
    done = MEASURES["air_conditioner_replacement"].function(units=[unit])
    return sum(number(e.before, "kWh") for e in done.effects)


def air_conditioner_cost(what: str) -> Fraction:
    """Return the investment of proposal No. 4 in 千円, all of it or the works alone."""
    lines = (("設備", 3880, "equipment"), ("工賃", 250, "labour"), ("材料", 100, "materials"))
    wanted = {"invest": {"equipment", "labour", "materials"}, "works": {"labour", "materials"}}[what]
    capital = tuple(
        CapitalLine(item, Decimal(amount * 1000), "税抜", category)
        for item, amount, category in lines
        if category in wanted
    )
    total, _ = capital_of(Proposal("4", "空調機の更新", "before_after", {}, capital=capital))
    return total / 1000


@cache
def night_proposal() -> Evaluated:
    """Return proposal No. 6 of the published shop."""
    home = Workspace(ROOT)
    return propose(
        "saitama-shop", 2023, reference(PROGRAMME, workspace=home), workspace=home
    ).evaluation.item("6")


def night_input(name: str) -> Fraction:
    label = {"load": "説明できない待機・固定の電力", "hours": "対象の時間"}[name]
    return Fraction(next(r.quantity.magnitude for r in night_proposal().saving.table if r.label.ja == label))


def electricity(kwh: str) -> Conversion:
    return convert_amount(f"{kwh} kWh", carrier="electricity", programme_id=PROGRAMME)


def lpg_density() -> Fraction:
    found = programme(PROGRAMME).factor("lpg", "gas_density", unit="m3_lpg", fiscal_year=2025)
    return found.exact


def number(quantity: object, unit: str) -> Fraction:
    return Fraction(magnitude_in(quantity, unit)).limit_denominator(10**9)


COMPUTED: dict[str, Callable[..., Fraction | None]] = {
    r"coef\.kl_per_gj": lambda: KL_PER_GJ,
    r"coef\.lpg_density": lpg_density,
    r"coef\.hv\.citygas": lambda: 45 / gas_volume_ratio("normal", "low_pressure_meter"),
    r"coef\.(hv|kl|co2)\.(\w+)": lambda measure, name: result(of_sheet(name), measure),
    r"t1\.rule": lambda: one_tonne("elec", "qty") * 1000,
    r"t1\.(sub|tot)\.(gj|kl|co2)": sum_of_tonnes,
    r"t1\.(\w+)\.(qty|gj|kl)": one_tonne,
    r"t1\.(\w+)\.co2": lambda name: of_sheet(name, published(f"t1.{name}.qty")).co2_t,
    r"v1\.(gasoline|heavy_a)\.kl": lambda name: of_sheet(name).crude_oil_kl,
    r"v1\.elec\.klf": lambda: of_sheet("elec").crude_oil_kl,
    r"v1\.(elec|gas|sub|tot)\.(gj|kl|co2)": shop_line,
    r"v2\.(elec|gas)\.(price)": shop_line,
    r"v2\.(kero|ha|lpg)\.(kl|co2)f": lambda name, measure: result(of_sheet(name), measure),
    r"iii\.(elec|gas)\.(kwh|m3|cost|price)": shop_line,
    r"iii\.total": lambda: shop_line("tot", "cost"),
    r"iii\.text\.cost": lambda: shop_line("elec", "cost"),
    r"ac\.(before|after)": air_conditioners,
    r"ac\.row\.b224": lambda: air_conditioner_row("1641", "1404"),
    r"ac\.(invest|works)": air_conditioner_cost,
    r"night\.(kw|h)": lambda what: night_input({"kw": "load", "h": "hours"}[what]),
    r"night\.saving": lambda: night_proposal().alone.saved("electricity"),
    r"night\.co2before": lambda: electricity("36,500").co2_t,
    r"night\.co2": lambda: electricity("3,650").co2_t,
    r"night\.money": lambda: 3650 * shop_line("elec", "price") / 1000,
    r"menu\.300": lambda: 300 / electricity("1").crude_oil_kl,
    r"sub\.rule\.3t|sales\.kwh": lambda: 3 / electricity("1").co2_t,
    r"sub\.rule\.(\d\d)": lambda rule: Fraction(SUBSIDY_RULES[rule]()),
    r"ex\.pv7\.grant": pv_grant,
    r"exin\.(\w+)\.(\d)": grant_input,
    r"ex\.(\w+)\.(co2_before|co2_after|co2_saved|kwh_saved|m3_saved)": grant,
    r"sales\.yen": lambda: number(parse("6,000 kWh") * parse("23 円/kWh"), "円"),
    r"sales\.sales": lambda: number(
        equivalent_sales(saving=parse("138,000 円") / Q_(1, "year"), margin=parse("5 %")) * Q_(1, "year"),
        "万円",
    ),
}


def computed(id: str) -> Fraction | None:
    """Return the example's value as the library computes it, or None where nothing computes it yet."""
    for pattern, compute in COMPUTED.items():
        if match := re.fullmatch(pattern, id):
            value = compute(*match.groups())
            assert value is not None, f"{id} came out as unknown"
            return Fraction(value)
    return None


# --- the published arithmetic by itself

OPERATORS = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.USub: operator.neg,
}


def evaluate(text: str) -> Fraction:
    """Return the exact value of an expression of decimals, + - * / and brackets."""

    def value(node: ast.expr) -> Fraction:
        match node:
            case ast.BinOp(left, op, right) if type(op) in OPERATORS:
                return OPERATORS[type(op)](value(left), value(right))
            case ast.UnaryOp(op, operand) if type(op) in OPERATORS:
                return OPERATORS[type(op)](value(operand))
            case ast.Constant(int() | float()):
                return Fraction(ast.get_source_segment(text, node))
        raise ValueError(f"not arithmetic: {ast.dump(node)}")

    return value(ast.parse(text, mode="eval").body)


def test_the_evaluator_knows_arithmetic_and_nothing_else():
    assert evaluate("34.6*0.0183*44/12") == Fraction("34.6") * Fraction("0.0183") * 44 / 12
    assert evaluate("-(1+2)*3-4/8") == Fraction(-19, 2)
    for other in ("abs(1)", "x", "'1'", "2**9"):
        with pytest.raises(ValueError, match="not arithmetic"):
            evaluate(other)


# --- the tests


def test_every_example_has_exactly_one_status():
    ids = [row["id"] for row in table("worked_examples_status.csv")]
    assert Counter(ids) == Counter(row["id"] for row in table("facts/worked_examples.csv"))
    assert {row["status"] for row in STATUS.values()} == {"tested", "print_differs", "later"}
    assert [id for id, row in STATUS.items() if not row["how"]] == []


@pytest.mark.parametrize("id", with_status("tested"))
def test_the_library_gives_what_was_published(id):
    value = computed(id)
    assert value is not None, "no function of the library computes it: its status is `later`"
    assert as_printed(id, value) == published(id)


@pytest.mark.parametrize("id", [id for id in with_status("tested") if EXAMPLES[id]["arithmetic"]])
def test_the_published_arithmetic_gives_what_was_published(id):
    assert as_printed(id, evaluate(EXAMPLES[id]["arithmetic"])) == published(id)


@pytest.mark.parametrize("id", with_status("print_differs"))
def test_where_print_and_arithmetic_differ_the_library_sides_with_arithmetic(id):
    by_arithmetic = evaluate(EXAMPLES[id]["arithmetic"])
    by_library = computed(id)
    for value in {by_arithmetic, by_arithmetic if by_library is None else by_library}:
        assert as_printed(id, value) == read_number(STATUS[id]["computed"])
        assert as_printed(id, value) != published(id)


def test_what_is_left_for_later_is_computed_by_nothing_yet():
    """Listed with `pytest -s`: each id with what it waits for."""
    waiting = with_status("later")
    for id in waiting:
        print(f"later: {id:24} {STATUS[id]['how']}")
    assert [id for id in waiting if computed(id) is not None] == []
    assert [id for id in waiting if STATUS[id]["computed"]] == []
