"""parameters/subsidies/*.yaml: what is read, and every problem at once with its line, in both languages."""

from __future__ import annotations

import shutil
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest
import yaml

from carbonlib.errors import RecordError
from carbonlib.records.subsidies import read_rounds
from carbonlib.records.subsidy_entries import RoundFile
from carbonlib.records.subsidy_round import COST_LINES, EQUIPMENT, Round
from carbonlib.records.workspace import Workspace
from tests.conftest import ROOT

TEXT = """\
id: our-round
name: 見本市の補助金
organiser: 見本市
fiscal_year: 2026
evidence: published
source: leaflet
sources:
  leaflet: {publisher: 見本市, title: 募集のお知らせ, published: "2026-04-01"}
  ours: {publisher: 見本市, title: 窓口での聞き取り}
factors:
  programme: saitama-diagnosis-2025
  fiscal_year: 2026
  electricity: 0.452 t-CO2/千kWh
windows:
  - {opens: "2026-05-01", closes: "2026-06-30"}
categories:
  - id: equipment
    label: 高効率設備
    equipment: [air_conditioner, boiler]
    subsidy_rate: 1/3
    cap: 300 万円
    rules:
      equipment_age: {years: 10, as_of: "2026-04-01", evidence: secondary, source: ours}
      co2_reduction: {at_least: 500 kg-CO2}
rules:
  co2_reduction: {at_least: 1 t-CO2}
  prior_grants: {excluded: {last-round: 前回の補助金}}
cost:
  excluded_lines: [removal]
  round_down_to: 1 万円
award:
  method: first_come
"""


def workspace(folder: Path, text: str = TEXT, name: str = "our-round") -> Workspace:
    (folder / "notebooks").mkdir(exist_ok=True)
    (folder / "parameters" / "subsidies").mkdir(parents=True, exist_ok=True)
    (folder / "parameters" / "subsidies" / f"{name}.yaml").write_text(text, encoding="utf-8")
    return Workspace(folder)


def read_one(folder: Path, text: str = TEXT) -> Round:
    return read_rounds(workspace(folder, text))["our-round"]


def problems(folder: Path, text: str) -> list[str]:
    with pytest.raises(RecordError) as caught:
        read_rounds(workspace(folder, text))
    assert all(f.message.en for f in caught.value.findings)
    return caught.value.text().splitlines()


def test_a_round_is_read_in_exact_numbers(tmp_path: Path) -> None:
    one = read_one(tmp_path)
    category = one.categories[0]
    assert (category.subsidy_rate, category.cap_jpy) == (Fraction(1, 3), 3_000_000)
    assert one.cost.round_down_to_jpy == 10_000
    assert one.factors.electricity == Fraction(452, 1_000_000)
    assert one.windows[0].closes == date(2026, 6, 30)
    assert category.rules.prior_grants is not None
    assert category.rules.prior_grants.excluded == {"last-round": "前回の補助金"}


def test_a_categorys_rule_goes_before_the_rounds_and_evidence_before_its_default(tmp_path: Path) -> None:
    rules = read_one(tmp_path).categories[0].rules
    assert rules.co2_reduction is not None
    assert rules.equipment_age is not None
    assert rules.co2_reduction.value == Fraction(1, 2)
    assert (rules.co2_reduction.ground.evidence, rules.co2_reduction.ground.source.id) == (
        "published",
        "leaflet",
    )
    assert (rules.equipment_age.ground.evidence, rules.equipment_age.ground.source.id) == (
        "secondary",
        "ours",
    )


def test_no_folder_is_no_rounds(tmp_path: Path) -> None:
    assert read_rounds(Workspace(tmp_path)) == {}


def test_the_latest_fiscal_year_comes_first(tmp_path: Path) -> None:
    workspace(tmp_path)
    older = TEXT.replace("id: our-round", "id: a-round").replace(
        "fiscal_year: 2026\nevidence", "fiscal_year: 2025\nevidence"
    )
    assert list(read_rounds(workspace(tmp_path, older, "a-round"))) == ["our-round", "a-round"]


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        ("id: our-round", "id: other", 1, "ファイル名"),
        ("source: leaflet", "source: flyer", 6, "sources にありません"),
        ("source: ours}", "source: nobody}", 23, "「nobody」が sources にありません"),
        ("programme: saitama-diagnosis-2025", "programme: nowhere", 11, "制度「nowhere」はありません"),
        ("0.452 t-CO2/千kWh", "0.452 kWh", 13, "t-CO2/千kWh"),
        ("0.452 t-CO2/千kWh", "'0.452'", 13, "単位がありません"),
        ('closes: "2026-06-30"', 'closes: "2026-04-30"', 15, "opens より前"),
        ('{opens: "2026-05-01", closes: "2026-06-30"}', "{note: 未定}", 15, "planned のどれか"),
        ("[air_conditioner, boiler]", "[air_conditioner, boiller]", 19, "設備の種類「boiller」"),
        ("subsidy_rate: 1/3", "subsidy_rate: 4/3", 20, "1 以下の分数"),
        ("subsidy_rate: 1/3", "subsidy_rate: 1/0", 20, "1 以下の分数"),
        ("subsidy_rate: 1/3", "subsidy_rate: 三分の一", 20, "1 以下の分数"),
        ("subsidy_rate: 1/3", "subsidy_rate: 0.5", 20, "文字で書いてください"),
        ("cap: 300 万円", "cap: 300", 21, "文字で書いてください"),
        ("cap: 300 万円", "cap: 300 kWh", 21, "300 万円"),
        ("cap: 300 万円", "cap: -300 万円", 21, "300 万円"),
        ("years: 10", "years: 0", 23, "1 以上"),
        ("500 kg-CO2", "500 kg", 24, "3 t-CO2"),
        ("[removal]", "[disposal]", 29, "費目「disposal」"),
        ("first_come", "lottery", 32, "first_come"),
        ("  method: first_come", "  method: first_come\n  priority: any", 33, "priority が書かれていません"),
        ("rules:\n  co2", "rules:\n  minimum: 3\n  co2", 26, "知られていません"),
        ("evidence: published", "evidence: hearsay", 5, "statute"),
        ("evidence: secondary,", "evidence: rumour,", 23, "statute"),
    ],
)
def test_each_problem_is_named_with_its_line(
    tmp_path: Path, old: str, new: str, line: int, words: str
) -> None:
    assert old in TEXT
    found = problems(tmp_path, TEXT.replace(old, new, 1))
    assert len(found) == 1
    assert found[0].startswith(f"parameters/subsidies/our-round.yaml {line} 行目: ")
    assert words in found[0]


