"""One row of bills.csv: every cell read, every problem of the row named at once."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import get_args

from carbonlib.errors import CarbonlibError, Finding, Message, Place, shown
from carbonlib.factors import carrier_named
from carbonlib.factors.convert import HEAT
from carbonlib.records.model import CHARGES, TAX_WORDS, Bill, Tax
from carbonlib.units import GEOMETRIC, Q_, read_number, read_unit, same_dimension

TAXES: dict[str, Tax] = {word: tax for tax, word in TAX_WORDS.items()} | {"": "unknown"}
TAXES |= {t: t for t in get_args(Tax)}
COST_UNITS = {"": 1, "円": 1, "千円": 1000, "万円": 10000}
READING_WORDS = {None: "", True: "推定", False: "実測"}
ESTIMATED = {word: estimated for estimated, word in READING_WORDS.items()} | {"estimated": True}
EARLIEST, LATEST = date(2000, 1, 1), date(2100, 1, 1)  # a bill outside is a slip of its year
NUMBERS = ("quantity", "cost", "contract_demand_kw", "peak_demand_kw", *CHARGES)
_DAY = re.compile(r"(\d{4})[-/](\d{1,2})[-/](\d{1,2})")


def may_be_negative(column: str) -> bool:
    """Return whether a column of numbers may be below zero: a refund, an adjustment, a discount."""
    return column == "cost" or column.endswith(("_adjustment_jpy", "discount_jpy"))


def year_far(start: date, end: date) -> Message | None:
    """Return the sentence on a period outside of this century, None for one within."""
    if start >= EARLIEST and end < LATEST:
        return None
    return Message(
        f"期間 {start}〜{end} の年を確かめてください。",
        f"Check the year of the period {start} to {end}.",
    )


@lru_cache(maxsize=4096)
def unit_fits(carrier: str, unit: str) -> bool:
    """Return whether a unit, as written, can state an amount of a carrier; ``m3`` of any gas can.

    Raises
    ------
    UnitError
        Where the unit itself is not readable.
    """
    kind = carrier_named(carrier)
    basis = {"gas": "low_pressure_meter"}.get(kind.group, GEOMETRIC)
    name, _ = read_unit(unit, volume_basis="lpg_gas" if carrier == "lpg" else basis)
    volumes = ("Nm3", "m3_metered", "m3_ambient") if basis != GEOMETRIC and carrier != "lpg" else ()
    if "kWh" in kind.units and name in HEAT:
        return False
    return any(same_dimension(Q_(1, name), u) for u in (*kind.units, *volumes) if u != "m3")


def no_unit_of(carrier: str, unit: str) -> Message:
    """Return the sentence on a unit that states no amount of a carrier, with those that do."""
    kind = carrier_named(carrier)
    wanted = "・".join(dict.fromkeys(kind.sheet_units + kind.display_units))
    return Message(
        f"{kind.label_ja}の量は {wanted} で書いてください。「{shown(unit)}」は単位が合いません。",
        f"{kind.label_en} is given in {wanted}; {shown(unit)!r} does not fit.",
    )


class BillRow:
    """One row under reading: values come out, problems gather in `findings`.

    Parameters
    ----------
    cells : dict of str to str
        By the columns of bills.csv.
    place : Place
        Of the row.
    names : mapping of str to str, optional
        What the file calls its columns, for messages.
    named : collection of str, optional
        Columns whose problem the caller has named: they are not looked at, and the row is no bill.
    """

    def __init__(
        self,
        cells: dict[str, str],
        place: Place,
        names: Mapping[str, str] | None = None,
        named: Collection[str] = (),
    ) -> None:
        self.cells, self.place, self.names, self.named = cells, place, names or {}, named
        self.findings: list[Finding] = []

    def problem(self, id: str, ja: str, en: str) -> None:
        """Note an error of this row."""
        self.findings.append(Finding(id, "error", Message(ja, en), self.place))

    def of_column(self, id: str, column: str, ja: str, en: str) -> None:
        """Note an error of a column; its name takes the place of ``{}`` in both sentences, 列 stands before the Japanese one."""
        name = self.names.get(column, column)
        own = (
            f"列「{shown(name)}」" if name != column else f"列 {column}{'' if ja.startswith('{}:') else ' '}"
        )
        own_en = repr(shown(name)) if name != column else column
        self.problem(id, ja.replace("{}", own, 1), en.replace("{}", own_en, 1))

    def text(self, column: str) -> str:
        """Return a cell without the spaces around it."""
        return self.cells.get(column, "").strip()

    def date(self, column: str) -> date | None:
        """Return a cell's date."""
        if column in self.named:
            return None
        written = _DAY.fullmatch(self.text(column))
        try:
            if written:
                return date(*map(int, written.groups()))
        except ValueError:
            pass
        self.of_column(
            "bill.date",
            column,
            f"{{}}の「{shown(self.text(column))}」は日付として読めません。2025-04-01 のように書いてください。",
            f"In the column {{}}, {shown(self.text(column))!r} is no date; write it as in 2025-04-01.",
        )
        return None

    def number(self, column: str) -> Decimal | None:
        """Return a cell's number, None where it is blank; a blank is not zero."""
        if column in self.named or not self.text(column):
            return None
        try:
            value = read_number(self.text(column))
        except CarbonlibError as error:
            for f in error.findings:
                self.of_column(f.id, column, f"{{}}: {f.message.ja}", f"Column {{}}: {f.message.en}")
            return None
        if value < 0 and not may_be_negative(column):
            self.of_column(
                "bill.negative",
                column,
                "{}が負の値です。正しい値に直してください。",
                "The column {} is negative; mend it.",
            )
        return value

    def one_of(self, column: str, words: Collection[str], ja: str, en: str) -> str:
        """Return a cell that must be one of some words."""
        if column not in self.named and self.text(column) not in words:
            self.of_column(
                f"bill.{column}",
                column,
                f"{{}}は{ja}です（いまは「{shown(self.text(column))}」）。",
                f"The column {{}} is {en}.",
            )
        return self.text(column)

    def needed(self, column: str, id: str, ja: str, en: str) -> str:
        """Return a cell's text; a blank one is named by sentences that go on from the column's name."""
        if column not in self.named and not self.text(column):
            self.of_column(id, column, "{}が空欄です。" + ja, "The column {} is blank; " + en)
        return self.text(column)


