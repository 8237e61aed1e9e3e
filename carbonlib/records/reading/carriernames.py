"""The kind of energy in a cell that holds nothing else: a carrier's name, what is known to be added to it, no other letter."""

from __future__ import annotations

import re
from difflib import get_close_matches
from functools import cache

from carbonlib.errors import Message, shown
from carbonlib.factors import carriers
from carbonlib.records.reading.carrierwords import names
from carbonlib.records.reading.costwords import BRACKETS
from carbonlib.records.reading.months import plain
from carbonlib.records.reading.words import carrier_in
from carbonlib.units.spellings import table

_LABELS = {plain(c.label_ja): name for name, c in carriers().items()}
_ADDED = (
    # what is counted, and of whom
    r"ご?(使用|利用|消費|購入|請求|受電|買電|供給|給油|納入|充填)|数?量|料金?|代金?|費用?|金?額|合?計|総計?|小計|実績|年間|月間|分|の"
    # contracts and qualities
    r"|特別高圧|特高|高圧|中圧|低圧|電灯|動力|従量|常時|予備|臨時|深夜|夜間?|昼間?|系統|商用|再エネ|非化石|グリーン|契約"
    r"|1[23]a|圧縮|ボンベ|バルク|液体|気体|ls|hs|低硫黄|高硫黄|白|特?[1-3]?号|特|レギュラー|ハイオク|プレミアム|燃料|エネルギー"
    # what it is for
    r"|(業務|産業|家庭|工業|商業|営業|事業|一般|生産|製造|空調|冷暖?房|暖房|給湯|ボイラー?|発電機?|非常用?発電機?|厨房|照明|自動車|車両?|社用車|運搬|輸送|重機|農業|作業|トラック|フォークリフト)用?"
    r"|no\.?\d+|\d+(号機?)?"
)
_NOT_USE = re.compile(r"売電|余剰|逆潮|発電(?!機?用)")


@cache
def _part() -> re.Pattern[str]:
    units = "|".join(re.escape(u) for u in sorted(table(), key=len, reverse=True) if len(u) > 1)
    return re.compile(rf"({names()}|{_ADDED}|{units}|l|t)([・,、:/_-](?=.))?")


def _all_known(words: str) -> bool:
    """Return whether nothing but names and additions stands in a text, taken from left to right without going back."""
    at = 0
    while at < len(words) and (match := _part().match(words, at)):
        at = match.end()
    return at == len(words)


@cache
def carrier_named(text: str) -> str | None:
    """Return the carrier of a cell that holds nothing else, ``"?"`` where it could be several, None where it is misspelt.

    >>> carrier_named("Ａ重油（ボイラー用）"), carrier_named("業務用電力"), carrier_named("ガス"), carrier_named("A重油油")
    ('heavy_oil_a', 'electricity', '?', None)
    """
    words = plain(text)
    if words in _LABELS:
        return _LABELS[words]
    found = carrier_in(text)
    if found in {None, "?"} or words in carriers():
        return found
    known = _all_known(BRACKETS.sub("", words)) and not _NOT_USE.search(words)
    return found if known else None


def carrier_meant(text: str) -> Message:
    """Return the question whether a carrier was meant by a text that `carrier_named` cannot tell; empty where none is near.

    >>> carrier_meant("灯油油").ja, carrier_meant("蒸気").ja
    ('もしかして「灯油」ですか。', '')
    """
    words = plain(text)
    found = carrier_in(text)
    if found in {None, "?"}:
        near = get_close_matches(words, _LABELS, n=1) if found is None else []
        found = _LABELS[near[0]] if near else None
    if found is None or _NOT_USE.search(words):
        return Message("", "")
    label = carriers()[found].label_ja
    return Message(f"もしかして「{label}」ですか。", f"Did you mean {label!r}? ")


def carrier_unreadable(text: str) -> Message:
    """Return the sentence on a kind of energy that `carrier_named` cannot tell, with the one that may be meant.

    >>> carrier_unreadable("灯油油").ja
    'エネルギー種別「灯油油」は読めません。もしかして「灯油」ですか。電気・都市ガス・LPガス・灯油 などと書いてください。'
    """
    if plain(text) in {"ガス", "gas"}:
        return Message(
            "「ガス」だけでは種類が決められません。都市ガス・LPガス のように書いてください。",
            "'gas' may be city gas or LPG; write 都市ガス or LPガス.",
        )
    if not text.strip():
        return Message(
            "エネルギー種別が空欄です。電気・都市ガス・LPガス・灯油 などと書いてください。",
            "The kind of energy is blank; write 電気, 都市ガス, LPガス, 灯油 and so on.",
        )
    near = carrier_meant(text)
    return Message(
        f"エネルギー種別「{shown(text)}」は読めません。{near.ja}電気・都市ガス・LPガス・灯油 などと書いてください。",
        f"The kind of energy {shown(text)!r} is not known. {near.en}Write 電気, 都市ガス, LPガス, 灯油 and so on.",
    )
