"""The sites on the sheet 事業所 of the template."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from carbonlib.errors import shown
from carbonlib.records.company_entries import USES
from carbonlib.records.fields import Range
from carbonlib.records.reading.cells import is_nothing
from carbonlib.records.reading.grid import Grid
from carbonlib.records.reading.problems import Problems
from carbonlib.records.workbook.labelled import Row, table
from carbonlib.records.workbook.model import Form
from carbonlib.records.workspace import is_safe_id

ID, NAME, AREA, EMPLOYEES, USE, BUILT, SINCE, OPENING, DAYS, HOURS, ADDRESS = (
    *("事業所の記号", "事業所名", "延床面積 [m2]", "従業員数 [人]", "用途", "建築年（西暦）"),
    *("営業開始年月", "営業時間", "年間営業日数 [日]", "年間営業時間 [h/年]", "事業所の住所"),
)
SITE_HEADINGS = (ID, NAME, AREA, EMPLOYEES, USE, BUILT, SINCE, OPENING, DAYS, HOURS, ADDRESS)
_AREA = Range("m2", "1,200 m2", Decimal(0), low_included=False)
_HOURS = Range("h/年", "4,380 h/年", Decimal(0), Decimal(8784), low_included=False)


def read_sites(grid: Grid, form: Form, problems: Problems) -> None:
    """Put the sites of the sheet 事業所 into a form.

    Parameters
    ----------
    grid : Grid
        The sheet.
    form : Form
        Takes the entries; areas [m2] and hours [h/year] as Decimal.
    problems : Problems
        Takes each cell that cannot be used.
    """
    sites = []
    for cells in table(grid, SITE_HEADINGS):
        row = Row(grid, cells, problems)
        name = row.text(NAME)
        if name:
            if one := _site(row, name):
                sites.append(one)
        # an id that was filled in beforehand, and nothing else, is no site
        elif not all(is_nothing(c) for h, c in cells.items() if h not in {ID, NAME}):
            row.error(NAME, "site_name", "事業所名が空欄です。", "The site's name is blank.")
    for key in ("id", "name"):
        values = [s.get(key) for s in sites if s.get(key)]
        for site in sites:
            if values.count(site.get(key)) > 1:
                problems.error(
                    "site_twice",
                    f"事業所の記号か名前「{shown(site[key])}」が 2 回あります。",
                    f"The site's id or name {shown(site[key])!r} stands twice.",
                    site["place"],
                )
    if sites:
        form.entries["sites"] = sites
        form.places["sites"] = sites[0]["place"]


def _site(row: Row, name: str) -> dict[str, Any] | None:
    """Return the entry of a row, None where its id cannot be used."""
    site: dict[str, Any] = {"name": name, "place": row.grid.place(row.cells[NAME])}
    if id_ := row.text(ID):
        if not is_safe_id(id_):
            row.error(
                ID,
                "site_id",
                f"事業所の記号「{shown(id_)}」は、小文字の英数字・-・_ だけにしてください。",
                f"The site's id {shown(id_)!r} takes lower-case letters, digits, - and _ only.",
            )
            return None
        site["id"] = id_
    found = {
        "floor_area": row.amount(AREA, _AREA),
        "employees": row.count(EMPLOYEES, 0, 1_000_000),
        "use": row.chosen(USE, USES),
        "built_year": row.year(BUILT, 1850, 2100),
        "operating_since": row.month(SINCE),
        "opening_hours": row.text(OPENING) or None,
        "operating_days": row.count(DAYS, 1, 366),
        "operating_hours": row.amount(HOURS, _HOURS),
        "address": row.text(ADDRESS) or None,
    }
    return site | {k: v for k, v in found.items() if v is not None}
