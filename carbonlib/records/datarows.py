"""Rows of a CSV file of parameters, each with the place it stands at."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence

from carbonlib.errors import Finding, Place, RecordError


def too_many_cells(place: Place) -> RecordError:
    """Return the error of a row with more cells than the first line has."""
    return RecordError.of(
        "csv.cells",
        ja='セルの数が 1 行目の見出しより多くなっています。カンマを含む文字は "…" で囲んでください。',
        en='There are more cells than headings in the first line; put a text that holds a comma in "…".',
        place=place,
    )


def csv_rows(text: str, name: str) -> Iterator[tuple[int, list[str]]]:
    """Return the cells of each row with the line on which it begins, the heading first; blank lines are left out.

    Raises
    ------
    RecordError
        Where the text is no CSV: a quote that is not closed takes all rows behind it into one cell.

    >>> list(csv_rows('a,b\\n\\n1,"2\\n3"\\n4,5\\n', "x.csv"))
    [(1, ['a', 'b']), (3, ['1', '2\\n3']), (5, ['4', '5'])]
    """
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    line = 1
    try:
        for cells in reader:
            if cells:
                yield line, cells
            line = reader.line_num + 1
    except csv.Error:
        raise RecordError.of(
            "csv.syntax",
            ja='CSV として読めません。引用符（"）の閉じ忘れがないか確かめてください。',
            en="Not readable as CSV; check for a quote that is not closed.",
            place=Place(name, line),
        ) from None


def named_rows(
    text: str, name: str, columns: Sequence[str]
) -> tuple[list[tuple[Place, dict[str, str]]], list[Finding]]:
    """Return each row by column with its place, and the errors of those that have too many cells and are left out.

    The rest is as in `data_rows`.
    """
    rows = csv_rows(text, name)
    header = [c.strip() for c in next(rows, (1, []))[1]]
    if missing := [c for c in columns if c not in header]:
        for _ in rows:  # a quote that is not closed says more
            pass
        raise RecordError.of(
            "csv.columns",
            ja=f"列 {'・'.join(missing)} がありません。1 行目の見出しを確かめてください。",
            en=f"The columns {', '.join(missing)} are missing; check the first line.",
            place=Place(name, 1),
        )
    found: list[tuple[Place, dict[str, str]]] = []
    wrong: list[Finding] = []
    for line, cells in rows:
        place = Place(name, line)
        if len(cells) > len(header):
            wrong += too_many_cells(place).findings
            continue
        by_name = dict(zip(header, cells, strict=False))
        found.append((place, {c: by_name.get(c, "") for c in columns}))
    return found, wrong


def data_rows(text: str, name: str, columns: Sequence[str]) -> Iterator[tuple[Place, dict[str, str]]]:
    """Return each row by column with its place; a cell that is not there is empty.

    Parameters
    ----------
    text : str
        The file.
    name : str
        What messages call it.
    columns : sequence of str
        Those that the first line must name.

    Raises
    ------
    RecordError
        Where the text is no CSV, naming every column that is missing, or every row with more cells than the first
        line has: a comma that is not quoted cuts a text in two and moves what follows it.

    >>> list(data_rows("a,b\\n1\\n", "x.csv", ("a", "b")))[0][1]
    {'a': '1', 'b': ''}
    """
    found, wrong = named_rows(text, name, columns)
    if wrong:
        raise RecordError(wrong)
    yield from found
