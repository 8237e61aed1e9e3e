"""The sheets 設備 and メーター of the template: machines with their attributes, and the contract of each meter."""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from typing import Any, get_args

from carbonlib.factors import carriers
from carbonlib.records.equipment import HOW, Attribute, attributes
from carbonlib.records.fields import Range
from carbonlib.records.model import ContractBasis, ContractType
from carbonlib.records.reading.grid import Grid
from carbonlib.records.reading.problems import Problems
from carbonlib.records.workbook.labelled import Row, listed, table
from carbonlib.records.workbook.model import Form

EQUIPMENT, METERS = "設備", "メーター"
FAMILY, NAME, MODEL, SITE, YEAR, NUMBER, HOW_LEARNT, PHOTO = (
    *("設備の種類", "設備名", "型式", "事業所", "設置年（西暦）", "台数"),
    *("分かった方法", "写真番号"),
)
# headings of templates that may still come back
FORMER = {"設備名・型式": NAME, "定格消費電力 [kW/台]": "定格消費電力 [kW]"}
METER_HEADINGS = (
    *("事業所", "メーター名", "エネルギー種別", "契約種別", "契約電力の決め方"),
    *("供給者", "料金メニュー", "テナント分 [%]", "元のメーター（子メーターのとき）"),
)
_TENANTS = Range("%", "30 %", Decimal(0), Decimal(100))
CONTRACT_TYPES: tuple[str, ...] = get_args(ContractType)
CONTRACT_BASES: tuple[str, ...] = get_args(ContractBasis)
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


def heading(attribute: Attribute) -> str:
    """Return the heading of an attribute's column."""
    return f"{attribute.label_ja} [{attribute.unit}]" if attribute.unit else attribute.label_ja


@cache
def equipment_headings() -> tuple[str, ...]:
    """Return the headings of the sheet 設備 from left to right."""
    shared = (FAMILY, NAME, MODEL, SITE, YEAR, NUMBER, HOW_LEARNT, PHOTO)
    return (*shared, *(heading(a) for a in attributes().values()))


def choices(attribute: Attribute) -> dict[str, str]:
    """Return the words of an attribute's list by the value they stand for."""
    if attribute.name == "carrier":
        return {c.id: c.label_ja for c in carriers().values()}
    return {c: c for c in attribute.choices}


def _machine(row: Row) -> dict[str, Any] | None:
    family, name = row.chosen(FAMILY, FAMILIES, "equipment"), row.text(NAME)
    if not row.given(FAMILY):
        row.error(
            FAMILY,
            "equipment",
            f"{FAMILY}が空欄です。{listed(FAMILIES.values())}のどれかを選んでください。",
            f"The kind of the equipment is blank; it is one of {', '.join(FAMILIES)}.",
        )
    if not row.given(NAME):
        row.error(
            NAME,
            "equipment",
            f"{NAME}が空欄です。どの設備か分かる名前を書いてください。",
            "The equipment's name is blank; write one that tells which machine it is.",
        )
    if family is None or not name:
        return None
    one: dict[str, Any] = {"family": family, "name": name}
    for entry, column in (("model", MODEL), ("site", SITE), ("photo", PHOTO)):
        if text := row.text(column):
            one[entry] = text
    if how := row.chosen(HOW_LEARNT, {h: h for h in HOW}):
        one["how"] = how
    for entry, column, low, high in (("year", YEAR, 1950, 2100), ("number", NUMBER, 1, 1_000_000)):
        read = row.year if entry == "year" else row.count
        if (count := read(column, low, high)) is not None:
            one[entry] = count
    for attribute in attributes().values():
        value = _attribute(row, attribute, family)
        if value is not None:
            one[attribute.name] = value
    return one


def _attribute(row: Row, attribute: Attribute, family: str) -> Decimal | str | None:
    column = heading(attribute)
    if not row.given(column):
        return None
    if not attribute.belongs_to(family):
        having = "・".join(FAMILIES[f] for f in attribute.families)
        row.error(
            column,
            "attribute",
            f"{attribute.label_ja}は {having} の欄です。この設備（{FAMILIES[family]}）では空欄にしてください。",
            f"{attribute.label_en} is for {', '.join(attribute.families)}; leave it blank for {family}.",
        )
        return None
    if attribute.range is None:
        return row.chosen(column, choices(attribute))
    return row.amount(column, attribute.range)


def read_equipment(grid: Grid, form: Form, problems: Problems) -> None:
    """Put the machines of the sheet 設備 into a form.

    Parameters
    ----------
    grid : Grid
        The sheet.
    form : Form
        Takes the entries; amounts as Decimal in the unit of the attribute.
    problems : Problems
        Takes each cell that cannot be used.
    """
    found = []
    for cells in table(grid, equipment_headings(), FORMER):
        row = Row(grid, cells, problems)
        if gone := [h for h in (FAMILY, NAME) if h not in cells]:
            row.error(
                gone[0],
                "equipment",
                f"「{gone[0]}」の列がないので、設備を読めません。様式の見出しのとおりにしてください。",
                f"Without the column {gone[0]} no equipment can be read; restore the headings of the template.",
            )
            break
        one = _machine(row)
        if one:
            found.append(one)
            form.places.setdefault("equipment", grid.place(cells[FAMILY]))
    if found:
        form.entries["equipment"] = found


def read_meters(grid: Grid, form: Form, problems: Problems) -> None:
    """Put the contracts of the sheet メーター into a form; a meter of which nothing is written is passed over.

    Parameters
    ----------
    grid : Grid
        The sheet.
    form : Form
        Takes the entries.
    problems : Problems
        Takes each cell that cannot be used.
    """
    site_, name_, carrier_, type_, basis_, supplier_, menu_, tenant_, parent_ = METER_HEADINGS
    rows = [Row(grid, cells, problems) for cells in table(grid, METER_HEADINGS)]
    parents = {(r.text(site_), r.text(parent_)) for r in rows if r.given(parent_)}
    found = []
    for row in rows:
        told = any(row.given(h) for h in (type_, basis_, supplier_, menu_, tenant_, parent_))
        name = row.text(name_)
        if not told and (row.text(site_), name) not in parents:
            continue
        if not name:
            row.error(name_, "meter", "メーター名が空欄です。", "The meter's name is blank.")
            continue
        one: dict[str, Any] = {"id": name}
        if site := row.text(site_):
            one["site"] = site
        for entry, column, known in (
            ("carrier", carrier_, {c.id: c.label_ja for c in carriers().values()}),
            ("contract_type", type_, {t: t for t in CONTRACT_TYPES}),
            ("contract_basis", basis_, {b: b for b in CONTRACT_BASES}),
        ):
            if value := row.chosen(column, known):
                one[entry] = value
        for entry, column in (("supplier", supplier_), ("menu", menu_), ("parent", parent_)):
            if text := row.text(column):
                one[entry] = text
        if (percent := row.amount(tenant_, _TENANTS)) is not None:
            one["tenant_share"] = percent.scaleb(-2).normalize()
        found.append(one)
        form.places.setdefault("meters", grid.place(row.cells[name_]))
    if found:
        form.entries["meters"] = found
