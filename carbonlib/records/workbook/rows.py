"""The rows of a table as bills: each amount is stored or named with its cell."""

from __future__ import annotations

from decimal import Decimal

from carbonlib.errors import shown
from carbonlib.factors import carriers
from carbonlib.records.billrow import EARLIEST, LATEST
from carbonlib.records.model import Bill
from carbonlib.records.reading.carriernames import carrier_named, carrier_unreadable
from carbonlib.records.reading.cells import is_estimated, is_nothing, number, words
from carbonlib.records.reading.grid import Cell
from carbonlib.records.reading.known import Known, meter_for, site_of
from carbonlib.records.reading.listed import cells_listed
from carbonlib.records.reading.months import plain
from carbonlib.records.reading.positions import cell_name
from carbonlib.records.reading.problems import Problems
from carbonlib.records.reading.units_of_carriers import name_misfit
from carbonlib.records.reading.words import Kind, spelled
from carbonlib.records.workbook.charges import charges_of
from carbonlib.records.workbook.headings import is_unit_line
from carbonlib.records.workbook.money import cost_of
from carbonlib.records.workbook.periods import Course, Period, Total, through
from carbonlib.records.workbook.series import Series, no_meter
from carbonlib.records.workbook.tables import Column, Table
from carbonlib.records.workbook.titles import is_datum
from carbonlib.records.workbook.totals import Totals
from carbonlib.units.spellings import key

_UNIT_LABELS = ("使用量の単位", "単位")


