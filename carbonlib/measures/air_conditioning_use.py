"""Air conditioners kept clean."""

from __future__ import annotations

from carbonlib.measures.amounts import fuel_label
from carbonlib.measures.declare import measure
from carbonlib.measures.model import Effect, Input, Saving
from carbonlib.measures.seasons import CARRIER, JA, given_uses, uses_of
from carbonlib.measures.terms import Sheet, Term, share


@measure(
    "air_conditioner_cleaning",
    kind="operational",
    ja="空調機器のフィルター・屋外機フィン清掃",
    en="Cleaning filters and outdoor fins of air conditioners",
    end_use="cooling",
    inputs=(
        CARRIER,
        *uses_of("使用量", "use"),
        Input("dirty_share", "汚れている機器の割合", "share of units that are dirty", "%", high=100),
        Input(
            "filter_rate",
            "フィルター清掃の削減率",
            "saved by clean filters",
            "%",
            default="cleaning_filter_rate",
            high=100,
        ),
        Input(
            "fin_rate",
            "屋外機フィン清掃の削減率",
            "saved by clean fins",
            "%",
            default="cleaning_fin_rate",
            high=100,
        ),
    ),
    source="design-notes",
    renewed_by=("air_conditioner_replacement", "gas_air_conditioner_replacement", "air_conditioner"),
    renewed_share="cleaning_kept_after_renewal",
)
def air_conditioner_cleaning(
    sheet: Sheet,
    *,
    carrier: str,
    cooling_use: Term | None,
    heating_use: Term | None,
    dirty_share: Term,
    filter_rate: Term,
    fin_rate: Term,
) -> Saving:
    r"""Return the saving from cleaning the filters and fins of those units that are dirty.

    .. math:: \Delta E = E\, s_{dirty}\,[1 - (1 - r_f)(1 - r_{fin})]

    Parameters
    ----------
    carrier : str, optional
        Carrier of both uses, electricity unless named.
    cooling_use, heating_use : Quantity
        Annual use E of the air conditioners; one of them at least. [unit of the carrier, per year]
    dirty_share : Quantity
        Share of that use in units found dirty. [1]
    filter_rate, fin_rate : Quantity, optional
        Flat rates r; near 0 after a renewal, so beside one the total counts it on the other machines only. [1]

    Source: 愛知県 「空調室内機のフィルター清掃」 (kankyojoho.pref.aichi.jp/shoene-project/tips/air/01.html): a
    restaurant's 66,000 kWh × 8 % = 5,280 kWh.

    >>> from carbonlib.units import Q_
    >>> s = air_conditioner_cleaning(cooling_use=Q_(66000, "kWh"), dirty_share=Q_(100, "percent"),
    ...     filter_rate=Q_(8, "percent"), fin_rate=Q_(0, "percent"))
    >>> round(s.saved("electricity").magnitude, 6)
    5280.0
    """
    uses = given_uses(cooling_use, heating_use)
    both = 1 - (1 - share(filter_rate)) * (1 - share(fin_rate))
    rate = sheet.row("清掃による削減率", "share saved by cleaning", both, "")
    effects = []
    for season, use in uses:
        saved = sheet.row(
            f"{JA[season]}の削減量", f"{season} saved", use * dirty_share * rate, fuel_label(use.quantity)
        )
        effects.append(Effect(season, carrier, saved.quantity, use.quantity))
    return Saving("", tuple(effects), ())
