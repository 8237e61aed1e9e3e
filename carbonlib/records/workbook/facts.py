"""What the XML of a sheet says and the values do not: hidden rows, formulas, errors; all of it counted and bounded."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from carbonlib.errors import Place, shown
from carbonlib.records.reading.positions import Position, cell_name, position_of
from carbonlib.records.workbook import limits
from carbonlib.records.workbook.limits import refused

_RANGED = {"dimension", "mergeCell", "f"}
_COUNTS = ("count", "uniqueCount")


class XmlPart:
    """One XML part under reading: counts its elements and their depth."""

    def __init__(self, place: Place, budget: int) -> None:
        self.place, self.budget = place, budget
        self.elements = self.depth = 0

    def opened(self, name: str, attributes: dict[str, str]) -> None:
        """Count an element, or raise where there are too many."""
        self.elements += 1
        self.depth += 1
        if self.elements > self.budget or self.depth > limits.DEPTH:
            self.too_many()
        self.take_count(attributes)

    def take_count(self, attributes: dict[str, str]) -> None:
        """Raise where an element claims more children than are let in: the reader of values makes room for them."""
        for name in _COUNTS:
            claimed = attributes.get(name, "")
            if claimed.isdecimal() and (len(claimed) > 9 or int(claimed) > self.budget):
                self.too_many()

    def closed(self, name: str) -> None:
        """End an element."""
        self.depth -= 1

    def text(self, data: str) -> None:
        """Take characters between elements."""

    def too_many(self) -> None:
        """Raise for more rows and formats than a person makes."""
        raise refused(
            "elements",
            f"行や書式が多すぎます（{self.budget:,} 個まで）。使っていない行の書式を消してください。",
            f"It has too many rows or formats (at most {self.budget:,}); clear the formats of unused rows.",
            self.place,
        )

    def too_long(self, place: Place) -> None:
        """Raise for a text that no cell of Excel can hold."""
        raise refused(
            "long_text",
            f"1 つのセルに {limits.CELL_TEXT:,} 文字を超える文字があります。",
            f"One cell holds more than {limits.CELL_TEXT:,} characters.",
            place,
        )


class Names(XmlPart):
    """Which part of the file holds the sheet of which name."""

    def __init__(self, place: Place, budget: int) -> None:
        super().__init__(place, budget)
        self.sheets: list[tuple[str, str]] = []
        self.targets: dict[str, str] = {}

    def opened(self, name: str, attributes: dict[str, str]) -> None:
        """Take sheets and relationships."""
        super().opened(name, attributes)
        local = name.rpartition(":")[2]
        if local == "sheet":
            key = next((v for k, v in attributes.items() if k.rpartition(":")[2] == "id"), "")
            self.sheets.append((attributes.get("name", ""), key))
            if len(self.sheets) > limits.SHEETS:
                raise refused(
                    "sheets",
                    f"シートが {limits.SHEETS} 枚を超えています。",
                    f"It has more than {limits.SHEETS} sheets.",
                    self.place,
                )
        elif local == "Relationship":
            target = attributes.get("Target", "").lower()
            path = target[1:] if target.startswith("/") else f"xl/{target}"
            self.targets[attributes.get("Id", "")] = path.replace("xl/./", "xl/")

    def sheet_of(self) -> dict[str, str]:
        """Return the sheet's name by the name of its part, in lower case."""
        return {self.targets[key]: name for name, key in self.sheets if key in self.targets}


class Strings(XmlPart):
    """Lengths of the shared texts, which cells name by number."""

    def __init__(self, place: Place, budget: int) -> None:
        super().__init__(place, budget)
        self.lengths: list[int] = []

    def opened(self, name: str, attributes: dict[str, str]) -> None:
        """Begin a text."""
        super().opened(name, attributes)
        if name.rpartition(":")[2] == "si":
            self.lengths.append(0)

    def text(self, data: str) -> None:
        """Add to the length of the present text."""
        if self.lengths:
            self.lengths[-1] += len(data)


