"""The internal rate of return, by exact counting of the rates there are and a bracket that cannot be left."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from math import fsum, sqrt
from typing import Literal

from carbonlib.errors import Language, Message
from carbonlib.finance.flows import yen
from carbonlib.units import Q_, Quantity, format_number

IrrKind = Literal[
    "rate",  # exactly one, at least 0
    "loses",  # exactly one, below 0: the flows do not return the cost
    "no_cost",  # nothing is paid, or nothing first
    "no_return",  # nothing comes back
    "not_unique",  # several rates make the present value zero
    "none",  # flows of both signs, and no rate at all
]
_STEPS = 200  # each step at least halves the bracket; a usual one takes about six in all
_CLOSE = 1e-14
LANGUAGES: tuple[Language, Language] = ("ja", "en")
_WORDS: dict[IrrKind, Message] = {
    "no_cost": Message(
        "費用がかからないため内部収益率は計算できません。",
        "Nothing is paid, so there is no internal rate of return.",
    ),
    "no_return": Message(
        "費用の削減がないため内部収益率はありません。",
        "Nothing comes back, so there is no internal rate of return.",
    ),
    "not_unique": Message(
        "途中に支出があるため内部収益率が 1 つに決まりません。正味現在価値で判断してください。",
        "With costs in between there are several internal rates of return; judge by the net present value.",
    ),
    "none": Message(
        "正味現在価値が 0 になる割引率がないため、内部収益率はありません。",
        "No rate makes the net present value zero.",
    ),
}


@dataclass(frozen=True)
class Irr:
    """An outcome: its kind and every rate that makes the present value zero, ascending. [%/year]"""

    kind: IrrKind
    percents: tuple[float, ...] = ()

    @property
    def rate(self) -> Quantity | None:
        """The rate, where there is exactly one. [%/year]"""
        return Q_(self.percents[0], "percent/year") if len(self.percents) == 1 else None

    @property
    def sentence(self) -> Message:
        """The outcome in words."""
        if self.kind in _WORDS:
            return _WORDS[self.kind]
        ja, en = (format_number(self.percents[0], 1, lang=lang) for lang in LANGUAGES)
        if self.kind == "loses":
            return Message(
                f"内部収益率は {ja} % で、耐用年数の間に費用を回収できません。",
                f"The internal rate of return is {en} %: the cost does not come back within the useful life.",
            )
        return Message(f"内部収益率は {ja} % です。", f"The internal rate of return is {en} %.")


def _sign_changes(values: Sequence[float | Fraction]) -> int:
    signs = [v > 0 for v in values if v]
    return sum(a != b for a, b in pairwise(signs))


def _value(coefficients: Sequence[float], x: float) -> float:
    total = 0.0
    for c in reversed(coefficients):
        total = total * x + c
    return total


def _between(coefficients: Sequence[float], low: float, high: float) -> float:
    """Return the root within a bracket whose ends differ in sign, by Ridders' method, which never leaves it."""
    f_low, f_high = _value(coefficients, low), _value(coefficients, high)
    x = (low + high) / 2
    for _ in range(_STEPS):
        middle = (low + high) / 2
        f_middle = _value(coefficients, middle)
        if not f_middle or middle in {low, high}:
            return middle
        # each value divided by the largest, so that no square overflows
        top = max(abs(f_low), abs(f_middle), abs(f_high))
        a, m, b = f_low / top, f_middle / top, f_high / top
        x = middle + (middle - low) * (1 if a > b else -1) * m / sqrt(m * m - a * b)
        f = _value(coefficients, x)
        if not f:
            return x
        for at, value in ((middle, f_middle), (x, f)):
            if low < at < high:
                if (value > 0) == (f_low > 0):
                    low, f_low = at, value
                else:
                    high, f_high = at, value
        if high - low <= _CLOSE * high:
            return x
    return x


def _only_root(coefficients: Sequence[float]) -> float:
    """Return the one positive root of coefficients whose sign changes once."""
    # between 0, where the first coefficient that is not zero decides, and a point where the last one does
    high = 1.0
    last = next(c for c in reversed(coefficients) if c) > 0
    while (_value(coefficients, high) > 0) != last:
        high *= 2
    low = high / 2
    while low > 0 and (_value(coefficients, low) > 0) == last:
        low /= 2
    return _between(coefficients, low, high)


Poly = list[Fraction]


def _trimmed(p: Poly) -> Poly:
    while p and not p[-1]:
        p = p[:-1]
    return p


