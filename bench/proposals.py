"""How long 10,000 companies with five proposals each take: evaluated, totalled after overlap, matched with two rounds.

Run: .venv/bin/python bench/proposals.py [companies]. Beside it stands what a spreadsheet would do: one product a
proposal and a plain sum, in a bare loop, which checks no unit and takes nothing out for overlap.
"""

from __future__ import annotations

import cProfile
import pstats
import random
import sys
import time
from datetime import date
from decimal import Decimal
from pathlib import Path

from carbonlib.accounting import account
from carbonlib.factors import programmes
from carbonlib.proposals.applications import application_of
from carbonlib.proposals.binding import Surroundings
from carbonlib.proposals.effects import Rates
from carbonlib.proposals.evaluation import evaluate
from carbonlib.records.defaults import built_in_defaults
from carbonlib.records.model import Bill, Company, Site
from carbonlib.records.proposal_model import CapitalLine, Entry, Proposal, Proposals, SubsidyFacts
from carbonlib.records.subsidies import read_rounds
from carbonlib.records.workspace import Workspace
from carbonlib.subsidies import Matcher

ROOT = Path(__file__).parents[1]
YEAR = 2025


def _entry(value: float, unit: str) -> Entry:
    return Entry(f"{value:.1f} {unit}")


def company(index: int, draw: random.Random) -> tuple[Company, list[Bill], Proposals]:
    """Return a made-up company with five proposals that overlap in part."""
    use = draw.uniform(50_000, 900_000)
    site = Site("main", "事業所")
    bills = [
        Bill(
            "main",
            "E1",
            "electricity",
            date(YEAR, 4, 1),
            date(YEAR + 1, 3, 31),
            Decimal(round(use)),
            "kWh",
            Decimal(round(use * 26)),
        )
    ]
    rooms = (
        {
            "watts_before": _entry(85, "W"),
            "count_before": _entry(draw.randrange(10, 300), "台"),
            "watts_after": _entry(33, "W"),
            "hours": _entry(draw.uniform(2000, 4000), "h/年"),
        },
    )
    dark = tuple(
        {
            k: v
            for k, v in {**r, "watts": r["watts_before"], "count": r["count_before"]}.items()
            if k in {"watts", "count", "hours"}
        }
        for r in rooms
    )
    cooling = _entry(use * 0.12, "kWh/年")
    air = _entry(use * 0.2, "kWh/年")
    cost = (CapitalLine("設備", Decimal(draw.randrange(500, 9000) * 1000), "税抜"),)
    facts = SubsidyFacts(installed_year=2001, high_efficiency=("top-runner",), ordered=False)
    items = (
        Proposal("1", "消灯", "lighting_switch_off", {"rooms": dark}, capital=()),
        Proposal("2", "LED", "led_lighting", {"rooms": rooms}, capital=cost, subsidy=facts),
        Proposal(
            "3",
            "設定温度",
            "setpoint_relaxation",
            {"cooling_use": cooling, "cooling_change": Entry("1 ℃")},
            capital=(),
        ),
        Proposal(
            "4",
            "空調の更新",
            "air_conditioner_replacement",
            {"units": ({"cooling_use": cooling, "heating_use": cooling, "apf_before": Entry("3.4")},)},
            capital=cost,
            subsidy=facts,
        ),
        Proposal(
            "5",
            "圧力の見直し",
            "compressor_pressure_reduction",
            {"energy": air, "pressure_before": Entry("0.7 MPa"), "pressure_after": Entry("0.6 MPa")},
            capital=(),
        ),
    )
    return Company(f"c{index}", "見本", "製造業", (site,)), bills, Proposals(items)


def run(companies: int) -> tuple[float, float]:
    """Return seconds and the tonnes found."""
    draw = random.Random(1)
    rules = programmes()["saitama-diagnosis-2025"]
    rounds = list(read_rounds(Workspace(ROOT)).values())[:2]
    matchers = [Matcher(r, programmes()) for r in rounds]
    around = Surroundings(rules, YEAR, built_in_defaults())
    made = [company(i, draw) for i in range(companies)]
    total, offers = 0.0, 0
    start = time.process_time()
    for one, bills, proposals in made:
        books = account(bills, owner=one.id, programme=rules, fiscal_year=YEAR, suppliers={})
        evaluation = evaluate(proposals, one, Rates(books, rules, {}), around)
        total += float(evaluation.adjusted.co2_reduction_t or 0)
        for item in evaluation.items:
            application = application_of(item, one, books, YEAR)
            offers += sum(
                m.match(application, on=date(2025, 10, 30)).verdict != "not_eligible" for m in matchers
            )
    return time.process_time() - start, total


def bare(companies: int) -> float:
    """Return the seconds of one product a proposal and a plain sum, as in a spreadsheet."""
    draw = random.Random(1)
    start = time.process_time()
    total = 0.0
    for _ in range(companies):
        use = draw.uniform(50_000, 900_000)
        n, h = draw.randrange(10, 300), draw.uniform(2000, 4000)
        saved = (85 * n * 240 / 1000, 52 * n * h / 1000, use * 0.012, use * 0.24 * 0.3, use * 0.2 * 0.084)
        total += sum(saved) * 0.495 / 1000
    return time.process_time() - start


def share_in_pint(companies: int) -> float:
    """Return pint's own share of the time under the profiler, on fewer companies."""
    profile = cProfile.Profile()
    profile.runcall(run, companies)
    times = pstats.Stats(profile).stats  # type: ignore[attr-defined]
    whole = sum(row[2] for row in times.values())
    return sum(row[2] for key, row in times.items() if "/pint/" in key[0].replace("\\", "/")) / whole


def main() -> None:
    """Print the figures."""
    companies = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    run(20)  # warm: defaults and tables are read once
    seconds, tonnes = run(companies)
    plain = bare(companies)
    print(f"{companies:,} companies × 5 proposals × 2 rounds, one core")
    print(f"evaluated, totalled, matched  {seconds:8.2f} s  {seconds / companies * 1000:6.2f} ms a company")
    print(f"bare products and a plain sum {plain:8.2f} s  ratio {seconds / plain:,.0f}")
    print(
        f"share inside pint             {share_in_pint(min(companies, 300)):8.0%} (profiled, {min(companies, 300)} companies)"
    )
    print(f"adjusted reduction            {tonnes:8,.0f} t-CO2 a year")


if __name__ == "__main__":
    main()
