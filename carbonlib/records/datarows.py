"""Rows of a CSV file of parameters, each with the place it stands at."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence

from carbonlib.errors import Place, RecordError


def too_many_cells(place: Place) -> RecordError:
    """Return the error of a row with more cells than the first line has."""
    return RecordError.of(
        "csv.cells",
        ja='セルの数が 1 行目の見出しより多くなっています。カンマを含む文字は "…" で囲んでください。',
        en='There are more cells than headings in the first line; put a text that holds a comma in "…".',
        place=place,
    )


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
        Naming every column that is missing, or every row with more cells than the first line has: a comma that is
        not quoted cuts a text in two and moves what follows it.

    >>> list(data_rows("a,b\\n1\\n", "x.csv", ("a", "b")))[0][1]
    {'a': '1', 'b': ''}
    """
    reader = csv.DictReader(io.StringIO(text))
    if missing := [c for c in columns if c not in (reader.fieldnames or [])]:
        raise RecordError.of(
            "csv.columns",
            ja=f"列 {'・'.join(missing)} がありません。1 行目の見出しを確かめてください。",
            en=f"The columns {', '.join(missing)} are missing; check the first line.",
            place=Place(name, 1),
        )
    rows = list(reader)
    if long := [line for line, row in enumerate(rows, start=2) if None in row]:
        raise RecordError(f for line in long for f in too_many_cells(Place(name, line)).findings)
    for line, row in enumerate(rows, start=2):
        yield Place(name, line), {c: row[c] or "" for c in columns}
