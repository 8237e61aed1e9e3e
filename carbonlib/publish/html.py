"""An executed notebook as one self-contained HTML page, by the project's own nbconvert template."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any

import nbformat
from nbconvert.exporters import HTMLExporter, TemplateExporter

from carbonlib import __version__
from carbonlib.present.theme import page_css
from carbonlib.publish.contents import with_contents
from carbonlib.publish.glyphs import with_shared_glyphs
from carbonlib.publish.tags import plain_tables

FOOTER = f"carbonlib {__version__} で作成。この報告書の数値は入力された請求と係数からの試算で、効果や排出量を保証するものではありません。"


class _PageExporter(HTMLExporter):
    """The page as the template writes it, without what the stock exporter mends afterwards in pages of its own."""

    def from_notebook_node(  # type: ignore[override]
        self, nb: nbformat.NotebookNode, resources: dict[str, Any] | None = None, **kw: Any
    ) -> tuple[str, dict[str, Any]]:
        page, found = TemplateExporter.from_notebook_node(self, nb, resources, **kw)
        return str(page), found


@cache
def _exporter() -> HTMLExporter:
    templates = str(files(__package__).joinpath("templates"))
    return _PageExporter(
        template_name="carbonlib",
        extra_template_basedirs=[templates],
        exclude_input=True,
        exclude_anchor_links=True,
        exclude_output_prompt=True,
        # what a value shows as HTML comes first; there is nothing else to fall back on
    )


def page_title(notebook: nbformat.NotebookNode) -> str:
    """Return the title of the page: the first line of the output that holds the h1, and its topic."""
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            data: dict[str, Any] = output.get("data", {})
            if "<h1" in data.get("text/html", ""):
                return str(data["text/plain"]).splitlines()[0]
    return "報告書"


def page_of(notebook: nbformat.NotebookNode, *, kind: str) -> str:
    """Return the page of an executed notebook.

    Parameters
    ----------
    notebook : NotebookNode
        Executed; its code and streams do not appear.
    kind : str
        What the page is, for its title: 省エネ診断報告書.
    """
    resources = {
        "page_title": f"{page_title(notebook)}｜{kind}",
        "page_css": page_css(),
        "page_footer": FOOTER,
    }
    body, _ = _exporter().from_notebook_node(notebook, resources=resources)
    return plain_tables(with_shared_glyphs(with_contents(body)))
