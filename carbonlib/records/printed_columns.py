"""What the columns of a printed table are, told by their headings in Japanese and English."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from carbonlib.records.printed_cells import is_unit, read_cell
from carbonlib.units import GEOMETRIC, read_unit

Role = Literal["quantity", "factor", "result", "unit", "carrier", "other"]
Kind = Literal["heat", "crude_oil", "co2", "carbon", "cost", ""]

# the first pattern that is found decides: factors before results, results before amounts
_NAMES: tuple[tuple[str, Role, Kind], ...] = (
    (
        r"構成比|割合|比率|率$|備考|^注|note|remark|順位|増減|前年|番号|^no\.?$|面積|人数|日付|期間",
        "other",
        "",
    ),
    (r"単位$|units?$", "unit", ""),
    (r"単位.*発熱量|発熱(量係数|原単位)|一次エネルギー換算係数|熱量(換算)?係数", "factor", "heat"),
    (r"calorific|heatingvalue|heatfactor|energyfactor|energycoef|^gcv$|^hhv$", "factor", "heat"),
    (r"原油.*係数|crude.*(factor|coef)", "factor", "crude_oil"),
    (r"炭素(排出)?係数|炭素含有|carbon(content|factor)", "factor", "carbon"),
    (r"排出(係数|原単位)|(co2|二酸化炭素|ghg).*係数|(emission|co2|ghg).*(factor|coef)", "factor", "co2"),
    (r"単価|price|unitcost|tariff|^rate$", "factor", "cost"),
    (r"係数|factor|coef", "factor", ""),
    (r"原油|crude", "result", "crude_oil"),
    (r"co2|二酸化炭素|温室効果ガス|排出量|emission|^ghg", "result", "co2"),
    (r"金額|費用|料金|支払|コスト|cost|charge|expense|代金?$|額$", "result", "cost"),
    (r"熱量|一次エネルギー|primaryenergy|^heat|^energy$", "result", "heat"),
    (r"結果|result|product|計算値|^積$", "result", ""),
    (r"使用量|消費量|数量|購入量|活動量|電力量|ガス量|給油量", "quantity", ""),
    (r"quantity|qty|usage|consumption|^use$|activity|amount|量$", "quantity", ""),
    (r"種別|種類|燃料|エネルギー|品目|項目|区分|名称|内訳|設備|用途|科目", "carrier", ""),
    (r"carrier|fuel|energytype|item|kind|type|name|source|label", "carrier", ""),
)
_TOPS: dict[str, Kind] = {
    "JPY": "cost",
    "t_CO2": "co2",
    "kg_CO2": "co2",
    "t_C": "carbon",
    "kL_coe": "crude_oil",
}
_HEAT = ("kJ", "MJ", "GJ", "TJ", "GJ*primary", "MJ*primary")
_BRACKETS = re.compile(r"[(\[【〔《<{]([^()\[\]【】〔〕《》<>{}]*)[)\]】〕》>}]")


@dataclass(frozen=True)
class Column:
    """A column: where it stands, its heading as printed, what it holds, and the unit that the heading states."""

    index: int
    header: str
    role: Role
    kind: Kind = ""
    unit: str = ""


def _split(header: str) -> tuple[str, str]:
    """Return a heading's name and the unit in it, in brackets or as its last word."""
    text = unicodedata.normalize("NFKC", header).replace("\n", " ").strip()
    units = [part.strip() for part in _BRACKETS.findall(text)]
    name = _BRACKETS.sub(" ", text).strip()
    unit = next((u.removeprefix("単位:").strip() for u in units if is_unit(u.removeprefix("単位:"))), "")
    if not unit:
        words = re.split(r"[\s_:,、]+", name)
        if len(words) > 1 and is_unit(words[-1]):
            unit, name = words[-1], "_".join(words[:-1])
        elif is_unit(name):
            unit = name
    return re.sub(r"[\s_\-・]", "", name).casefold(), unit


def kind_of_unit(unit: str) -> tuple[Kind, bool]:
    """Return the kind of figure that a unit states, and whether it is a ratio.

    >>> kind_of_unit("t-CO2/千kWh"), kind_of_unit("千円/年"), kind_of_unit("kWh")
    (('co2', True), ('cost', False), ('', False))
    """
    if not unit or not is_unit(unit):
        return "", False
    top, *below = re.split(r"/", read_unit(unit, volume_basis=GEOMETRIC)[0])
    per = [b for b in below if b.strip("()") not in {"year", "month", "d"}]
    return ("heat" if top in _HEAT else _TOPS.get(top, "")), bool(per)


def column_of(index: int, header: str) -> Column:
    """Return what a heading says of its column.

    >>> column_of(3, "費用（千円）")
    Column(index=3, header='費用（千円）', role='result', kind='cost', unit='千円')
    >>> column_of(2, "CO2 emission factor [t-CO2/千kWh]").kind
    'co2'
    """
    name, unit = _split(header)
    shown = header.strip()
    kind, ratio = kind_of_unit(unit)
    for pattern, role, named in _NAMES:
        if not re.search(pattern, name):
            continue
        if role == "result" and ratio:
            return Column(index, shown, "factor", named or kind, unit)
        if role == "quantity" and kind in {"cost", "co2", "heat"} and not ratio:
            return Column(index, shown, "result", kind, unit)
        if role in {"factor", "result"}:
            carbon = named == "co2" and role == "factor" and kind == "carbon"
            return Column(index, shown, role, "carbon" if carbon else named or kind, unit)
        return Column(index, shown, role, named, unit if role == "quantity" else "")
    if name and unit:  # a heading that is nothing but a unit
        role = "factor" if ratio else "result" if kind else "quantity"
        return Column(index, shown, role, kind, unit)
    return Column(index, shown, "other")


def columns_of(cells: Sequence[str]) -> tuple[Column, ...] | None:
    """Return the columns where a row of cells is a table's heading, else None."""
    if any(read_cell(c).state == "number" for c in cells):
        return None
    columns = tuple(column_of(i, c) for i, c in enumerate(cells))
    named = [c for c in columns if c.role != "other"]
    valued = [c for c in named if c.role in {"quantity", "factor", "result"}]
    return columns if len(named) > 1 and valued else None
