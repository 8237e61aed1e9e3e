"""companies.csv: one row a site, the entries of company.yaml in columns."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from carbonlib.errors import CarbonlibError, Place, shown
from carbonlib.factors import carriers
from carbonlib.records.csvfiles.table import CsvTable
from carbonlib.records.reading.cells import whole, words
from carbonlib.records.reading.columns import Head, head, spellings
from carbonlib.records.reading.grid import Cell
from carbonlib.records.reading.months import plain
from carbonlib.records.reading.problems import Problems
from carbonlib.records.workspace import is_safe_id
from carbonlib.units import Q_, read, same_dimension

_TRUE = {"true", "はい", "○", "〇", "1", "見本", "yes"}
_FALSE = {"false", "いいえ", "×", "0", "no"}
_OWN = ("name", "industry", "sample", "source", "supported_by")
_MOST_EMPLOYEES = 1_000_000


@dataclass
class CompanyEntry:
    """What the rows of one company hold, as entries of company.yaml, and where each stands."""

    entries: dict[str, Any] = field(default_factory=dict)
    places: dict[str, Place] = field(default_factory=dict)


def is_companies(header: list[str]) -> bool:
    """Return whether a heading is that of companies.csv."""
    found = {head("companies", h.strip()).column for h in header}
    bills = [head("bills", h.strip()) for h in header]
    amounts = any(b.column in {"quantity", "cost", "item"} or b.month for b in bills)
    return "company_id" in found and bool(found & {"name", "industry", "site_name"}) and not amounts


class _Rows:
    def __init__(self, table: CsvTable, problems: Problems) -> None:
        self.table, self.grid, self.problems = table, table.grid, problems
        self.columns: dict[str, tuple[int, Head]] = {}
        for index, text in enumerate(table.header):
            one = head("companies", text)
            self._take(index, text, one)

    def _take(self, index: int, text: str, one: Head) -> None:
        place = Place(self.table.name, self.table.header_line)
        carrier = one.column.removeprefix("supplier_")
        if not one.column:
            if any(row[index].strip() for row in self.table.rows):
                self.problems.warning(
                    "column_left_out",
                    f"列「{shown(text)}」は取り込みません。綴りの誤りでないか確かめてください。",
                    f"The column {shown(text)!r} is not taken in; check its spelling.",
                    place,
                )
        elif one.column.startswith("supplier_") and carrier not in carriers():
            self.problems.error(
                "carrier",
                f"列「{shown(text)}」のエネルギー種別がありません。supplier_electricity のように {'・'.join(carriers())} で書いてください。",
                f"The column {shown(text)!r} names no carrier; write supplier_electricity and so on.",
                place,
            )
        elif one.column in self.columns:
            self.problems.error(
                "column_twice",
                f"列「{shown(text)}」と同じ意味の列が 2 つあります。どちらかを消してください。",
                f"Two columns mean the same as {shown(text)!r}; delete one.",
                place,
            )
        else:
            self.columns[one.column] = (index, one)

    def cell(self, row: int, column: str) -> Cell:
        return self.grid.cell(row, self.columns[column][0]) if column in self.columns else Cell(row, 0)

    def text(self, row: int, column: str) -> str:
        return words(self.grid, self.cell(row, column), self.problems)

    def error(self, row: int, id: str, ja: str, en: str) -> None:
        self.problems.error(id, ja, en, self.table.place(row))

    def site(self, row: int) -> dict[str, Any]:
        site: dict[str, Any] = {}
        if site_id := self.text(row, "site_id"):
            if not is_safe_id(site_id):
                self.error(
                    row,
                    "site_id",
                    f"事業所の id「{shown(site_id)}」は使えません。小文字の英数字・-・_ だけで 64 文字までにしてください。",
                    f"The site's id {shown(site_id)!r} cannot be used: lower-case letters, digits, - and _ only.",
                )
            site["id"] = site_id
        if name := self.text(row, "site_name"):
            site["name"] = name
        if area := self.text(row, "floor_area"):
            site["floor_area"] = self._area(row, area)
        employees = whole(self.grid, self.cell(row, "employees"), 0, _MOST_EMPLOYEES, self.problems)
        if employees is not None:
            site["employees"] = employees
        if use := self.text(row, "use"):
            site["use"] = spellings("site_uses").get(plain(use), "")
            if not site["use"]:
                known = "・".join(dict.fromkeys(spellings("site_uses").values()))
                self.error(
                    row,
                    "use",
                    f"用途「{shown(use)}」は {known} のどれかです。",
                    f"The use {shown(use)!r} is one of {known}.",
                )
        return {k: v for k, v in site.items() if v is not None and v != ""}

    def _area(self, row: int, text: str) -> Any:
        unit = self.columns["floor_area"][1].unit
        try:
            reading = read(f"{text} {unit}" if unit and re.search(r"[\d０-９]$", text) else text)
            if same_dimension(Q_(1, reading.unit), "m2") and reading.value > 0:
                return reading.value
        except CarbonlibError as error:
            self.problems.add(error.at(self.table.place(row)).findings)
            return None
        self.error(
            row,
            "floor_area",
            f"延床面積「{shown(text)}」は「1,200 m2」のように正の面積で書いてください。",
            f"The floor area {shown(text)!r} must be a positive area such as '1,200 m2'.",
        )
        return None

    def own(self, row: int) -> dict[str, Any]:
        """Return what a row says of the company itself."""
        found: dict[str, Any] = {c: self.text(row, c) for c in _OWN}
        if found["sample"]:
            found["sample"] = self._yes(row, found["sample"])
        else:
            del found["sample"]
        found["supported_by"] = [p.strip() for p in re.split(r"[;；、]", found["supported_by"]) if p.strip()]
        suppliers = {
            c.removeprefix("supplier_"): self.text(row, c) for c in self.columns if c.startswith("supplier_")
        }
        found["suppliers"] = {c: s for c, s in suppliers.items() if s}
        return {k: v for k, v in found.items() if v is not None and v not in ("", [], {})}

    def _yes(self, row: int, text: str) -> bool | None:
        word = plain(text)
        if word not in _TRUE | _FALSE:
            self.error(
                row,
                "sample",
                f"列 sample の「{shown(text)}」は true か false です。",
                f"sample is true or false, not {shown(text)!r}.",
            )
            return None
        return word in _TRUE


def read_companies(table: CsvTable, problems: Problems) -> dict[str, CompanyEntry]:
    """Return the entries of each company of companies.csv by id.

    Parameters
    ----------
    table : CsvTable
        One row a site; a company of several sites has several rows, and says what is its own in any of them.
    problems : Problems
        Takes every cell that cannot be used, by line.
    """
    rows = _Rows(table, problems)
    found: dict[str, CompanyEntry] = {}
    seen: dict[tuple[str, str], int] = {}
    for row in range(len(table.rows)):
        company_id = checked_id(rows.cell(row, "company_id").text, table.place(row), problems)
        site, own = rows.site(row), rows.own(row)
        if company_id is None:
            continue
        entry = found.setdefault(company_id, CompanyEntry({}, {"": table.place(row)}))
        _lay(entry, own, company_id, table.place(row), problems)
        if not site:
            continue
        key = (company_id, site.get("id") or plain(site.get("name", "")))
        if key in seen:
            rows.error(
                row,
                "site_twice",
                f"{company_id} の同じ事業所が {table.lines[seen[key]]} 行目にもあります。どちらかを消してください。",
                f"The same site of {company_id} stands on line {table.lines[seen[key]]} too; delete one.",
            )
            continue
        seen[key] = row
        entry.entries.setdefault("sites", []).append({**site, "place": table.place(row)})
    return found


def _lay(entry: CompanyEntry, own: dict[str, Any], company_id: str, place: Place, problems: Problems) -> None:
    for name, value in own.items():
        before = entry.entries.setdefault(name, value)
        entry.places.setdefault(name, place)
        if before != value:
            problems.error(
                "company_contradicts",
                f"{company_id} の {name} が {entry.places[name].line} 行目と違います。同じにするか、片方を空欄にしてください。",
                f"{name} of {company_id} differs from line {entry.places[name].line}; make them the same or leave one blank.",
                place,
            )


def checked_id(text: str, place: Place, problems: Problems) -> str | None:
    """Return a company's id, or None with the reason among the problems: it becomes the name of a folder."""
    if is_safe_id(text):
        return text
    if not text:
        problems.error(
            "company_blank",
            "事業者の id が空欄です。書いてください。",
            "The company's id is blank; write it.",
            place,
        )
    else:
        problems.error(
            "company_id",
            f"事業者の id「{shown(text)}」は使えません。フォルダ名になるので、小文字の英数字・-・_ だけで 64 文字までにしてください"
            "（con などの予約語も使えません）。",
            f"The company's id {shown(text)!r} cannot be used: it becomes a folder, so lower-case letters, digits, - and _ "
            "only, at most 64, and no reserved name such as con.",
            place,
        )
    return None


def owner_of(text: str, wanted: str | None, place: Place, problems: Problems) -> str | None:
    """Return the company of a row of bills, or None with the reason among the problems.

    Parameters
    ----------
    text : str
        The id in the row.
    wanted : str, optional
        The only company that is imported.
    place : Place
        Of the row.
    problems : Problems
        Takes an id that cannot be used, and a row of another company than `wanted`.
    """
    owner = checked_id(text, place, problems)
    if owner is None or wanted in {None, owner}:
        return owner
    problems.error(
        "company_differs",
        f"事業者「{shown(owner)}」の行があります。--company {wanted} を付けずに取り込むか、行を分けてください。",
        f"This is a row of {shown(owner)!r}; import without --company {wanted}, or divide the rows.",
        place,
    )
    return None
