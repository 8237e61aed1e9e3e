"""A proposal that uses more and saves nothing is doubted, and not counted among those that a page says to lower."""

from __future__ import annotations

from pathlib import Path

import pytest

from carbonlib.conclusion import conclusion
from carbonlib.diagnosis import Diagnosis, diagnose
from carbonlib.first_page import first_page
from carbonlib.present.first_words import key_saving, reducible_card
from carbonlib.present.proposal_summary import reductions_table
from carbonlib.records.workspace import Workspace
from tests.conftest import copy_workspace, run_cli

_BEFORE = 'oxygen_before: {value: "7.5 %", how: 実測}\n      oxygen_after: "5.0 %"'
_SWAPPED = 'oxygen_before: "5.0 %"\n      oxygen_after: "5.4 %"'
_DOUBT = "提案No.1 は使用量が増えます（A重油 年 "


@pytest.fixture(scope="module")
def laundry(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The laundry, whose boiler's oxygen before and after are swapped; its other proposals save energy."""
    root = copy_workspace(
        tmp_path_factory.mktemp("raising") / "ws", companies=("sample-laundry",), years=(2025,)
    )
    path = root / "parameters/companies/sample-laundry/proposals.yaml"
    written = path.read_text("utf-8")
    assert _BEFORE in written
    path.write_text(written.replace(_BEFORE, _SWAPPED), "utf-8")
    return root


@pytest.fixture(scope="module")
def found(laundry: Path) -> Diagnosis:
    return diagnose("sample-laundry", 2025, "saitama-diagnosis-2025", workspace=Workspace(laundry))


def test_before_and_after_swapped_are_doubted_by_line(found: Diagnosis) -> None:
    assert found.proposed
    (doubt,) = [f for f in found.proposed.findings if f.id == "proposal.uses_more"]
    assert (doubt.severity, doubt.place.file[-14:], doubt.place.line) == ("warning", "proposals.yaml", 6)
    assert doubt.message.ja.startswith(_DOUBT)
    assert doubt.message.ja.endswith("対策前と対策後が逆ではありませんか。")
    assert doubt in found.findings  # 確認事項
    assert found.proposed.evaluation.raising == ("1",)


def test_check_and_the_command_say_so(laundry: Path) -> None:
    assert _DOUBT in run_cli("check", "--notes", cwd=laundry).stdout
    assert _DOUBT in run_cli("proposals", "sample-laundry", "--year", "2025", cwd=laundry).stdout


def test_a_page_counts_those_that_lower_and_names_the_other(found: Diagnosis) -> None:
    assert found.proposed
    page, count = first_page(found), len(found.proposed.evaluation.counted)
    assert page.reducible.co2_t == found.proposed.evaluation.adjusted.co2_reduction_t  # as it is
    lower = f"提案 {count} 件のうち {count - 1} 件"
    assert key_saving(page).startswith(lower)
    assert "No.1 は使用量が増えるため、その分を差し引いた値です" in key_saving(page)
    assert lower in reducible_card(page.reducible, "")[3]
    assert lower in reductions_table(found).html
    said = "".join(m.ja for m in conclusion(found))
    assert f"提案 {count - 1} 件、効果の重なりを除いた値、使用量が増える No.1 の分を差し引いた値）" in said


def test_a_proposal_that_saves_is_not_doubted(tmp_path: Path) -> None:
    root = copy_workspace(tmp_path / "ws", companies=("sample-laundry",), years=(2025,))
    found = diagnose("sample-laundry", 2025, "saitama-diagnosis-2025", workspace=Workspace(root))
    assert "proposal.uses_more" not in [f.id for f in found.findings]
    assert "のうち" not in key_saving(first_page(found))
