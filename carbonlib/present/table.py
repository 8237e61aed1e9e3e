"""Tables as values: columns with units in the header, cells as text, notes below."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

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
        """Return the table as a typst figure."""
        align = ", ".join("right" if c.number else "left" for c in self.columns)
        header = ", ".join(typst_text(f"{c.label} {c.unit}".strip()) for c in self.columns)
        body = ",\n  ".join(
            ", ".join(f"strong({typst_text(cell)})" if row.total else typst_text(cell) for cell in row.cells)
            for row in self.rows
        )
        notes = "".join(f"\n#text(size: 0.85em, {typst_text(note)})\n" for note in self.notes)
        return (
            f"#figure(kind: table, caption: {typst_text(self.caption)}, table(columns: {len(self.columns)}, "
            f"align: ({align},),\n  table.header({header}),\n  {body}\n))\n{notes}"
        )

    def plain(self) -> str:
        """Return the table as tab-separated text."""
        lines = [self.caption, "\t".join(f"{c.label} {c.unit}".strip() for c in self.columns)]
        return "\n".join(lines + ["\t".join(row.cells) for row in self.rows])

    def shown(self) -> Shown:
        """Return the table as a value for a notebook cell."""
        return Shown(self.html(), self.typst(), self.plain())
