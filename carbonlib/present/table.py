"""Tables as values: columns with units in the header, cells as text, notes below."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from carbonlib.present.columns import width
from carbonlib.present.phrases import phrases
from carbonlib.present.shown import Shown, html_of, typst_text
from carbonlib.present.widths import Wish, room_for_phrases, shares

_HTML = """
<div class="scroll" role="region" aria-labelledby="{% for h in t.within %}{{ h }} {% endfor %}{{ t.id }}-caption" tabindex="0">
<table id="{{ t.id }}">
<caption id="{{ t.id }}-caption">{% if t.topic %}<span class="topic">{{ t.topic }}</span>{% endif %}<span>{{ t.caption }}</span></caption>
<thead><tr>{% for c in t.columns %}
<th scope="col"{% if c.number %} class="number{{ ' long' if c.unit|length > 16 }}"{% endif %}>{{ c.label }}{% if c.unit %}<small>{{ c.unit }}</small>{% endif %}</th>
{% endfor %}
</tr></thead>
<tbody>
{% for row in t.rows %}
<tr{% if row.total %} class="total"{% endif %}>
{% for cell in row.cells %}
{% set number = t.columns[loop.index0].number %}
{% if loop.first %}
<th scope="row"{% if number %} class="number"{% endif %}>{{ cell|days_whole }}</th>
{% else %}
<td{% if not number %} class="{{ 'word' if cell|length < 8 else 'text long' if cell|length > 40 else 'text' }}"{% endif %}>{{ cell|days_whole }}</td>
{% endif %}
{% endfor %}
</tr>
{% endfor %}
</tbody>
</table>
</div>
{% if t.notes %}
<ul class="notes">
{% for note in t.notes %}
<li>{{ note }}</li>
{% endfor %}
</ul>
{% endif %}
"""


_SHORT_ROWS, _SHORT_WORDS = 12, 1200  # of a table kept on one page; words in halves of an em
_WHOLE = 400  # halves of an em; a longer cell may be divided between pages
_LAST, _LAST_WORDS = 2, 160  # rows that end a longer table, kept together, and how long each of them may be
_UNBROKEN = 24  # characters; a longer number column holds words, which may be broken


def typst_caption(topic: str, caption: str) -> str:
    """Return a caption as typst code: the topic small above the message."""
    if not topic or topic == caption:
        return typst_text(caption)
    return (
        f'text(size: 0.8em, fill: rgb("#595959"), {typst_text(topic)}) + linebreak() + {typst_text(caption)}'
    )


def typst_notes(notes: Sequence[str]) -> str:
    """Return the notes below a table or a figure as typst."""
    return "".join(f"\n#text(size: 0.85em, {typst_text(note)})\n" for note in notes)


def typst_together(content: str) -> str:
    """Return typst that is not divided between pages, such as a figure and the notes that speak of it."""
    return f"#block(breakable: false)[\n{content}]\n"


def _typst_cell(cell: str, number: bool, total: bool) -> str:
    text = f"strong({typst_text(cell)})" if total else typst_text(cell)
    return f"box({text})" if number and 0 < len(cell) <= _UNBROKEN else text


def _typst_header(column: Column, narrow: bool) -> str:
    """Return a header; in a column that must break it, each of its phrases is kept whole."""
    parts = phrases(column.label) if narrow else (column.label,)
    label = " + ".join(f"box({typst_text(p)})" for p in parts) if len(parts) > 1 else typst_text(column.label)
    if not column.unit:
        return label
    return f"{label} + linebreak() + text(size: 0.85em, {typst_text(column.unit)})"


@dataclass(frozen=True)
class Column:
    """A column: its header, the unit under it, and whether its cells are numbers (right-aligned)."""

    label: str
    unit: str = ""
    number: bool = False


@dataclass(frozen=True)
class Row:
    """A row of cells as they are printed; the first one names the row."""

    cells: tuple[str, ...]
    total: bool = False


@dataclass(frozen=True)
class Table:
    """A table: an id that is unique on its page, a caption that says the message, and its parts.

    `within` holds the ids of the headings above it, where tables of other parts may have the same caption.
    """

    id: str
    caption: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    notes: Sequence[str] = ()
    topic: str = ""
    within: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        assert all(len(row.cells) == len(self.columns) for row in self.rows), f"ragged table {self.id}"

    def html(self) -> str:
        """Return the table as HTML: row and column headers named, foreign text escaped."""
        return html_of(_HTML, t=self)

    def typst(self) -> str:
        """Return the table as a typst figure: topic over caption, unit below each header, numbers unbroken."""
        align = ", ".join("right" if c.number else "left" for c in self.columns)
        columns, narrow = self._typst_columns()
        header = ", ".join(_typst_header(c, n) for c, n in zip(self.columns, narrow, strict=True))
        rows = [self._typst_row(row) for row in self.rows]
        if self._ends_together():
            # a footer is not divided, so that no row is left alone on the next page
            rows[-_LAST:] = [f"table.footer(repeat: false, {', '.join(rows[-_LAST:])})"]
        body = ",\n  ".join(rows)
        notes = typst_notes(self.notes)
        longest = max((width(cell) for row in self.rows for cell in row.cells), default=0)
        whole_rows = "#set table.cell(breakable: false)\n" if longest <= _WHOLE else ""
        whole = (
            f"#[{whole_rows}#figure(kind: table, caption: {typst_caption(self.topic, self.caption)}, table(columns: {columns}, "
            f"align: ({align},),\n  table.header({header}),\n  {body}\n))]\n{notes}"
        )
        return typst_together(whole) if self._short() else whole

    def _short(self) -> bool:
        """Tell whether a part of a page holds the table in any case."""
        words = sum(width(t) for row in self.rows for t in row.cells) + sum(width(n) for n in self.notes)
        return len(self.rows) <= _SHORT_ROWS and words <= _SHORT_WORDS

    def _ends_together(self) -> bool:
        last = self.rows[-_LAST:]
        words = (width(cell) for row in last for cell in row.cells)
        return not self._short() and len(self.rows) > _LAST and max(words, default=0) <= _LAST_WORDS

    def _typst_columns(self) -> tuple[str, list[bool]]:
        """Return the printed columns and whether each header is broken between its phrases.

        The columns are their number where each has its own width, else their parts of the page.
        """
        wishes = [
            Wish((c.label, c.unit), [row.cells[i] for row in self.rows], c.number)
            for i, c in enumerate(self.columns)
        ]
        divided = shares(wishes)
        if divided is None:
            return str(len(self.columns)), [False] * len(wishes)
        return f"({', '.join(f'{n}fr' for n in divided)},)", room_for_phrases(wishes, divided)

    def _typst_row(self, row: Row) -> str:
        cells = ", ".join(
            _typst_cell(cell, c.number, row.total) for c, cell in zip(self.columns, row.cells, strict=True)
        )
        # a line as in the page's style; no weight, for the face has no bold
        rule = "table.hline(stroke: 0.9pt)"
        return f"{rule}, {cells}, {rule}" if row.total else cells

    def plain(self) -> str:
        """Return the table as tab-separated text."""
        lines = [self.caption, "\t".join(f"{c.label} {c.unit}".strip() for c in self.columns)]
        return "\n".join(lines + ["\t".join(row.cells) for row in self.rows])

    def shown(self) -> Shown:
        """Return the table as a value for a notebook cell."""
        return Shown(self.html(), self.typst(), self.plain())