def test_all_problems_of_all_files_come_at_once(tmp_path: Path) -> None:
    workspace(tmp_path, "id: [", "broken")
    found = problems(tmp_path, TEXT.replace("1/3", "2").replace("300 万円", "多め").replace("10,", "-1,"))
    assert [f.split(" ")[0] for f in found] == [
        "parameters/subsidies/broken.yaml",
        *["parameters/subsidies/our-round.yaml"] * 3,
    ]


def test_two_categories_of_one_id_are_refused(tmp_path: Path) -> None:
    start, end = TEXT.index("  - id: equipment"), TEXT.index("rules:\n  co2_reduction: {at_least: 1")
    twice = TEXT[:end] + TEXT[start:end] + TEXT[end:]
    assert "id「equipment」が 2 つあります" in problems(tmp_path, twice)[0]


def test_an_exception_names_equipment_or_a_measure_and_not_both(tmp_path: Path) -> None:
    found = problems(
        tmp_path,
        TEXT + "excluded:\n  - {label: 照明}\n  - {label: 照明, equipment: lighting, measure: led}\n",
    )
    assert ["どちらか 1 つ" in f for f in found] == [True, True]
    assert read_one(tmp_path, TEXT + "excluded:\n  - {label: 消灯, measure: lighting_switch_off}\n").excluded[
        0
    ].term == ("lighting_switch_off")


def test_hostile_texts_are_data(tmp_path: Path) -> None:
    hostile = "'<script>alert(1)</script> =cmd|x!A0'"
    assert read_one(tmp_path, TEXT.replace("見本市の補助金", hostile)).name == hostile.strip("'")
    (found,) = problems(
        tmp_path, TEXT.replace("programme: saitama-diagnosis-2025", 'programme: "a\\u202e\\nb"')
    )
    assert "\u202e" not in found


def test_the_shipped_rounds_cite_what_they_print() -> None:
    assert set(read_rounds(Workspace(ROOT))) == {
        *("saitama-r7-smart-equipment", "saitama-r7-smart-ems", "saitama-r6-emergency")
    }
    for path in sorted((ROOT / "parameters" / "subsidies").glob("*.yaml")):
        entries = yaml.safe_load(path.read_text(encoding="utf-8"))
        for source in entries["sources"].values():
            assert source["publisher"] == "carbonlib" or source.get("address") or source["published"], (
                path.name
            )
        # a price that nobody printed would be invented: what the deck does not print is marked
        assert entries["cost"]["evidence"] == "assumption"
        assert entries["not_legible"]


def test_rounds_travel_with_a_new_workspace(tmp_path: Path) -> None:
    from carbonlib.run.init import init_workspace

    made = init_workspace(tmp_path / "city")
    assert set(read_rounds(made)) == set(read_rounds(Workspace(ROOT)))


def test_check_reads_the_rounds(tmp_path: Path) -> None:
    from carbonlib.problems import problems as all_problems

    (tmp_path / "notebooks").mkdir()
    shutil.copytree(ROOT / "parameters" / "subsidies", tmp_path / "parameters" / "subsidies")
    assert [f for f in all_problems(Workspace(tmp_path)) if f.severity == "error"] == []
    workspace(tmp_path, TEXT.replace("1/3", "3"))
    found = [f for f in all_problems(Workspace(tmp_path)) if f.severity == "error"]
    assert [(f.place.file, f.place.line) for f in found] == [("parameters/subsidies/our-round.yaml", 20)]


def test_the_vocabulary_has_words_in_both_languages() -> None:
    for words in (*EQUIPMENT.values(), *COST_LINES.values()):
        assert len(words) == 2
        assert all(words)
    assert {"rules", "excluded", "unclear", "not_legible"} <= set(RoundFile.model_fields)
