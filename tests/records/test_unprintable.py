"""What the PDF sets 〓 for is said, by code point and place, before anybody misses it in print."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from carbonlib.diagnosis import diagnose
from carbonlib.errors import Finding
from carbonlib.problems import problems
from carbonlib.records.unprintable import unprintable
from carbonlib.records.workspace import Workspace
from carbonlib.typefaces import MISSING, glyphs, unshown


def test_the_usual_characters_are_all_in_the_fonts() -> None:
    every = map(chr, range(0x20, 0x10000))
    usual = [c for c in every if c.encode("shift_jis", "ignore") and c != "\x7f"]
    assert len(usual) > 6900
    assert [c for c in usual if ord(c) not in glyphs()] == []


def test_marks_that_leave_no_gap_are_no_matter() -> None:
    assert unshown("\u202e\u200d電気\ufe0f") == ""
    assert unshown("\ue000外字🏭🏭") == "\ue000🏭"


def test_each_field_is_named_once_with_its_first_line_and_its_code_points(tmp_path: Path) -> None:
    path = tmp_path / "company.yaml"
    path.write_text(
        '# 𠮷 in a comment\nid: a\nname: 𠮷田\nsites:\n- name: "\\U0001F3ED"\n- name: 🦄\nremarks: [良い]\n',
        "utf-8",
    )
    found = unprintable([(path, "company.yaml")])
    assert [(f.id, f.severity, f.place.line) for f in found] == [
        ("text.unprintable", "note", 3),
        ("text.unprintable", "note", 5),
    ]
    assert "「name」の文字 𠮷（U+20BB7）" in found[0].message.ja
    assert "「sites.name」の文字 🏭（U+1F3ED）、🦄（U+1F984）（ほか 1 か所）" in found[1].message.ja
    assert "𠮷 (U+20BB7) in 'name'" in found[0].message.en


def test_a_file_that_cannot_be_read_is_left_to_others(tmp_path: Path) -> None:
    path = tmp_path / "proposals.yaml"
    path.write_text("a: [🏭\n", "utf-8")
    assert unprintable([(path, "x"), (tmp_path / "none.csv", "y")]) == ()


def test_report_and_check_name_them(workspace: Callable[..., Path]) -> None:
    home = Workspace(workspace("sample-inn", years=(2025,)))
    assert [f for f in problems(home) if f.id == "text.unprintable"] == []
    folder = home.root / "parameters/companies/sample-inn"
    for name, old, new in (("company.yaml", "name: ", "name: 𠮷"), ("bills.csv", "E1", "E🏭")):
        path = folder / name
        path.write_text(path.read_text("utf-8").replace(old, new), "utf-8")
    made = diagnose("sample-inn", 2025, "saitama-diagnosis-2025", workspace=home)
    notes = [f for f in made.findings if f.id == "text.unprintable"]
    assert [f.place.file.rsplit("/", 1)[1] for f in notes] == ["company.yaml"] * 3 + ["bills.csv"]
    assert all(MISSING in f.message.ja for f in notes)
    assert set(notes) <= set(problems(home))


def test_texts_of_subsidies_are_named_by_check_and_by_the_reports_that_offer_them(
    workspace: Callable[..., Path],
) -> None:
    home = Workspace(workspace("sample-metal", "saitama-shop", years=(2023, 2025)))
    path = home.root / "parameters/subsidies/saitama-r7-smart-ems.yaml"
    path.write_text(path.read_text("utf-8").replace("\nname: ", "\nname: 🏭", 1), "utf-8")

    def named(found: Iterable[Finding]) -> list[str]:
        return [f.place.file for f in found if f.id == "text.unprintable"]

    assert named(problems(home)) == ["parameters/subsidies/saitama-r7-smart-ems.yaml"]
    offered = diagnose(
        "sample-metal", 2025, "saitama-diagnosis-2025", subsidies_on="2025-11-05", workspace=home
    )
    assert named(offered.findings) == ["parameters/subsidies/saitama-r7-smart-ems.yaml"]
    nothing_offered = diagnose("saitama-shop", 2023, "saitama-diagnosis-2025", workspace=home)
    assert named(nothing_offered.findings) == []
