"""An executed notebook as a printed report: the typst form of what its cells show, as tagged PDF (PDF/UA-1)."""

from __future__ import annotations

import re
import tempfile
import unicodedata
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, Final, Literal

import nbformat

from carbonlib.present.page import ALONE, OWN_PAGE, WITH_HEADING
from carbonlib.present.shown import TYPST, typst_text
from carbonlib.publish.contents import PRINTED, first_section
from carbonlib.publish.html import FOOTER
from carbonlib.typefaces import MISSING, UNSEEN, font_files, glyphs, unshown

STANDARD: Final = "ua-1"
_IMAGE = re.compile(r'image\("([A-Za-z0-9._-]+\.svg)"')


@cache
def _fonts() -> Any:
    import typst

    # the fonts of the machine would make the pages differ from one to the next
    folders = [str(path.parent) for path in font_files()]
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=folders)


def printable(text: str) -> str:
    """Return text with what the printed page cannot show made visible: 〓 for a character that no font has.

    Control and direction marks are left out; they could reorder the line that they stand in.

    >>> printable("A\\u202eB 🏭")
    'AB 〓'
    """
    return text.translate({ord(c): _shown_as(c) for c in set(text)})


def _shown_as(character: str) -> str:
    kind = unicodedata.category(character)
    if character == "\n":
        return character
    if kind in UNSEEN:
        return ""
    if unshown(character):
        return MISSING
    # marks that no font has, such as the selector that follows an emoji
    return "" if kind == "Mn" and ord(character) not in glyphs() else character


def typst_of_markdown(source: str) -> str:
    """Return a markdown cell as typst: headings and paragraphs, everything in them as plain text.

    >>> print(typst_of_markdown("## 使い方\\n\\n一行目\\n二行目 #image"))
    #heading(level: 2, "使い方")
    #block(sticky: true, par("一行目二行目 #image"))
    """
    parts = []
    for block in re.split(r"\n\s*\n", source.strip()):
        lines = block.splitlines()
        while lines and (match := re.match(r"(#{1,6})\s+(.*)", lines[0])):
            parts.append(f"#heading(level: {len(match[1])}, {typst_text(match[2].strip())})")
            lines = lines[1:]
        if lines:
            text = "".join(line.strip() for line in lines)
            # an introduction stays with the table or figure that follows it
            parts.append(f"#block(sticky: true, par({typst_text(text)}))")
    return "\n".join(parts)


def source_of(notebook: nbformat.NotebookNode) -> tuple[str, dict[str, str]]:
    """Return the typst source of an executed notebook and its drawings by file name.

    Parameters
    ----------
    notebook : NotebookNode
        Executed; its code and streams do not appear.
    """
    parts = [files(__package__).joinpath("templates/report.typ").read_text(encoding="utf-8")]
    drawings: dict[str, str] = {}
    heading = ""
    after_summary = first_section(notebook)
    for cell in notebook.cells:
        if cell is after_summary:
            if "#sheet[" not in parts:
                # the summary is set closer where that puts it on the first page
                parts[1:] = ["#sheet[", *parts[1:], "]"]
            parts.append(PRINTED)
        if cell.cell_type == "markdown":
            heading = typst_of_markdown(cell.source)
            parts.append(heading)
        for output in cell.get("outputs", []):
            data: dict[str, Any] = output.get("data", {})
            if TYPST not in data:
                continue
            if data[TYPST].startswith(OWN_PAGE):
                headed = data[TYPST].startswith(OWN_PAGE + WITH_HEADING) and parts[-1] == heading
                above = parts.pop() if headed else ""
                parts += ["#pagebreak(weak: true)", "#sheet[", above, data[TYPST], "]"]
                parts += ["#pagebreak(weak: true)"] * data[TYPST].endswith(ALONE)
            else:
                parts.append(data[TYPST])
            if "image/svg+xml" in data:
                named = _IMAGE.search(data[TYPST])
                assert named, "a drawing that its typst form does not name"
                drawings[named[1]] = data["image/svg+xml"]
    return printable("\n".join(parts)), drawings


def pdf_of(
    notebook: nbformat.NotebookNode, *, title: str, running: str, period: str = "", mark: str = ""
) -> bytes:
    """Return the printed report of an executed notebook; the same notebook gives the same bytes.

    Parameters
    ----------
    notebook : NotebookNode
        Executed.
    title : str
        Of the document.
    running, period, mark : str
        What the head of every page says: whose report it is, of which period, and that it is a sample.

    Returns
    -------
    bytes
        PDF/UA-1.
    """
    return _compiled(notebook, {"title": title, "running": running, "period": period, "mark": mark}, "pdf")


def pictures_of(notebook: nbformat.NotebookNode, *, title: str, running: str, ppi: float = 80) -> list[bytes]:
    """Return the pages of the printed report as PNG, to be looked at."""
    pages = _compiled(notebook, {"title": title, "running": running, "period": "", "mark": ""}, "png", ppi)
    return [pages] if isinstance(pages, bytes) else pages


def _compiled(
    notebook: nbformat.NotebookNode, head: dict[str, str], format: Literal["pdf", "png"], ppi: float = 80
) -> Any:
    import typst

    source, drawings = source_of(notebook)
    inputs = {name: printable(text) for name, text in {**head, "footer": FOOTER}.items()}
    # a folder of its own is all that the source can read
    with tempfile.TemporaryDirectory(prefix="carbonlib-") as folder:
        for name, drawing in drawings.items():
            (Path(folder) / name).write_text(drawing, encoding="utf-8")
        return typst.compile(
            source.encode("utf-8"),
            root=folder,
            font_paths=_fonts(),
            format=format,
            ppi=ppi,
            sys_inputs=inputs,
            pdf_standards=[STANDARD] if format == "pdf" else [],
        )
