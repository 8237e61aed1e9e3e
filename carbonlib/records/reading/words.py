"""The words of headings: what a column holds, of which kind of energy, in which unit. One table for reading and writing."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Literal

from carbonlib.factors import carriers
from carbonlib.records.reading.carrierwords import carriers_in
from carbonlib.records.reading.costwords import BRACKETS, PARTS
from carbonlib.records.reading.months import fiscal_year_in, plain
from carbonlib.units.spellings import key, refused, table

Kind = Literal[
    "month",
    "start",
    "end",
    "year",
    "site",
    "meter",
    "carrier",
    "unit",
    "cost_unit",
    "tax",
    "quantity",
    "cost",
    "contract",
    "peak",
    "estimated",
    "note",
    "ignored",
]
Tax = Literal["included", "excluded", "unknown"]

_KINDS: tuple[tuple[str, Kind], ...] = (
    (r"備考|摘要|メモ|特記|コメント", "note"),
    (r"推定", "estimated"),
    (r"メータ|計器|契約番号|供給地点|お客様番号|契約名", "meter"),
    (r"^(事業所|店舗|拠点|施設|建物|工場|支店|営業所)の?(名|名称)?$", "site"),
    (r"^(エネルギー|燃料)の?(種別|種類|区分|名)$|^(種別|種類|燃料|エネルギー|品目|油種)$", "carrier"),
    (r"^(料金|金額|費用)の?単位$", "cost_unit"),
    (r"^(使用量|数量)?の?単位$", "unit"),
    (r"^税$|^(消費)?税(込抜|の?(区分|種別|扱い))$|^税込[・/]税抜(の別)?$", "tax"),
    (r"^(開始日?|期間の初日|自|使用開始日?|検針開始日?|初日)$", "start"),
    (r"^(終了日?|期間の最終日|至|使用終了日?|検針終了日?|最終日|末日)$", "end"),
    (
        r"単価|前年|昨年|累計|co2|排出|原単位|力率|割合|構成比|増減|平均|発電|売電|余剰|原油換算|気温|度日",
        "ignored",
    ),
    (
        r"基本料金|電力量料金|従量料金|託送|容量拠出金|燃料費|調整額|賦課金|消費税(?!込|抜|含)|割引|日数|指示数|検針日|支払日|請求日|円/",
        "ignored",
    ),
    (PARTS, "ignored"),
    (r"契約電力", "contract"),
    (r"最大需要|デマンド|最大電力|最大使用電力", "peak"),
    (r"料金|金額|費用|請求額|代金|電気代|ガス代|燃料代|支払額|コスト|税込|税抜|税別", "cost"),
    (
        r"^(使用|対象|利用|請求|検針|年)?(年)?月(別|分)?$|^(使用|検針|請求|対象|利用)?期間$|^年/?月$|^月日$",
        "month",
    ),
    (r"^(年度|年|西暦|和暦)$", "year"),
    (r"使用量|使用電力|数量|購入量|給油量|消費量|電力量|買電|受電|充填量|供給量|納入量|購入電力", "quantity"),
)
_ANNUAL = re.compile(r"(年間|年間値|年間使用量|年間のみ|年間の値.*|年間\(.*\)|(.+年度)?年間(値)?)")
_AMOUNTS = {
    *("kWh", "Wh", "MWh", "GWh", "kJ", "MJ", "GJ", "TJ", "L", "kL", "g", "kg", "t"),
    *("Nm3", "m3_metered", "m3_ambient", "m3_lpg", "@volume"),
}
LONGEST_HEADING = 40


@dataclass(frozen=True)
class Heading:
    """What the words over a column say; None and empty where they do not."""

    kind: Kind | None
    carrier: str | None
    fiscal_year: int | None
    unit: str
    money: str
    tax: Tax
    ambiguous: str = ""
    total: bool = False
    billing: bool = False


@cache
def carrier_in(text: str) -> str | None:
    """Return the one carrier that a text names, ``"?"`` where it could be several, None where it names none.

    >>> carrier_in("都市ガス使用量"), carrier_in("ガス料金"), carrier_in("月")
    ('city_gas', '?', None)
    """
    words = plain(text)
    if words in carriers():
        return words
    found = carriers_in(words)
    named = found - {"?"}
    return named.pop() if len(named) == 1 else "?" if found else None


def _unit_kind(words: str) -> str:
    """Return what a written unit measures: ``amount``, ``money``, ``power``, ``refused`` or nothing."""
    name = key(words)
    if name in refused() and name not in {"c", "k"}:
        return "refused"
    if name not in table():
        return ""
    unit = table()[name].unit
    if unit in _AMOUNTS:
        return "amount"
    return {"JPY": "money", "W": "power", "kW": "power", "MW": "power"}.get(unit, "")


def spelled(unit: str) -> str:
    """Return a unit in the spelling of the table: ｋＷｈ becomes kWh."""
    name = key(unit)
    return table()[name].spelling if name in table() else unit.strip()


@cache
def _suffixes() -> tuple[str, ...]:
    long = (k for k, s in table().items() if len(k) > 1 and (s.unit in _AMOUNTS or s.unit == "JPY"))
    return tuple(sorted(long, key=len, reverse=True))


@cache
def units_in(text: str) -> tuple[str, str]:
    """Return the units of amount and of money in a heading, as far as they are written.

    >>> units_in("使用量（千ｋＷｈ）"), units_in("料金 [税込・千円]"), units_in("使用電力量kWh")
    (('千kWh', ''), ('', '千円'), ('kWh', ''))
    """
    words = plain(text)
    if re.search(r"10\s*[\^⁰-⁹²³]|[×✕*]\s*1", text):
        return "", ""  # a power of ten that no spelling of the table holds
    parts = [p for inside in BRACKETS.findall(words) for p in [inside, *re.split(r"[・,、;:]", inside)]]
    bare = BRACKETS.sub(" ", words).strip()
    parts += [bare, *(p for p in re.split(r"[\s・:]", BRACKETS.sub(" ", " ".join(text.split()))) if p)]
    suffix = next((s for s in _suffixes() if bare.endswith(s)), "")
    if not re.search(r"[\d十百千万億kmg]$", bare.removesuffix(suffix)):
        parts.append(suffix)
    amount = next((p for p in parts if _unit_kind(p) in {"amount", "refused"}), "")
    money = next((p for p in parts if _unit_kind(p) == "money"), "")
    return spelled(amount), spelled(money)


def tax_in(text: str) -> Tax:
    """Return what a text says of consumption tax."""
    words = plain(text)
    inside, outside = bool(re.search(r"税込|内税|税含", words)), bool(re.search(r"税抜|税別|外税", words))
    return "unknown" if inside == outside else ("included" if inside else "excluded")


@cache
def heading(text: str) -> Heading:
    """Return what the words over a column say."""
    words = plain(text)
    bare = BRACKETS.sub("", words)
    unit, money = units_in(text)
    carrier = carrier_in(text)
    kind: Kind | None = next((k for pattern, k in _KINDS if re.search(pattern, bare)), None)
    if "円/" in words:
        kind = "ignored"
    if kind is None and (carrier or bare in {"", key(unit), key(money)}) and (unit or money):
        kind = "quantity" if unit else "cost"
    if kind == "quantity" and money and not unit:
        kind = "cost"
    return Heading(
        kind,
        carrier if carrier != "?" else None,
        fiscal_year_in(text),
        unit,
        money,
        tax_in(text),
        ambiguous=bare if carrier == "?" else "",
        total=bool(re.search(r"合計|総使用|総量|計$", bare)),
        billing=kind == "month" and bool(re.search(r"請求|検針", bare)),
    )


def is_bare_unit(text: str) -> bool:
    """Return whether a text is a unit and nothing else.

    >>> is_bare_unit("kWh"), is_bare_unit("G"), is_bare_unit("電気(kWh)")
    (True, True, False)
    """
    return bool(_unit_kind(BRACKETS.sub(r"\1", plain(text))))


def is_annual(text: str) -> bool:
    """Return whether a row's label says that it holds the whole year for lack of months."""
    return bool(_ANNUAL.fullmatch(plain(text)))
