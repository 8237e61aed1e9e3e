"""Sentences that stand together under a topic."""

from __future__ import annotations

from collections.abc import Sequence

from carbonlib.present.shown import Shown, html_of, typst_text

_HTML = """
<div id="{{ id }}">
<p class="topic">{{ topic }}</p>
<ul>
{% for s in sentences %}
<li>{{ s }}</li>
{% endfor %}
</ul>
{% if notes %}
<ul class="notes">
{% for note in notes %}
<li>{{ note }}</li>
{% endfor %}
</ul>
{% endif %}
</div>
"""


def sentences(id: str, topic: str, listed: Sequence[str], notes: Sequence[str] = ()) -> Shown:
    """Return sentences as a list under a small topic; foreign text is text."""
    html = html_of(_HTML, id=id, topic=topic, sentences=listed, notes=notes)
    typst = "\n".join(
        [
            f'#text(size: 0.85em, fill: rgb("#595959"), {typst_text(topic)})\n',
            f"#list({', '.join(typst_text(s) for s in listed)})",
            *(f"\n#text(size: 0.85em, {typst_text(note)})" for note in notes),
        ]
    )
    return Shown(html, typst + "\n", "\n".join([topic, *listed, *notes]))
