"""Every number that the first page prints has a row that says where it is from."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import replace

import pytest

from carbonlib import present
from carbonlib.diagnosis import Diagnosis, diagnose
from carbonlib.first_page import first_page
from carbonlib.key_figures import key_figures
from carbonlib.records.workspace import Workspace
from carbonlib.summary import summary_of
from tests.conftest import ROOT
from tests.present.test_first_page import SAITAMA, diagnosis, odd
from tests.publish.executed import diagnosis_of, reports

# what is no figure: a date, a year, a version; a digit behind a letter belongs to a name (CO2, m3)
NO_FIGURES = (
    r"\d{4}-\d{2}-\d{2}",
    r"(?:\d{4}|令和\d+)年度",
    r"\d{4}年\d{1,2}月(?:\d{1,2}日)?",
    r"12か月",  # the length of every period
    r"carbonlib [\d.]+\w*",
)


def names_in(d: Diagnosis) -> Iterator[str]:
    """Yield what people wrote or named, whose digits are no figures of ours: titles, remarks, names of rounds."""
    company = d.company
    yield from (company.name, company.source, company.industry, d.programme.name_ja)
    yield from company.remarks
    yield from company.supported_by
    yield from (s.name for s in company.sites)
    if visit := d.recorded_visit:
        yield from visit.attended
        yield from (f"{one.name}（{one.qualification}）" for one in visit.diagnosticians)
    if d.proposed:
        yield from (e.proposal.title for e in d.proposed.evaluation.items)
        yield from (o.round_name for offers in d.proposed.offers.values() for o in offers)


def first_page_words(d: Diagnosis) -> str:
    """Return the first page in words without names and what is no figure."""
    cover = re.sub(r"<[^>]+>", " ", present.cover(d).html)
    words = html.unescape(cover) + " " + present.shares_figure(d).plain
    words = re.sub(r"\s+", " ", words)
    for name in sorted({re.sub(r"\s+", " ", n) for n in names_in(d) if n}, key=len, reverse=True):
        words = words.replace(name, "◇")
    return re.sub("|".join(NO_FIGURES), "◇", words)


def covered(words: str, values: list[str]) -> list[str]:
    """Return the numbers of some words that no value states with the same unit."""
    stated = [re.match(r"[▲＋]?([\d,.]*\d)(.*)", v) for v in values]
    known = [(m[1], m[2].strip().removesuffix("/年")) for m in stated if m]
    missing = []
    for found in re.finditer(r"(?<![A-Za-z\d,.])\d[\d,]*(?:\.\d+)?", words):
        after = words[found.end() :].lstrip()
        if not any(number == found[0] and after.startswith(unit) for number, unit in known):
            missing.append(words[max(found.start() - 20, 0) : found.end() + 20])
    return missing


def values_of(d: Diagnosis) -> list[str]:
    lines = present.figure_provenance(d).plain.splitlines()[2:]
    return [cells[1] for line in lines if len(cells := line.split("\t")) == 5]


def without_numbers_unsaid(d: Diagnosis) -> None:
    assert covered(first_page_words(d), values_of(d)) == []


@pytest.mark.parametrize("path", reports(), ids=lambda p: f"{p.parts[-3]}-{p.stem}")
def test_every_number_of_a_samples_first_page_has_its_row(path) -> None:
    without_numbers_unsaid(diagnosis_of(path.stem, int(path.parts[-3])))


@pytest.mark.parametrize("name", list(odd()))
def test_every_number_of_an_odd_first_page_has_its_row(name: str) -> None:
    without_numbers_unsaid(odd()[name])


def test_other_twelve_months_and_subsidies_on_a_day_have_their_rows() -> None:
    d = diagnose("sample-metal", 2024, SAITAMA, period_from="2024-10", workspace=Workspace(ROOT))
    without_numbers_unsaid(d)
    without_numbers_unsaid(diagnosis("sample-metal", 2024))
    without_numbers_unsaid(diagnosis("sample-office", 2025))


def test_the_scan_notices_a_number_without_a_row() -> None:
    d = diagnosis("sample-metal", 2024)
    assert covered("目安を 116 kL 下回ります", values_of(d))
    assert covered("4 千円", ["4 件"])
    for gone in ("千kWh", "万円", "点", "年"):
        rest = [v for v in values_of(d) if not v.endswith(f" {gone}")]
        assert covered(first_page_words(d), rest), gone


def test_every_figure_says_what_it_stands_on() -> None:
    d = diagnosis("sample-metal", 2024)
    figures = key_figures(d)
    assert len({f.id for f in figures}) == len(figures)
    for f in figures:
        assert all((f.formula.ja, f.formula.en, f.label.ja, f.label.en)), f.id
        assert f.places or f.factors or f.rows or f.id == "quick_count", f.id
        assert all(p.file and (p.line or p.file.endswith("company.yaml")) for p in f.places), f.id


def test_the_margin_of_the_company_names_its_line() -> None:
    d = diagnosis("sample-metal", 2024)
    (margin,) = [f for f in key_figures(d) if f.id == "operating_margin"]
    (place,) = margin.places
    line = (ROOT / place.file).read_text(encoding="utf-8").splitlines()[(place.line or 0) - 1]
    assert line.startswith("operating_margin:")
    assert f"company.yaml {place.line} 行目" in present.figure_provenance(d).plain


def test_the_summary_has_the_same_figures_unrounded() -> None:
    d = diagnosis("sample-metal", 2024)
    figures = summary_of(d)["provenance"]["figures"]
    assert [f["label_ja"] for f in figures] == [
        line.split("\t")[0]
        for line in present.figure_provenance(d).plain.splitlines()[2:]
        if line.count("\t") == 4
    ]
    by_id = {f["id"]: f for f in figures}
    assert by_id["cost"]["value"] == float(d.account.cost_jpy or 0)
    assert by_id["cost"]["places"][0]["lines"].startswith("2-13,")
    assert by_id["co2"]["factors"]
    sales = first_page(d).sales
    assert sales is not None
    assert by_id["sales"]["value"] == float(sales.sales_jpy)


def test_bills_of_two_files_name_both() -> None:
    d = diagnosis("sample-metal", 2024)
    line = d.account.lines[0]
    other = tuple(replace(p, file="parameters/companies/sample-metal/more.csv") for p in line.rows[:2])
    account = replace(d.account, lines=(replace(line, rows=(*line.rows[2:], *other)), *d.account.lines[1:]))
    assert (
        "bills.csv 4〜13 行目、more.csv 2〜3 行目"
        in present.figure_provenance(replace(d, account=account)).plain
    )
