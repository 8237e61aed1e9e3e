"""What comes of one rule: held, failed or cannot be told, with value, threshold, margin and a sentence."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import lru_cache
from typing import Literal

from carbonlib.errors import Language, Message
from carbonlib.records.subsidy_round import Ground
from carbonlib.units import format_number, round_half_up, unit_label

Status = Literal["held", "failed", "missing"]
STATUS_LABELS = {
    "held": ("適合", "held"),
    "failed": ("不適合", "failed"),
    "missing": ("判定不可", "cannot tell"),
}


@dataclass(frozen=True)
class RuleOutcome:
    """A rule's outcome.

    `value`, `threshold` and `margin` (value − threshold) are exact and in `unit`, a spelling of `spellings.csv`;
    dates have their margin in days. They are None where the rule compares nothing or the value is not known.
    """

    rule: str
    status: Status
    message: Message
    ground: Ground
    value: Fraction | date | None = None
    threshold: Fraction | date | None = None
    margin: Fraction | None = None
    unit: str = ""


def held(rule: str, ground: Ground, ja: str, en: str) -> RuleOutcome:
    """Return the outcome of a rule that is met and compares no numbers."""
    return RuleOutcome(rule, "held", Message(ja, en), ground)


def failed(rule: str, ground: Ground, ja: str, en: str) -> RuleOutcome:
    """Return the outcome of a rule that is not met and compares no numbers."""
    return RuleOutcome(rule, "failed", Message(ja, en), ground)


def missing(rule: str, ground: Ground, ja: str, en: str) -> RuleOutcome:
    """Return the outcome of a rule for which a fact is missing: the sentence says which."""
    return RuleOutcome(rule, "missing", Message(ja, en), ground)


def _digits(value: Fraction, threshold: Fraction) -> int:
    """Return with how many decimals a value is printed, so that it never looks like the threshold it is not.

    >>> _digits(Fraction("2.97"), Fraction(3)), _digits(Fraction("2.99997"), Fraction(3))
    (2, 5)
    """
    if value == threshold or abs(value - threshold) * 200 > 1:  # far more often than not, and quick to tell
        return 2
    return next((d for d in range(2, 12) if round_half_up(value, d) != threshold), 12)


def _own_digits(value: Fraction) -> int:
    """Return the decimals that an exact number has."""
    return next((d for d in range(6) if round_half_up(value, d) == value), 6)


@lru_cache(maxsize=1024)
def _line(threshold: Fraction, unit: str, lang: Language) -> tuple[str, str]:
    """Return a threshold as printed, and the label of its unit."""
    label = unit_label(unit, lang)
    return f"{format_number(threshold, _own_digits(threshold), lang=lang)} {label}", label


def at_least(
    rule: str,
    ground: Ground,
    value: Fraction,
    threshold: Fraction,
    unit: str,
    *,
    name: tuple[str, str],
    more: tuple[str, str] = ("", ""),
) -> RuleOutcome:
    """Return the outcome of a minimum; the comparison is exact, and only the printed numbers are rounded.

    Parameters
    ----------
    rule, ground
        Which rule, and why it is taken to hold.
    value, threshold : Fraction
        In `unit`.
    unit : str
        A spelling of `spellings.csv`.
    name : tuple of str
        What is compared, in Japanese and English.
    more : tuple of str
        A sentence that follows, such as the factors used.

    >>> from carbonlib.factors import Source
    >>> ground = Ground("published", Source("s", "", "", ""))
    >>> print(at_least("co2_reduction", ground, Fraction("2.97"), Fraction(3), "t-CO2",
    ...                name=("年間CO2削減量", "annual CO2 reduction")).message.ja)
    年間CO2削減量 2.97 t-CO2 は、最低の 3 t-CO2 に 0.03 t-CO2 足りません。
    """
    margin = value - threshold
    digits = _digits(value, threshold)

    def sentence(lang: Language) -> str:
        line, label = _line(threshold, unit, lang)
        of, gap = (f"{format_number(n, digits, lang=lang)} {label}" for n in (value, abs(margin)))
        if lang == "ja":
            end = (
                f"に {gap} 足りません"
                if margin < 0
                else f"を {gap} 上回ります"
                if margin
                else "とちょうど同じです"
            )
            return f"{name[0]} {of} は、最低の {line} {end}。{more[0]}"
        end = f"{gap} short of" if margin < 0 else f"{gap} above" if margin else "exactly at"
        return f"{name[1]}: {of}, {end} the minimum of {line}. {more[1]}".rstrip()

    status: Status = "failed" if margin < 0 else "held"
    return RuleOutcome(
        rule, status, Message(sentence("ja"), sentence("en")), ground, value, threshold, margin, unit
    )
