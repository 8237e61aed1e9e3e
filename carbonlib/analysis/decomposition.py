"""A change of CO2 between two years, split into activity, intensity and factor: additive LMDI-I, adding up exactly."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, localcontext
from fractions import Fraction

_DIGITS = 50
_NEAR = Decimal("1e-20")  # closer than this the logarithmic mean is the plain mean to all digits that count


@dataclass(frozen=True)
class Part:
    """One carrier in one year: its `quantity` in a unit of its own, and its CO2 [t CO2]."""

    quantity: Fraction
    co2_t: Fraction

    @property
    def factor(self) -> Fraction | None:
        """CO2 by unit; None without use, where it cannot be told."""
        return self.co2_t / self.quantity if self.quantity else None


NOTHING = Part(Fraction(0), Fraction(0))


@dataclass(frozen=True)
class Contributions:
    """A change in its parts, exact: activity + intensity + factor = total. [t CO2]

    `activity` is None where no activity was given; then `intensity` is the effect of the use itself.
    """

    total: Fraction
    activity: Fraction | None
    intensity: Fraction
    factor: Fraction


def _decimal(value: Fraction) -> Decimal:
    return Decimal(value.numerator) / Decimal(value.denominator)


def _log_ratio(after: Fraction, before: Fraction) -> Decimal:
    """Return ln(after / before), both positive."""
    return _decimal(after / before).ln()


def log_mean(a: Fraction, b: Fraction) -> Fraction:
    r"""Return the logarithmic mean of two positive numbers, to fifty digits.

    .. math:: L(a, b) = (a - b) / \ln(a / b), \quad L(a, a) = a

    >>> float(round(log_mean(Fraction(2), Fraction(1)), 6))
    1.442695
    """
    with localcontext() as context:
        context.prec = _DIGITS
        if abs(_decimal(a / b) - 1) < _NEAR:
            return (a + b) / 2
        return Fraction(_decimal(a - b) / _log_ratio(a, b))


def contributions_of(
    before: Part, after: Part, activity: tuple[Fraction, Fraction] | None = None
) -> Contributions:
    r"""Return the effects of one carrier.

    Parameters
    ----------
    before, after : Part
        Of the two years, not negative.
    activity : tuple of Fraction, optional
        Activity of the two years, positive; without it there are two effects.

    Notes
    -----
    With C = A · (Q/A) · (C/Q) and the logarithmic mean L of C before and after:

    .. math:: \Delta_A = L \ln(A_1/A_0), \quad \Delta_F = L \ln(F_1/F_0), \quad \Delta_I = \Delta C - \Delta_A - \Delta_F

    The intensity effect is taken as the rest, so that the three add up exactly; it differs from L ln(I₁/I₀) by the
    rounding of logarithms at fifty digits. Zeros by their analytical limits (Ang and Liu, Energy Policy 35, 2007, 238–246,
    after Ang, Zhang and Choi, Energy 23, 1998, 489–495; Wood and Lenzen, Energy Policy 34, 2006, 1326–1331, on why not by
    small numbers): a carrier that comes or goes is a change of its intensity alone, a factor that becomes or ceases to be
    zero one of the factor alone.

    >>> e = contributions_of(Part(Fraction(100), Fraction(50)), Part(Fraction(80), Fraction(32)))
    >>> e.total == e.intensity + e.factor, float(round(e.factor, 3))
    (True, -9.0)
    """
    assert min(before.quantity, before.co2_t, after.quantity, after.co2_t) >= 0
    total = after.co2_t - before.co2_t
    zero = Fraction(0)
    none = None if activity is None else zero
    if not (before.co2_t and after.co2_t):
        came_or_went = not (before.quantity and after.quantity)
        return Contributions(total, none, *((total, zero) if came_or_went else (zero, total)))
    with localcontext() as context:
        context.prec = _DIGITS
        mean = log_mean(after.co2_t, before.co2_t)
        old, new = before.factor, after.factor
        assert old is not None
        assert new is not None
        by_factor = mean * Fraction(_log_ratio(new, old))
        by_activity = None if activity is None else mean * Fraction(_log_ratio(activity[1], activity[0]))
    return Contributions(total, by_activity, total - by_factor - (by_activity or zero), by_factor)


def decompose(
    before: Mapping[str, Part],
    after: Mapping[str, Part],
    activity: tuple[Fraction, Fraction] | None = None,
) -> Contributions | None:
    """Return the effects over all carriers; None where one is negative, which logarithms do not know.

    Parameters
    ----------
    before, after : mapping of str to Part
        By carrier (and unit); one that is missing in a year was not used.
    activity : tuple of Fraction, optional
        Activity of the two years.
    """
    keys = dict.fromkeys((*before, *after))
    pairs = [(before.get(k, NOTHING), after.get(k, NOTHING)) for k in keys]
    if any(min(p.quantity, p.co2_t) < 0 for pair in pairs for p in pair):
        return None
    if activity is not None and min(activity) <= 0:
        activity = None
    each = [contributions_of(old, new, activity) for old, new in pairs]

    def added(name: str) -> Fraction:
        return sum((getattr(e, name) or Fraction(0) for e in each), Fraction(0))

    return Contributions(
        added("total"), None if activity is None else added("activity"), added("intensity"), added("factor")
    )
