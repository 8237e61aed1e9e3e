"""The sheets of the template that are no energy tables: 事業所, 設備, メーター, 自己採点, アンケート."""

from __future__ import annotations

import re
from typing import Any

from carbonlib.errors import Place, shown
from carbonlib.factors import carriers, suppliers
from carbonlib.fiscal_year import Month, Period
from carbonlib.records.assessment import ANSWERS, axis_sets, checklist, questionnaire
from carbonlib.records.fields import MARGIN as OPERATING_MARGIN
from carbonlib.records.reading.cells import is_nothing, words
from carbonlib.records.reading.grid import Cell, Grid
from carbonlib.records.reading.months import fiscal_year_in, plain
from carbonlib.records.reading.problems import Problems
from carbonlib.records.workbook.labelled import Row, beside, find, table
from carbonlib.records.workbook.machines import (
    EQUIPMENT,
    FAMILY,
    METER_HEADINGS,
    METERS,
    read_equipment,
    read_meters,
)
from carbonlib.records.workbook.model import Form
from carbonlib.records.workbook.sites import read_sites
from carbonlib.records.workspace import is_safe_id

COMPANY, ENERGY, ASSESSMENT, QUESTIONS = "事業所", "エネルギー", "自己採点", "アンケート"
ID, NAME, INDUSTRY, SUPPORT, YEAR = "事業者の記号（id）", "事業者名", "業種", "支援機関", "対象年度"
QUESTION_HEADINGS = ("番号", "質問", "回答")
COUNTED = "回答した質問の数（自動計算）"
SUPPLIED = ("electricity", "city_gas")
PERIOD = "対象期間"  # instead of 対象年度 where the months are not April to March
ADDRESS, SINCE, MARGIN = "住所", "事業を始めた年月", "売上高営業利益率 [%]"
CONTACT = {"person": "担当者の氏名", "department": "担当部署", "phone": "電話番号", "email": "メールアドレス"}
_REFUSED = "?"
_FIRST_MONTH = re.compile(r"(\d{4})年(\d{1,2})月", re.ASCII)


def supplier_label(carrier: str) -> str:
    """Return the label of the cell that holds a carrier's supplier."""
    return f"{carriers()[carrier].label_ja}の供給者"


def supplier_shown(id_: str) -> str:
    """Return a supplier as a clerk reads it: its name, and its id behind; the id alone where it has no name.

    >>> supplier_shown("bushu-gas"), supplier_shown("own-gas")
    ('武州瓦斯 [bushu-gas]', 'own-gas')
    """
    return f"{suppliers()[id_][0]} [{id_}]" if id_ in suppliers() else id_


def supplier_read(text: str) -> str:
    """Return the id of a supplier that a cell holds: by its id, its name, or both; any other text as it is.

    >>> supplier_read("武州瓦斯 [bushu-gas]"), supplier_read("武州瓦斯"), supplier_read("bushu-gas")
    ('bushu-gas', 'bushu-gas', 'bushu-gas')
    """
    if match := re.search(r"\[([a-z0-9_-]+)\]$", text):
        return match[1]
    named = (id_ for id_, labels in suppliers().items() if plain(text) in {plain(label) for label in labels})
    return next(named, text.partition(" ")[0] if text.isascii() else text)


def _put(form: Form, name: str, value: Any, place: Place) -> None:
    form.entries[name] = value
    form.places[name] = place


