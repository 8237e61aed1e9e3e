"""The contents of a long report: on the page a list of links, in print an outline with page numbers."""

from __future__ import annotations

import re
from typing import Any, Final

import nbformat

from carbonlib.present.shown import html_of

FEWEST: Final = 8  # sections; a shorter report is leafed through sooner
PRINTED: Final = "#contents()"  # as the printed report's style defines it
_SECTION = re.compile(r"<h2>(.*?)</h2>")
_MARKDOWN = re.compile(r"^##\s+\S", re.MULTILINE)
_NAV = """
<nav class="contents" aria-labelledby="contents">
<h2 id="contents">目次</h2>
<ol>
{% for title in titles %}
<li><a href="#section-{{ loop.index }}">{{ title | safe }}</a></li>
{% endfor %}
</ol>
</nav>
"""


def with_contents(page: str) -> str:
    """Return a page whose sections can be linked to, the list of them before the first one of a long page.

    Parameters
    ----------
    page : str
        HTML; its sections begin with a plain h2.

    >>> with_contents("<h2>電気</h2>")
    '<h2 id="section-1">電気</h2>'
    >>> with_contents("<h2>電気</h2>" * 8).splitlines()[3]
    '<li><a href="#section-1">電気</a></li>'
    """
    titles = _SECTION.findall(page)
    start = page.find("<h2>")
    numbers = iter(range(1, len(titles) + 1))
    body = _SECTION.sub(lambda m: f'<h2 id="section-{next(numbers)}">{m[1]}</h2>', page[max(start, 0) :])
    nav = html_of(_NAV, titles=titles) + "\n" if len(titles) >= FEWEST else ""
    return page[: max(start, 0)] + nav + body


def first_section(notebook: nbformat.NotebookNode) -> Any:
    """Return the cell before which a long notebook's contents are printed; None in a short one."""
    sections = [c for c in notebook.cells if c.cell_type == "markdown" and _MARKDOWN.search(c.source)]
    return sections[0] if len(sections) >= FEWEST else None