def _remainder(a: Poly, b: Poly) -> Poly:
    rest = list(a)
    while len(rest) >= len(b):
        factor, shift = rest[-1] / b[-1], len(rest) - len(b)
        for i, c in enumerate(b):
            rest[shift + i] -= factor * c
        rest.pop()
        rest = _trimmed(rest)
    return rest


def _scaled(p: Poly) -> Poly:
    # a positive factor changes no sign and keeps the numbers short
    top = max(abs(c) for c in p)
    return [c / top for c in p]


def _sturm(p: Poly) -> list[Poly]:
    chain = [_scaled(p), _scaled(_trimmed([i * c for i, c in enumerate(p)][1:]))]
    while rest := _remainder(chain[-2], chain[-1]):
        chain.append(_scaled([-c for c in rest]))
    return chain


def _changes_at(chain: list[Poly], x: Fraction) -> int:
    return _sign_changes([_at(p, x) for p in chain])


def _at(p: Poly, x: Fraction) -> Fraction:
    total = Fraction(0)
    for c in reversed(p):
        total = total * x + c
    return total


def _isolated(p: Poly, chain: list[Poly], low: Fraction, high: Fraction) -> float:
    """Return the one root above `low` and up to `high`; where it only touches zero, Sturm's count is the sign."""
    touches = (_at(p, low) > 0) == (_at(p, high) > 0)
    if not touches and _at(p, low) and _at(p, high):
        return _between([float(c) for c in p], float(low), float(high))
    for _ in range(60):
        middle = (low + high) / 2
        if _changes_at(chain, low) - _changes_at(chain, middle):
            high = middle
        else:
            low = middle
    return float(high)


def _all_roots(coefficients: Sequence[float]) -> list[float]:
    """Return every distinct positive root: Sturm's theorem counts them, halving parts them."""
    p = _trimmed([Fraction(c) for c in coefficients])
    p = p[next(i for i, c in enumerate(p) if c) :]
    chain = _sturm(p)
    bound = 1 + max(abs(c / p[-1]) for c in p)  # Cauchy: no root beyond
    found: list[float] = []
    waiting = [(Fraction(0), bound)]
    while waiting:
        low, high = waiting.pop()
        number = _changes_at(chain, low) - _changes_at(chain, high)
        if number == 1:
            found.append(_isolated(p, chain, low, high))
        elif number:
            middle = (low + high) / 2
            waiting += [(low, middle), (middle, high)]
    return sorted(found)


def irr(flows: Sequence[Quantity]) -> Irr:
    r"""Return the internal rate of return of flows at the ends of years 0, 1, 2 …

    Parameters
    ----------
    flows : sequence of Quantity
        As of `yearly_flows`. [JPY]

    Returns
    -------
    Irr
        A rate above −100 % where exactly one makes the net present value zero; else the kind says why not.

    Raises
    ------
    UnitError
        A flow of another dimension.

    Notes
    -----
    .. math:: \sum_{t=0}^{n} F_t x^t = 0, \quad r = 1/x - 1

    Where the flows change sign once there is one rate (Descartes), found within a bracket. Where they change
    sign more often, Sturm's theorem counts the rates exactly. The premium air conditioner of a textbook, 1,000 for 200
    a year, earns "just over 15%" in 10 years (G. M. Masters, Renewable and Efficient Electric Power Systems, ch. 5):

    >>> flows = [Q_(-1000, "JPY"), *[Q_(200, "JPY")] * 10]
    >>> round(irr(flows).rate.magnitude, 1)
    15.1
    """
    return irr_of(yen(flows))


def irr_of(values: Sequence[float]) -> Irr:
    """Return the internal rate of return of flows; floats in. [JPY]"""
    paid, back = any(v < 0 for v in values), any(v > 0 for v in values)
    if not paid:
        return Irr("no_cost" if back else "no_return")
    if not back:
        return Irr("no_return")
    first = next(v for v in values if v)
    changes = _sign_changes(values)
    if changes == 1 and first > 0:
        return Irr("no_cost")
    roots = [_only_root(values)] if changes == 1 else _all_roots(values)
    percents = tuple(100 * (1 / x - 1) for x in reversed(roots))
    if len(percents) != 1:
        return Irr("not_unique" if percents else "none", percents)
    # the sum, exactly rounded, decides: a rate of zero comes out with a trace of either sign
    loses = fsum(values) < 0 if changes == 1 else percents[0] < 0
    return Irr("loses" if loses else "rate", percents)
