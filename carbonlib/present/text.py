"""Numbers and names as reports print them: the one place for the wording of labels."""

from __future__ import annotations

from fractions import Fraction

from carbonlib.accounting import AccountLine, Part
from carbonlib.accounting.sheet import units_of
from carbonlib.errors import Place
from carbonlib.factors import NO_FACTOR_JA, Factor, carriers
from carbonlib.factors.model import EVIDENCE
from carbonlib.units import Number, format_number, format_percent

NOT_KNOWN = "–"
SEVERITY = {"error": "誤り", "warning": "要確認", "note": "参考"}
SAMPLE_BANNER = "見本データ：実在しない事業者の数値です。操作の説明のために作成しました。"


def number(value: Fraction | None, digits: int = 0, *, missing: str = NOT_KNOWN) -> str:
    """Return a number for a cell, or the words for one that is not known."""
    return missing if value is None else format_number(value, digits)


def before_words(amount: str) -> str:
    """Return an amount as it stands before Japanese words: with a space after a unit in Latin letters, and after %.

    >>> before_words("1.8 t-CO2"), before_words("4.5%"), before_words("12 千円")
    ('1.8 t-CO2 ', '4.5% ', '12 千円')
    """
    return f"{amount} " if amount[-1:].isascii() else amount


def percent(share: Fraction, digits: int = 1) -> str:
    """Return a share (0 to 1) as a percentage."""
    return format_percent(share, digits)


def thousand_yen(value: Fraction | None, digits: int = 0) -> str:
    """Return an amount of money in 千円."""
    return number(None if value is None else value / 1000, digits)


def carrier_name(line: AccountLine | Part, years: tuple[int, ...] = ()) -> str:
    """Return the carrier's name; LPG says how it is metered, because it has two units.

    `years` are named where only their part of the use is meant.
    """
    name = carriers()[line.carrier].label_ja + ("（気体）" if line.unit == "m3_lpg" else "")
    return f"{name}（{'・'.join(f'{y}年度' for y in years)}の係数による分）" if years else name


def parts_of(line: AccountLine) -> list[tuple[str, Part]]:
    """Return what of a line is counted by the same factors, each with its name; mostly one."""
    if len(line.by_factors) == 1:
        return [(carrier_name(line), line.by_factors[0])]
    return [(carrier_name(part, part.fiscal_years), part) for part in line.by_factors]


def in_display_unit(line: AccountLine) -> tuple[str, str]:
    """Return a line's quantity and unit as bills state it."""
    return number(line.quantity, 0), units_of(line)[0]


def plain_factor(value: Number | None) -> str:
    """Return a factor to five decimals without trailing zeros."""
    if value is None:
        return NO_FACTOR_JA
    printed = format_number(value, 5)
    return printed.rstrip("0").rstrip(".") if "." in printed else printed


def or_no_factor(value: Fraction | None, digits: int) -> str:
    """Return a number, or 該当年度の係数なし where the year has no factor."""
    return number(value, digits, missing=NO_FACTOR_JA)


def source_label(factor: Factor) -> str:
    """Return a factor's source in words: publisher, title, date, and what is still to be confirmed about it."""
    if factor.cited is None:
        return factor.source
    return factor.cited.label() + (f"。{factor.cited.note}" if factor.cited.note else "")


def evidence(factor: Factor) -> str:
    """Return the kind of evidence in words, a derived value marked."""
    words = EVIDENCE[factor.evidence][0]
    return f"{words}（計算値）" if factor.derived_from else words


def place(where: Place) -> str:
    """Return a place in an input file, as reports print it."""
    return where.text("ja") or NOT_KNOWN


def rows_of(line: AccountLine) -> str:
    """Return the input lines a result was made from, runs shortened."""
    if not line.rows:
        return NOT_KNOWN
    numbers = sorted(p.line or 0 for p in line.rows)
    runs: list[list[int]] = []
    for n in numbers:
        if runs and n == runs[-1][1] + 1:
            runs[-1][1] = n
        else:
            runs.append([n, n])
    spans = "・".join(str(a) if a == b else f"{a}〜{b}" for a, b in runs)
    return f"{line.rows[0].file.rsplit('/', 1)[-1]} {spans} 行目"
