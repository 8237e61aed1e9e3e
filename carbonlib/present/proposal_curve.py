"""The marginal abatement cost curve of a company: what each tonne costs to avoid."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from carbonlib.diagnosis import Diagnosis
from carbonlib.present import text
from carbonlib.present.charts import WIDTH, said
from carbonlib.present.drawing import drawable
from carbonlib.present.figure import Figure, canvas, svg_of
from carbonlib.present.proposal_words import proposed_of, tonnes
from carbonlib.present.shown import NOTHING, Shown
from carbonlib.present.table import Column, Row, Table
from carbonlib.present.theme import INK
from carbonlib.proposals.curve import Block
from carbonlib.proposing import Proposed
from carbonlib.units import format_number

_SAVED = "#3d9a7f"


def abatement_figure(d: Diagnosis) -> Shown:
    """Return the company's marginal abatement cost curve: width what a proposal avoids, height what a tonne costs."""
    of = proposed_of(d)
    if of is None:
        return NOTHING
    if not of.curve.blocks:
        return said(
            "CO2 1 t を減らす費用を計算できる提案がないため、削減費用の図は省略しました。"
            "投資額・削減額・CO2削減量・耐用年数のすべてが要ります。"
        )
    blocks = of.curve.blocks
    if len(blocks) == 1 and not of.curve.left_out:
        cost = format_number(blocks[0].jpy_per_t / 1000, 1)
        return said(
            f"No.{blocks[0].number} {blocks[0].title}でCO2を 1 t 減らす費用は {cost} 千円です"
            "（投資額を耐用年数に割り振り、削減額を引いた額。▲ は費用も減ることを示します）。"
            "提案が 1 件なので、図は省略しました。"
        )
    words = "、".join(
        f"No.{drawable(b.number, 8)} 幅 {tonnes(b.co2_t)} t・1 t あたり {format_number(b.jpy_per_t / 1000, 1)} 千円"
        for b in blocks
    )
    return Figure(
        "abatement",
        "CO2を1 t 減らす費用（限界削減費用曲線）",
        _title(of),
        f"費用の小さい順に並べた棒グラフ。{words}。",
        _draw_curve(of),
        _table(of),
        tuple(_notes(of)),
    ).shown()


def _title(of: Proposed) -> str:
    """Return how much of the reduction saves money too."""
    whole, paying = of.curve.co2_t, of.curve.paying_t
    if paying == whole:
        return f"削減量 {tonnes(whole)} t-CO2/年 のすべてが、減らすほど費用も減る対策です"
    if paying:
        return (
            f"削減量 {tonnes(whole)} t-CO2/年 のうち {tonnes(paying)} t"
            f"（{text.percent(paying / whole)}）は、減らすほど費用も減る対策です"
        )
    return f"削減量 {tonnes(whole)} t-CO2/年 は、どれも耐用年数の間に費用を取り戻せない対策です"


def _notes(of: Proposed) -> Iterator[str]:
    """Yield how a tonne's cost is reckoned, and what the figure does not show."""
    yield (
        "1 t あたりの費用は、投資額を耐用年数に割り振った額から年間の削減額を引き、重複調整後のCO2削減量で割った値です。"
        "▲ は、費用のほうも減ることを示します。"
    )
    rate = of.finance.of("discount_rate")
    if rate is not None:
        doubt = "（仮定）" if rate.evidence == "assumption" else ""
        percent = text.plain_factor(rate.reading.value)
        yield f"割引率は {percent}%/年{doubt}、削減額は平均単価、補助金は含みません。"
    if listed := _numbers(b for b in of.curve.blocks if _changing(of, b.number)):
        yield f"{listed} は、耐用年数の間の部品の更新費・効果の低下・売電の収入も含めた額です。"
    for some, why in (
        (of.curve.not_known, "費用・年数・CO2削減量のどれかが分からないため"),
        (of.curve.no_reduction, "合計に数えるCO2削減量が 0 以下のため"),
    ):
        if some:
            yield f"{'・'.join(f'No.{number}' for _, number in some)} は、{why}図にありません。"
    if listed := _numbers(b for b in of.curve.blocks if b.jpy_per_t / 1000 > _ceiling(of)):
        yield f"{listed} は 1 t あたりの費用が大きく、図の上端を越えます。値は表にあります。"


def _numbers(blocks: Iterable[Block]) -> str:
    return "・".join(f"No.{b.number}" for b in blocks)


def _table(of: Proposed) -> Table:
    return Table(
        "abatement-data",
        "CO2を1 t 減らす費用（小さい順）",
        (
            Column("提案"),
            Column("CO2削減量（重複調整後）", "t-CO2/年", True),
            Column("1 t あたりの費用", "千円/t-CO2", True),
            Column("累計", "t-CO2/年", True),
        ),
        tuple(
            Row(
                (
                    f"No.{b.number} {b.title}",
                    tonnes(b.co2_t),
                    format_number(b.jpy_per_t / 1000, 1),
                    tonnes(b.end_t),
                )
            )
            for b in of.curve.blocks
        ),
    )


def _changing(of: Proposed, number: str) -> bool:
    """Return whether a proposal has more than an investment and one and the same saving each year."""
    saving = of.evaluation.item(number).saving
    return bool(saving.renewals or saving.fade or saving.income)


def _ceiling(of: Proposed) -> float:
    """Return where the figure ends [千円/t-CO2]: a few dear tonnes must not press all others flat."""
    blocks, whole = of.curve.blocks, of.curve.co2_t
    usual = next(b for b in blocks if b.end_t * 10 >= whole * 9)
    return 3 * max(abs(usual.jpy_per_t), abs(blocks[0].jpy_per_t)) / 1000


def _draw_curve(of: Proposed) -> str:
    blocks, whole = of.curve.blocks, float(of.curve.co2_t)
    heights = [b.jpy_per_t / 1000 for b in blocks]
    top, bottom = max(0.0, min(max(heights), _ceiling(of))), min(0.0, *heights)
    span = (top - bottom) or 1.0
    with canvas(WIDTH, 2.9) as drawing:
        axes = drawing.subplots()
        for b, height in zip(blocks, heights, strict=True):
            left, width = float(b.start_t), float(b.co2_t)
            height = min(height, top) if height > 0 else height
            paying = height < 0
            axes.bar(
                left,
                height,
                width=width,
                align="edge",
                color=_SAVED if paying else "#8c8c8c",
                hatch="" if paying else "//",
                edgecolor="white",
                linewidth=0.8,
            )
            if width >= whole * 0.055:
                axes.text(
                    left + width / 2,
                    height + (span * 0.025 if height >= 0 else -span * 0.025),
                    drawable(f"No.{b.number}", 8),
                    ha="center",
                    va="bottom" if height >= 0 else "top",
                    fontsize=9,
                )
        axes.axhline(0, color=INK, linewidth=0.9)
        axes.set_xlim(0, whole)
        axes.set_ylim(bottom - span * (0.14 if bottom < 0 else 0.0), top + span * 0.14)
        axes.locator_params(nbins=4)
        axes.yaxis.set_major_formatter(lambda v, _: format_number(v, 0 if v == int(v) else 1))
        axes.xaxis.set_major_formatter(lambda v, _: format_number(v, 0 if v == int(v) else 1))
        axes.set_xlabel("CO2削減量の累計 [t-CO2/年]", fontsize=9)
        axes.set_title("1 t あたりの費用 [千円/t-CO2]", loc="left", pad=6, color="#595959", fontsize=9)
        return svg_of(drawing, "abatement")
