"""Rows of a CSV file of parameters, each with the place it stands at."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence

from carbonlib.errors import Place, RecordError


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
        Naming every column that is missing.

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
    for line, row in enumerate(reader, start=2):
        yield Place(name, line), {c: row[c] or "" for c in columns}
