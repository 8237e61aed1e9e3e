"""summary.json: by its schema, unrounded, and without what is private."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pytest
from jsonschema import Draft202012Validator

from carbonlib.publish.beside import SUMMARY, files_beside
from carbonlib.records.model import Contact, Diagnostician, Visit
from carbonlib.summary import summary_of
from tests.conftest import ROOT
from tests.publish.executed import diagnosis_of, executed, reports

SCHEMA = json.loads((ROOT / "docs/summary-schema.json").read_text(encoding="utf-8"))


def problems(summary: dict) -> list[str]:
    return [f"{e.json_path}: {e.message[:200]}" for e in Draft202012Validator(SCHEMA).iter_errors(summary)]


def test_the_schema_is_one() -> None:
    Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize("path", reports(), ids=lambda p: f"{p.parts[-3]}-{p.stem}")
def test_every_sample_follows_the_schema(path) -> None:
    summary = summary_of(diagnosis_of(path.stem, int(path.parts[-3])))
    assert problems(summary) == []
    assert json.loads(json.dumps(summary, allow_nan=False)) == summary


def test_the_schema_notices_what_is_wrong() -> None:
    summary = summary_of(diagnosis_of("saitama-shop", 2023))
    assert problems({**summary, "company_name": "x"})
    assert problems({**summary, "sample": "no"})
    assert problems({k: v for k, v in summary.items() if k != "factors"})


def test_the_published_shop_unrounded() -> None:
    d = diagnosis_of("saitama-shop", 2023)
    written = json.loads(files_beside(executed(d), kind="省エネ診断報告書", name="n.ipynb")[SUMMARY])
    totals = written["account"]["totals"]
    assert totals == {
        "cost_jpy": 63_075_000,
        "primary_energy_gj": 22445.9973,
        "crude_oil_equivalent_kl": float(d.account.crude_oil_kl or 0),
        "co2_t": 1138.3875435,
    }
    assert round(totals["crude_oil_equivalent_kl"], 3) == 579.107
    electricity = written["account"]["lines"][0]
    assert round(electricity["unit_price_jpy"], 2) == 27.42
    assert written["sample"] is False
    assert {f["id"] for f in written["factors"]} >= {f for f in electricity["factors"].values() if f}


def test_months_add_up_to_their_year() -> None:
    summary = summary_of(diagnosis_of("sample-metal", 2025))
    line = summary["account"]["lines"][0]
    for name in ("quantity", "cost_jpy", "primary_energy_gj", "crude_oil_equivalent_kl", "co2_t"):
        assert sum(m[name] for m in line["months"]) == pytest.approx(line[name], rel=1e-12)


def test_nothing_private_is_in_it() -> None:
    d = diagnosis_of("sample-metal", 2025)
    words = (
        "ほたる秘密商会",
        "すずめ秘密支店",
        "かえで町9-8-7",
        "くじら太郎",
        "04-9876-5432",
        "しらさぎ診断士",
        "つばめ立会",
    )
    company = replace(
        d.company,
        name=words[0],
        sites=tuple(replace(s, name=words[1]) for s in d.company.sites),
        address=words[2],
        contact=Contact(words[3], "", words[4], ""),
        visits=(Visit(2025, date(2025, 10, 28), (Diagnostician(words[5]),), (words[6],)),),
    )
    text = json.dumps(summary_of(replace(d, company=company)), ensure_ascii=False)
    assert [w for w in words if w in text] == []