def _check_unit(row: BillRow, carrier: str, unit: str) -> None:
    if not {"carrier", "unit"}.isdisjoint(row.named):
        return
    try:
        carrier_named(carrier)  # one that is not known is named first
        row.needed("unit", "unit.missing", "kWh などを書いてください。", "write kWh or the like.")
        if unit and not unit_fits(carrier, unit):
            said = no_unit_of(carrier, unit)
            row.problem("unit.not_of_carrier", said.ja, said.en)
    except CarbonlibError as error:
        row.findings += error.at(row.place).findings


def is_power_factor(percent: Decimal) -> bool:
    """Return whether a power factor can be one in percent; from 0 to 1 it is a ratio that lost its hundred.

    >>> is_power_factor(Decimal(95)), is_power_factor(Decimal("0.95")), is_power_factor(Decimal(0))
    (True, False, True)
    """
    return percent == 0 or 1 < percent <= 100


def no_power_factor(text: str, value: Decimal) -> tuple[str, str]:
    """Return the sentences about a power factor that cannot be one; 1 may be 100 % or 1 %."""
    if value == 1:
        return (
            f"力率「{shown(text)}」は 100 % とも 1 % とも読めます。100 のように % の数で書いてください。",
            f"The power factor {shown(text)!r} may be 100 % or 1 %; write it in percent, as in 100.",
        )
    return (
        f"力率「{shown(text)}」は 0〜100 の % で書いてください（0.95 ではなく 95）。",
        f"The power factor {shown(text)!r} is from 0 to 100; write 95, not 0.95.",
    )


def _charges(row: BillRow) -> dict[str, Decimal]:
    """Return what the bill breaks down: its lines in yen, power factor and use by time band."""
    found = {}
    for column in CHARGES:
        value = row.number(column)
        if value is not None:
            found[column] = value
    factor = found.get("power_factor_percent")
    if factor is not None and not is_power_factor(factor):
        row.problem(
            "bill.power_factor",
            *no_power_factor(row.text("power_factor_percent"), factor),
        )
    return found


def read_bill(row: BillRow, sites: Collection[str], listed_in: str) -> Bill | None:
    """Return the bill of a row, or None with what is wrong in the row's `findings`; `listed_in` has the sites."""
    start, end = row.date("start"), row.date("end")
    quantity, cost = row.number("quantity"), row.number("cost")
    contract, peak = row.number("contract_demand_kw"), row.number("peak_demand_kw")
    site, carrier, unit = row.text("site_id"), row.text("carrier"), row.text("unit")
    charges = _charges(row)
    if "site_id" not in row.named and site not in sites:
        known = "・".join(sites)
        row.problem(
            "bill.site",
            f"事業所「{shown(site)}」が {listed_in} にありません。{known} のどれかです。",
            f"There is no site {shown(site)!r} in {listed_in}; there are {known}.",
        )
    row.needed(
        "meter_id",
        "bill.meter_blank",
        "メーターや契約を区別する名前を書いてください。",
        "write a name that tells the meter or contract apart.",
    )
    _check_unit(row, carrier, unit)
    row.needed(
        "quantity",
        "bill.quantity_blank",
        "使用がなければ 0、分からなければその行を消してください（空欄は 0 とみなしません）。",
        "write 0 for no use, or delete the row where it is not known.",
    )
    if start and end and end < start:
        row.problem(
            "bill.period",
            f"期間の終わり {end} が始まり {start} より前です。",
            f"The period ends on {end}, before it starts on {start}.",
        )
    elif start and end and (far := year_far(start, end)):
        row.problem("bill.year_far", far.ja, far.en)
    tax = row.one_of("tax", TAXES, "税込・税抜・不明のどれか", "included, excluded or unknown")
    scale = row.one_of("cost_unit", COST_UNITS, "円・千円・万円のどれか", "円, 千円 or 万円")
    estimated = row.one_of(
        "estimated", ESTIMATED, "推定・実測・空欄のどれか", "推定 (estimated), 実測 or blank"
    )
    if row.findings or row.named:
        return None
    assert start
    assert end
    assert quantity is not None
    return Bill(
        site_id=site,
        meter_id=row.text("meter_id"),
        carrier=carrier,
        start=start,
        end=end,
        quantity=quantity,
        unit=unit,
        cost_jpy=None if cost is None else cost * COST_UNITS[scale],
        tax=TAXES[tax],
        contract_demand_kw=contract,
        peak_demand_kw=peak,
        estimated=ESTIMATED[estimated],
        place=row.place,
        charges=charges,
        note=row.text("note"),
    )
