"""Where the energy goes: the year's primary energy by end use."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from carbonlib.accounting.sheet import units_of
from carbonlib.analysis.end_use import REMAINDER, CarrierUses, EndUseShares, UseShare, end_use_shares
from carbonlib.diagnosis import Diagnosis
from carbonlib.errors import shown
from carbonlib.factors import carriers
from carbonlib.present.charts import WIDTH, said
from carbonlib.present.columns import width
from carbonlib.present.drawing import drawable
from carbonlib.present.figure import Figure, canvas, svg_of
from carbonlib.present.shown import Shown
from carbonlib.present.table import Column, Row, Table
from carbonlib.present.text import NOT_KNOWN, number, percent
from carbonlib.present.theme import CARRIER_COLOURS, CONTEXT, INK
from carbonlib.proposals.effects import Rates

_WHOLE = "全体"
_CHARACTER = 0.066  # inch that half a full-width character takes at the size of the labels
_LINE, _LINES = 62, 3  # half-widths of a line below a bar, and how many there are at most
_LONGEST = 18


def end_use_figure(d: Diagnosis) -> Shown:
    """Return the year's primary energy by carrier and end use, closed on the bills."""
    found = end_use_shares(d.company, Rates(d.account, d.programme, d.company.suppliers))
    if not found.bars:
        if not d.company.end_uses:
            return said(
                "用途別の内訳（何にどれだけ使っているか）の記入がないため、用途別の図は省略しました。"
            )
        reasons = "".join(dict.fromkeys(f.message.ja for f in found.findings))
        return said(f"用途別の内訳を計算できないため、図は省略しました。{reasons}")
    title = _title(found)
    parts = "。".join(
        f"{_bar_name(b)}（{percent(b.share)}）: "
        + "、".join(f"{_clean(u)} {percent(u.share)}" for u in b.uses)
        for b in found.bars
    )
    notes = [
        "割合は、年間の一次エネルギー（熱量）を 100% としたものです。「その他」は請求の合計からの残りです。図に名前の入らない用途は、棒の下に左からの順で並べました。",
        *dict.fromkeys(f.message.ja for f in found.findings),
    ]
    alt = f"エネルギー種別ごとの積み上げ横棒グラフ。{title}。{parts}。"
    return Figure(
        "end-uses",
        "エネルギー使用量の内訳（用途別）",
        title,
        alt,
        _drawn(found),
        _table(d, found),
        tuple(notes),
    ).shown()


def _bar_name(bar: CarrierUses) -> str:
    return carriers()[bar.carrier].label_ja if bar.carrier else _WHOLE


def _clean(use: UseShare) -> str:
    """Return the use's name without marks that would turn the words around it."""
    return shown(use.label_ja, 60)


def _title(found: EndUseShares) -> str:
    known = [u for b in found.bars for u in b.uses if u.use != REMAINDER]
    top = max(known, key=lambda u: u.share)
    rest = 1 - found.known_share
    unknown = f"（用途の分からない「その他」は {percent(rest)}）" if rest else ""
    return f"最も多い用途は{_clean(top)}で、エネルギー全体の {percent(top.share)} です{unknown}"


def _drawn(found: EndUseShares) -> str:
    longest = max(b.share for b in found.bars)
    inch = (WIDTH - 1.3) / float(longest)  # of the whole on the drawing
    listed = [_listed(bar, inch) for bar in found.bars]
    heights = [1.0 + 0.32 * len(lines) for lines in listed]
    with canvas(WIDTH, 0.45 + 0.62 * sum(heights)) as drawing:
        axes = drawing.subplots()
        tops = [sum(heights[:row]) for row in range(len(heights))]
        for top, bar, lines in zip(tops, found.bars, listed, strict=True):
            left = 0.0
            for position, use in enumerate(bar.uses):
                wide = float(use.share) * 100
                axes.barh(
                    top,
                    wide,
                    left=left,
                    height=0.7,
                    edgecolor="white",
                    linewidth=1.2,
                    **_look(bar, use, position),
                )
                if _has_room(use, inch):
                    axes.text(
                        left + wide / 2,
                        top,
                        f"{_name(use)}\n{percent(use.share)}",
                        ha="center",
                        va="center",
                        color=INK,
                        fontsize=9,
                        linespacing=1.1,
                        bbox={"facecolor": "white", "edgecolor": "none", "pad": 1.2, "alpha": 0.9},
                    )
                left += wide
            for number_, line in enumerate(lines):
                axes.text(0, top + 0.58 + 0.32 * number_, line, ha="left", va="center", color=INK, fontsize=9)
        axes.set_yticks(tops, [f"{_bar_name(b)}\n{percent(b.share)}" for b in found.bars])
        axes.set_ylim(sum(heights) - 0.45, -0.5)
        axes.set_xlim(0, float(longest) * 100)
        axes.locator_params(axis="x", nbins=5)
        axes.xaxis.set_major_formatter(lambda v, _: f"{v:g}%")
        axes.grid(visible=False)
        return svg_of(drawing, "end-uses")


def _look(bar: CarrierUses, use: UseShare, position: int) -> dict[str, Any]:
    """Return colour and hatch: the carrier's own, alternately full and pale; the remainder grey."""
    if use.use == REMAINDER:
        return {"color": "#d9d9d9", "hatch": "//"}
    colour = CARRIER_COLOURS[bar.carrier] if bar.carrier else CONTEXT
    return {"color": colour, "alpha": 1.0 if position % 2 == 0 else 0.6}


def _name(use: UseShare) -> str:
    return drawable(use.label_ja, _LONGEST)


def _has_room(use: UseShare, inch: float) -> bool:
    """Return whether name and share stand inside the part."""
    room = float(use.share) * inch / _CHARACTER - 1
    return max(width(_name(use)), width(percent(use.share))) <= room


def _listed(bar: CarrierUses, inch: float) -> list[str]:
    """Return the lines below a bar: the parts without room inside, from left to right; the table has those beyond."""
    words = [f"{_name(u)} {percent(u.share)}" for u in bar.uses if not _has_room(u, inch)]
    lines: list[str] = []
    for position, word in enumerate(words):
        more = f"{lines[-1]}・{word}" if lines else word
        if lines and width(more) <= _LINE:
            lines[-1] = more
        elif len(lines) < _LINES:
            lines.append(word)
        else:
            lines[-1] += f"・ほか {len(words) - position} 用途"
            break
    return lines


def _table(d: Diagnosis, found: EndUseShares) -> Table:
    rows = []
    for bar in found.bars:
        line = d.account.line(bar.carrier, bar.unit) if bar.carrier else None
        unit = units_of(line)[0] if line else ""
        for use in bar.uses:
            amount = NOT_KNOWN if use.quantity is None else f"{number(use.quantity)} {unit}"
            rows.append(
                Row(
                    (
                        f"{_bar_name(bar)}: {_clean(use)}",
                        amount,
                        number(use.energy_gj),
                        percent(use.share).rstrip("%"),
                        use.how or ("計算" if use.use == REMAINDER else NOT_KNOWN),
                    )
                )
            )
    total = sum((b.energy_gj for b in found.bars), Fraction(0))
    rows.append(
        Row(
            (
                "合計",
                "",
                number(total),
                percent(sum((b.share for b in found.bars), Fraction(0))).rstrip("%"),
                "",
            ),
            total=True,
        )
    )
    return Table(
        "end-uses-data",
        "エネルギー使用量の内訳（用途別）",
        (
            Column("用途"),
            Column("使用量", "", True),
            Column("一次エネルギー", "GJ", True),
            Column("割合", "%", True),
            Column("確かめ方"),
        ),
        tuple(rows),
    )
