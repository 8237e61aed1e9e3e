"""What a line above a table says of all its costs: the unit of money, and tax."""

from __future__ import annotations

import re
from collections.abc import Iterable

from carbonlib.records.model import Tax
from carbonlib.records.reading.costwords import is_part_of_cost
from carbonlib.records.reading.months import plain
from carbonlib.records.reading.words import LONGEST_HEADING, is_bare_unit, tax_in, units_in

_OF_COSTS = re.compile(r"単位|金額|料金|費用|請求|代金|コスト|表示")
_TAX_ALONE = re.compile(r"[※*()\s]*(全て|すべて)?(税込|税抜|税別|内税|外税)(価格|金額)?[。()\s]*")


def _lines(texts: Iterable[str]) -> list[str]:
    return [t for t in texts if len(t) <= LONGEST_HEADING and not is_part_of_cost(t)]


def money_said(texts: Iterable[str]) -> str:
    """Return the unit of money that lines above a table state, the nearest first; empty where none does.

    >>> money_said(["(単位：千円)"]), money_said(["※金額は千円", "単位：kWh"]), money_said(["基本料金 10千円", "年度 予算 3千円"])
    ('千円', '千円', '')
    """
    for text in _lines(texts):
        words = plain(text)
        if re.search(r"\d", words) or not (_OF_COSTS.search(words) or is_bare_unit(text)):
            continue
        # ※金額は千円
        said = units_in(text)[1] or units_in(words.rpartition("は")[2].strip("です。) "))[1]
        if said:
            return said
    return ""


def tax_said(texts: Iterable[str]) -> Tax:
    """Return what lines above a table say of the tax in its costs, the nearest first.

    >>> tax_said(["※料金は税抜"]), tax_said(["（税込）"]), tax_said(["燃料費調整額は税込", "2025年度"])
    ('excluded', 'included', 'unknown')
    """
    said = (tax_in(t) for t in _lines(texts) if _OF_COSTS.search(plain(t)) or _TAX_ALONE.fullmatch(plain(t)))
    return next((tax for tax in said if tax != "unknown"), "unknown")
