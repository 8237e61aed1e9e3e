"""The path of a company's CO2 to its target: from where, where the proposals lead, and the gap that is left."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from carbonlib.fiscal_year import FIRST_MONTH
from carbonlib.records.targets import DEFAULT_PATH, Target, TargetPath

Level = tuple[int, Fraction]


@dataclass(frozen=True)
class Goal:
    """A target level. [t CO2]

    `path` is the published one it was taken from, `assumed` True where the company named none. `base_co2_t` is None
    where nobody says what was emitted in the base year: then there is no level either.
    """

    base_year: int
    target_year: int
    reduction: Fraction
    base_co2_t: Fraction | None
    base_from: str
    path: TargetPath | None
    assumed: bool

    @property
    def level_t(self) -> Fraction | None:
        """What may be emitted in the target year. [t CO2]"""
        return None if self.base_co2_t is None else self.base_co2_t * (1 - self.reduction)

    def at(self, year: int) -> Fraction | None:
        """Return the level on the straight line from base to target in a year between. [t CO2]"""
        if self.base_co2_t is None:
            return None
        share = Fraction(year - self.base_year, self.target_year - self.base_year)
        return self.base_co2_t * (1 - self.reduction * share)


@dataclass(frozen=True)
class RoadmapStep:
    """A proposal on the path: what it saves in a whole year after overlap [t CO2], and when it is done.

    `month` is ``2026-10``, "" where nobody said; `adopted` tells 採用 from 提案.
    """

    number: str
    title: str
    co2_t: Fraction
    month: str = ""
    adopted: bool = False

    def share_in(self, year: int, target_year: int) -> Fraction:
        """Return the part of a year's saving that falls into a fiscal year: from the month after it is done.

        One without a month counts in the target year only, for all that is known is that it is to be done by then.
        """
        if not self.month:
            return Fraction(int(year >= target_year))
        calendar, month = (int(p) for p in self.month.split("-"))
        done = calendar if month >= FIRST_MONTH else calendar - 1
        if year != done:
            return Fraction(int(year > done))
        return Fraction(11 - (month - FIRST_MONTH) % 12, 12)


@dataclass(frozen=True)
class Roadmap:
    """Levels by fiscal year [t CO2]: what was emitted, what the adopted and all proposals lead to, what the target asks.

    `gap_t` is what is left above the target in its year with all proposals, negative where they go beyond it; None
    without a level. `left_out` are the numbers of counted proposals whose CO2 is not known: no level holds them.
    """

    goal: Goal
    now: Level
    past: tuple[Level, ...]
    adopted: tuple[Level, ...]
    planned: tuple[Level, ...]
    wanted: tuple[Level, ...]
    steps: tuple[RoadmapStep, ...]
    left_out: tuple[str, ...] = ()

    @property
    def reduction_t(self) -> Fraction:
        """What all proposals save in the target year. [t CO2]"""
        return self.now[1] - self.planned[-1][1]

    @property
    def gap_t(self) -> Fraction | None:
        """What is left above the target level. [t CO2]"""
        level = self.goal.level_t
        return None if level is None else self.planned[-1][1] - level

    @property
    def undated(self) -> tuple[RoadmapStep, ...]:
        """The proposals without a month."""
        return tuple(s for s in self.steps if not s.month)


def goal_of(
    target: Target | None,
    paths: Mapping[str, TargetPath],
    co2_by_year: Mapping[int, Fraction],
    fiscal_year: int,
) -> Goal:
    """Return the goal of a company: its own, or a published path, by default the yearly rate from the report's year.

    Parameters
    ----------
    target : Target or None
        As company.yaml has it.
    paths : mapping of str to TargetPath
        The published ones.
    co2_by_year : mapping of int to Fraction
        Accounts there are, which say the base year's emissions where the target does not. [t CO2]
    fiscal_year : int
        Of the report: the base year of a path that leaves it to the company.
    """
    named = target or Target(DEFAULT_PATH)
    path = paths[named.path] if named.path else None
    base = named.base_year or (path.base_year if path else None) or fiscal_year
    end = named.fiscal_year or (path.target_year if path else None)
    assert end is not None, "a target without a path names its year"
    if path is not None and path.yearly is not None:
        reduction = path.yearly * max(end - base, 1)
    elif path is not None and path.reduction is not None:
        reduction = path.reduction
    else:
        assert named.reduction is not None, "a target without a path names its reduction"
        reduction = Fraction(named.reduction)
    given = named.base_co2_t
    known = Fraction(given) if given is not None else co2_by_year.get(base)
    source = "given" if given is not None else "account" if known is not None else ""
    return Goal(base, end, min(reduction, Fraction(1)), known, source, path, target is None)


def roadmap(
    goal: Goal,
    co2_by_year: Mapping[int, Fraction],
    fiscal_year: int,
    steps: Sequence[RoadmapStep],
    left_out: Sequence[str] = (),
) -> Roadmap | None:
    r"""Return the path from the report's year to the target year, all else staying as it is.

    Parameters
    ----------
    goal : Goal
        Of `goal_of`.
    co2_by_year : mapping of int to Fraction
        Of the accounts, the report's year included. [t CO2]
    fiscal_year : int
        Of the report.
    steps : sequence of RoadmapStep
        Proposals that are open or adopted.
    left_out : sequence of str
        Numbers of those whose CO2 is not known.

    Returns
    -------
    Roadmap or None
        None where the year's CO2 is not known, or the target year is not to come.

    Notes
    -----
    .. math:: C_y = C_0 - \sum_i s_{i,y} \Delta_i

    where s is the part of the year y that proposal i is at work.
    """
    now = co2_by_year.get(fiscal_year)
    if now is None or goal.target_year <= fiscal_year:
        return None
    years = range(fiscal_year, goal.target_year + 1)

    def levels(chosen: Sequence[RoadmapStep]) -> tuple[Level, ...]:
        found = []
        for year in years:
            saved = sum((s.co2_t * s.share_in(year, goal.target_year) for s in chosen), Fraction(0))
            found.append((year, now if year == fiscal_year else now - saved))
        return tuple(found)

    wanted = [(y, goal.at(y)) for y in range(goal.base_year, goal.target_year + 1)]
    return Roadmap(
        goal,
        (fiscal_year, now),
        tuple(sorted((y, v) for y, v in co2_by_year.items() if y <= fiscal_year)),
        levels([s for s in steps if s.adopted]),
        levels(list(steps)),
        tuple((y, v) for y, v in wanted if v is not None),
        tuple(steps),
        tuple(left_out),
    )
