"""Each shown value in its three forms: HTML, SVG and typst, from real executed notebooks."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest
import typst
from matplotlib_fontja import get_font_path

from carbonlib.present.figure import canvas, svg_of
from carbonlib.present.shown import TYPST, typst_text
from carbonlib.present.table import Column, Row, Table

HOSTILE = '<script>alert(1)</script> #image("x") $a$ *b* _c_ "q" \\ =HYPERLINK(1) {{ x }} </style>'


def test_every_cell_of_every_notebook_compiles_as_typst(city: Path, tmp_path: Path) -> None:
    notebooks = [
        city / "outputs/2025/companies/sample-metal/executed.ipynb",
        city / "outputs/2024/companies/sample-drugstore/executed.ipynb",
        city / "outputs/2025/briefing/executed.ipynb",
    ]
    for number, path in enumerate(notebooks):
        pieces = ['#set text(font: "IPAexGothic", lang: "ja")']
        drawings = 0
        for cell in nbformat.read(path, as_version=4).cells:
            for output in cell.get("outputs", []):
                pieces.append(output.data[TYPST])
                if svg := output.data.get("image/svg+xml"):
                    name = output.data[TYPST].split('"')[1]
                    (tmp_path / name).write_text(svg, encoding="utf-8")
                    drawings += 1
        assert drawings
        source = tmp_path / f"report{number}.typ"
        source.write_text("\n\n".join(pieces), encoding="utf-8")
        pdf = typst.compile(source, font_paths=[get_font_path()])
        assert pdf.startswith(b"%PDF")


def test_hostile_text_is_text_in_both_markups(tmp_path: Path) -> None:
    table = Table("t", HOSTILE, (Column(HOSTILE, HOSTILE),), (Row((HOSTILE,)),), [HOSTILE])
    html = table.html()
    assert "<script" not in html
    assert "</style>" not in html
    source = tmp_path / "t.typ"
    source.write_text(table.typst(), encoding="utf-8")
    assert typst.compile(source).startswith(b"%PDF")
    assert typst_text("a\nb") == '"a b"'


def test_japanese_and_subscripts_have_glyphs_and_a_missing_one_is_an_error() -> None:
    def draw(words: str) -> str:
        with canvas(3, 1) as drawing:
            drawing.subplots().set_title(words)
            return svg_of(drawing, "x")

    assert draw("CO₂排出量 ㎥ ① ▲1,234 高﨑").count("<use") > 8
    with pytest.raises(UserWarning, match="missing"):
        draw("\U00013000")


def test_ids_of_figures_do_not_collide() -> None:
    import re

    def ids(name: str) -> set[str]:
        with canvas(3, 1) as drawing:
            drawing.subplots().bar([1, 2], [3, 4], hatch="//")
            return set(re.findall(r'\sid="([^"]+)"', svg_of(drawing, name)))

    assert ids("a")
    assert not ids("a") & ids("b")
