"""The one kind of value that notebooks show: HTML, typst and, for figures, SVG in one mime bundle."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

import jinja2
from markupsafe import Markup, escape

from carbonlib.present.theme import notebook_style

TYPST = "application/vnd.typst"


_DAY = re.compile(r"\d{4}年\d{1,2}月\d{1,2}日")


def days_whole(text: str) -> Markup:
    """Return text escaped for HTML, with each day as a piece that no line end divides.

    >>> print(days_whole("<2027年3月31日"))
    &lt;<span class="whole">2027年3月31日</span>
    """
    return Markup(_DAY.sub(r'<span class="whole">\g<0></span>', str(escape(text))))


@cache
def environment() -> jinja2.Environment:
    """Return the templates' environment: everything put into HTML is escaped."""
    made = jinja2.Environment(
        autoescape=True, trim_blocks=True, lstrip_blocks=True, undefined=jinja2.StrictUndefined
    )
    made.filters["days_whole"] = days_whole
    return made


def html_of(template: str, **values: Any) -> str:
    """Return a template filled in, foreign text escaped."""
    return environment().from_string(template).render(**values).strip()


def typst_text(text: str) -> str:
    """Return text as a typst string literal, in which nothing is markup.

    >>> print(typst_text('#image("x") \\\\ *b*'))
    "#image(\\"x\\") \\\\ *b*"
    """
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", " ").replace("\r", " ")
    return f'"{escaped}"'


@dataclass(frozen=True)
class Shown:
    """What a notebook cell shows. `svg` is the drawing that the typst form names, where there is one."""

    html: str
    typst: str
    plain: str
    svg: str = ""

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, str]:
        # in JupyterLab the output with the title dresses all others; the page has a style sheet of its own
        style = notebook_style() if "<h1" in self.html else ""
        bundle = {"text/html": style + self.html, TYPST: self.typst, "text/plain": self.plain}
        if self.svg:
            bundle["image/svg+xml"] = self.svg
        return bundle


NOTHING = Shown("", "", "")  # where a sentence beside it has said it all


@dataclass(frozen=True)
class ShownList:
    """Several values that one cell shows one after the other, each in a bundle of its own."""

    values: tuple[Shown, ...] = ()

    def _ipython_display_(self) -> None:
        from IPython.display import display

        for value in self.values:
            display(value)
