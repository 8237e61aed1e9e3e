"""Every problem of proposals.yaml is named at once, with its line: no layer of reading hides the next."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from carbonlib.errors import CarbonlibError, Finding
from carbonlib.measures import MEASURES, Choice, Fuel, Input, MeasureError, Rows
from carbonlib.measures.wording import example
from carbonlib.problems import problems
from carbonlib.proposing import propose, reference
from carbonlib.records.workspace import Workspace
from carbonlib.units import Q_, read, read_number, read_temperature
from tests.conftest import copy_workspace

SET = "saitama-diagnosis-2025"
BROKEN = """\
order: ["1", "99"]
proposals:
  - number: "1"
    title: 間引き
    measure: delamping
    status: やった
    inputs:
      rooms: [{watts: 40 W, count: "10", count_off: 4 台, hours: 9000 h/年}]
  - number: "1"
    title: 見送ったもの
    measure: led_lighting
    site: nowhere
    status: 見送り
    inputs:
      rooms: [{count_before: 20 kg, hours: 2000 h/年}]
  - number: "3"
    title: 冷房の設定
    measure: teleport
    status: 実施済み
    done_on: "きのう"
    inputs: {}
  - number: "4"
    title: 値でないもの
    measure: before_after
    prices: {elec: 20 円/kWh}
    inputs:
      before: {amount: 3}
      after: 8,000 L/年
"""


def refused(tmp_path: Path, text: str) -> list[str]:
    home = Workspace(copy_workspace(tmp_path))
    (home.company_folder("sample-metal") / "proposals.yaml").write_text(text, "utf-8")
    with pytest.raises(CarbonlibError) as raised:
        propose("sample-metal", 2025, reference(SET, workspace=home), workspace=home)
    found = raised.value.findings
    assert [f.place.line for f in found] == sorted(f.place.line for f in found)
    assert len(found) == len(set(found))
    return [f.text() for f in found]


def test_no_problem_hides_another(tmp_path: Path) -> None:
    lines = refused(tmp_path, BROKEN)
    for line, word in (
        (1, "提案番号「99」"),
        (6, "status"),
        (8, "「rooms.1.count」"),
        (8, "「rooms.1.hours」"),
        (9, "2 回使われています"),
        (12, "事業所「nowhere」"),
        (13, "declined_because"),
        (15, "「rooms.1.count_before」"),
        (18, "対策「teleport」"),
        (20, "done_on"),
        (25, "prices.elec」"),
        (27, "項目「before」"),
        (28, "after"),
    ):
        assert any(f" {line} 行目" in found and word in found for found in lines), (line, word, lines)
    assert [x for x in lines if "[key]" in x or "がありません。書いて" in x] == []


def test_prices_loads_and_amounts_of_an_ems_are_named_beside_other_errors(tmp_path: Path) -> None:
    text = """\
proposals:
  - number: "1"
    title: 前後
    measure: before_after
    kind: dear
    prices:
      electricity: 17.7 円/L
      lpg: 230 円/m3
    inputs: {before: 9 kWh/年, after: 8 L/年}
    subsidy: {ems_saved: {electricity: 8 m2, kerosene: 3 kWh}}
  - number: "2"
    title: 設定温度
    measure: setpoint_relaxation
    inputs: {cooling_use: 9 kWh/年, cooling_change: 2 ℃, cooling_rate: 3 kg, cooling_degree_days: 300 度日}
"""
    both = "\n".join(refused(tmp_path / "a", text))
    alone = "\n".join(refused(tmp_path / "b", text.replace("    kind: dear\n", "")))
    for words in (
        "17.7 円/L",
        "何を減らすかが決まりません",
        "「8 m2」",
        "「3 kWh」",
        "cooling_degree_days_relaxed",
        "after",
    ):
        assert words in both, words
        assert words in alone, words
    assert "230 円/m3" not in both
    assert "kind" in both


def test_the_check_of_the_workspace_names_them_all_too(tmp_path: Path) -> None:
    home = Workspace(copy_workspace(tmp_path))
    (home.company_folder("sample-metal") / "proposals.yaml").write_text(BROKEN, "utf-8")
    report = {"company_id": "sample-metal", "fiscal_year": 2025, "programme": SET}
    found = [f.text() for f in problems(home, {"parameters/reports/x.yaml": report})]
    for word in ("status", "「rooms.1.count」", "2 回使われています", "対策「teleport」", "「after」"):
        assert any(word in one for one in found), (word, found)


def test_an_input_is_named_with_its_label_and_an_example_in_its_unit(tmp_path: Path) -> None:
    lines = refused(
        tmp_path,
        """\
