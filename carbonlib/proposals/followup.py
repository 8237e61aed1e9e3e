"""What done proposals were expected to save, and what was measured, year by year."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from carbonlib.errors import CarbonlibError, Finding, Message, shown
from carbonlib.factors import Programme, read_carrier
from carbonlib.fiscal_year import first_day, last_day
from carbonlib.proposals.effects import Amount
from carbonlib.proposals.evaluation import Evaluated
from carbonlib.records.proposal_model import Measured
from carbonlib.units import of_a_year, ratio, same_dimension


@dataclass(frozen=True)
class FollowedUp:
    """One carrier of a done proposal in one fiscal year, amounts in `unit`.

    `expected` is what a whole year was to save, `since_done` the part of it that falls on the days since the work was
    done, None where the work was done before the year or the day is not known; `measured` is None where nothing was
    written down for the year.
    """

    proposal: Evaluated
    fiscal_year: int
    carrier: str
    unit: str
    expected: Fraction | None
    since_done: Fraction | None
    measured: Fraction | None
    note: str = ""

    @property
    def share(self) -> Fraction | None:
        """Measured ÷ expected of the days in question (1 = as expected), None where one is not known or zero."""
        base = self.expected if self.since_done is None else self.since_done
        return None if self.measured is None or not base else self.measured / base


def follow_up(
    items: Iterable[Evaluated], programme: Programme, fiscal_year: int
) -> tuple[tuple[FollowedUp, ...], tuple[Finding, ...]]:
    """Return the done proposals carrier by carrier and year by year, and what could not be read.

    Parameters
    ----------
    items : iterable of Evaluated
        Those that are not done are passed over.
    programme : Programme
        Says what an ``m3`` of gas is.
    fiscal_year : int
        A done proposal of which nothing was measured has one line for this year.

    Notes
    -----
    ``since_done`` is expected × days from the day done to the end of the year ÷ days of the year: the saving is taken
    to be spread evenly, an assumption.
    """
    found: list[FollowedUp] = []
    wrong: list[Finding] = []
    for one in items:
        if one.proposal.status != "実施済み":
            continue
        if not one.proposal.measured:
            found += [_line(one, fiscal_year, a, None, "") for a in one.alone.amounts]
        for measured in sorted(one.proposal.measured, key=lambda m: m.fiscal_year):
            found += _measured(one, measured, programme, wrong)
    return tuple(found), tuple(wrong)


def _measured(
    one: Evaluated, measured: Measured, programme: Programme, wrong: list[Finding]
) -> list[FollowedUp]:
    amounts = {a.carrier: a for a in one.alone.amounts}
    found = []
    for carrier, text in measured.saved.items():
        try:
            got = read_carrier(of_a_year(text), carrier, programme, measured.fiscal_year)
        except CarbonlibError as error:
            wrong += error.at(measured.place).findings
            continue
        expected = amounts.pop(carrier, None)
        if expected is None:
            expected = Amount(carrier, got.unit, Fraction(0))
        elif not same_dimension(got.quantity, expected.unit):
            wrong.append(_other_unit(one, measured, text))
            continue
        value = Fraction(got.value) * ratio(got.unit, expected.unit)
        found.append(_line(one, measured.fiscal_year, expected, value, measured.note))
    found += [_line(one, measured.fiscal_year, a, None, "") for a in amounts.values()]
    return found


def _line(one: Evaluated, year: int, amount: Amount, value: Fraction | None, note: str) -> FollowedUp:
    return FollowedUp(
        one, year, amount.carrier, amount.unit, amount.saved, _since(one, year, amount.saved), value, note
    )


def _since(one: Evaluated, year: int, saved: Fraction) -> Fraction | None:
    done, first, last = one.proposal.done_on, first_day(year), last_day(year)
    if done is None or not first < done <= last:
        return None
    return saved * Fraction((last - done).days + 1, (last - first).days + 1)


def _other_unit(one: Evaluated, measured: Measured, text: str) -> Finding:
    number = shown(one.proposal.number)
    return Finding(
        "proposal.measured_unit",
        "warning",
        Message(
            f"提案No.{number} の実績「{shown(text)}」は、見込みと単位が違うため比べられません。見込みと同じ単位で書いてください。",
            f"What proposal {number} saved, {shown(text)!r}, is in another unit than expected; write it in the same.",
        ),
        measured.place,
    )
