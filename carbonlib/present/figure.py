"""Figures as values: an SVG drawn without pyplot, its message, its text alternative and its numbers."""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import matplotlib
from markupsafe import Markup
from matplotlib.figure import Figure as Canvas

from carbonlib.present.fonts import take_house_fonts
from carbonlib.present.shown import Shown, html_of, typst_text
from carbonlib.present.svg import compact
from carbonlib.present.table import Table, typst_caption, typst_notes, typst_together
from carbonlib.present.theme import style_path

_HTML = """
<figure id="{{ f.id }}"{% if f.narrow %} class="narrow"{% endif %}>
<figcaption><span class="topic">{{ f.topic }}</span> {{ f.title }}</figcaption>
<div class="scroll" role="region" aria-label="図: {{ f.topic }}" tabindex="0">
{{ svg }}
</div>
<details><summary>図の数値を表で見る（{{ f.topic }}）</summary>
{{ table }}
</details>
{% if f.notes %}
<ul class="notes">
{% for note in f.notes %}
<li>{{ note }}</li>
{% endfor %}
</ul>
{% endif %}
</figure>
"""


@contextmanager
def canvas(width: float, height: float) -> Iterator[Canvas]:
    """Give a canvas of the house style. [inch]

    A glyph that no font has is an error here, never a box on the page.
    """
    take_house_fonts()
    with matplotlib.rc_context(fname=style_path()), warnings.catch_warnings():
        warnings.filterwarnings("error", message="Glyph .* missing")
        yield Canvas(figsize=(width, height), layout="constrained")


def svg_of(drawing: Canvas, id: str) -> str:
    """Return the drawing as SVG for inlining: no date, no random id, ids prefixed with `id`.

    To be called inside `canvas`, whose style still holds while the drawing is written.
    """
    buffer = io.StringIO()
    with matplotlib.rc_context({"svg.hashsalt": id}):
        drawing.savefig(
            buffer, format="svg", metadata={"Date": None, "Creator": None, "Format": None, "Type": None}
        )
    text = buffer.getvalue()
    text = text[text.index("<svg") :]
    text = re.sub(r"<metadata>.*?</metadata>\s*", "", text, flags=re.DOTALL)
    text = re.sub(r"<!--.*?-->\s*", "", text, flags=re.DOTALL)
    # matplotlib's style sheet speaks of every element of the page; the same words on the root are inherited
    text = re.sub(r"<defs>\s*<style[^>]*>.*?</style>\s*</defs>\s*", "", text, flags=re.DOTALL)
    text = text.replace("<svg ", '<svg style="stroke-linejoin: round; stroke-linecap: butt" ', 1)
    text = re.sub(r'(\sid=")', rf"\g<1>{id}-", text)
    text = re.sub(r'(href="#)', rf"\g<1>{id}-", text)
    text = re.sub(r"(url\(#)", rf"\g<1>{id}-", text)
    return compact(text.strip())


@dataclass(frozen=True)
class Figure:
    """A figure: `title` is its message, `alt` says in words what the picture shows, `table` holds its numbers.

    A `narrow` one is drawn so that a phone shows the whole of it; `wide` is then the drawing for paper.
    """

    id: str
    topic: str
    title: str
    alt: str
    svg: str
    table: Table
    notes: tuple[str, ...] = ()
    narrow: bool = False
    wide: str = ""

    def shown(self) -> Shown:
        """Return the figure as a value for a notebook cell."""
        label = html_of("{{ alt }}", alt=self.alt)
        svg = re.sub(r"<svg ", f'<svg role="img" aria-label="{label}" ', self.svg, count=1)
        html = html_of(_HTML, f=self, svg=Markup(svg), table=Markup(self.table.html()))
        typst = (
            f"#figure(image({typst_text(self.id + '.svg')}, alt: {typst_text(self.alt)}), "
            f"caption: {typst_caption(self.topic, self.title)})\n"
        )
        typst = typst_together(typst + typst_notes(self.notes))
        return Shown(html, typst, f"{self.title}\n{self.alt}", svg=self.wide or self.svg)