proposals:
  - number: "1"
    title: 設定温度
    measure: setpoint_relaxation
    inputs: {cooling_use: 9000 kWh/年, cooling_change: 513 F, cooling_rate: "0.25", heating_rate: 0.7 kW}
  - number: "2"
    title: 照明
    measure: led_lighting
    inputs: {rooms: [{watts_before: 40 W, count_before: "10", watts_after: 20 W, hours: 5 h/日}]}
""",
    )
    text = "\n".join(lines)
    assert "「10」に単位がありません" in text
    assert "「rooms.1.count_before」（既設の台数）は「10 台」のように書いてください。" in text
    assert "「513 F」は温度（℃）として読めません。「cooling_change」（" in text
    assert "「0.7 kW」は単位が合いません。「heating_rate」（" in text
    assert "「5 h/日」は単位が合いません。「rooms.1.hours」（点灯時間）は「2,000 h/年」のように" in text
    assert [w for w in ("kilowatt", "hour /", "dimensionless") if w in text] == []
    assert all(("「" in line and "書いて" in line) or "ありません" in line for line in lines)


def test_a_number_without_its_unit_is_shown_with_the_one_it_may_have(tmp_path: Path) -> None:
    lines = refused(
        tmp_path,
        """\
proposals:
  - number: "1"
    title: 空気比
    measure: boiler_air_ratio
    inputs: {carrier: heavy_oil_a, fuel: 36, flue_temperature: 240 ℃, oxygen_before: 7, oxygen_after: 4 %}
""",
    )
    text = "\n".join(lines)
    assert "「36」に単位がありません。「fuel」（ボイラの年間燃料使用量）は「36 L/年」のように" in text
    assert "は「7 %」のように" in text
    assert "kWh" not in text


def test_two_readings_that_fail_do_not_ask_for_what_was_written() -> None:
    measure = MEASURES["led_lighting"]
    from carbonlib.measures import UNREAD
    from carbonlib.records.defaults import built_in_defaults

    room = {"count_before": UNREAD, "hours": Q_(9000, "h")}
    found = measure.problems({"rooms": [room], "cooling_cop": Q_(0.1, "")}, built_in_defaults())
    assert [f.subject for f in found] == ["rooms.1.hours", "cooling_cop"]


def every_input() -> list[tuple[str, Input]]:
    found = []
    for id, measure in MEASURES.items():
        for declared in measure.inputs:
            inner = declared.inputs if isinstance(declared, Rows) else (declared,)
            found += [(id, one) for one in inner if isinstance(one, Input)]
    return found


def test_the_example_of_every_input_is_one_that_it_takes() -> None:
    from carbonlib.measures.amounts import fits, in_unit

    for id, one in every_input():
        text = example(one)
        if one.unit in {"℃", "degC"}:
            value = read_temperature(text).quantity
        elif not one.unit:
            value = Q_(float(read_number(text)), "dimensionless")
        else:
            value = read(text.replace("℃", "degC"), volume_basis="geometric").quantity
        assert fits(value, one.unit), (id, one.name, text)
        number = float(in_unit(value, one.unit).magnitude)
        assert one.low is None or number >= one.low - 1e-9, (id, one.name, text)
        assert one.high is None or number <= one.high + 1e-9, (id, one.name, text)


def test_a_missing_input_says_how_to_write_it() -> None:
    with pytest.raises(MeasureError) as raised:
        MEASURES["before_after"].function()
    kinds = {d.name: d for d in MEASURES["before_after"].inputs if isinstance(d, Fuel | Choice)}
    assert kinds
    assert any("のように書いてください" in f.message.ja for f in raised.value.findings)


ENTRIES = """\
proposals:
  - number: 1
    title: 空調
    measure: before_after
    site: factory
    load: {use: cooling}
    inputs: {before: "9,000 kWh/年", after: "8,000 kWh/年"}
    useful_life: 1000 年
    capital: [{item: 空調機, amount: "5000"}]
    loan: {principal: 3 千円, rate: "1.8", years: 5}
  - number: "1"
    title: 実績
    measure: before_after
    site: factory
    load: {use: cooling}
    inputs: {before: "9,000 kWh/年", after: "8,000 kWh/年"}
    status: 実施済み
    done_on: "2025-10-01"
    measured:
      - fiscal_year: 2020
        saved:
          electricity: "3 L"
    subsidy:
      equipment: [air_conditioner]
      ems_saved:
        electricity: "3 m3"
  - number: "2"
    title: 事業所なし
    measure: nosuch
    inputs: {}
