"""The abatement curve of several companies for a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from carbonlib.errors import Language, shown
from carbonlib.present.columns import aligned
from carbonlib.proposals.curve import Curve
from carbonlib.proposing import Proposed
from carbonlib.units import format_number


def curve_lines(several: Sequence[Proposed], curve: Curve, lang: Language) -> Iterator[str]:
    """Return the abatement curve of several companies, a proposal a line, cheapest tonne first."""
    japanese = lang == "ja"
    names = {p.company.id: p.company.name for p in several}
    heads = (
        ("事業者", "No.", "提案", "CO2 t/年", "累計 t/年", "円/t-CO2")
        if japanese
        else ("company", "No.", "proposal", "CO2 t/yr", "cumulative", "JPY/t-CO2")
    )
    rows: list[tuple[str, ...]] = [heads]
    for block in curve.blocks:
        figures = ((block.co2_t, 1), (block.end_t, 1), (block.jpy_per_t, 0))
        rows.append(
            (
                shown(names[block.company_id], 24),
                shown(block.number, 8),
                shown(block.title, 30),
                *(format_number(value, digits, lang=lang) for value, digits in figures),
            )
        )
    yield from aligned(rows, frozenset({0, 1, 2}))
    yield (
        "重複を除いた削減量と、投資額を使用年数で割り引いて年割りにした費用から平均単価の削減額を引いた値です。"
        "部品の更新費・効果の低下・売電の収入があれば、それも含みます。"
        if japanese
        else "Adjusted reductions; annualised capital cost less the saving at the average price, with renewals of parts, "
        "fading and what is sold."
    )
    yield from left_out_lines(several, curve, lang)


def left_out_lines(several: Sequence[Proposed], curve: Curve, lang: Language) -> Iterator[str]:
    """Return which proposals have no place on the abatement curve, and why."""
    japanese = lang == "ja"
    names = {p.company.id: p.company.name for p in several}
    for some, ja, en in (
        (
            curve.not_known,
            "費用・年数・削減量のどれかが分からないため",
            "cost, life or reduction is not known",
        ),
        (curve.no_reduction, "合計に数える削減量が 0 以下のため", "the adjusted reduction is not above 0"),
    ):
        if some:
            listed = "・".join(f"{shown(names[c], 24)} No.{shown(n, 8)}" for c, n in some)
            yield f"{ja}載せていない提案: {listed}" if japanese else f"Left out, for {en}: {listed}"