class RowReader:
    """Reads one series of a table row by row."""

    def __init__(self, table: Table, series: Series, known: Known, problems: Problems) -> None:
        self.table, self.series, self.known, self.problems = table, series, known, problems
        self.grid = table.grid
        fiscal_year_said = series.amount.heading.fiscal_year or table.fiscal_year
        calendar_year = None if fiscal_year_said else table.calendar_year
        self.course = Course(table, series.fiscal_year, problems, calendar_year)
        self.rows: list[Bill] = []
        self.totals: list[Cell] = []
        self.sums = Totals(table, series, problems)
        self.without_unit: dict[str, list[Cell]] = {}  # by carrier: one sentence for all rows

    def read(self) -> list[Bill]:
        periods = {r: self.course.of(r) for r in range(self.table.first, self.table.last + 1)}
        annual: list[Bill] = []
        written = False  # an amount that is no total, stored or named
        for row, period in periods.items():
            cell = self.grid.cell(row, self.series.amount.index)
            if isinstance(period, Total):
                self.totals.append(cell)
                self.sums.compare(row, self.course.label(row).text)
                continue
            if is_nothing(cell):
                if not self.grid.covered(row, self.series.amount.index):
                    self._lonely(row, cell)
                    self._unheaded(row)
                if (cell.row, cell.column) not in self.grid.broken:
                    continue
            written = True
            if period is None:
                if not self._already_named(row) and not self._units_alone(row):
                    self.course.missing(row)
                continue
            last = self.grid.last_row_of(row, self.series.amount.index)
            if last > row and isinstance(end := periods.get(min(last, self.table.last)), Period):
                period = through(period, end)
            found = self._bill(row, cell, period)
            self.sums.add(row, found)
            if found:
                (annual if period.annual else self.rows).append(found)
        for carrier, cells in self.without_unit.items():
            self._name_without_unit(carrier, cells)
        for yearly in annual if self.rows else []:
            self.problems.error(
                "months_and_year",
                "月ごとの数量と年間の数量の両方があります。二重になるので、どちらかを消してください。",
                "Both monthly amounts and a yearly one are given, which would count twice; delete one of them.",
                yearly.place,
            )
        self._only_total(written)
        if written:
            self.problems.add(self.course.years.said.found)
        return self.rows or annual

    def _units_alone(self, row: int) -> bool:
        """Return whether a row between others holds units and nothing else, as where a sheet changes them; it is named."""
        cells = self.grid.row(row)
        if not all(isinstance(c.value, str) and is_unit_line(c.text) for c in cells):
            return False
        units = [shown(c.text) for c in cells]
        self.problems.error(
            "units_between",
            f"表の途中に単位だけの行（{'・'.join(units)}）があります。途中で単位を変えず 1 つにそろえるか、見出しから書いて別の表にしてください。",
            f"A row of units alone ({', '.join(units)}) stands between the rows; keep to one unit, or begin another table with "
            "its own heading.",
            self.grid.place(cells[0]),
        )
        return True

    def _already_named(self, row: int) -> bool:
        return any(self.grid.place(c) in self.problems.named for c in self.grid.row(row))

    def _only_total(self, stored: bool) -> None:
        """Name a total that stands alone: its months would be lost."""
        for cell in self.totals if not stored else []:
            found = number(self.grid, cell, Problems())
            if found and found.value:
                self.problems.error(
                    "only_total",
                    "月ごとの数量がなく合計だけです。年間の値なら、行の見出しを「年間」にしてください。",
                    "There is a total and no monthly amounts; if it is the year's amount, label the row 年間.",
                    self.grid.place(cell),
                )

    def _lonely(self, row: int, amount: Cell) -> None:
        """Name a row that has a cost, a peak or a part of the amount and no amount."""
        kinds: tuple[Kind, ...] = ("cost", "peak", "quantity")
        for kind in kinds:
            for column in self.series.columns.get(kind, []):
                cell = self.grid.cell(row, column.index)
                # the 0 of a formula is no cost of a month to come; a part of 0 says something of its month
                if is_nothing(cell) or self.grid.covered(row, column.index):
                    continue
                if kind == "quantity" or cell.value != 0:
                    self.problems.error(
                        "no_amount",
                        f"使用量が空欄で「{shown(column.text)}」だけがあります。使用量を書くか、使用がなければ 0 を書いてください。",
                        f"The amount is blank beside {shown(column.text)!r}; write the amount, or 0 for no use.",
                        self.grid.place(amount),
                    )
                    return

    def _unheaded(self, row: int) -> None:
        """Name a row whose amount is blank and which has one in a column that no heading explains."""
        headed = {column.index for column in self.table.columns}
        beside = (self.grid.cell(row, i) for i in range(self.grid.width) if i not in headed)
        for cell in beside:
            if not is_datum(cell) or not cell.value or self._already_named(row):
                continue
            self.problems.warning(
                "no_heading",
                f"使用量が空欄で、見出しの読めない列に値（{shown(cell.text)}）があります。取り込んでいません。使用量なら見出しを書いてください。",
                f"The amount is blank and a column whose heading is not read holds {shown(cell.text)!r}, which was not taken; "
                "if it is an amount, write its heading.",
                self.grid.place(cell),
            )

    def _text(self, row: int, kind: Kind) -> tuple[str, Cell | None]:
        for column in self.series.columns.get(kind) or self.table.of(kind):
            cell = self.grid.filled(row, column.index)
            if text := words(self.grid, self.grid.take(cell), self.problems):
                return text, cell
        return "", None

    def _power(self, row: int, kind: Kind) -> Decimal | None:
        for column in self.series.columns.get(kind, []):
            cell = self.grid.take(self.grid.filled(row, column.index))
            found = number(self.grid, cell, self.problems)
            if found is None:
                continue
            if found.value < 0 or key(found.unit) not in {"", "kw"}:
                self.problems.error(
                    "power",
                    f"「{shown(cell.text)}」は kW の正の数で書いてください。",
                    f"{shown(cell.text)!r} must be a positive number of kW.",
                    self.grid.place(cell),
                )
                continue
            return found.value
        return None

    def _money(self, row: int) -> str:
        """Return the unit of a row's cost, empty where none is stated."""
        stated = [c.heading.money for c in self.series.columns.get("cost", []) if c.heading.money]
        return next(iter(stated), self._text(row, "cost_unit")[0] or self.series.money)

    def _who(self, row: int, cell: Cell) -> tuple[str, str, str] | None:
        """Return site, carrier and meter of a row, each from its column where the table has one."""
        series = self.series
        site, carrier, meter = series.site, series.carrier, series.meter
        text, at = self._text(row, "carrier") if self.table.one("carrier") else ("", None)
        if text:
            carrier = carrier_named(text) or ""
        if not carrier or carrier == "?":
            said = carrier_unreadable(text)
            self.problems.error("carrier", said.ja, said.en, self.grid.place(at or cell))
            return None
        text, at = self._text(row, "site") if self.table.one("site") else ("", None)
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
        text, _ = self._text(row, "meter") if self.table.one("meter") else ("", None)
        meter = text or meter or meter_for(site, carrier, self.known) or ""
        if not meter:
            no_meter(site, carrier, self.known, self.grid, cell, self.problems)
            return None
        return site, carrier, meter

    def _unit(self, row: int, cell: Cell, in_cell: str, carrier: str) -> str | None:
        """Return the unit of a row's amount, empty where none is written; a wrong one is named, and two that differ."""
        text, at = self._text(row, "unit")
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
            self.without_unit.setdefault(carrier, []).append(cell)
            return ""
        place = self.grid.place(at or (cell if in_cell else self.series.amount.cell))
        return unit if name_misfit(carrier, unit, place, self.problems) else None

    def _name_without_unit(self, carrier: str, cells: list[Cell]) -> None:
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

    def _bill(self, row: int, cell: Cell, period: Period) -> Bill | None:
        before = self.problems.errors
        amount = number(self.grid, self.grid.take(cell), self.problems)
        who = self._who(row, cell)
        unit = self._unit(row, cell, amount.unit, who[1]) if who and amount else None
        if amount and amount.value < 0:
            self.problems.error(
                "negative",
                f"使用量「{shown(cell.text)}」が負の値です。正しい値に直してください。",
                f"The amount {shown(cell.text)!r} is negative; mend it.",
                self.grid.place(cell),
            )
        if not EARLIEST <= period.start < LATEST:
            self.problems.error(
                "year_far",
                f"期間 {period.start}〜{period.end} の年を確かめてください。",
                f"Check the year of the period {period.start} to {period.end}.",
                self.grid.place(cell),
            )
        cost = cost_of(self.table, self.series, row, self.problems)
        contract, peak = self._power(row, "contract"), self._power(row, "peak")
        estimated = any(
            is_estimated(self.grid, self.grid.filled(row, c.index), self.problems)
            for c in self.series.columns.get("estimated", [])
        )
        charges = charges_of(self.table, row, unit or "", self._money(row), self.problems)
        note, _ = self._text(row, "note")
        if self.problems.errors > before or not who or amount is None or not unit:
            if self.problems.errors == before and unit != "":
                self.problems.error(
                    "row",
                    "この行は読めません。",
                    "This row is not readable.",
                    self.grid.place(cell),
                )
            return None
        site, carrier, meter = who
        return Bill(
            site_id=site,
            meter_id=meter,
            carrier=carrier,
            start=period.start,
            end=period.end,
            quantity=amount.value,
            unit=unit,
            cost_jpy=cost.jpy,
            tax=cost.tax,
            contract_demand_kw=contract,
            peak_demand_kw=peak,
            estimated=estimated,
            place=self.grid.place(cell),
            charges=charges,
            note="、".join(dict.fromkeys(p for p in (note, cost.other) if p)),
        )
