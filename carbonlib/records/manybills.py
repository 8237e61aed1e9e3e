"""Many bills by columns: a list for each field instead of an object for each bill, made only where one is asked for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields
from itertools import repeat
from typing import Any

from carbonlib.errors import Place
from carbonlib.records.model import Bill
from carbonlib.records.packing import packed_columns, packed_fields

FIELDS = tuple(f.name for f in fields(Bill))


class ManyBills:
    """Bills of one file and whose they are; the column ``place`` holds lines, and ``charges`` None for no lines.

    Parameters
    ----------
    file : str
        The file that they stand in, as messages name it.
    """

    def __init__(self, file: str) -> None:
        self.file = file
        self.companies: list[str] = []
        self.columns: dict[str, list[Any]] = {name: [] for name in FIELDS}
        self.read_as_yen: list[int] = []  # lines whose cost has no unit

    def __len__(self) -> int:
        return len(self.companies)

    def add(self, companies: Sequence[str], columns: Mapping[str, Sequence[Any]]) -> None:
        """Take in more bills: their companies, and a column of as many values for each of `FIELDS`."""
        self.companies += companies
        for name, values in columns.items():
            self.columns[name] += values

    def place(self, index: int) -> Place:
        """Return where a bill stands."""
        return Place(self.file, self.columns["place"][index])

    def bills(self) -> list[Bill]:
        """Return the bills, in the order of the file."""
        made = {**self.columns, "place": map(Place, repeat(self.file), self.columns["place"])}
        made["charges"] = [{} if c is None else c for c in self.columns["charges"]]
        return list(map(Bill, *(made[name] for name in FIELDS)))

    def of_each(self) -> Iterator[tuple[str, ManyBills]]:
        """Yield each company with its bills, in the order in which they first appear."""
        rows: dict[str, list[int]] = {}
        for index, company_id in enumerate(self.companies):
            rows.setdefault(company_id, []).append(index)
        for company_id, own in rows.items():
            some = ManyBills(self.file)
            first, end = own[0], own[-1] + 1
            if end - first == len(own):
                columns = {name: values[first:end] for name, values in self.columns.items()}
            else:
                columns = {name: [values[i] for i in own] for name, values in self.columns.items()}
            some.companies, some.columns = [company_id] * len(own), columns
            yield company_id, some

    def packed(self) -> Any:
        """Return the bills as `packed_columns` does."""
        if not self.companies:
            return packed_columns([])
        # one value for all is packed as the same value over and over is
        place = {"file": [self.file], "line": self.columns["place"], "sheet": [""], "cell": [""]}
        charges = [{} if c is None else c for c in self.columns["charges"]]
        own = {n: packed_columns(v) for n, v in {**self.columns, "charges": charges}.items() if n != "place"}
        where = {n: packed_columns(v) for n, v in place.items()}
        return packed_fields(Bill, {**own, "place": packed_fields(Place, where)})
