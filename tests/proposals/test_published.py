"""The published proposals at printed precision: No. 6 in the published shop, No. 4 as a site of its own.

Source: Saitama prefecture, deck of 2025-10-28, sample of a diagnosis report (../shared/facts/diagnosis_sample.yaml).
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from carbonlib.proposing import propose, reference
from carbonlib.records.workspace import Workspace
from carbonlib.units import round_half_up
from tests.conftest import ROOT, copy_workspace

SET = "saitama-diagnosis-2025"
NO_4 = """
proposals:
  - number: "4"
    title: 空調機の更新（R22冷媒の5台）
    measure: before_after
    kind: capital
    load: {use: air_conditioning, part: R22冷媒の5台}
    inputs:
      before: {value: "127,740 kWh/年", basis: "機器ごとの表（612 + 121,973 + 3,045 + 2,110）"}
      after: {value: "60,961 kWh/年", basis: "機器ごとの表（209 + 58,934 + 1,117 + 701）"}
    prices: {electricity: "17.70 円/kWh"}
    capital:
      - {item: 空調機 5台, amount: "3,880 千円", tax: 税抜}
      - {item: 工賃, amount: "250 千円", tax: 税抜, category: labour}
      - {item: 材料, amount: "100 千円", tax: 税抜, category: materials}
    subsidy: {equipment: [air_conditioner]}
"""


def printed(value, digits=0):
    return str(round_half_up(value, digits))


def test_number_six_in_the_published_shop():
    found = propose(
        "saitama-shop", 2023, reference(SET, workspace=Workspace(ROOT)), workspace=Workspace(ROOT)
    )
    one = found.evaluation.item("6")
    assert one.alone.saved("electricity") == 3650  # 削減電力量 3,650 kWh/年
    assert printed(one.alone.co2_before_t, 1) == "18.1"
    assert printed(one.alone.co2_reduction_t, 1) == "1.8"
    assert printed(one.alone.cost_average_jpy / 1000) == "100"  # at 27.42 円/kWh
    assert one.capital_jpy == 0
    assert found.money["6"].average.payback.before.kind == "immediate"
    table = {r.label.ja: (r.symbol, r.formula) for r in one.saving.table}
    assert table["削減電力量"] == ("⑤", "④×③÷100")
    assert one.adjusted.amounts[0].saved == one.alone.amounts[0].saved


@pytest.fixture
def factory(tmp_path: Path) -> Workspace:
    """A site of its own: the published proposal No. 4 is from another site than the shop."""
    root = copy_workspace(tmp_path / "ws", companies=())
    folder = root / "parameters" / "companies" / "saitama-aircon"
    folder.mkdir()
    (folder / "company.yaml").write_text(
        "id: saitama-aircon\nname: 空調機更新の提案（埼玉県公表）\nindustry: 不明\nsites: [{id: site, name: 事業所}]\n",
        encoding="utf-8",
    )
    (folder / "bills.csv").write_text(
        "site_id,meter_id,carrier,start,end,quantity,unit\n"
        "site,E1,electricity,2023-04-01,2024-03-31,500000,kWh\n",
        encoding="utf-8",
    )
    (folder / "proposals.yaml").write_text(NO_4, encoding="utf-8")
    return Workspace(root)


def test_number_four_as_a_site_of_its_own(factory):
    by = reference(SET, on=date(2025, 10, 28), workspace=factory)
    found = propose("saitama-aircon", 2023, by, workspace=factory)
    one = found.evaluation.item("4")
    assert one.alone.saved("electricity") == 66_779  # ③=①-② of 127,740 and 60,961
    assert printed(one.alone.cost_average_jpy / 1000) == "1182"  # 66,779 kWh × 17.70 円/kWh
    assert one.capital_jpy == 4_230_000  # 投資額 4,230 千円
    assert printed(float(found.money["4"].average.payback.before.years.magnitude), 1) == "3.6"
    assert printed(one.alone.co2_reduction_t, 1) == "33.1"  # 66.779 千kWh × 0.495
    assert [(r.label.ja, r.formula) for r in one.saving.table][-1] == ("削減消費量", "①-②")
    # the average price of the account is not known: a price that the proposal names itself stands alone
    assert one.alone.cost_marginal_jpy is None
    verdicts = {o.round_id: o.verdict for o in found.offers["4"]}
    assert verdicts["saitama-r7-smart-equipment"] == "unclear"  # no age, no evidence of high efficiency yet


def test_bad_proposals_are_named_all_at_once(factory, run_proposals):
    path = factory.company_folder("saitama-aircon") / "proposals.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(
        text.replace("127,740 kWh/年", "127,740 m2").replace("60,961 kWh/年", "60,961")
        + '  - {number: "5", title: x, measure: teleport, inputs: {}}\n',
        encoding="utf-8",
    )
    done = run_proposals(factory)
    assert done.returncode == 1
    assert done.stdout == ""
    lines = done.stderr.splitlines()
    assert "Traceback" not in done.stderr
    assert [("9 行目" in lines[0]), ("10 行目" in lines[1]), ("対策「teleport」" in lines[2])] == [
        True
    ] * 3, lines


@pytest.fixture
def run_proposals():
    from tests.conftest import run_cli

    def run(workspace: Workspace, *more: str):
        return run_cli(
            "proposals", "saitama-aircon", "--year", "2023", "--factors", SET, *more, cwd=workspace.root
        )

    return run


def test_the_command_prints_table_and_json(factory, run_proposals):
    import json

    done = run_proposals(factory, "--on", "2025-10-28")
    assert done.returncode == 0, done.stderr
    assert "空調機の更新（R22冷媒の5台）" in done.stdout
    assert "66,779" in done.stdout
    found = json.loads(run_proposals(factory, "--on", "2025-10-28", "--json").stdout)
    assert found["total_adjusted"]["co2_reduction_t"] == pytest.approx(66.779 * 0.495)
    assert found["proposals"][0]["payback_years"] == pytest.approx(4230 / (66.779 * 17.7))


def test_all_companies_stand_in_the_order_of_what_a_tonne_costs(tmp_path):
    import json

    from tests.conftest import run_cli

    root = copy_workspace(tmp_path / "ws", years=(2025,))
    done = run_cli("proposals", "--on", "2025-10-28", "--json", cwd=root)
    assert done.returncode == 0, done.stderr
    curve = json.loads(done.stdout)
    costs = [b["jpy_per_t"] for b in curve["blocks"]]
    assert costs == sorted(costs)
    assert len({b["company"] for b in curve["blocks"]}) > 1
    assert curve["co2_t"] == pytest.approx(sum(b["co2_t"] for b in curve["blocks"]))
    assert [b["start_t"] for b in curve["blocks"][1:]] == [b["end_t"] for b in curve["blocks"][:-1]]


def test_tonnes_of_two_programmes_are_not_put_on_one_curve(tmp_path):
    from tests.conftest import run_cli

    root = copy_workspace(tmp_path / "ws", companies=("sample-office", "sample-metal"), years=(2025,))
    path = root / "parameters/reports/2025/companies/sample-metal.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace(SET, "shk"), encoding="utf-8")
    assert "shk" in path.read_text(encoding="utf-8")
    done = run_cli("proposals", "--on", "2025-10-28", cwd=root)
    assert done.returncode == 1
    assert "係数の制度か年度が違う" in done.stderr
