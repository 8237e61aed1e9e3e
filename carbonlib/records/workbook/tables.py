"""Finding the tables of a sheet, each with its columns and rows and the lines above it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field, replace
from functools import cached_property

from carbonlib.errors import Place
from carbonlib.records.reading.cells import is_nothing
from carbonlib.records.reading.grid import Cell, Grid
from carbonlib.records.reading.months import calendar_year_titled, fiscal_year_in, plain, read_day
from carbonlib.records.reading.totalwords import is_total, is_total_of, says_total, total_of
from carbonlib.records.reading.words import Heading, Kind, is_annual
from carbonlib.records.workbook.below import is_numeric, values_below
from carbonlib.records.workbook.header import (
    HEADS_OF_LINES,
    LABELS,
    first_row,
    is_group_row,
    is_header,
    is_period,
    period_column,
    says_month,
    texts_of,
)
from carbonlib.records.workbook.headings import heading_of_lines, joined
from carbonlib.records.workbook.limits import refused
from carbonlib.records.workbook.titled import titled_columns, with_own_unit
from carbonlib.records.workbook.titles import heading_of, lines_beside, years_of_months

SPARE_ROW = "その他の期間"
MOST_TABLES = 300
_FACTS: set[Kind] = {"ignored", "note", "contract"}
_SERIES = {"site", "meter", "carrier"}
_NAMING = _SERIES | {"start", "end"}
LOOKED_FOR_JA = (
    "探したもの: 「年月」「使用月」などの見出しか「4月」「令和7年4月」「R7.4」「2025年4月」のセルが並ぶ列と、"
    "「使用量」「使用電力量」「購入量」などの見出し（単位つき）の列"
)
LOOKED_FOR_EN = (
    "Looked for: a column headed 年月 or 使用月 or with cells such as 4月, 令和7年4月, R7.4, 2025年4月, and a column "
    "headed 使用量, 使用電力量, 購入量 or the like, with its unit"
)


@dataclass(frozen=True)
class Column:
    """A column of a table: where it is, the cell of its heading, and what that says."""

    index: int
    cell: Cell
    text: str
    heading: Heading


@dataclass
class Table:
    """A table of energy use: its columns, its rows, and the lines above it, nearest first, and
    numbers below it that belong to none of its rows. `strangers` are columns under a title of amounts whose headings name no site,
    `set_aside` those of amounts that are parts or totals of others, or whose energy, site or meter was not told."""

    grid: Grid
    header: int
    first: int
    last: int
    month: int | None
    columns: list[Column]
    above: list[list[Cell]]
    below: list[Cell]
    strangers: list[Column] = field(default_factory=list)
    set_aside: set[int] = field(default_factory=set)

    def of(self, kind: Kind) -> list[Column]:
        """Return the columns of a kind."""
        return [c for c in self.columns if c.heading.kind == kind]

    def one(self, kind: Kind) -> Column | None:
        """Return the first column of a kind."""
        return next(iter(self.of(kind)), None)

    def labelled(self, *labels: str) -> Cell | None:
        """Return the cell to the right of a label in the lines above."""
        for line in self.above:
            for at, cell in enumerate(line):
                if plain(cell.text).rstrip(":") in labels and at + 1 < len(line):
                    following = line[at + 1]
                    return None if plain(following.text).rstrip(":") in LABELS else following
        return None

    @cached_property
    def facts(self) -> dict[int, Kind]:
        """Rows that are no months: a price, a note or the contract, which stand beside months that run across, by row."""
        if self.month is None or not self.grid.flipped:
            return {}  # a row among months that run down is one of them, whatever it is called
        labels = {r: self.grid.filled(r, self.month) for r in range(self.first, self.last + 1)}
        return {
            row: said.kind
            for row, cell in labels.items()
            if (said := heading_of(cell)) and said.kind in _FACTS and not self.is_total(row)
            if not is_period(cell, bare=True) and not is_annual(cell.text)
        }

    def total_name(self, row: int) -> str:
        """Return the name that says of a row that it adds up or compares others, empty where none does.

        A name of a site, meter or energy says it beside a month too; where no month is written, any cell before the amounts does.
        """
        month = None if self.month is None else self.grid.filled(row, self.month)
        named = [i for i in self._names if i != self.month]
        if month is None or is_nothing(month):
            named += range(min((c.index for c in self.of("quantity")), default=0))
        texts = ((i, c.text) for i in named if isinstance((c := self.grid.filled(row, i)).value, str))
        return next((t for i, t in texts if t and is_total_of(t, self._names.get(i, ()))), "")

    def total_of(self, row: int) -> str:
        """Return the name in a row that is the total of another (本店計), empty where there is none."""
        return next(
            (t for i, n in self._names.items() if (t := total_of(self.grid.filled(row, i).text, n))), ""
        )

    def names_of(self, row: int) -> tuple[str, ...]:
        """Return what a row says of site, meter and energy, the same for each month of one series."""
        naming = {c.index for c in self.columns if c.heading.kind in _SERIES}
        return tuple(plain(self.grid.filled(row, i).text) for i in sorted(naming))

    def names_of_total(self, row: int) -> dict[int, str]:
        """Return which site, meter and energy the row of a total names, by column."""
        found = {}
        for index, names in self._names.items():
            text = self.grid.filled(row, index).text.strip()
            if own := total_of(text, names) or ("" if says_total(text) else text):
                found[index] = own
        return found

    def is_total(self, row: int) -> bool:
        """Return whether the month or a name of a row says that it adds up or compares others."""
        label = self.grid.filled(row, self.month) if self.month is not None else None
        named = label is not None and isinstance(label.value, str) and is_total(label.text)
        return named or bool(self.total_name(row))

    @cached_property
    def _names(self) -> dict[int, frozenset[str]]:
        """What the columns of sites, meters, energies and days hold, by column."""
        columns = [c.index for c in self.columns if c.heading.kind in _NAMING]
        rows = range(self.first, self.last + 1)
        return {i: frozenset(self.grid.filled(r, i).text.strip() for r in rows) for i in columns}

    @cached_property
    def fiscal_year(self) -> int | None:
        """The fiscal year that the lines above or the sheet's name state, the nearest first."""
        near = [fiscal_year_in(c.text) for line in self.above for c in line]
        heads = [c.heading.fiscal_year for c in self.columns if c.index == self.month]
        return next(
            (y for y in (*heads, *near, fiscal_year_in(self.grid.sheet), self._only_year()) if y), None
        )

    @cached_property
    def years(self) -> dict[int, int]:
        """The year of each month, where the lines above say from which month to which the table goes."""
        return years_of_months(c for line in self.above for c in line)

    @cached_property
    def calendar_year(self) -> int | None:
        """The calendar year that the lines above or the sheet's name say, where nothing there says a fiscal year."""
        texts = [*(c.text for line in self.above for c in line), self.grid.sheet]
        return next((y for t in texts if (y := calendar_year_titled(t))), None)

    def _only_year(self) -> int | None:
        """Return the one fiscal year that the sheet's texts name anywhere."""
        texts = {
            v for row in self.grid.values for v in row if isinstance(v, str) and "度" in v and len(v) < 100
        }
        years = {y for t in texts if (y := fiscal_year_in(t))}
        return years.pop() if len(years) == 1 else None


