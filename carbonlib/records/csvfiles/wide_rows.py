"""One row of bills in wide form: which kind of value it holds, in which unit, and its months."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from decimal import Decimal

from carbonlib.errors import Finding, Message, shown
from carbonlib.fiscal_year import Month
from carbonlib.records.billrow import COST_UNITS, TAXES, is_power_factor, may_be_negative, no_power_factor
from carbonlib.records.csvfiles.cells import tax_word
from carbonlib.records.csvfiles.table import CsvTable
from carbonlib.records.model import CHARGES
from carbonlib.records.reading.cells import estimated, number, words
from carbonlib.records.reading.charges import is_price, power_unit
from carbonlib.records.reading.columns import head, spellings, stated_tax, taxes_contradict
from carbonlib.records.reading.costwords import is_part_of_cost, is_whole_cost, of_some_hours
from carbonlib.records.reading.months import plain
from carbonlib.records.reading.problems import Problems
from carbonlib.records.reading.units_of_carriers import name_misfit
from carbonlib.records.reading.words import heading, spelled, units_in

_OWN_UNITS = {"jpy": "円", "kwh": "kWh", "percent": "%"}  # of a line called by its column in bills.csv
_USUAL = {"cost": "円", "jpy": "円", "percent": "%"}  # what a cell may name where its row names no unit
_KINDS = {"contract": "contract_demand_kw", "peak": "peak_demand_kw"}


@dataclass
class WideRow:
    """One row: which kind of value it holds, as it is called, and its values by month.

    `kind` is ``quantity``, ``cost``, a power by its column of bills.csv, or one of ``CHARGES``.
    """

    row: int
    kind: str
    unit: str
    tax: str = ""
    note: str = ""
    item: str = ""
    values: dict[Month, Decimal] = field(default_factory=dict)

    @property
    def adds_up(self) -> bool:
        """Whether the sum of its months means anything: that of a power or a power factor does not."""
        return self.kind in {"quantity", "cost"} or self.kind.endswith(("_jpy", "_kwh"))


class WideRows:
    """Reads the rows of one table; problems go where the table's go."""

    def __init__(
        self, table: CsvTable, columns: dict[str, int], months: dict[int, Month], problems: Problems
    ) -> None:
        self.table, self.columns, self.months, self.problems = table, columns, months, problems
        self.grid = table.grid

    def raw(self, row: int, column: str) -> str:
        """Return a cell as it is written, empty where there is no such column."""
        return self.table.rows[row][self.columns[column]].strip() if column in self.columns else ""

    def text(self, row: int, column: str) -> str:
        """Return a cell's text; one that a spreadsheet would run is named."""
        if column not in self.columns:
            return ""
        return words(self.grid, self.grid.cell(row, self.columns[column]), self.problems)

    def error(self, row: int, id: str, ja: str, en: str) -> None:
        """Add an error of a row."""
        self.problems.error(id, ja, en, self.table.place(row))

    def read(self, row: int, carrier: str) -> WideRow | None:
        """Return a row with its kind and unit; what cannot be told is named."""
        item, unit = self.raw(row, "item"), self.raw(row, "unit")
        kind = self._kind(row, item) if item else ""
        if kind is None:
            return None
        kind = kind or ("cost" if plain(unit) in COST_UNITS and unit else "quantity")
        own, headed = tax_word(self.raw(row, "tax")), stated_tax(item)
        if headed and TAXES.get(own, "unknown") not in {"unknown", TAXES[headed]}:
            self.error(row, "tax_contradicts", *taxes_contradict(headed, own))
            return None
        tax = own or headed or (self.table.tax_above if kind == "cost" else "")
        made = WideRow(row, kind, "", tax, self.text(row, "note"), item)
        stated = self._stated(row, made, unit)
        if stated is None:
            return None
        made.unit = stated
        return made if self._unit_fits(made, carrier) else None

    def _kind(self, row: int, item: str) -> str | None:
        """Return which kind of value an item is, None for a row that is left out or that nobody can tell, which is said."""
        line = "" if is_price(item) else head("bills", item).column
        usual = "" if of_some_hours(item) else spellings("items").get(plain(item).partition("(")[0], "")
        if kind := usual or (line if line in CHARGES else ""):
            return kind
        said = heading(item).kind or ""
        if said == "quantity" and of_some_hours(item):
            self.problems.warning(
                "row_left_out",
                f"「{shown(item)}」は一部の時間帯の使用量なので、この行は取り込みません。内訳なら、項目を 夜間使用量 などに直してください。",
                f"{shown(item)!r} is the use of some hours alone, so this row is not taken in; as a part call it 夜間使用量 or the like.",
                self.table.place(row),
            )
            return None
        if (said == "cost" and not is_whole_cost(item)) or is_part_of_cost(item):
            self.problems.warning(
                "row_left_out",
                f"「{shown(item)}」は料金の一部かもしれないので、この行は取り込みません。請求の全額なら、項目を「料金」に直してください。",
                f"{shown(item)!r} may be a part of the cost, so this row is not taken in; if it is all that was charged, call it "
                "料金.",
                self.table.place(row),
            )
            return None
        if said == "ignored":
            self.problems.note(
                "row_left_out",
                f"「{shown(item)}」の行は取り込みません（この形の表では使わない行です）。",
                f"The row of {shown(item)!r} is not taken in; a table of this form has no use for it.",
                self.table.place(row),
            )
            return None
        if kind := said if said in {"quantity", "cost"} else _KINDS.get(said, ""):
            return kind
        self.error(
            row,
            "item",
            f"「{shown(item)}」は使用量・料金・契約電力・最大需要電力 か、基本料金・力率・夜間使用量 などの内訳で書いてください。",
            f"{shown(item)!r} must be 使用量, 料金, 契約電力, 最大需要電力 or a line of the bill such as 基本料金 or 力率.",
        )
        return None

    def _stated(self, row: int, one: WideRow, unit: str) -> str | None:
        """Return the unit of a row, empty where none is written, None where several are, which is named."""
        amount, money = units_in(one.item) if one.item else ("", "")
        own = amount if one.kind == "quantity" else money
        if one.kind in CHARGES:
            own = _OWN_UNITS[one.kind.rpartition("_")[2]] if plain(one.item) == one.kind else amount or money
        stated = [u for u in (spelled(unit) if unit else "", own) if u]
        if one.kind == "cost" and not stated and self.raw(row, "cost_unit"):
            stated = [self.raw(row, "cost_unit")]
        if one.kind == "cost" and not stated and self.table.money_above:
            stated = [self.table.money_above]
        if len(dict.fromkeys(stated)) > 1:
            self.error(
                row,
                "unit_contradicts",
                f"単位が {'・'.join(stated)} と食い違っています。どれか 1 つにしてください。",
                f"The units {', '.join(stated)} contradict each other; keep one.",
            )
            return None
        in_cells = self._units_in_cells(row) if one.kind == "quantity" and not stated else []
        if len(in_cells) > 1:
            listed = "・".join(u or "なし" for u in in_cells)
            self.error(
                row,
                "unit_missing",
                f"単位の欄が空欄で、月の欄に書かれた単位がそろっていません（{listed}）。単位の欄に 1 つ書き、月の欄は数値だけにしてください。",
                f"The unit is blank, and the cells of the months do not agree on one ({', '.join(u or 'none' for u in in_cells)}); write "
                "one unit in its column and numbers alone in the months.",
            )
            return None
        return (stated or in_cells or [""])[0]

    def estimated(self, rows: Iterable[int]) -> bool | None:
        """Return whether the months of some rows are marked as estimated, or as taken; None where nothing is said."""
        at = self.columns.get("estimated")
        return estimated(
            self.grid, [] if at is None else [self.grid.cell(r, at) for r in rows], self.problems
        )

    def contract(self, row: int) -> Decimal | None:
        """Return the contract demand beside a row [kW], None where none is written or it was named."""
        if "contract_demand_kw" not in self.columns:
            return None
        cell = self.grid.cell(row, self.columns["contract_demand_kw"])
        found = number(self.grid, cell, self.problems)
        if found and (found.value < 0 or plain(found.unit) not in {"", "kw"}):
            self.error(
                row,
                "power",
                f"「{shown(cell.text)}」は kW の正の数で書いてください。",
                f"{shown(cell.text)!r} must be a positive number of kW.",
            )
            return None
        return found.value if found else None

    def _units_in_cells(self, row: int) -> list[str]:
        """Return the units that the months' cells name, each once, empty for a number without one."""
        found = (number(self.grid, self.grid.cell(row, index), Problems()) for index in self.months)
        return list(dict.fromkeys(spelled(n.unit) if n.unit else "" for n in found if n))

    def _unit_fits(self, one: WideRow, carrier: str) -> bool:
        before = self.problems.errors
        if one.kind == "cost":
            if not one.unit:
                self.problems.warning(
                    "cost_unit_assumed",
                    "料金に単位がないので、円として読みました。",
                    "The cost has no unit and was read as yen.",
                    self.table.place(one.row),
                )
            elif plain(one.unit) not in COST_UNITS:
                self.error(
                    one.row,
                    "cost_unit",
                    f"料金の単位「{shown(one.unit)}」は 円・千円・万円 のどれかです。",
                    f"The unit of the cost {shown(one.unit)!r} is 円, 千円 or 万円.",
                )
            if one.tax not in TAXES:
                self.error(
                    one.row,
                    "tax",
                    f"税「{shown(one.tax)}」は 税込・税抜・不明 のどれかです。",
                    f"The tax {shown(one.tax)!r} is 税込, 税抜 or 不明.",
                )
        elif one.kind == "power_factor_percent":
            if plain(one.unit) not in {"", "%"}:
                self.error(one.row, "percent", "力率の単位は % です。", "The unit of a power factor is %.")
        elif one.kind in CHARGES:
            pass  # its unit depends on the rows of amount and cost, which are read when all are known
        elif one.kind != "quantity":
            if plain(one.unit) not in {"", "kw"} or power_unit(one.item):
                self.error(one.row, "power", "電力の単位は kW です。", "The unit of a power is kW.")
        elif not one.unit:
            self.error(
                one.row,
                "unit_missing",
                "単位が空欄です。kWh などを書いてください。",
                "The unit is blank; write kWh or the like.",
            )
        elif carrier:
            name_misfit(carrier, one.unit, self.table.place(one.row), self.problems)
        return self.problems.errors == before

    def values(self, one: WideRow, problems: Problems) -> WideRow:
        """Read the months of a row; a cell that is no number is named with its month."""
        for index, month in self.months.items():
            own = Problems(prefix=self.problems.prefix)
            found = number(self.grid, self.grid.cell(one.row, index), own)
            stated = one.unit or _USUAL.get(one.kind.rpartition("_")[2], "")
            if found and found.unit and spelled(found.unit) != stated:
                own.error(
                    "unit_contradicts",
                    f"単位が {one.unit or '空欄'}・{found.unit} と食い違っています。",
                    f"The units {one.unit or '(blank)'} and {found.unit} contradict each other.",
                    self.table.place(one.row),
                )
            elif found and one.kind == "power_factor_percent" and not is_power_factor(found.value):
                own.error(
                    "power_factor",
                    *no_power_factor(self.table.rows[one.row][index], found.value),
                    self.table.place(one.row),
                )
            elif found and found.value < 0 and not may_be_negative(one.kind):
                own.error(
                    "negative",
                    f"「{shown(self.table.rows[one.row][index])}」が負の値です。正しい値に直してください。",
                    f"{shown(self.table.rows[one.row][index])!r} is negative; mend it.",
                    self.table.place(one.row),
                )
            elif found:
                one.values[month] = found.value
            problems.add(_in_column(f, self.table.header[index]) for f in own.found)
        return one


def _in_column(finding: Finding, column: str) -> Finding:
    message = Message(
        f"列「{shown(column)}」: {finding.message.ja}", f"Column {shown(column)!r}: {finding.message.en}"
    )
    return replace(finding, message=message)
