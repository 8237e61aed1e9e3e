"""Section IV of a report, shown as its notebook shows it, and its words as a reader meets them."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from html.parser import HTMLParser
from itertools import chain
from pathlib import Path
from typing import Any

import typst
from matplotlib_fontja import get_font_path

from carbonlib import present
from carbonlib.diagnosis import Diagnosis, diagnose
from carbonlib.present.shown import Shown, ShownList
from carbonlib.records.workspace import Workspace
from tests.conftest import ROOT

SET = "saitama-diagnosis-2025"
HOSTILE = '<script>alert(1)</script> </style> #image("x") $a$ *b* =HYPERLINK("x") \u202e😀 {{ x }}'
ALL: tuple[Callable[[Diagnosis], Shown | ShownList], ...] = (
    present.reductions_table,
    present.proposals_table,
    present.sales_equivalent,
    present.waterfall_figure,
    present.investment_figure,
    present.abatement_figure,
    present.proposal_sheets,
    present.bank_pages,
    present.office_pages,
    present.followup_table,
)
FIGURES = (present.waterfall_figure, present.investment_figure, present.abatement_figure)


def of(company: str, year: int, home: Path = ROOT, on: str | None = "2025-10-20") -> Diagnosis:
    """Return the diagnosis of a sample company, its grants judged on a day."""
    return diagnose(company, year, SET, subsidies_on=on, workspace=Workspace(home))


def with_proposals(home: Path, proposals: list[dict[str, Any]], company: str = "sample-office") -> Diagnosis:
    path = home / "parameters/companies" / company / "proposals.yaml"
    path.write_text(json.dumps({"proposals": proposals}, ensure_ascii=False), "utf-8")  # JSON is YAML
    return of(company, 2025, home)


def many(count: int, title: str = "提案", **more: Any) -> list[dict[str, Any]]:
    """Return proposals of every sort: savings and increases, with and without cost, tax and loan."""
    return [
        {
            "number": str(n),
            "title": title,
            "measure": "before_after",
            "kind": "capital" if n % 3 else "operational",
            "load": {"use": "production", "part": f"設備{n}"},
            "inputs": {"before": f"{n * 300} kWh/年", "after": f"{n * 300 - n * 70 * (-1) ** n} kWh/年"},
            **(
                {
                    "capital": [
                        {"item": title, "amount": f"{n * 90} 千円", "tax": ("税抜", "税込", "不明")[n % 3]}
                    ]
                }
                if n % 5
                else {}
            ),
            **more,
        }
        for n in range(1, count + 1)
    ]


def values(shown: Shown | ShownList) -> tuple[Shown, ...]:
    return shown.values if isinstance(shown, ShownList) else (shown,)


def everything(d: Diagnosis) -> list[Shown]:
    return list(chain.from_iterable(values(show(d)) for show in ALL))


class Words(HTMLParser):
    """The words of a page, and the tags that it opens."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.rows: list[list[str]] = [[]]
        self.tags: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        if tag == "tr":
            self.rows.append([])

    def handle_endtag(self, tag: str) -> None:
        if tag == "tr":
            self.rows.append([])

    def handle_data(self, data: str) -> None:
        if data.strip():
            self.rows[-1].append(data.strip())

    def row(self, first: str) -> list[str]:
        return next(r for r in self.rows if r and r[0] == first)


def check(d: Diagnosis, tmp_path: Path) -> list[Shown]:
    """Return all that is shown after what holds of every company: ids once, typst compiles, no foreign tag."""
    shown = everything(d)
    ids = [i for s in shown for i in re.findall(r'(?<=\sid=")[^"]+', s.html)]
    assert len(ids) == len(set(ids))
    assert not {"script", "b", "style"} & {t for s in shown for t in Words(s.html).tags}
    pieces = ['#set text(font: "IPAexGothic", lang: "ja")', *(s.typst for s in shown)]
    for s in shown:
        if s.svg:
            (tmp_path / re.findall(r'image\("([^"]+)"', s.typst)[0]).write_text(s.svg, "utf-8")
    source = tmp_path / "iv.typ"
    source.write_text("\n\n".join(pieces), "utf-8")
    assert typst.compile(source, font_paths=[get_font_path()]).startswith(b"%PDF")
    return shown
