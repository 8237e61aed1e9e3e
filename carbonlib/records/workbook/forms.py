"""The sheets of the template that are no energy tables: 事業所, 設備, 自己採点, アンケート."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from carbonlib.errors import Place, shown
from carbonlib.factors import carriers
from carbonlib.records.assessment import ANSWERS, checklist, questionnaire
from carbonlib.records.workbook.cells import is_nothing, number, whole, words
from carbonlib.records.workbook.grid import Cell, Grid
from carbonlib.records.workbook.model import Form, Problems
from carbonlib.records.workbook.months import fiscal_year_in, plain
from carbonlib.records.workspace import is_safe_id

COMPANY, ENERGY, EQUIPMENT, ASSESSMENT, QUESTIONS = "事業所", "エネルギー", "設備", "自己採点", "アンケート"
ID, NAME, INDUSTRY, SUPPORT, YEAR = "事業者の記号（id）", "事業者名", "業種", "支援機関", "対象年度"
SITE_HEADINGS = ("事業所の記号", "事業所名", "延床面積 [m2]", "従業員数 [人]")
EQUIPMENT_HEADINGS = ("設備の種類", "設備名・型式", "設置年（西暦）", "台数", "定格消費電力 [kW/台]")
QUESTION_HEADINGS = ("番号", "質問", "回答")
SUPPLIED = ("electricity", "city_gas")
FAMILIES = {
    "air_conditioner": "空調",
    "lighting": "照明",
    "refrigerator": "冷凍・冷蔵",
    "boiler": "ボイラー・給湯",
    "compressor": "コンプレッサー（圧縮空気）",
    "production": "生産設備",
    "transformer": "変圧器（受変電）",
    "office_equipment": "事務機器",
    "photovoltaics": "太陽光発電",
    "other": "その他",
}


def supplier_label(carrier: str) -> str:
    """Return the label of the cell that holds a carrier's supplier."""
    return f"{carriers()[carrier].label_ja}の供給者"


def _find(grid: Grid, label: str) -> tuple[int, int] | None:
    wanted = plain(label)
    for row in range(min(grid.height, 300)):
        for column in range(min(grid.width, 30)):
            cell = grid.cell(row, column)
            if isinstance(cell.value, str) and plain(cell.text) == wanted:
                return row, column
    return None


def _beside(grid: Grid, label: str) -> Cell | None:
    """Return the cell to the right of a label."""
    at = _find(grid, label)
    return grid.take(grid.cell(at[0], at[1] + 1)) if at else None


def _table(grid: Grid, headings: tuple[str, ...]) -> Iterator[dict[str, Cell]]:
    """Yield the rows under a row of headings, by heading, until the sheet ends or another label begins."""
    at = _find(grid, headings[1])
    if at is None:
        return
    columns = {}
    for column in range(grid.width):
        text = plain(grid.cell(at[0], column).text)
        found = next((h for h in headings if plain(h) == text), None)
        if found:
            columns[found] = column
    if len(columns) < 2:
        return
    for row in range(at[0] + 1, grid.height):
        cells = {h: grid.take(grid.cell(row, c)) for h, c in columns.items()}
        if not all(is_nothing(c) for c in cells.values()):
            yield cells


def _put(form: Form, name: str, value: Any, place: Place) -> None:
    form.entries[name] = value
    form.places[name] = place


def _company(grid: Grid, form: Form, problems: Problems) -> None:
    form.places[""] = Place(grid.file, sheet=grid.sheet)
    for name, label in (("id", ID), ("name", NAME), ("industry", INDUSTRY), ("supported_by", SUPPORT)):
        cell = _beside(grid, label)
        text = words(grid, cell, problems) if cell else ""
        if cell and text:
            parts = [p for p in re.split(r"[、,;；]", text) if p.strip()]
            _put(form, name, [p.strip() for p in parts] if name == "supported_by" else text, grid.place(cell))
    if "id" in form.entries and not is_safe_id(form.entries["id"]):
        problems.error(
            "company_id",
            f"事業者の記号「{shown(form.entries.pop('id'))}」は使えません。小文字の英数字・-・_ だけで 64 文字までにしてください（フォルダ名になります）。",
            "The company's id cannot be used: lower-case letters, digits, - and _ only, at most 64 (it becomes a folder's name).",
            form.places["id"],
        )
    if (cell := _beside(grid, YEAR)) and not is_nothing(cell):
        year = fiscal_year_in(cell.text) or fiscal_year_in(f"{cell.text}年度")
        if year is None:
            problems.error(
                "year",
                f"対象年度「{shown(cell.text)}」は読めません。2026年度 のように書いてください。",
                f"The fiscal year {shown(cell.text)!r} is not readable; write it as 2026年度.",
                grid.place(cell),
            )
        form.fiscal_year = year
    suppliers = {}
    for carrier in SUPPLIED:
        cell = _beside(grid, supplier_label(carrier))
        if cell and (text := words(grid, cell, problems)):
            suppliers[carrier] = text.partition(" ")[0]
            form.places["suppliers"] = grid.place(cell)
    if suppliers:
        form.entries["suppliers"] = suppliers
    _sites(grid, form, problems)


