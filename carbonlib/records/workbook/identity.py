"""Whose amount a row holds, of which energy and in which unit, as its own cells and its table say."""

from __future__ import annotations

from carbonlib.errors import shown
from carbonlib.factors import carriers
from carbonlib.records.reading.carriernames import carrier_named, carrier_unreadable
from carbonlib.records.reading.cells import words
from carbonlib.records.reading.grid import Cell
from carbonlib.records.reading.known import Known, meter_for, site_of
from carbonlib.records.reading.listed import cells_listed
from carbonlib.records.reading.months import plain
from carbonlib.records.reading.positions import cell_name
from carbonlib.records.reading.problems import Problems
from carbonlib.records.reading.units_of_carriers import name_misfit
from carbonlib.records.reading.words import Kind, spelled
from carbonlib.records.workbook.series import Series, no_meter
from carbonlib.records.workbook.tables import Column, Table
from carbonlib.units.spellings import key

_UNIT_LABELS = ("使用量の単位", "単位")


class Identity:
    """Tells site, carrier, meter and unit of the rows of one series."""

    def __init__(self, table: Table, series: Series, known: Known, problems: Problems) -> None:
        self.table, self.series, self.known, self.problems = table, series, known, problems
        self.grid = table.grid
        self._without_unit: dict[str, list[Cell]] = {}  # by carrier: one sentence for all rows

    def text(self, row: int, kind: Kind) -> tuple[str, Cell | None]:
        """Return what a row says in a column of words, with its cell; empty where nothing is written."""
        for column in self.series.columns.get(kind) or self.table.of(kind):
            cell = self.grid.filled(row, column.index)
            if text := words(self.grid, self.grid.take(cell), self.problems):
                return text, cell
        return "", None

    def who(self, row: int, cell: Cell) -> tuple[str, str, str] | None:
        """Return site, carrier and meter of a row, each from its column where the table has one."""
        series = self.series
        site, carrier, meter = series.site, series.carrier, series.meter
        text, at = self.text(row, "carrier") if self.table.one("carrier") else ("", None)
        if text:
            carrier = carrier_named(text) or ""
        if not carrier or carrier == "?":
            said = carrier_unreadable(text)
            self.problems.error("carrier", said.ja, said.en, self.grid.place(at or cell))
            return None
        text, at = self.text(row, "site") if self.table.one("site") else ("", None)
        if text or not site:
            site = site_of(text, self.known) if text else next(iter(self.known.sites), "")
            if not site or (not text and len(self.known.sites) > 1):
                names = "・".join(self.known.sites.values())
                self.problems.error(
                    "site",
                    f"事業所「{shown(text)}」は登録されていません。登録されているのは {names} です。",
                    f"The site {shown(text)!r} is not known; there are {names}.",
                    self.grid.place(at or cell),
                )
                return None
        text, _ = self.text(row, "meter") if self.table.one("meter") else ("", None)
        meter = text or meter or meter_for(site, carrier, self.known) or ""
        if not meter:
            no_meter(site, carrier, self.known, self.grid, cell, self.problems)
            return None
        return site, carrier, meter

    def unit(self, row: int, cell: Cell, in_cell: str, carrier: str) -> str | None:
        """Return the unit of a row's amount, empty where none is written; a wrong one is named, and two that differ."""
        text, at = self.text(row, "unit")
        stated = [u for u in (in_cell, spelled(text) if text else "", self.series.amount.heading.unit) if u]
        if len({key(u) for u in stated}) > 1:
            self.problems.error(
                "unit_contradicts",
                f"単位が {'・'.join(stated)} と食い違っています。どれか 1 つにしてください（桁が 1,000 倍違うことがあります）。",
                f"The units {', '.join(stated)} contradict each other; keep one (they may differ a thousandfold).",
                self.grid.place(cell),
            )
            return None
        unit = stated[0] if stated else self.series.unit
        if not unit:
            self._without_unit.setdefault(carrier, []).append(cell)
            return ""
        place = self.grid.place(at or (cell if in_cell else self.series.amount.cell))
        return unit if name_misfit(carrier, unit, place, self.problems) else None

    def name_without_unit(self) -> None:
        """Name the rows whose unit nobody has written, once for each energy."""
        for carrier, cells in self._without_unit.items():
            self._name(carrier, cells)

    def _name(self, carrier: str, cells: list[Cell]) -> None:
        """Name the rows whose unit nobody has written, and where to write it."""
        one = carriers()[carrier]
        units = "・".join(dict.fromkeys(one.display_units + one.sheet_units))
        own = next(iter(self.series.columns.get("unit", [])), None)
        beside = [] if own is None else [self._beside(own, cell) for cell in cells]
        labels = (c for line in self.table.above for c in line if plain(c.text).rstrip(":") in _UNIT_LABELS)
        label = next(labels, None)
        if beside:
            listed = cells_listed(self.grid.place(c) for c in beside)
            where, where_en = f"「単位」の欄（{listed}）", f"the cells of the unit, {listed}"
        elif label:
            at = cell_name(label.row, label.column + 1)
            where, where_en = f"「{label.text}」の欄（{at}）", f"the cell beside {label.text}, {at}"
        else:
            where, where_en = "使用量の見出し", "the heading"
        rows = cells_listed(self.grid.place(c) for c in cells)
        self.problems.error(
            "unit_missing",
            f"{one.label_ja}の使用量（{rows}）の単位が書かれていません。{where}に {units} のどれかを書いてください。",
            f"The unit of {one.label_en} in {rows} is not written; put one of {units} in {where_en}.",
            self.grid.place(cells[0]),
        )

    def _beside(self, column: Column, amount: Cell) -> Cell:
        row = amount.column if self.grid.flipped else amount.row
        return self.grid.filled(row, column.index)