class SheetFacts(XmlPart):
    """Hidden rows and columns, formulas and cells without a usable value, as row and column counted from 0."""

    def __init__(self, place: Place, budget: int, strings: Strings, counted: list[int]) -> None:
        super().__init__(place, budget)
        self.strings, self.counted = strings, counted
        self.hidden_rows: set[int] = set()
        self.hidden_columns: set[int] = set()
        self.formulas: set[Position] = set()
        self.broken: set[Position] = set()
        self._row = self._column = -1
        self._last = [0, 0]
        self._kind, self._inside, self._value = "", "", ""
        self._length = 0
        self._has_formula = self._filled = False

    def opened(self, name: str, attributes: dict[str, str]) -> None:
        """Take rows, cells and the beginnings of their values."""
        # called for every element of a sheet, a million times for a sheet of empty rows: hence no helper calls
        self.counted[0] += 1
        self.depth += 1
        if self.counted[0] > self.budget or self.depth > limits.DEPTH:
            self.too_many()
        local = name.rpartition(":")[2] if ":" in name else name
        if local == "c":
            if (reference := attributes.get("r")) is None:
                self._column += 1
            elif position := position_of(reference):
                self._row, self._column = position
            else:
                self._nowhere(reference)
            self._kind, self._value, self._length = attributes.get("t", ""), "", 0
            self._has_formula = self._filled = False
        elif local == "row":
            row = attributes.get("r")
            if row is not None and position_of(f"A{row}") is None:
                self._nowhere(row)
            self._row = self._row + 1 if row is None else int(row) - 1
            self._column = -1
            if attributes.get("hidden") in {"1", "true"} and self._row < limits.ROWS:
                self.hidden_rows.add(self._row)
        elif local in {"v", "t", "is"}:
            self._inside, self._filled = "v", True
        elif local in _RANGED:
            for reference in attributes.get("ref", "A1").split(":"):
                if position_of(reference.replace("$", "")) is None:
                    self._nowhere(reference)
            if local == "f":
                self._inside, self._has_formula = "f", True
        elif local == "mergeCells":
            self.take_count(attributes)
        elif local == "col" and attributes.get("hidden") in {"1", "true"}:
            low, high = attributes.get("min", ""), attributes.get("max", "")
            if low.isdigit() and high.isdigit() and len(low) < 6 and len(high) < 6:
                self.hidden_columns.update(range(int(low) - 1, min(int(high), 1000)))

    def text(self, data: str) -> None:
        """Take a value's characters, no more than a cell may hold."""
        if self._inside == "v":
            self._length += len(data)
            if self._length > limits.CELL_TEXT:
                self.too_long(self._here())
            self._value += data

    def _nowhere(self, reference: str) -> None:
        """Raise for a cell or row that no sheet of Excel has: the reader of values would make room up to it."""
        raise refused(
            "reference",
            f"Excel のシートにない位置「{shown(reference, 20)}」がブックの中に書かれています（XFD1048576 まで）。",
            f"The file names {shown(reference, 20)!r}, a place that no sheet of Excel has (the last is XFD1048576).",
            self.place,
        )

    def _here(self) -> Place:
        return replace(self.place, cell=cell_name(max(self._row, 0), max(self._column, 0)))

    def closed(self, name: str) -> None:
        """End a cell: count it, remember formulas and errors."""
        self.depth -= 1
        local = name.rpartition(":")[2] if ":" in name else name
        if local == "row":
            return
        if local in {"v", "t", "f"}:
            self._inside = ""
        if local != "c":
            return
        position = (self._row, self._column)
        if self._has_formula:
            self.formulas.add(position)
        if self._kind == "e" or (self._has_formula and not self._value and self._kind != "str"):
            self.broken.add(position)
        if self._filled or self._has_formula:
            self._near()  # an empty text is a value to the reader of values
        if not self._value and not self._has_formula:
            return
        if self._kind == "s" and self._value.isdigit() and len(self._value) < 9:
            index = int(self._value)
            self._length = self.strings.lengths[index] if index < len(self.strings.lengths) else 0
            if self._length > limits.CELL_TEXT:
                self.too_long(self._here())
        self._count()

    def _count(self) -> None:
        self.counted[1] += 1
        self.counted[2] += self._length
        if self.counted[1] > limits.CELLS or self.counted[2] > limits.ALL_TEXT:
            raise refused(
                "cells",
                f"値のあるセルか文字が多すぎます（{limits.CELLS:,} セルまで）。",
                f"Too many filled cells or characters (at most {limits.CELLS:,} cells).",
                self.place,
            )

    def _near(self) -> None:
        self._last = [max(self._last[0], self._row + 1), max(self._last[1], self._column + 1)]
        if self._last[0] > limits.ROWS or self._last[0] * self._last[1] > limits.AREA:
            raise refused(
                "far_cell",
                "表から遠く離れたところに値があります。そのセルを消してください。",
                "A value stands far away from the tables; clear that cell.",
                self._here(),
            )


@dataclass(frozen=True)
class Facts:
    """What is known of a file besides its values."""

    sheets: Mapping[str, SheetFacts] = field(default_factory=dict)
    macros: bool = False
    external: bool = False
