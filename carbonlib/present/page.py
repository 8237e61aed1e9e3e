"""Pages as values: headings, sentences, lists and tables one after another, shown by one cell."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from markupsafe import Markup

from carbonlib.present.shown import Shown, html_of, typst_text
from carbonlib.present.table import Table

# how a page of its own begins and ends as typst: comments, which the printed report reads
OWN_PAGE = "// on a page of its own\n"
WITH_HEADING = "// with the heading above it\n"
ALONE = "// nothing follows on its page\n"


@dataclass(frozen=True)
class Heading:
    """A heading of level 3 or 4; `topic` is the small label above what it says, `called` is what the contents call it.

    Its `id`, unique on its page of the browser, is what tables under it are named by.
    """

    text: str
    level: Literal[3, 4] = 4
    topic: str = ""
    called: str = ""
    id: str = ""

    def html(self) -> str:
        """Return the heading as HTML."""
        return html_of(
            "<h{{ h.level }}{% if h.id %} id=\"{{ h.id }}\"{% endif %}>{% if h.topic %}<span class='topic'>{{ h.topic }}</span>{% endif %}{{ h.text }}</h{{ h.level }}>",
            h=self,
        )

    def typst(self) -> str:
        """Return the heading as typst."""
        topic = f"#block(sticky: true, text(size: 0.85em, {typst_text(self.topic)}))\n" if self.topic else ""
        called = f"supplement: {typst_text(self.called)}, " if self.called else ""
        return f"{topic}#heading(level: {self.level}, {called}{typst_text(self.text)})\n"

    def plain(self) -> str:
        """Return the heading as text."""
        return self.text


@dataclass(frozen=True)
class Sentences:
    """A paragraph; one that `leads` stays on the page of what follows it."""

    text: str
    leads: bool = False

    def html(self) -> str:
        """Return the paragraph as HTML."""
        return html_of("<p>{{ t }}</p>", t=self.text)

    def typst(self) -> str:
        """Return the paragraph as typst."""
        paragraph = f"par({typst_text(self.text)})"
        return f"#block(sticky: true, {paragraph})\n" if self.leads else f"#{paragraph}\n"

    def plain(self) -> str:
        """Return the paragraph as text."""
        return self.text


@dataclass(frozen=True)
class Bullets:
    """A list of sentences."""

    items: Sequence[str]

    def html(self) -> str:
        """Return the list as HTML."""
        return html_of("<ul>{% for i in items %}<li>{{ i }}</li>{% endfor %}</ul>", items=self.items)

    def typst(self) -> str:
        """Return the list as typst."""
        return "#list(" + ", ".join(f"[#{typst_text(i)}]" for i in self.items) + ")\n"

    def plain(self) -> str:
        """Return the list as text."""
        return "\n".join(f"・{i}" for i in self.items)


Part = Heading | Sentences | Bullets | Table


def _named(id: str, parts: Sequence[Part]) -> Iterator[Part]:
    """Yield the parts, each table told from those of other pages by the headings above it."""
    whole = last = ""
    for number, part in enumerate(parts):
        match part:
            case Heading():
                last = f"{id}-h{number}"
                whole = whole or last
                yield replace(part, id=last)
            case Table():
                yield replace(part, within=tuple(dict.fromkeys(h for h in (whole, last) if h)))
            case _:
                yield part


def page(id: str, parts: Sequence[Part], *, first: bool = False, alone: bool = False) -> Shown:
    """Return the parts as one value that begins on a new page of paper.

    Parameters
    ----------
    id : str
        Unique in the report.
    parts : sequence of Part
        In their order.
    first : bool
        The first of several stays with the heading above it, before which the printed report turns the page.
    alone : bool
        Nothing follows it on its page of paper.
    """
    html = html_of(
        '<section class="sheet{% if first %} first{% endif %}" id="{{ id }}">\n{{ body }}\n</section>',
        id=id,
        first=first,
        body=Markup("\n".join(p.html() for p in _named(id, parts))),
    )
    typst = OWN_PAGE + WITH_HEADING * first + "\n".join(p.typst() for p in parts) + ALONE * alone
    return Shown(html, typst, "\n".join(p.plain() for p in parts))
