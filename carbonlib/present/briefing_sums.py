"""The companies' sums in the briefing: cards and tables, with what is withheld and on which basis of tax the costs are."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from carbonlib.accounting.taxes import tax_sentence, tax_words
from carbonlib.briefing import Briefing
from carbonlib.city.rollup import Sum
from carbonlib.city.suppress import Published
from carbonlib.present import text
from carbonlib.present.table import Column, Row, Table
from carbonlib.records.model import Tax
from carbonlib.units import format_number

WITHHELD = "（秘匿）"


def _too_few_state(b: Briefing) -> str:
    """Return why a sum is withheld, however many companies there are."""
    return f"値の分かる事業者が {b.suppress_below} 社未満"


def _beside(b: Briefing, total: Sum | None) -> str:
    if total is None:
        return f"{_too_few_state(b)}のため、載せていません"
    if not total.counted:
        return "値の分かる事業者がありません"
    if total.complete:
        return f"{total.of} 社の合計"
    return f"{total.of} 社のうち {total.counted} 社の合計"


def _taxes(b: Briefing) -> tuple[Tax, ...]:
    """Return the bases of tax of the companies' costs; none where no cost is shown."""
    return b.total.taxes if b.total and b.total_of("cost_jpy") else ()


def _cell(total: Sum | None, measure: str) -> str:
    """Return a sum as a cell has it: in 千円, kL or t-CO2."""
    if total is None:
        return WITHHELD
    if not total.counted:
        return text.NOT_KNOWN
    return format_number(total.value / (1000 if measure == "cost_jpy" else 1))


def _cells(count: int, sum_of: Callable[[str], Sum | None]) -> tuple[str, ...]:
    def cell(measure: str) -> str:
        total = sum_of(measure)
        some = total is not None and 0 < total.counted < total.of
        return _cell(total, measure) + (f"（{total.counted}社）" if total is not None and some else "")

    return (format_number(count), *(cell(m) for m in ("cost_jpy", "crude_oil_kl", "co2_t")))


def sum_cards(b: Briefing) -> list[dict[str, str]]:
    """Return label, value, unit and what stands beside it of each sum over all companies; none without a total."""
    if b.total is None:
        return []
    cards = []
    for name, measure, unit in (
        ("エネルギー費用", "cost_jpy", "千円"),
        ("原油換算", "crude_oil_kl", "kL"),
        ("CO2排出量", "co2_t", "t-CO2"),
    ):
        total = b.total_of(measure)
        tax = tax_words(_taxes(b)).ja if measure == "cost_jpy" else ""
        cards.append(
            {
                "label": f"{name}（{tax}）" if tax else name,
                "value": _cell(total, measure),
                "unit": unit,
                "beside": _beside(b, total),
            }
        )
    return cards


def group_table(b: Briefing, id: str, what: str, published: Published) -> Table:
    """Return the sums by group with the total, and a note on what was pooled."""
    assert b.total is not None
    notes = []
    if published.pooled:
        notes.append(
            f"{b.suppress_below} 社未満の区分は事業者が特定されるおそれがあるため、"
            f"合算しました（{'、'.join(published.pooled)}）。"
        )
    if tax := tax_sentence(_taxes(b)).ja:
        notes.append(tax)
    rows = [
        *(
            Row((name, *_cells(group.count, partial(published.sum_of, name))))
            for name, group in published.groups.items()
        ),
        Row(("合計", *_cells(b.total.count, b.total_of)), total=True),
    ]
    if any(WITHHELD in row.cells for row in rows):
        notes.append(
            f"{WITHHELD}は、{_too_few_state(b)}の値と、ほかの値との差からその値が分かってしまう値です。"
        )
    return Table(
        id,
        f"{what}の集計",
        (
            Column(what),
            Column("事業者", "社", True),
            Column("費用", "千円", True),
            Column("原油換算", "kL", True),
            Column("CO2排出量", "t-CO2", True),
        ),
        tuple(rows),
        notes,
    )
