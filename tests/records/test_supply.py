"""A supplier or a menu that nothing is known of is doubted with the near names; it would silently change nothing."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from carbonlib.errors import MissingFactorError
from carbonlib.factors import programmes
from carbonlib.problems import problems
from carbonlib.records.workspace import Workspace

IDS = {"company.supplier_unknown", "company.menu_unknown"}


def test_each_is_named_with_its_line_and_what_is_near(workspace: Callable[..., Path]) -> None:
    home = Workspace(workspace("sample-metal"))
    assert [f for f in problems(home) if f.id in IDS] == []
    path = home.parameters / "companies/sample-metal/company.yaml"
    text = path.read_text("utf-8").replace("electricity: tepco-ep-residual", "electricity: tepco-ep-residul")
    menu = "    supplier: 東京電力エナジーパートナー\n    menu: ベーシックプラン高圧関東\n"
    path.write_text(
        text.replace("    contract_basis: 実量制\n", f"    contract_basis: 実量制\n{menu}"), "utf-8"
    )
    found = [f for f in problems(home) if f.id in IDS]
    assert [(f.id, f.severity) for f in found] == [
        ("company.supplier_unknown", "warning"),
        ("company.menu_unknown", "warning"),
    ]
    lines = path.read_text("utf-8").splitlines()
    assert [lines[(f.place.line or 0) - 1].strip() for f in found] == [
        "electricity: tepco-ep-residul",
        "menu: ベーシックプラン高圧関東",
    ]
    assert "もしかして tepco-ep-residual ですか。" in found[0].message.ja
    assert "carbonlib factors show shk" in found[0].message.en
    assert "使える名前は substitute-value・national-average・tepco-ep-residual・" in found[0].message.ja
    assert "もしかして ベーシックプラン 高圧 関東 ですか。" in found[1].message.ja
    entry = "acknowledged:\n- check: company.menu_unknown\n  reason: 一覧にないメニューで契約している\n"
    path.write_text(path.read_text("utf-8") + entry, "utf-8")
    assert [(f.id, f.severity) for f in problems(home) if f.id in IDS] == [
        ("company.supplier_unknown", "warning"),
        ("company.menu_unknown", "note"),
    ]


def test_a_missing_supplier_is_asked_for_where_check_and_build_can_take_it() -> None:
    with pytest.raises(MissingFactorError) as caught:
        programmes()["shk"].factor("electricity", "emission_factor", unit="kWh", fiscal_year=2025)
    (one,) = caught.value.findings
    assert "company.yaml の suppliers に書いてください（例 electricity: " in one.message.ja
    assert "--supplier" not in one.message.ja + one.message.en
