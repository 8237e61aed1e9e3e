"""Measures that no formula covers: use before and after stated directly, and a share of an unexplained load."""

from __future__ import annotations

from typing import Any

from carbonlib.errors import Message
from carbonlib.factors import carriers
from carbonlib.measures.amounts import fuel_label
from carbonlib.measures.declare import measure
from carbonlib.measures.model import Choice, Effect, Fuel, Input, Rows, Saving
from carbonlib.measures.refusals import refusal
from carbonlib.measures.terms import Sheet, Term

_CARRIERS = {id: Message(c.label_ja, c.label_en) for id, c in carriers().items()}


@measure(
    "before_after",
    kind="capital",
    ja="使用量の前後比較による対策",
    en="Measure by use before and after",
    end_use="other",
    inputs=(
        Choice("carrier", "エネルギー種別", "carrier", _CARRIERS, "electricity"),
        Fuel("before", "既設の消費量", "use before"),
        Fuel("after", "更新後の消費量", "use after"),
    ),
    source="saitama-deck-2025",
)
def before_after(sheet: Sheet, *, carrier: str, before: Term, after: Term) -> Saving:
    r"""Return the saving of a measure whose use before and after was worked out elsewhere.

    .. math:: \Delta E = E_1 - E_2

    Parameters
    ----------
    carrier : str
        Carrier of both, as in ``carriers.csv``.
    before, after : Quantity
        Annual use. [unit of the carrier, per year]

    Source: the published proposal No. 4 (Saitama deck, 2025-10-28): 127,740 − 60,961 kWh.

    >>> from carbonlib.units import Q_
    >>> s = before_after(carrier="electricity", before=Q_(127740, "kWh"), after=Q_(60961, "kWh"))
    >>> s.saved("electricity"), s.table[-1].formula
    (<Quantity(66779.0, 'kilowatt_hour')>, '①-②')
    """
    saved = sheet.row("削減消費量", "use saved", before - after, sheet.fuel_unit)
    return Saving("", (Effect("other", carrier, saved.quantity, before.quantity),), ())


@measure(
    "fuel_switch",
    kind="capital",
    ja="燃料転換（エネルギー種別ごとの使用量の前後比較）",
    en="Change of fuel, by use of each carrier before and after",
    end_use="other",
    inputs=(
        Rows(
            "uses",
            "エネルギー種別",
            "carriers",
            (
                Choice("carrier", "エネルギー種別", "carrier", _CARRIERS),
                Fuel("before", "既設の消費量", "use before"),
                Fuel("after", "更新後の消費量", "use after"),
            ),
        ),
    ),
    source="saitama-deck-2025",
)
def fuel_switch(sheet: Sheet, *, uses: list[dict[str, Any]]) -> Saving:
    r"""Return the saving of equipment that goes from one carrier to another, or that uses several of them.

    .. math:: \Delta E_c = E_{c,1} - E_{c,2}, \text{ negative for a carrier of which more is used}

    Parameters
    ----------
    uses : list of rows
        For each carrier, as in ``carriers.csv``, the annual use ``before`` and ``after``; zero for a carrier that is
        new or given up. [unit of the carrier, per year]

    Source: the published example of a grant for EHP and GHP (Saitama deck, 2025-10-28, 補助金の利用例):
    30,027 kWh and 26,675 m3 of a gas that is not named before, 7,297 kWh and 11,924 m3 after.

    >>> from carbonlib.units import Q_
    >>> power = {"carrier": "electricity", "before": Q_(30027, "kWh"), "after": Q_(7297, "kWh")}
    >>> gas = {"carrier": "lpg", "before": Q_(26675, "m3_lpg"), "after": Q_(11924, "m3_lpg")}
    >>> s = fuel_switch(uses=[power, gas])
    >>> [(e.carrier, e.saved.magnitude) for e in s.effects], [r.formula for r in s.table if r.formula]
    ([('electricity', 22730.0), ('lpg', 14751.0)], ['①-②', '③-④'])
    """
    named = [row["carrier"] for row in uses]
    twice = [
        (
            "twice",
            f"uses.{index}.carrier",
            f"「uses」にエネルギー種別「{carrier}」が 2 回あります。1 行にまとめてください。",
            f"'uses' names the carrier {carrier!r} twice; put it into one row.",
        )
        for index, carrier in enumerate(named, start=1)
        if carrier in named[: index - 1]
    ]
    if twice:
        raise refusal(*twice)
    found = []
    for row in uses:
        before, after, kind = row["before"], row["after"], carriers()[row["carrier"]]
        unit = sheet.of_fuel(fuel_label(before.quantity), before.quantity)
        ja, en = f"{kind.label_ja}の削減消費量（負は増加）", f"{kind.label_en} saved (negative: more is used)"
        saved = sheet.row(ja, en, before - after, unit)
        found.append((row["carrier"], saved.quantity, before.quantity))
    # the main effect is on what is saved: the carrier that takes its place follows from it
    found.sort(key=lambda one: one[1].magnitude <= 0)
    effects = tuple(
        Effect("other", c, saved, before, cross=i > 0) for i, (c, saved, before) in enumerate(found)
    )
    return Saving("", effects, ())


@measure(
    "fixed_load_reduction",
    kind="capital",
    ja="生産設備の固定電力削減",
    en="Reduction of fixed loads",
    end_use="base_load",
    inputs=(
        Input("load", "説明できない待機・固定の電力", "unexplained idle power", "kW"),
        Input("hours", "対象の時間", "hours concerned", "h/年", high=8784),
        Input("saving_rate", "削減率", "share that can be saved", "%", default="fixed_load_rate", high=100),
    ),
    source="saitama-deck-2025",
)
def fixed_load_reduction(sheet: Sheet, *, load: Term, hours: Term, saving_rate: Term) -> Saving:
    r"""Return the saving from finding and switching off part of a load that nothing explains.

    .. math:: \Delta E = (P_{idle} - P_{needed}) \cdot h \cdot r

    Parameters
    ----------
    load : Quantity
        Idle power that no known need explains; standby and lights counted elsewhere are left out. [kW]
    hours : Quantity
        Hours of the year in which it runs. [h/year]
    saving_rate : Quantity, optional
        Share expected to go once the cause is found; 10 % as the deck assumes. [1]

    Source: the published proposal No. 6 (Saitama deck, 2025-10-28), 20 kW × 1,825 h × 10 %.

    >>> from carbonlib.units import Q_
    >>> s = fixed_load_reduction(load=Q_(20, "kW"), hours=Q_(1825, "h"), saving_rate=Q_(10, "percent"))
    >>> s.saved("electricity"), [r.formula for r in s.table if r.formula]
    (<Quantity(3650.0, 'kilowatt_hour')>, ['①×②', '④×③÷100'])
    """
    before = sheet.row("対象の消費電力量", "use concerned", load * hours, "kWh/年")
    saved = sheet.row("削減電力量", "electricity saved", before * saving_rate, "kWh/年")
    return Saving("", (Effect("base_load", "electricity", saved.quantity, before.quantity),), ())
