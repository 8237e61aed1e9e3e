"""55 real campuses, as their institution published them, through the same roll-up (環境報告書2020)."""

from __future__ import annotations

import csv
from fractions import Fraction
from pathlib import Path

import pytest

from carbonlib.accounting import AsReportedAccount, ReportedLine, as_reported
from carbonlib.city.rollup import Member, by_group, merge, roll_up
from carbonlib.errors import Place
from tests.conftest import SHARED

DATA = SHARED / "data"
if not (DATA / "kosen2020_co2.csv").is_file():
    pytest.skip(
        "THE REAL DATA ARE NOT HERE: no campus was added up. They lie in shared/data/ beside the project.",
        allow_module_level=True,
    )


def rows(name: str) -> dict[str, dict[str, str]]:
    with Path(DATA / name).open(encoding="utf-8-sig", newline="") as stream:
        return {row["事業所名"]: row for row in csv.DictReader(stream)}


def number(text: str) -> Fraction | None:
    return Fraction(text) if text.strip() else None


@pytest.fixture(scope="module")
def campuses() -> list[AsReportedAccount]:
    energy, co2 = rows("kosen2020_energyinput.csv"), rows("kosen2020_co2.csv")
    assert energy.keys() == co2.keys()
    found = []
    for line, name in enumerate(energy, start=2):
        place = Place("kosen2020_co2.csv", line)
        lines = [
            ReportedLine(
                label,
                number(energy[name][f"{label}(GJ)"]),
                number(co2[name][f"{label}(t-CO2)"]),
                place,
            )
            for label in ("電気起算校舎", "電気起算寄宿舎", "化石燃料起算校舎", "化石燃料起算寄宿舎")
        ]
        found.append(as_reported(name, lines, source="kosen-2020", fiscal_year=2019))
    return found


def test_all_campuses_add_up_exactly(campuses: list[AsReportedAccount]) -> None:
    total = roll_up(campuses)
    campuses_alone = by_group(Member(c, "本部" if c.owner == "機構本部" else "校") for c in campuses)["校"]
    assert (total.count, campuses_alone.count) == (56, 55)  # the 56th row is the institute's head office
    known = [c for c in campuses if c.co2_t is not None]
    assert total.co2_t.counted == len(known)
    assert total.co2_t.value == sum((c.co2_t for c in known), Fraction(0))
    columns = rows("kosen2020_co2.csv")
    by_hand = sum(int(v) for c in known for k, v in columns[c.owner].items() if k != "事業所名")
    assert total.co2_t.value == by_hand


def test_groups_merge_to_the_total(campuses: list[AsReportedAccount]) -> None:
    groups = by_group(Member(c, "大" if (c.co2_t or 0) >= 1500 else "小") for c in campuses)
    assert merge(groups.values()) == roll_up(reversed(campuses))


def test_published_figures_are_never_recomputed(campuses: list[AsReportedAccount]) -> None:
    hakodate = next(c for c in campuses if c.owner == "函館")
    assert hakodate.co2_t == 682 + 166 + 611 + 175
    assert hakodate.energy_gj == 10432 + 2537 + 9214 + 2652
    assert roll_up(campuses).crude_oil_kl.counted == 0
