"""bills.csv: one row for each amount on a bill, units as written."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import get_args

from carbonlib.errors import CarbonlibError, Finding, Message, Place, RecordError, shown
from carbonlib.factors import carrier_named, carriers
from carbonlib.records.model import Bill, Company, Tax
from carbonlib.records.textfile import read_text
from carbonlib.records.workspace import Workspace
from carbonlib.units import GEOMETRIC, Q_, read_number, read_unit, same_dimension

REQUIRED = ("site_id", "meter_id", "carrier", "start", "end", "quantity", "unit")
OPTIONAL = ("cost", "cost_unit", "tax", "contract_demand_kw", "peak_demand_kw", "estimated", "note")
_TAX: dict[str, Tax] = {"税込": "included", "税抜": "excluded", "不明": "unknown", "": "unknown"}
_TAX |= {t: t for t in get_args(Tax)}
_COST_UNITS = {"": 1, "円": 1, "千円": 1000, "万円": 10000}


class _Row:
    """One row under reading: values come out, problems gather."""

    def __init__(self, cells: dict[str, str], place: Place) -> None:
        self.cells, self.place = cells, place
        self.findings: list[Finding] = []

    def problem(self, id: str, ja: str, en: str) -> None:
        self.findings.append(Finding(id, "error", Message(ja, en), self.place))

    def text(self, column: str) -> str:
        return self.cells.get(column, "").strip()

    def date(self, column: str) -> date | None:
        text = self.text(column).replace("/", "-")
        try:
            year, month, day = (int(p) for p in text.split("-"))
            return date(year, month, day)
        except ValueError:
            self.problem(
                "bill.date",
                f"列 {column} の「{shown(self.text(column))}」は日付として読めません。2025-04-01 のように書いてください。",
                f"{shown(self.text(column))!r} in the column {column} is no date; write it as in 2025-04-01.",
            )
            return None

    def number(self, column: str) -> Decimal | None:
        text = self.text(column)
        if not text:
            return None
        try:
            return read_number(text)
        except CarbonlibError as error:
            for f in error.findings:
                self.problem(f.id, f"列 {column}: {f.message.ja}", f"Column {column}: {f.message.en}")
            return None


def unit_fits(carrier: str, unit: str) -> bool:
    """Return whether a unit, as written, can state an amount of a carrier; ``m3`` of any gas can.

    Raises
    ------
    UnitError
        Where the unit itself is not readable.
    """
    kind = carrier_named(carrier)
    if kind.group == "gas":
        bases = ("lpg_gas",) if carrier == "lpg" else ("low_pressure_meter",)
        name, _ = read_unit(unit, volume_basis=bases[0])
        gas_volumes = ("Nm3", "m3_metered", "m3_ambient") if carrier != "lpg" else ("m3_lpg",)
        accepted = [*(u for u in kind.units if u != "m3"), *gas_volumes]
    else:
        name, _ = read_unit(unit, volume_basis=GEOMETRIC)
        accepted = list(kind.units)
    return any(same_dimension(Q_(1, name), u) for u in accepted)


def _bill(row: _Row, sites: Iterable[str]) -> Bill | None:
    start, end = row.date("start"), row.date("end")
    quantity, cost = row.number("quantity"), row.number("cost")
    contract, peak = row.number("contract_demand_kw"), row.number("peak_demand_kw")
    site, carrier, unit = row.text("site_id"), row.text("carrier"), row.text("unit")
    if site not in sites:
        known = "・".join(sites)
        row.problem(
            "bill.site",
            f"事業所「{shown(site)}」が company.yaml にありません。{known} のどれかです。",
            f"There is no site {shown(site)!r} in company.yaml; there are {known}.",
        )
    if carrier not in carriers() or not unit:
        try:
            carrier_named(carrier)
            row.problem(
                "unit.missing", "列 unit が空です。kWh などを書いてください。", "The column unit is empty."
            )
        except CarbonlibError as error:
            row.findings += error.at(row.place).findings
    else:
        try:
            if not unit_fits(carrier, unit):
                kind = carriers()[carrier]
                wanted = "・".join(kind.sheet_units + kind.display_units)
                row.problem(
                    "unit.not_of_carrier",
                    f"{kind.label_ja}の量は {wanted} で書いてください。「{shown(unit)}」は単位が合いません。",
                    f"{kind.label_en} is given in {wanted}; {shown(unit)!r} does not fit.",
                )
        except CarbonlibError as error:
            row.findings += error.at(row.place).findings
    if quantity is None and not row.text("quantity"):
        row.problem(
            "bill.quantity_blank",
            "数量が空欄です。使用がなければ 0、分からなければその行を消してください（空欄は 0 とみなしません）。",
            "The quantity is blank; write 0 for no use, or delete the row where it is not known.",
        )
    for column, value in (("quantity", quantity), ("contract_demand_kw", contract), ("peak_demand_kw", peak)):
        if value is not None and value < 0:
            row.problem(
                "bill.negative",
                f"列 {column} が負の値です。正しい値に直してください。",
                f"The column {column} is negative; mend it.",
            )
    if start and end and end < start:
        row.problem(
            "bill.period",
            f"期間の終わり {end} が始まり {start} より前です。",
            f"The period ends on {end}, before it starts on {start}.",
        )
    if row.text("tax") not in _TAX:
        row.problem(
            "bill.tax",
            f"列 tax の「{shown(row.text('tax'))}」は 税込・税抜・不明 のどれかにしてください。",
            f"The column tax is one of included, excluded and unknown; got {shown(row.text('tax'))!r}.",
        )
    if row.text("cost_unit") not in _COST_UNITS:
        row.problem(
            "bill.cost_unit",
            f"列 cost_unit の「{shown(row.text('cost_unit'))}」は 円・千円・万円 のどれかにしてください。",
            f"The column cost_unit is one of 円, 千円 and 万円; got {shown(row.text('cost_unit'))!r}.",
        )
    if row.text("estimated") not in {"", "推定", "estimated"}:
        row.problem(
            "bill.estimated",
            "列 estimated は空欄か「推定」です。",
            "The column estimated is blank or 'estimated'.",
        )
    if row.findings:
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
        cost_jpy=None if cost is None else cost * _COST_UNITS[row.text("cost_unit")],
        tax=_TAX[row.text("tax")],
        contract_demand_kw=contract,
        peak_demand_kw=peak,
        estimated=bool(row.text("estimated")),
        place=row.place,
    )


def _overlaps(bills: list[Bill]) -> list[Finding]:
    """Return an error for every bill that shares days with another of the same meter and carrier."""
    found = []
    by_meter: dict[tuple[str, str, str], list[Bill]] = {}
    for bill in bills:
        by_meter.setdefault((bill.site_id, bill.meter_id, bill.carrier), []).append(bill)
    for own in by_meter.values():
        own.sort(key=lambda b: (b.start, b.end))
        for before, after in pairwise(own):
            if after.start <= before.end:
                found.append(
                    Finding(
                        "bill.overlap",
                        "error",
                        Message(
                            f"{before.place.line} 行目（{before.start}〜{before.end}）と期間が重なっています。"
                            "同じ請求を 2 回入れていないか確かめてください。",
                            f"The period overlaps that of line {before.place.line} ({before.start} to {before.end}); "
                            "check whether a bill was entered twice.",
                        ),
                        after.place,
                    )
                )
    return found


def read_bills(workspace: Workspace, company: Company) -> list[Bill]:
    """Return all bills of a company, in the order of its bills.csv.

    Raises
    ------
    RecordError
        With every cell that cannot be read, by line, and every overlap of two bills of one meter.
    """
    path = workspace.company_folder(company.id) / "bills.csv"
    name = workspace.name_of(path)
    try:
        reader = csv.DictReader(io.StringIO(read_text(path, name), newline=""), strict=True)
        header = [h.strip() for h in reader.fieldnames or []]
        reader.fieldnames = header
        rows = [(reader.line_num, row) for row in reader]
    except csv.Error:
        raise RecordError.of(
            "csv.syntax",
            ja='CSV として読めません。引用符（"）の閉じ忘れがないか確かめてください。',
            en="Not readable as CSV; check for a quote that is not closed.",
            place=Place(name),
        ) from None
    findings = _header_problems(header, name)
    if findings:
        raise RecordError(findings)
    sites = [s.id for s in company.sites]
    bills = []
    for line, cells in rows:
        place = Place(name, line)
        if None in cells:
            findings.append(
                Finding(
                    "csv.too_many_cells",
                    "error",
                    Message(
                        "見出しより列が多い行です。桁区切りのカンマを引用符で囲むか、消してください。",
                        "The row has more cells than the header; quote thousands separators or drop them.",
                    ),
                    place,
                )
            )
            continue
        plain = {k: v or "" for k, v in cells.items()}
        if not any(v.strip() for v in plain.values()):
            continue
        row = _Row(plain, place)
        bill = _bill(row, sites)
        findings += row.findings
        if bill:
            bills.append(bill)
    findings += _overlaps(bills)
    if findings:
        raise RecordError(findings)
    return bills


def _header_problems(header: list[str], name: str) -> list[Finding]:
    place = Place(name, 1)
    found = []
    if missing := [c for c in REQUIRED if c not in header]:
        found.append(
            Finding(
                "csv.columns",
                "error",
                Message(
                    f"列 {'・'.join(missing)} がありません。1 行目の見出しを確かめてください。",
                    f"The columns {', '.join(missing)} are missing; check the first line.",
                ),
                place,
            )
        )
    if unknown := [c for c in header if c not in REQUIRED + OPTIONAL]:
        names = "・".join(shown(c) or "（空）" for c in unknown)
        found.append(
            Finding(
                "csv.columns",
                "error",
                Message(
                    f"列 {names} は知られていません。綴りを確かめるか、消してください。",
                    f"The columns {names} are not known; check their spelling or delete them.",
                ),
                place,
            )
        )
    if len(set(header)) < len(header):
        found.append(
            Finding(
                "csv.columns",
                "error",
                Message("同じ名前の列が 2 つあります。", "Two columns have the same name."),
                place,
            )
        )
    return found
