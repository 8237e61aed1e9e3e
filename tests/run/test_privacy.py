"""Names, addresses and contact lines stay where they belong: in the company's own report and in nothing else."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from carbonlib.errors import RecordError
from carbonlib.records.company import read_company
from carbonlib.records.workspace import Workspace
from tests.conftest import run_cli
from tests.records.workbook.books import COMPANY, shop

NAME, SITE = "ほたる秘密商会", "すずめ秘密支店"
PRIVATE = (
    "かえで町9-8-7",
    "くじら太郎",
    "総務ひみつ課",
    "04-9876-5432",
    "kujira@example.invalid",
    "しらさぎ診断士",
    "つばめ立会",
)
COUNTED = (NAME, SITE, *PRIVATE)
TOLD = f"""
address: {PRIVATE[0]}
contact: {{person: {PRIVATE[1]}, department: {PRIVATE[2]}, phone: "{PRIVATE[3]}", email: {PRIVATE[4]}}}
visits:
  - fiscal_year: 2025
    date: "2025-10-28"
    diagnosticians: [{{name: {PRIVATE[5]}, qualification: エネルギー管理士}}]
    attended: [{PRIVATE[6]}]
"""


def tell(root: Path, company: str, more: str = TOLD) -> None:
    """Give a sample company a name, a site and particulars that are recognised anywhere."""
    path = root / f"parameters/companies/{company}/company.yaml"
    lines = path.read_text(encoding="utf-8").splitlines()
    top = next(i for i, line in enumerate(lines) if line.startswith("name:"))
    below = next(i for i, line in enumerate(lines) if line.startswith("    name:"))
    lines[top], lines[below] = f"name: {NAME}", f"    name: {SITE}"
    kept = [line for line in lines if not line.startswith("visits:")]
    assert len(kept) == len(lines), "the sample has no visits of its own"
    path.write_text("\n".join(lines) + more, encoding="utf-8")


def found_in(files: Iterator[Path], words: tuple[str, ...]) -> set[tuple[str, str]]:
    return {
        (path.name, word)
        for path in files
        if path.is_file()
        for word in words
        if word.encode() in path.read_bytes()
    }


def test_a_build_keeps_them_out_of_logs_manifests_indexes_and_the_briefing(
    workspace: Callable[..., Path],
) -> None:
    root = workspace("briefing", "sample-office", "sample-books", "sample-inn", years=(2025,))
    tell(root, "sample-office")
    # a report that fails says why, and the reason must not repeat what was entered
    tell(root, "sample-inn", f"\naddress: [{PRIVATE[0]}]\ncontact: {{person: 9876, phone: 498765432}}\n")
    done = run_cli("build", "--quiet", cwd=root)
    assert done.returncode == 1, "one report fails"
    outputs = root / "outputs"
    own = outputs / "2025/companies/sample-office"
    assert found_in(own.rglob("*"), (NAME,)), "the company's own report names it"
    assert "contact.phone" in (outputs / "2025/manifest.json").read_text(encoding="utf-8")
    for word in ("9876", "498765432"):
        assert f"値: {word}" not in (outputs / "2025/manifest.json").read_text(encoding="utf-8")
    public = [outputs / "run.log", outputs / "2025/manifest.json", *(outputs / "2025/briefing").rglob("*")]
    assert len(public) > 3
    assert found_in(iter(public), COUNTED) == set()
    indexes = iter([outputs / "index.html", outputs / "2025/index.html"])
    assert found_in(indexes, (SITE, *PRIVATE)) == set(), (
        "an index leads to reports by the company's name only"
    )
    assert not any(word in done.stdout + done.stderr for word in COUNTED)


@pytest.mark.parametrize(
    "text",
    [
        "address: [かえで町]\n",
        "address: 987654321\n",
        "contact: {phone: 498765432}\n",
        "contact: {person: [くじら]}\n",
        "contact: くじら 0498765432\n",
        'visits:\n  - {fiscal_year: 2025, date: "2025-10-28", diagnosticians: [くじら]}\n',
        'visits:\n  - {fiscal_year: 2025, date: "2025-10-28", diagnosticians: [{name: 98765}], attended: くじら}\n',
        "contact: {person: " + "くじら" * 101 + "}\n",
    ],
)
def test_an_error_does_not_repeat_what_is_private(tmp_path: Path, text: str) -> None:
    with pytest.raises(RecordError) as error:
        read_company(shop(tmp_path, company=COMPANY + text), "shop")
    for finding in error.value.findings:
        said = finding.text("ja") + finding.text("en")
        assert not any(word in said for word in ("かえで", "くじら", "98765"))


def test_a_company_whose_name_is_no_text_is_not_quoted(tmp_path: Path) -> None:
    home: Workspace = shop(tmp_path, company=COMPANY.replace("見本商店", "98765").replace("本店", "98765"))
    with pytest.raises(RecordError) as error:
        read_company(home, "shop")
    assert [f.id for f in error.value.findings] == ["yaml.value_error"] * 2
    assert "98765" not in error.value.text("ja") + error.value.text("en")
