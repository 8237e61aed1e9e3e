"""Tables written shortly: a reader of HTML finds the same rows and cells in them."""

from __future__ import annotations

from html.parser import HTMLParser

from carbonlib.present.table import Column, Row, Table
from carbonlib.publish.tags import plain_tables


class _Cells(HTMLParser):
    """What each row and cell of a table is: tag, class and words."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in {"tr", "th", "td"}:
            self.found.append((tag, dict(attrs).get("class") or "", ""))

    def handle_data(self, data: str) -> None:
        if self.found and data.strip():
            tag, kind, words = self.found[-1]
            self.found[-1] = (tag, kind, words + data)


def _cells(page: str) -> list[tuple[str, str, str]]:
    reader = _Cells()
    reader.feed(page)
    reader.close()
    return reader.found


def test_the_same_cells_are_read_and_words_of_cells_are_no_tags() -> None:
    words = ('a <td class="text"> scope="row"', "</td><tr>", "<th scope='col'>", "1 < 2 </th>")
    rows = (Row(("電気", *words)), Row(("合計", "", "", "1", "2"), total=True))
    columns = (Column("名"), Column("一"), Column("二"), Column("三"), Column("四", "kWh", True))
    html = Table("t", "題", columns, rows).html()
    short = plain_tables(html)
    assert len(short) < len(html) - 200
    assert _cells(short) == _cells(html)
    assert [c[2] for c in _cells(short)[7:12]] == ["電気", *words]