def _speaks(grid: Grid, row: int, month: int | None, columns: list[Column], bare: bool) -> bool:
    """Return whether a row is labelled as one of a table: a month, a total, a year, a period."""
    if any(read_day(grid.filled(row, c.index).value) for c in columns if c.heading.kind in {"start", "end"}):
        return True
    names = (grid.filled(row, c.index) for c in columns if c.heading.kind in _NAMING)
    if any(isinstance(c.value, str) and says_total(c.text) for c in names):
        return True
    if month is None:
        return False
    cell = grid.filled(row, month)
    if cell.blank:
        return False
    labelled = isinstance(cell.value, str) and (
        is_total(cell.text) or is_annual(cell.text) or plain(cell.text).startswith(SPARE_ROW)
    )
    return labelled or is_period(cell, bare=bare)


def _table(grid: Grid, header: int, stop: int, floor: int, sites: Collection[str]) -> Table:
    month, said = period_column(grid, header)
    main = texts_of(grid, header, carry=False)
    first = first_row(grid, header, stop, month, said)
    stack = [main, *(texts_of(grid, r, carry=False) for r in range(header + 1, first))]
    top = header
    while top - 1 >= floor and header - top < 2 and is_group_row(grid, top - 1, month):
        top -= 1
        stack.insert(0, texts_of(grid, top, carry=True))
    columns = []
    for index in range(grid.width):
        lines = [line[index] for line in stack]
        own = next((line[index] for line in reversed(stack[header - top :]) if line[index]), "")
        if own:
            said_of_all = heading_of_lines(lines, own, sites)
            if index == month and said_of_all.kind in HEADS_OF_LINES:
                said_of_all = replace(
                    said_of_all, kind=None
                )  # it names the lines of the header, not its column
            columns.append(Column(index, grid.filled(header, index), joined(lines), said_of_all))
    titled = titled_columns(grid, header, sites)
    strangers = [c for c in columns if c.index in titled and titled[c.index] is None]
    columns = [
        replace(c, heading=with_own_unit(said_of, c.heading)) if (said_of := titled.get(c.index)) else c
        for c in columns
    ]
    beside: list[list[Cell]] = []
    if grid.flipped and month is not None:
        heads = [c.index for c in columns if c.heading.kind == "quantity" and c.index > month]
        beside = lines_beside(grid, range(month), min(heads, default=0))
        titles = {c.row for line in beside for c in line}
        columns = [c for c in columns if c.index not in titles]
    amounts = [c.index for c in columns if c.heading.kind == "quantity"]
    last = max((r for r in range(first, stop) if _speaks(grid, r, month, columns, said)), default=first - 1)
    while last + 1 < stop and any(not grid.cell(last + 1, c).blank for c in amounts):
        last += 1
    below = values_below(
        grid, range(last + 1, stop), amounts, [c.index for c in columns if c.heading.kind == "cost"]
    )
    above = [line for r in range(top - 1, floor - 1, -1) if (line := grid.row(r))]
    return Table(grid, header, first, last, month, columns, above + beside, below, strangers)


