"""Tables as values: columns with units in the header, cells as text, notes below."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from carbonlib.present.columns import width
from carbonlib.present.shown import Shown, html_of, typst_text

_HTML = """
<div class="scroll" role="region" aria-labelledby="{{ t.id }}-caption" tabindex="0">
<table id="{{ t.id }}">
<caption id="{{ t.id }}-caption">{% if t.topic %}<span class="topic">{{ t.topic }}</span>{% endif %}<span>{{ t.caption }}</span></caption>
<thead><tr>
{% for c in t.columns %}
<th scope="col"{% if c.number %} class="number"{% endif %}>{{ c.label }}{% if c.unit %}<span class="unit">{{ c.unit }}</span>{% endif %}</th>
{% endfor %}
</tr></thead>
<tbody>
{% for row in t.rows %}
<tr{% if row.total %} class="total"{% endif %}>
{% for cell in row.cells %}
{% set number = t.columns[loop.index0].number %}
{% if loop.first %}
<th scope="row"{% if number %} class="number"{% endif %}>{{ cell }}</th>
{% else %}
<td class="{{ 'number' if number else 'text' }}">{{ cell }}</td>
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


_PAGE, _PADDING = 116, 3  # of A4 and of a cell, in halves of an em at the size of tables
_UNBROKEN = 24  # characters; a longer number column holds words, which may be broken


def typst_caption(topic: str, caption: str) -> str:
    """Return a caption as typst code: the topic small above the message."""
    if not topic or topic == caption:
        return typst_text(caption)
    return (
        f'text(size: 0.8em, fill: rgb("#595959"), {typst_text(topic)}) + linebreak() + {typst_text(caption)}'
    )


def _typst_cell(cell: str, number: bool, total: bool) -> str:
    text = f"strong({typst_text(cell)})" if total else typst_text(cell)
    return f"box({text})" if number and 0 < len(cell) <= _UNBROKEN else text


def _typst_header(column: Column) -> str:
    if not column.unit:
        return typst_text(column.label)
    return f"{typst_text(column.label)} + linebreak() + text(size: 0.85em, {typst_text(column.unit)})"


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
    """A table: an id that is unique on its page, a caption that says the message, and its parts."""

    id: str
    caption: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    notes: Sequence[str] = ()
    topic: str = ""

    def __post_init__(self) -> None:
        assert all(len(row.cells) == len(self.columns) for row in self.rows), f"ragged table {self.id}"

    def html(self) -> str:
        """Return the table as HTML: row and column headers named, foreign text escaped."""
        return html_of(_HTML, t=self)

    def typst(self) -> str:
        """Return the table as a typst figure: topic over caption, unit below each header, numbers unbroken."""
        align = ", ".join("right" if c.number else "left" for c in self.columns)
        header = ", ".join(_typst_header(c) for c in self.columns)
        body = ",\n  ".join(self._typst_row(row) for row in self.rows)
        notes = "".join(f"\n#text(size: 0.85em, {typst_text(note)})\n" for note in self.notes)
        return (
            f"#figure(kind: table, caption: {typst_caption(self.topic, self.caption)}, table(columns: {self._typst_columns()}, "
            f"align: ({align},),\n  table.header({header}),\n  {body}\n))\n{notes}"
        )

    def _typst_columns(self) -> str:
        """Return the widths of the printed columns: their own where the page has room, else numbers come first."""
        # the face's digits are wider than half an em
        cells = [[1.2 * width(row.cells[i]) for row in self.rows] for i in range(len(self.columns))]
        own = [
            max(width(c.label), width(c.unit), *of, 0) + _PADDING
            for c, of in zip(self.columns, cells, strict=True)
        ]
        if sum(own) <= _PAGE:
            return str(len(self.columns))
        least = [
            min(wide, max(*of, 9) + _PADDING) if c.number else min(wide, 12 + _PADDING)
            for c, of, wide in zip(self.columns, cells, own, strict=True)
        ]
        wished = [a - b for a, b in zip(own, least, strict=True)]
        share = max(0.0, _PAGE - sum(least)) / (sum(wished) or 1)
        return "(" + ", ".join(f"{a + b * share:.0f}fr" for a, b in zip(least, wished, strict=True)) + ",)"

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
