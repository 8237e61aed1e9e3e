"""A company's target of CO2, and the data rows of targets, legal dates and schemes."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from carbonlib.factors import EVIDENCE
from carbonlib.records.equipment import FAMILIES, attributes, refrigerants
from carbonlib.records.legal_dates import legal_dates
from carbonlib.records.schemes import schemes
from carbonlib.records.targets import DEFAULT_PATH, Target, target_paths
from tests.records.companies import company, refused


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("target: {path: saitama-2030}\n", Target("saitama-2030")),
        ("target: {path: sbt-1.5, base_year: 2023}\n", Target("sbt-1.5", 2023)),
        (
            'target: {base_year: 2013, base_co2: "1,200 kg-CO2", reduction_percent: 50 %, fiscal_year: 2030}\n',
            Target("", 2013, Decimal("1.2"), Decimal("0.5"), 2030),
        ),
    ],
)
def test_a_target_is_a_path_or_the_company_s_own(tmp_path: Path, text: str, wanted: Target) -> None:
    assert company(tmp_path, text).target == wanted


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("target: {path: mars-2030}\n", "tokorozawa-2030"),
        ("target: {base_year: 2013}\n", "reduction_percent"),
        ("target: {path: sbt-1.5, fiscal_year: 2035}\n", "一緒に書けません"),
        ("target: {path: saitama-2030, base_year: 2015}\n", "2013"),
        ("target: {base_year: 2030, reduction_percent: 50 %, fiscal_year: 2030}\n", "より後"),
        ("target: {path: saitama-2030, base_co2: 120 kWh}\n", "単位が合いません"),
        ("target: {base_year: 2013, reduction_percent: 150 %, fiscal_year: 2030}\n", "範囲"),
    ],
)
def test_a_target_that_does_not_fit_is_named_with_its_line(tmp_path: Path, text: str, words: str) -> None:
    found = refused(tmp_path, text)
    assert len(found) == 1
    assert words in found[0].message.ja
    assert found[0].place.line


def test_published_paths_are_those_of_prefecture_city_and_the_yearly_rate() -> None:
    paths = target_paths()
    assert [(p.id, p.reduction, p.yearly) for p in paths.values()] == [
        ("saitama-2030", Decimal("0.46"), None),
        ("tokorozawa-2030", Decimal("0.51"), None),
        ("sbt-1.5", None, Decimal("0.042")),
    ]
    assert DEFAULT_PATH in paths


def test_every_row_says_where_it_is_from() -> None:
    for row in (*legal_dates(), *schemes(), *target_paths().values()):
        assert row.evidence in EVIDENCE
        assert row.source
        assert row.locator
    ids = [r.id for r in legal_dates()]
    assert len(set(ids)) == len(ids)


def test_legal_dates_are_matched_by_words_that_equipment_can_have() -> None:
    lamps, insulations = attributes()["lamp"].choices, attributes()["insulation"].choices
    kinds = {r.kind for r in refrigerants().values()}
    for row in legal_dates():
        assert set(row.families) <= set(FAMILIES)
        assert set(row.lamps) <= set(lamps)
        assert set(row.insulations) <= set(insulations)
        assert set(row.refrigerant_kinds) <= kinds
