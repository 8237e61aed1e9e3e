"""Numbers and names of proposals as every part of the report prints them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction

from carbonlib.diagnosis import Diagnosis
from carbonlib.errors import shown
from carbonlib.factors import carriers
from carbonlib.present import text
from carbonlib.present.proposal_lines import is_lpg_gas, payback_cell
from carbonlib.proposals.evaluation import Evaluated
from carbonlib.proposals.sales import earns_nothing
from carbonlib.proposing import Proposed
from carbonlib.units import format_number, round_half_up
from carbonlib.units.writing import MINUS

KINDS = {"operational": "運用", "capital": "投資"}
TAX_UNKNOWN = "proposal.price_tax_unknown"
NONE_YET = "この報告書には、まだ提案がありません。"


def proposed_of(d: Diagnosis) -> Proposed | None:
    """Return the proposals of a diagnosis, None where there are none."""
    return d.proposed if d.proposed is not None and d.proposed.evaluation.items else None


def no_sales_words(d: Diagnosis, saving_jpy: Fraction | None) -> str:
    """Return why a saving is not put as sales in a company whose margin is zero or less; empty without a saving."""
    if saving_jpy is None or saving_jpy <= 0 or not earns_nothing(d.company):
        return ""
    return "売上高営業利益率がゼロ以下のため、削減額は売上に換算しません。"


def _seen(value: Fraction, digits: int, more: int) -> int:
    """Return the decimals, more of them where a value would look like zero; what they cannot show is zero."""
    return next((n for n in range(digits, more + 1) if round_half_up(value, n)), digits)


def tonnes(value: Fraction | None) -> str:
    """Return t-CO2 or kL to one decimal, more where it would look like zero.

    >>> tonnes(Fraction(18067, 1000)), tonnes(Fraction(4, 100)), tonnes(None)
    ('18.1', '0.04', '–')
    """
    return text.NOT_KNOWN if value is None else format_number(value, _seen(value, 1, 4))


def thousand(value: Fraction | None) -> str:
    """Return yen in 千円, with a decimal where it would look like zero.

    >>> thousand(Fraction(100083)), thousand(Fraction(2, 11)), thousand(Fraction(320))
    ('100', '0', '0.3')
    """
    return text.NOT_KNOWN if value is None else format_number(value / 1000, _seen(value / 1000, 0, 3))


def energy(value: Fraction | None) -> str:
    """Return an amount of a carrier: whole from 100 on, one decimal below, as long as it is not whole."""
    if value is None:
        return text.NOT_KNOWN
    whole = abs(value) >= 100 or value.denominator == 1
    return format_number(value, 0 if whole else _seen(value, 1, 4))


def carrier_of(carrier: str, unit: str) -> str:
    """Return a carrier's name; LPG by the cubic metre says so, because it has two units."""
    name = carriers()[carrier].label_ja
    return f"{name}（気体）" if is_lpg_gas(unit) else name


def numbered(one: Evaluated) -> str:
    """Return a proposal's number and title."""
    return f"No.{one.proposal.number} {one.proposal.title}"


def called(one: Evaluated, paper: str = "") -> str:
    """Return what the contents call a page of a proposal: for whom it is, its number, and a title that fits a line."""
    return f"{paper} {shown(numbered(one), 40)}".strip()


def numbers(items: Iterable[Evaluated]) -> str:
    """Return the numbers of proposals as one phrase."""
    return "・".join(f"No.{e.proposal.number}" for e in items)


def status_of(one: Evaluated) -> str:
    """Return what is to become of a proposal, and whether it is in the total."""
    if one.replaced_by:
        return f"No.{one.replaced_by} の代案（合計外）"
    return one.proposal.status if one.counted else f"{one.proposal.status}（合計外）"


def payback_years(of: Proposed, one: Evaluated, *, after: bool = False) -> str:
    """Return the payback at the average price for a cell: years, or the word for why there are none."""
    back = of.money[one.proposal.number].average.payback
    return payback_cell(back.after if after else back.before, "ja")


def tax_words(of: Proposed) -> list[str]:
    """Return how the prices of the savings came to be without tax, or that they are not known to be."""
    return [f.message.ja for f in of.findings if f.id in {"proposal.price_tax_taken_off", TAX_UNKNOWN}]


def without_tax_known(of: Proposed) -> bool:
    """Return whether every saving in yen is known to be without tax, as the investments are."""
    return all(f.id != TAX_UNKNOWN for f in of.findings)


def has_subsidy(of: Proposed, one: Evaluated) -> bool:
    """Return whether a subsidy that the proposal may be eligible for shortens its payback."""
    back = of.money[one.proposal.number].average.payback
    return back.before != back.after


def size(printed: str) -> str:
    """Return a printed number without its sign, for words that say which way it goes."""
    return printed.removeprefix(MINUS)


def lowering(count: int, raising: Sequence[str]) -> str:
    """Return how many proposals lower, of all that are counted, where some raise.

    >>> lowering(2, ()), lowering(2, ("1",))
    ('提案 2 件', '提案 2 件のうち 1 件')
    """
    some = 0 < len(raising) < count
    return f"提案 {count} 件" + (f"のうち {count - len(raising)} 件" if some else "")


def raising_words(raising: Sequence[str]) -> str:
    """Return which proposals raise the use and that the total holds it, without a full stop; "" for none.

    >>> raising_words(("1", "3"))
    'No.1・No.3 は使用量が増えるため、その分を差し引いた値です'
    """
    numbers = "・".join(f"No.{shown(n, 8)}" for n in raising)
    return f"{numbers} は使用量が増えるため、その分を差し引いた値です" if numbers else ""


def change_words(changes: Iterable[tuple[str, Fraction | None, str]]) -> str:
    """Return what falls and what rises a year, each by its name, value and print; "" where nothing is known.

    >>> change_words([("CO2", Fraction(18, 10), "1.8 t-CO2"), ("費用", Fraction(-1000), "1 千円")])
    'CO2を年 1.8 t-CO2 減らす見込みです。費用は年 1 千円増えます'
    """
    known = [(name, value, printed) for name, value, printed in changes if value is not None]
    less = [f"{name}を年 {printed}" for name, value, printed in known if value >= 0]
    more = [f"{name}は年 {printed}" for name, value, printed in known if value < 0]
    words = [f"{text.before_words('、'.join(less))}減らす見込みです"] if less else []
    words += [f"{text.before_words('、'.join(more))}増えます"] if more else []
    return "。".join(words)