def _sites(grid: Grid, form: Form, problems: Problems) -> None:
    sites: list[dict[str, Any]] = []
    for row in _table(grid, SITE_HEADINGS):
        name = words(grid, row[SITE_HEADINGS[1]], problems)
        others = [c for h, c in row.items() if h not in SITE_HEADINGS[:2]]
        if not name:
            # an id that was filled in beforehand, and nothing else
            if not all(is_nothing(c) for c in others):
                problems.error(
                    "site_name",
                    "事業所名が空欄です。",
                    "The site's name is blank.",
                    grid.place(row[SITE_HEADINGS[1]]),
                )
            continue
        site: dict[str, Any] = {"name": name, "place": grid.place(row[SITE_HEADINGS[1]])}
        if SITE_HEADINGS[0] in row and (id_ := words(grid, row[SITE_HEADINGS[0]], problems)):
            if not is_safe_id(id_):
                problems.error(
                    "site_id",
                    f"事業所の記号「{shown(id_)}」は、小文字の英数字・-・_ だけにしてください。",
                    f"The site's id {shown(id_)!r} takes lower-case letters, digits, - and _ only.",
                    grid.place(row[SITE_HEADINGS[0]]),
                )
                continue
            site["id"] = id_
        if SITE_HEADINGS[2] in row:
            area = number(grid, row[SITE_HEADINGS[2]], problems)
            if area and (area.value <= 0 or area.unit not in {"", "m2"}):
                problems.error(
                    "area",
                    "延床面積は m2 の正の数で書いてください。",
                    "The floor area must be a positive number of m2.",
                    grid.place(row[SITE_HEADINGS[2]]),
                )
            elif area:
                site["floor_area"] = area.value
        if (
            SITE_HEADINGS[3] in row
            and (people := whole(grid, row[SITE_HEADINGS[3]], 0, 1_000_000, problems)) is not None
        ):
            site["employees"] = people
        sites.append(site)
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
        _put(form, "sites", sites, sites[0]["place"])


def _equipment(grid: Grid, form: Form, problems: Problems) -> None:
    found = []
    families = {plain(ja): id_ for id_, ja in FAMILIES.items()} | {plain(f): f for f in FAMILIES}
    family_, name_, year_, number_, rated_ = EQUIPMENT_HEADINGS
    for row in _table(grid, EQUIPMENT_HEADINGS):
        if not {family_, name_} <= set(row):
            continue
        family = families.get(plain(words(grid, row[family_], problems)))
        name = words(grid, row[name_], problems)
        if family is None or not name:
            problems.error(
                "equipment",
                f"設備の種類（{'・'.join(FAMILIES.values())}）と設備名の両方を書いてください。",
                "Give both the kind and the name of the equipment.",
                grid.place(row[family_ if family is None else name_]),
            )
            continue
        one: dict[str, Any] = {"family": family, "name": name}
        if year_ in row and (year := whole(grid, row[year_], 1950, 2100, problems)) is not None:
            one["year"] = year
        if number_ in row and (count := whole(grid, row[number_], 1, 1_000_000, problems)) is not None:
            one["number"] = count
        if rated_ in row and (rated := number(grid, row[rated_], problems)):
            if rated.value <= 0 or rated.unit not in {"", "kW"}:
                problems.error(
                    "rated_input",
                    "定格消費電力は kW の正の数で書いてください。",
                    "The rated input must be a positive number of kW.",
                    grid.place(row[rated_]),
                )
            else:
                one["rated_input"] = rated.value
        found.append(one)
        form.places.setdefault("equipment", grid.place(row[family_]))
    if found:
        form.entries["equipment"] = found


def _answers(grid: Grid, form: Form, entry: str, problems: Problems) -> None:
    known = checklist() if entry == "self_assessment" else questionnaire()
    answers: dict[str, str] = {}
    number_, _, answer_ = QUESTION_HEADINGS
    for row in _table(grid, QUESTION_HEADINGS):
        if not {number_, answer_} <= set(row) or is_nothing(row[answer_]):
            continue
        if is_nothing(row[number_]) and (row[answer_].row, row[answer_].column) in grid.formulas:
            grid.used.discard((row[answer_].row, row[answer_].column))
            continue  # the template's own count of answers
        id_ = plain(row[number_].text)
        answer = words(grid, row[answer_], problems)
        if not answer:
            continue
        if id_ not in known:
            problems.error(
                "question",
                f"番号「{shown(row[number_].text)}」の質問はありません。番号の列は書きかえないでください。",
                f"There is no question {shown(row[number_].text)!r}; do not change the column of numbers.",
                grid.place(row[number_]),
            )
        elif entry == "self_assessment" and answer not in ANSWERS:
            problems.error(
                "answer",
                f"回答「{shown(answer)}」は {'・'.join(ANSWERS)} のどれかにしてください。",
                f"The answer {shown(answer)!r} is one of {', '.join(ANSWERS)}.",
                grid.place(row[answer_]),
            )
        else:
            answers[id_] = answer
    if answers:
        form.entries[entry] = answers


def read_forms(grids: list[Grid], problems: Problems) -> Form:
    """Return what the template's sheets say of the company, sheets that are not the template's left alone.

    Parameters
    ----------
    grids : list of Grid
        All sheets of a workbook.
    problems : Problems
        Takes each cell that cannot be used.
    """
    form = Form()
    for grid in grids:
        title = plain(grid.sheet)
        if _find(grid, ID) and _find(grid, NAME):
            _company(grid, form, problems)
        elif title == EQUIPMENT and _find(grid, EQUIPMENT_HEADINGS[0]):
            _equipment(grid, form, problems)
        elif title == ASSESSMENT and _find(grid, QUESTION_HEADINGS[2]):
            _answers(grid, form, "self_assessment", problems)
        elif title == QUESTIONS and _find(grid, QUESTION_HEADINGS[2]):
            _answers(grid, form, "questionnaire", problems)
        else:
            continue
        form.sheets.add(grid.sheet)
    return form
