"""What relaxed set-points are given, by season, and what of it does not go together."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from carbonlib.measures.model import Input
from carbonlib.measures.refusals import Problem
from carbonlib.measures.seasons import JA
from carbonlib.measures.terms import Sheet, Term


def change_input(season: str, default: str = "") -> Input:
    """Return the input of a season's kelvins."""
    ja, en = f"{JA[season]}の設定温度の緩和幅", f"kelvins relaxed, {season}"
    return Input(f"{season}_change", ja, en, "℃", default=default, optional=True)


def rate_input(season: str) -> Input:
    """Return the input of what a kelvin saves."""
    ja, en = f"{JA[season]} 1℃あたりの削減率", f"saved per kelvin, {season}"
    return Input(f"{season}_rate", ja, en, "%/℃", default=f"setpoint_rate_{season}", optional=True)


def circulator_change_input(season: str) -> Input:
    """Return the input of a season's kelvins that circulators allow."""
    return change_input(season, "circulator_change")


def both_seasons(change: Callable[[str], Input]) -> tuple[Input, ...]:
    """Return the inputs of a change of the set-point and what it saves, for each season."""
    return tuple(one for season in JA for one in (change(season), rate_input(season)))


def degree_day_inputs(season: str) -> tuple[Input, Input]:
    """Return the inputs of degree days at both set-points."""
    here, there = f"{JA[season]}の度日（現在の設定）", f"{JA[season]}の度日（緩和後の設定）"
    return (
        Input(f"{season}_degree_days", here, f"{season} degree days", "度日", optional=True, low=1),
        Input(
            f"{season}_degree_days_relaxed", there, f"{season} degree days, relaxed", "度日", optional=True
        ),
    )


def relaxation_problems(
    season: str,
    used: bool,
    change: Term | None,
    rate: Term | None,
    days: Term | None,
    fewer: Term | None,
) -> list[Problem]:
    """Return what does not go together among a season's inputs."""
    terms = {"change": change, "rate": rate, "degree_days": days, "degree_days_relaxed": fewer}
    problems = missing_use(season, used, terms)
    if used and change is None:
        ja = f"「{season}_change」（{JA[season]}の緩和幅）がありません。「2 ℃」のように書いてください。"
        problems.append(
            ("missing", f"{season}_change", ja, f"'{season}_change' is missing; write it as '2 ℃'.")
        )
    if (days is None) != (fewer is None):
        name = f"{season}_degree_days" if days is None else f"{season}_degree_days_relaxed"
        ja = f"度日は現在と緩和後の両方が要ります。「{name}」を書いてください。"
        problems.append(("missing", name, ja, f"Degree days are needed for both set-points; write {name!r}."))
    if days is not None and rate is not None:
        ja = f"{JA[season]}は、度日か「{season}_rate」のどちらかで書いてください。"
        problems.append(("both", f"{season}_rate", ja, f"Give degree days or '{season}_rate', not both."))
    if days is not None and fewer is not None and fewer.quantity > days.quantity:
        ja = f"「{season}_degree_days_relaxed」は、緩和前の度日以下で書いてください。"
        en = f"'{season}_degree_days_relaxed' must not exceed the degree days of today's set-point."
        problems.append(("range", f"{season}_degree_days_relaxed", ja, en))
    return problems


def missing_use(season: str, used: bool, terms: Mapping[str, Term | None]) -> list[Problem]:
    """Return that a season's use is missing where the first of `terms` was given without it."""
    use = f"{season}_use"
    given = [name for name, value in terms.items() if value is not None]
    if used or not given:
        return []
    ja = f"「{season}_{given[0]}」を使うには「{use}」も書いてください。"
    return [("missing", use, ja, f"{season}_{given[0]} needs {use!r} too.")]


def beyond_difference(
    sheet: Sheet, season: str, change: Term | None, difference: Term | None
) -> list[Problem]:
    """Return that kelvins exceed the measured difference; the usual ones stand in where none are given."""
    if difference is None:
        return []
    kelvins = change.quantity if change is not None else sheet.defaults["circulator_change"].quantity
    if kelvins <= difference.quantity:
        return []
    ja = (
        f"「{season}_change」は、測った上下温度差「{season}_difference」以下で書いてください。"
        "サーキュレーターが解消できるのはその差までです。"
    )
    en = f"'{season}_change' must not exceed the measured '{season}_difference', all that circulators can even out."
    return [("range", f"{season}_change", ja, en)]