def find_tables(grid: Grid, sites: Collection[str] = ()) -> list[Table]:
    """Return the tables of a sheet from top to bottom, none where its layout is not understood.

    Parameters
    ----------
    grid : Grid
        The sheet.
    sites : collection of str
        Names and ids of the company's sites, which may head columns under a title.

    Raises
    ------
    RecordError
        For more tables than a person makes.
    """
    heads: list[int] = []
    data = False  # numbers since the last header
    for row in range(grid.height):
        if not (is_header(grid, row, under_data=data) or titled_columns(grid, row, sites)):
            data = bool(heads) and (data or any(is_numeric(grid.cell(row, c)) for c in range(grid.width)))
            continue
        # the second line of one header, not another table
        if heads and row - heads[-1] <= 2 and not data:
            said = says_month(grid, row) and not says_month(grid, heads[-1])
            if said or len(grid.row(heads[-1])) == 1 < len(grid.row(row)):
                heads[-1] = row  # what was taken for a header is the title above it
            continue
        heads.append(row)
        data = False
        if len(heads) > MOST_TABLES:
            raise refused(
                "tables",
                f"1 枚のシートに {MOST_TABLES} を超える表があります。",
                f"One sheet holds more than {MOST_TABLES} tables.",
                Place(grid.file, sheet=grid.sheet),
            )
    tables: list[Table] = []
    floor = 0
    for header, following in zip(heads, [*heads[1:], grid.height], strict=False):
        table = _table(grid, header, following, floor, sites)
        tables.append(table)
        floor = table.last + 1
    return tables