"""


def test_every_entry_is_named_with_its_own_line_and_field(tmp_path: Path) -> None:
    home = Workspace(copy_workspace(tmp_path))
    folder = home.company_folder("sample-metal")
    company = yaml.safe_load((folder / "company.yaml").read_text("utf-8"))
    company["sites"].append({"id": "branch", "name": "支店"})
    for name in ("equipment", "meters", "end_uses", "acknowledged"):
        company.pop(name, None)
    (folder / "company.yaml").write_text(yaml.dump(company, allow_unicode=True), "utf-8")
    (folder / "proposals.yaml").write_text(ENTRIES, "utf-8")
    found = read_proposal_problems(home)
    for line, words in (
        (2, "number"),
        (8, "useful_life」: 「13 年」のように 1〜60 年の整数で"),
        (9, "「5000」に単位がありません。「3,880 千円」のように"),
        (10, "「1.8」に単位がありません。「1.5 %」のように"),
        (11, "提案番号「1」が 2 回使われています"),
        (20, "実績の 2020 年度は、実施日（2025-10-01）より前の年度です"),
        (22, "「measured.1.saved.electricity」: 「3 L」は単位が合いません。電気の量は 千kWh・kWh で"),
        (26, "「subsidy.ems_saved.electricity」: 「3 m3」は単位が合いません"),
        (29, "対策「nosuch」"),
        (29, "提案No.2 に site（"),
    ):
        assert any(f.place.line == line and words in f.message.ja for f in found), (line, words, found)
    english = [f.message.en for f in found if f.place.line in (9, 10)]
    assert [e.partition(": ")[2] for e in english] == [
        "'5000' has no unit. Write a positive sum such as '3,880 千円'.",
        "'1.8' has no unit. Write it as in '1.5 %'.",
    ]


def read_proposal_problems(home: Workspace) -> list[Finding]:
    with pytest.raises(CarbonlibError) as raised:
        propose("sample-metal", 2025, reference(SET, workspace=home), workspace=home)
    return list(raised.value.findings)


def test_a_unit_that_does_not_fit_a_result_stops_the_run(tmp_path: Path) -> None:
    home = Workspace(copy_workspace(tmp_path))
    text = ENTRIES.partition('  - number: "1"')[2].partition("    subsidy:")[0].replace("2020", "2025")
    path = home.company_folder("sample-metal") / "proposals.yaml"
    path.write_text(f'proposals:\n  - number: "1"{text}', "utf-8")
    (one,) = read_proposal_problems(home)
    assert "「3 L」は単位が合いません" in one.message.ja


def test_full_width_amounts_a_year_are_read_with_their_full_width_stroke(tmp_path: Path) -> None:
    home = Workspace(copy_workspace(tmp_path))
    (home.company_folder("sample-metal") / "proposals.yaml").write_text(
        """\
proposals:
  - number: "1"
    title: 空調
    measure: before_after
    load: {use: cooling}
    inputs: {before: "１２，７４０　ｋＷｈ／年", after: "8,000 kWh/年"}
""",
        "utf-8",
    )
    found = propose("sample-metal", 2025, reference(SET, workspace=home), workspace=home)
    assert found.evaluation.alone.saved("electricity") == 4740
