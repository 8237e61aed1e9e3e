"""What less heat from lamps or plant in a room does to its cooling and heating: a declared share, or nothing."""

from __future__ import annotations

from carbonlib.measures.model import Effect, Input
from carbonlib.measures.refusals import Problem
from carbonlib.measures.terms import Sheet, Term


def heat_gain_inputs(load: str, ja: str, en: str) -> tuple[Input, ...]:
    """Return the inputs for the cross effect; their defaults are the rows ``<load>_conditioned_share`` and so on."""

    def part(name: str, label_ja: str, label_en: str) -> Input:
        return Input(name, label_ja, label_en, "%", default=f"{load}_{name}", high=100)

    return (
        part("conditioned_share", "空調している部屋の割合", "share in air-conditioned rooms"),
        part("cooling_share", f"冷房期に{ja}割合", f"share {en} in the cooling season"),
        part("heating_share", f"暖房期に{ja}割合", f"share {en} in the heating season"),
        Input("cooling_cop", "冷房の COP", "COP of cooling", "", optional=True, low=0.5),
        Input("heating_cop", "暖房の COP", "COP of heating", "", optional=True, low=0.5),
    )


def heat_gain_effects(
    sheet: Sheet,
    saved: Term,
    source_ja: str,
    conditioned_share: Term,
    shares: dict[str, Term],
    cops: dict[str, Term | None],
) -> list[Effect]:
    r"""Return the cross effects of electricity saved in rooms: cooling spared, more heating needed.

    .. math:: \Delta E_c = \Delta E\, a\, s_c / COP_c, \quad \Delta E_h = -\Delta E\, a\, s_h / COP_h

    Parameters
    ----------
    saved : Term
        ΔE inside the rooms. [kWh]
    source_ja : str
        What gives off less heat, for the table.
    conditioned_share, shares, cops : Term and mappings by season
        a and s [1], of which 0 counts no cross effect, and COP [1].
    """
    effects = []
    for season, ja, en, sign in (
        ("cooling", "冷房の軽減", "cooling spared", 1),
        ("heating", "暖房の増加", "more heating", -1),
    ):
        cop = cops[season]
        if cop is not None and _counts(conditioned_share, shares[season]):
            part = saved * conditioned_share * shares[season] / cop
            row = sheet.row(f"{ja}（{source_ja}の発熱減）", en, part, "kWh/年")
            effects.append(Effect(season, "electricity", sign * row.quantity, cross=True))
    return effects


def cop_problems(
    conditioned_share: Term, shares: dict[str, Term], cops: dict[str, Term | None]
) -> list[Problem]:
    """Return what is wrong where a share is more than nothing and its COP is not given, for `refusal`."""
    return [
        (
            "missing",
            f"{season}_cop",
            f"「{season}_share」を 0 % より大きくするときは「{season}_cop」（{ja}の COP）を書いてください。",
            f"Write '{season}_cop' where '{season}_share' is more than 0 %.",
        )
        for season, ja in (("cooling", "冷房"), ("heating", "暖房"))
        if cops[season] is None and _counts(conditioned_share, shares[season])
    ]


def _counts(conditioned_share: Term, part: Term) -> bool:
    return bool(conditioned_share.quantity.magnitude > 0 and part.quantity.magnitude > 0)
