"""Words and days of CSV cells in the form of bills.csv; what cannot be told stays as it was, for the error about it."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from carbonlib.errors import Finding, Message
from carbonlib.factors import carriers
from carbonlib.records.billrow import TAXES
from carbonlib.records.model import CHARGE_NAMES, TIME_BANDS, Bill
from carbonlib.records.reading.carriernames import carrier_named
from carbonlib.records.reading.columns import stated_tax
from carbonlib.records.reading.months import read_day

_ELECTRIC = (
    *("market_adjustment_jpy", "renewable_levy_jpy", "power_factor_percent"),
    *TIME_BANDS,
)
NO_ROWS = ("見出しの下に行がありません。", "There is no row below the heading.")


def of_electricity_alone(bill: Bill) -> Finding | None:
    """Return the doubt about a bill of another energy that has what only a bill of electricity has."""
    if bill.carrier == "electricity":
        return None
    found = [CHARGE_NAMES[c] for c in _ELECTRIC if c in bill.charges]
    found += ["契約電力"] if bill.contract_demand_kw is not None else []
    found += ["最大需要電力"] if bill.peak_demand_kw is not None else []
    if not found:
        return None
    kind = carriers()[bill.carrier]
    message = Message(
        f"{kind.label_ja}の請求に、電気の請求にしかない {'・'.join(found)} が書かれています。エネルギー種別か、値の行・列を確かめてください。",
        f"A bill of {kind.label_en.lower()} has what only a bill of electricity has ({', '.join(found)}); check the kind of energy.",
    )
    return Finding("csv.of_electricity_alone", "warning", message, bill.place)


@lru_cache(maxsize=65536)
def iso_day(text: str) -> str:
    """Return a day in the form of bills.csv, and as it was where it is none.

    >>> iso_day("2025/4/1"), iso_day("令和7年4月1日"), iso_day("4月1日")
    ('2025-04-01', '2025-04-01', '4月1日')
    """
    if len(text) == 10 and text[4] == text[7] == "-":
        return text
    if len(text) == 8 and text.isascii() and text.isdigit():
        text = f"{text[:4]}-{text[4:6]}-{text[6:]}"
    day = read_day(text)
    try:
        return date(day[0], day[1], day[2]).isoformat() if day and day[0] else text
    except ValueError:
        return text


@lru_cache(maxsize=4096)
def carrier_id(text: str) -> str:
    """Return the id of a carrier by its usual names, and what cannot be told as it was, for the error about it.

    >>> carrier_id("電気"), carrier_id("lpg"), carrier_id("ガス")
    ('electricity', 'lpg', 'ガス')
    """
    if text in carriers():
        return text
    named = carrier_named(text)
    return named if named and named != "?" else text


@lru_cache(maxsize=256)
def tax_word(text: str) -> str:
    """Return a tax as bills.csv writes it, as far as a text says it; a word of its own that is not known stays as it was."""
    return text if text in TAXES else stated_tax(text) or text
