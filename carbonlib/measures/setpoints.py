"""Set-points relaxed, by themselves or because circulators allow it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from carbonlib.measures.amounts import fuel_label, usual
from carbonlib.measures.declare import measure
from carbonlib.measures.model import Effect, Input, Saving
from carbonlib.measures.refusals import Problem, refusal
from carbonlib.measures.seasons import CARRIER, JA, given_uses, uses_of
from carbonlib.measures.setpoint_inputs import (
    beyond_difference,
    both_seasons,
    change_input,
    circulator_change_input,
    degree_day_inputs,
    missing_use,
    rate_input,
    relaxation_problems,
)
from carbonlib.measures.terms import Sheet, Term


@measure(
    "setpoint_relaxation",
    kind="operational",
    ja="冷暖房設定温度の緩和",
    en="Relaxing the set-points of cooling and heating",
    end_use="cooling",
    inputs=(
        CARRIER,
        *uses_of("熱源の使用量", "use of the heat source"),
        *both_seasons(change_input),
        *degree_day_inputs("cooling"),
        *degree_day_inputs("heating"),
    ),
    source="moe-business-guideline",
)
def setpoint_relaxation(
    sheet: Sheet,
    *,
    carrier: str,
    cooling_use: Term | None,
    heating_use: Term | None,
    cooling_change: Term | None,
    cooling_rate: Term | None,
    heating_change: Term | None,
    heating_rate: Term | None,
    cooling_degree_days: Term | None,
    cooling_degree_days_relaxed: Term | None,
    heating_degree_days: Term | None,
    heating_degree_days_relaxed: Term | None,
) -> Saving:
    r"""Return the saving of the heat source from a higher set-point in summer and a lower one in winter.

    .. math:: \Delta E = E\, r\, \Delta T, \quad \text{better} \quad \Delta E = E\,[1 - DD(b + \Delta T)/DD(b)]

    for each season; fans and pumps do not follow. 28 °C and 20 °C are recommended.

    Parameters
    ----------
    carrier : str, optional
        Carrier of both uses, electricity unless named.
    cooling_use, heating_use : Quantity
        Annual use E of the heat source (compressor, boiler) alone. [unit of the carrier, per year]
    cooling_change, heating_change : Quantity
        ΔT, counted as relaxed in both seasons; claimed so that no circulator counts it again. [degC]
    cooling_rate, heating_rate : Quantity, optional
        r; not together with degree days. [1/degC]
    cooling_degree_days, heating_degree_days : Quantity, optional
        DD(b) at the base of today's set-point. [degC day]
    cooling_degree_days_relaxed, heating_degree_days_relaxed : Quantity, optional
        The same with the base moved by ΔT. [degC day]

    Source: 環境省 業務部門の指針 「空調設定温度・湿度の適正化」, about 10 % of the heat source's energy per kelvin
    (www.env.go.jp/earth/ondanka/gel/ghg-guideline/business/measures/view/28.html).

    26 °C to 28 °C at 10 %/K: 20,000 kWh × 0.2 = 4,000 kWh; by degree days 400 → 300: 20,000 × 0.25 = 5,000 kWh.

    >>> from carbonlib.units import Q_
    >>> s = setpoint_relaxation(cooling_use=Q_(20000, "kWh"), cooling_change=Q_(2, "degC"))
    >>> round(s.saved("electricity").magnitude, 6), s.claims
    (4000.0, {'cooling.setpoint': <Quantity(2.0, 'celsius')>})
    >>> s = setpoint_relaxation(cooling_use=Q_(20000, "kWh"), cooling_change=Q_(2, "degC"),
    ...     cooling_degree_days=Q_(400, "degC*d"), cooling_degree_days_relaxed=Q_(300, "degC*d"))
    >>> round(s.saved("electricity").magnitude, 6)
    5000.0
    """
    seasons = {
        "cooling": (cooling_change, cooling_rate, cooling_degree_days, cooling_degree_days_relaxed),
        "heating": (heating_change, heating_rate, heating_degree_days, heating_degree_days_relaxed),
    }
    uses = given_uses(cooling_use, heating_use)
    problems: list[Problem] = []
    for season, terms in seasons.items():
        problems += relaxation_problems(season, season in dict(uses), *terms)
    if problems:
        raise refusal(*problems)

    def part(season: str) -> tuple[Term, Term]:
        change, rate, days, fewer = seasons[season]
        assert change is not None, "checked above"
        if days is None or fewer is None:
            return change, _part(sheet, season, change, rate)
        label = f"{JA[season]}の削減率（度日の比）"
        return change, sheet.row(label, f"share saved, {season}", 1 - fewer / days, "")

    return _relaxed(sheet, carrier, uses, part)


@measure(
    "circulator_fans",
    kind="capital",
    ja="空調用サーキュレーター設置",
    en="Circulators in air-conditioned rooms",
    end_use="cooling",
    inputs=(
        CARRIER,
        *uses_of("熱源の使用量", "use of the heat source"),
        *both_seasons(circulator_change_input),
        Input(
            "cooling_difference", "冷房時の上下温度差（測定値）", "top to bottom, cooling", "℃", optional=True
        ),
        Input(
            "heating_difference", "暖房時の上下温度差（測定値）", "top to bottom, heating", "℃", optional=True
        ),
        Input("count", "サーキュレーターの台数", "circulators", "台"),
        Input("power", "1台の消費電力", "power of one", "W", default="circulator_power"),
        Input("hours", "運転時間", "hours of running", "h/年", high=8784),
    ),
    source="design-notes",
)
def circulator_fans(
    sheet: Sheet,
    *,
    carrier: str,
    cooling_use: Term | None,
    heating_use: Term | None,
    cooling_change: Term | None,
    cooling_rate: Term | None,
    heating_change: Term | None,
    heating_rate: Term | None,
    cooling_difference: Term | None,
    heating_difference: Term | None,
    count: Term,
    power: Term,
    hours: Term,
) -> Saving:
    r"""Return the saving from set-points that circulators allow to be relaxed, and the circulators' own electricity.

    .. math:: \Delta E = E\, r\, \Delta T - n W h, \quad \Delta T \le \text{top-to-bottom difference}

    Parameters
    ----------
    carrier : str, optional
        Carrier of both uses, electricity unless named.
    cooling_use, heating_use : Quantity
        Annual use E of the heat source. [unit of the carrier, per year]
    cooling_change, heating_change : Quantity, optional
        ΔT, 1 kelvin unless given; the same kelvin as a relaxed set-point's, claimed once. [degC]
    cooling_rate, heating_rate : Quantity, optional
        r, as for a set-point. [1/degC]
    cooling_difference, heating_difference : Quantity, optional
        Measured between ceiling and floor: the bound of ΔT. [degC]
    count, power, hours : Quantity
        n [台], W [W], h [h/year].

    Source: design notes (measures.md, circulator_fans); the rate as for `setpoint_relaxation`.

    20,000 kWh × 10 % × 1 K = 2,000 kWh less 4 × 40 W × 1,500 h = 240 kWh.

    >>> from carbonlib.units import Q_
    >>> s = circulator_fans(cooling_use=Q_(20000, "kWh"), count=Q_(4, "piece"), power=Q_(40, "W"), hours=Q_(1500, "h"))
    >>> [(e.end_use, round(e.saved.magnitude, 6)) for e in s.effects]
    [('cooling', 2000.0), ('ventilation', -240.0)]
    """
    seasons = {
        "cooling": (cooling_change, cooling_rate, cooling_difference),
        "heating": (heating_change, heating_rate, heating_difference),
    }

    uses = given_uses(cooling_use, heating_use)
    problems: list[Problem] = []
    for season, (change, rate, difference) in seasons.items():
        named = {"change": change, "rate": rate, "difference": difference}
        problems += [
            *missing_use(season, season in dict(uses), named),
            *beyond_difference(sheet, season, change, difference),
        ]
    if problems:
        raise refusal(*problems)

    def part(season: str) -> tuple[Term, Term]:
        change, rate, _ = seasons[season]
        change = usual(sheet, circulator_change_input(season), change)
        return change, _part(sheet, season, change, rate)

    saving = _relaxed(sheet, carrier, uses, part)
    own = sheet.row("サーキュレーターの電力量", "circulators' electricity", count * power * hours, "kWh/年")
    fans = Effect("ventilation", "electricity", -own.quantity)
    return replace(saving, effects=(*saving.effects, fans))


def _relaxed(
    sheet: Sheet, carrier: str, uses: list[tuple[str, Term]], part: Callable[[str], tuple[Term, Term]]
) -> Saving:
    """Return what relaxed set-points save; `part` gives a season's kelvins, claimed once, and the share they save."""
    effects, claims = [], {}
    for season, use in uses:
        change, saves = part(season)
        saved = sheet.row(f"{JA[season]}の削減量", f"{season} saved", use * saves, fuel_label(use.quantity))
        effects.append(Effect(season, carrier, saved.quantity, use.quantity))
        claims[f"{season}.setpoint"] = change.quantity
    return Saving("", tuple(effects), (), claims=claims)


def _part(sheet: Sheet, season: str, change: Term, rate: Term | None) -> Term:
    """Return the share saved by kelvins at a rate; more than everything is refused."""
    per_kelvin = change * usual(sheet, rate_input(season), rate)
    part = sheet.row(f"{JA[season]}の削減率", f"share saved, {season}", per_kelvin, "%")
    if part.quantity.magnitude > 100:  # per cent: the whole use
        ja = f"「{season}_change」×「{season}_rate」が 100 % を超えます。緩和幅か削減率を確かめてください。"
        en = f"'{season}_change' times '{season}_rate' exceeds 100 %; check both."
        raise refusal(("range", f"{season}_change", ja, en))
    return part