def _company(grid: Grid, form: Form, problems: Problems) -> None:
    form.places[""] = Place(grid.file, sheet=grid.sheet)
    for name, label in (("id", ID), ("name", NAME), ("industry", INDUSTRY), ("supported_by", SUPPORT)):
        cell = beside(grid, label)
        text = words(grid, cell, problems) if cell else ""
        if cell and text:
            parts = [p for p in re.split(r"[、,;；]", text) if p.strip()]
            _put(form, name, [p.strip() for p in parts] if name == "supported_by" else text, grid.place(cell))
        elif cell and name in {"name", "industry"} and not is_nothing(cell):
            _put(
                form, name, _REFUSED, grid.place(cell)
            )  # it was named, and is not said to be missing as well
    if "id" in form.entries and not is_safe_id(form.entries["id"]):
        problems.error(
            "company_id",
            f"事業者の記号「{shown(form.entries.pop('id'))}」は使えません。小文字の英数字・-・_ だけで 64 文字までにしてください（フォルダ名になります）。",
            "The company's id cannot be used: lower-case letters, digits, - and _ only, at most 64 (it becomes a folder's name).",
            form.places["id"],
        )
    if (cell := beside(grid, YEAR)) and not is_nothing(cell):
        year = fiscal_year_in(cell.text) or fiscal_year_in(f"{cell.text}年度")
        if year is None:
            problems.error(
                "year",
                f"対象年度「{shown(cell.text)}」は読めません。2026年度 のように書いてください。",
                f"The fiscal year {shown(cell.text)!r} is not readable; write it as 2026年度.",
                grid.place(cell),
            )
        form.fiscal_year = year
    if (cell := beside(grid, PERIOD)) and not is_nothing(cell):
        form.period = _period(grid, cell, problems)
        form.fiscal_year = form.period.fiscal_year if form.period else None
    supplied = {}
    for carrier in SUPPLIED:
        cell = beside(grid, supplier_label(carrier))
        if cell and (text := words(grid, cell, problems)):
            supplied[carrier] = supplier_read(text)
            form.places["suppliers"] = grid.place(cell)
    if supplied:
        form.entries["suppliers"] = supplied
    _particulars(grid, form, problems)
    read_sites(grid, form, problems)


def _period(grid: Grid, cell: Cell, problems: Problems) -> Period | None:
    """Return the twelve months that a cell names by their first: 2024年10月〜2025年9月."""
    found = _FIRST_MONTH.match(plain(cell.text))
    if found and 1 <= int(found[2]) <= 12 and int(found[1]):
        return Period(Month(int(found[1]), int(found[2])))
    problems.error(
        "period_named",
        f"対象期間「{shown(cell.text)}」は読めません。2024年10月〜2025年9月 のように書いてください。",
        f"The period {shown(cell.text)!r} is not readable; write it as 2024年10月〜2025年9月.",
        grid.place(cell),
    )
    return None


def _particulars(grid: Grid, form: Form, problems: Problems) -> None:
    """Put address, contact, beginning and margin of the company into the form."""
    labels = (ADDRESS, SINCE, MARGIN, *CONTACT.values())
    row = Row(grid, {w: cell for w in labels if (cell := beside(grid, w)) is not None}, problems)
    contact = {name: text for name, label in CONTACT.items() if (text := row.text(label))}
    found = {
        "address": (ADDRESS, row.text(ADDRESS)),
        "operating_since": (SINCE, row.month(SINCE)),
        "operating_margin": (MARGIN, row.amount(MARGIN, OPERATING_MARGIN)),
    }
    for name, (label, value) in found.items():
        if value is not None and value != "":
            _put(form, name, value, grid.place(row.cells[label]))
    if contact:
        _put(form, "contact", contact, grid.place(row.cells[next(CONTACT[n] for n in contact)]))


def _answers(grid: Grid, form: Form, entry: str, problems: Problems) -> None:
    asked = {id_: q for name in axis_sets() for id_, q in checklist(name).items()}
    known = asked if entry == "self_assessment" else questionnaire()
    answers: dict[str, str] = {}
    number_, question, answer_ = QUESTION_HEADINGS
    for row in table(grid, QUESTION_HEADINGS):
        if not {number_, answer_} <= set(row) or is_nothing(row[answer_]):
            continue
        # an .xls does not tell which cells are formulas
        counts = (row[answer_].row, row[answer_].column) in grid.formulas or (
            question in row and row[question].text == COUNTED
        )
        if is_nothing(row[number_]) and counts:
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
        if find(grid, ID) and find(grid, NAME):
            _company(grid, form, problems)
        elif title == EQUIPMENT and find(grid, FAMILY):
            read_equipment(grid, form, problems)
        elif title == METERS and find(grid, METER_HEADINGS[1]):
            read_meters(grid, form, problems)
        elif title == ASSESSMENT and find(grid, QUESTION_HEADINGS[2]):
            _answers(grid, form, "self_assessment", problems)
        elif title == QUESTIONS and find(grid, QUESTION_HEADINGS[2]):
            _answers(grid, form, "questionnaire", problems)
        else:
            continue
        form.sheets.add(grid.sheet)
    return form
