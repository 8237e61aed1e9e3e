"""What the measures on transformers share: how a unit is described, and what its age may hold."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from carbonlib.errors import Finding, Message, shown
from carbonlib.measures.model import Effect, Input, Saving
from carbonlib.measures.terms import Sheet, Term, total

Row = Mapping[str, Any]

# Oil that can be changed may hold traces of PCB in units made up to this year, to be disposed of by 2027-03-31:
# 環境省 http://pcb-soukishori.env.go.jp/teinoudo/about (絶縁油の交換が可能な変圧器等: 平成5年以前)
_PCB_LAST_YEAR = 1993

RATED = Input("rated", "定格容量", "rated capacity", "kVA", low=1)
SHARE = ("等価負荷率（実効値÷定格）", "rms load over the rating", "%")
YEAR = Input("year", "製造年", "year of manufacture", "年", optional=True, low=1900, high=2100)
HOURS = Input("hours", "年間の時間", "hours of the year", "h/年", default="hours_of_year", high=8784)
OFF = Input("hours_off", "停止する時間", "hours switched off", "h/年", optional=True, high=8784)


def pcb_findings(units: Sequence[Row]) -> tuple[Finding, ...]:
    """Return a note for each unit that may hold oil with traces of PCB, where its year is given."""
    old = [u for u in units if u["year"] is not None and u["year"].magnitude("year") <= _PCB_LAST_YEAR]
    return tuple(
        Finding(
            "transformer.pcb",
            "warning",
            Message(
                f"「{shown(u['name'])}」は {u['year'].magnitude('year'):.0f} 年製です。{_PCB_LAST_YEAR} 年以前の油入変圧器は"
                "絶縁油の PCB 濃度を分析してください（低濃度 PCB の処分は 2027-03-31 まで）。モールド形は対象外です。",
                f"{shown(u['name'])!r} was made in {u['year'].magnitude('year'):.0f}: have the oil of oil-filled units up "
                f"to {_PCB_LAST_YEAR} tested for PCB (low-PCB waste is disposed of until 2027-03-31); moulded "
                "units have none.",
            ),
            subject=str(u["name"]),
        )
        for u in old
    )


def losses_saved(
    sheet: Sheet, before: Sequence[Term], after: Sequence[Term], findings: tuple[Finding, ...]
) -> Saving:
    """Write down the sums of the units' losses and what is saved, and return it. [kWh/year]"""
    lost = sheet.row("既設の損失電力量", "losses before", total(before), "kWh/年")
    kept = sheet.row("対策後の損失電力量", "losses after", total(after), "kWh/年")
    saved = sheet.row("削減電力量", "electricity saved", lost - kept, "kWh/年")
    effect = Effect("transformer_loss", "electricity", saved.quantity, lost.quantity)
    return Saving("", (effect,), (), findings=findings)
