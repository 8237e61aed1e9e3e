"""The words of costs: what a bill asks for as a whole, and what is a part of it or another charge. One table for all forms."""

from __future__ import annotations

import re
from collections.abc import Collection

from carbonlib.records.reading.carrierwords import MARKS, names_in_costs
from carbonlib.records.reading.months import plain

BRACKETS = re.compile(r"[(\[{〔【〈<]([^()\[\]{}〔〕【】〈〉<>]*)[)\]}〕】〉>]")
# charges beside the energy, parts of its cost, and other goods: never the cost of the energy
PARTS = (
    r"延滞|遅延|遅収|損害金|違約|超過金|手数料|工事|負担金|保証金|補償|リース|レンタル|器具|警報器|設備(使用)?料|機器料|前回|前月|繰越|滞納|未払|未収"
    r"|残高|(?<!購)入金|還付|充当|^(うち|内訳)|水道|下水|通信|電話|家賃|賃料|廃棄"
    r"|(昼間|夜間|ピーク|休日|追加|付加|その他の?|諸|加算|割増|調整|燃調|契約|最低|サービス)(時間?|時の?)?(料|金額|費用|額)"
)
_TIMES = re.compile(r"昼間?|夜間?|深夜|ピーク|平日|休日|夏季|内訳|うち")
_ALL_TIMES = re.compile(r"含|込み|合計|除")
_WHOLE = re.compile(
    rf"({names_in_costs()})?の?"
    r"((ご?使用|ご?利用|ご?請求|お?支払い?|購入)?(料金|料|金額|費用|費|代金|代|額|コスト)|cost)"
    r"(の?(合計|総額|計))?|(合計|総)(料金|金額|額|費用|コスト)|"
)
_NO_NAME = re.compile(rf"({names_in_costs()})?の?(合計|総計|計)?")
_YEAR = re.compile(r"(令和|平成|[rh]\.?)?(元|\d{1,4})年度?")


def _without_brackets(text: str) -> str:
    """Return words without what stands in brackets, unless that says of which hours alone they are: 電気料金(夜間)."""
    return BRACKETS.sub(lambda m: m[1] if of_some_hours(m[0]) else "", plain(text))


def of_some_hours(text: str) -> bool:
    """Return whether brackets, or a text of nothing else, say that a heading is of the night, the day or another part alone.

    >>> of_some_hours("夜間"), of_some_hours("夜間電気料金")
    (True, False)
    >>> of_some_hours("電気料金(夜間)"), of_some_hours("電気料金(昼間・夜間)"), of_some_hours("電気料金(夜間を含む)")
    (True, False, False)
    """
    words = plain(text)
    inside = words if _TIMES.fullmatch(words) else " ".join(BRACKETS.findall(words))
    return len(_TIMES.findall(inside)) == 1 and not _ALL_TIMES.search(inside)


def is_part_of_cost(text: str) -> bool:
    """Return whether a heading is of a part of the cost or of another charge, which no cost of the energy is.

    >>> is_part_of_cost("延滞金額(円)"), is_part_of_cost("購入金額(円)"), is_part_of_cost("電気料金(夜間)")
    (True, False, True)
    """
    bare = _without_brackets(text)
    part = re.search(PARTS, bare) or of_some_hours(text)
    return bool(part and re.search(r"[料金額費代賃]", bare))


def is_whole_cost(text: str, sites: Collection[str] = ()) -> bool:
    """Return whether words mean all that a bill asks for; 託送料金 is a part of it, 調整料金 may be.

    Parameters
    ----------
    text : str
        A heading, with or without its unit.
    sites : collection of str
        Names and ids of sites, which may stand in it beside the year.

    >>> is_whole_cost("電気料金（税込・千円）"), is_whole_cost("ご請求額合計"), is_whole_cost("託送料金")
    (True, True, False)
    >>> is_whole_cost("2024年度 本店電気料金", ["本店"])
    True
    """
    return bool(_WHOLE.fullmatch(re.sub(r"税[込抜別]み?|[千万]?円", "", _without_whose(text, sites))))


def names_no_charge(text: str, sites: Collection[str] = ()) -> bool:
    """Return whether a name over or beside yen says at most whose, when and of which energy: those yen are the cost.

    Parameters
    ----------
    text : str
        The name without its unit.
    sites : collection of str
        Names and ids of the company's sites.

    >>> names_no_charge("電気"), names_no_charge("本店 2024年度", ["本店"]), names_no_charge("延滞利息")
    (True, True, False)
    """
    return bool(_NO_NAME.fullmatch(_without_whose(text, sites)))


def _without_whose(text: str, sites: Collection[str]) -> str:
    """Return words without brackets, sites, years and marks."""
    bare = _without_brackets(text)
    for site in sorted((plain(s) for s in sites), key=len, reverse=True):
        bare = bare.replace(site, "") if len(site) > 1 or bare == site else bare
    return re.sub(rf"[{MARKS}]", "", _YEAR.sub("", bare))
