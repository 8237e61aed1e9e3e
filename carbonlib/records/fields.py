"""Kinds of entry that several YAML files share."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from typing import Annotated

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field

from carbonlib.errors import CarbonlibError, Message, shown, what_is_wrong
from carbonlib.factors import carriers
from carbonlib.records.workspace import is_safe_id
from carbonlib.units import (
    Q_,
    Reading,
    format_number,
    ratio,
    read,
    read_number,
    read_temperature,
    read_unit,
    same_dimension,
)

DEGREES = "℃"


class RefusalError(ValueError):
    """What a validator says for itself: pydantic takes a ValueError, and hands it on with its sentence."""

    def __init__(self, message: Message) -> None:
        self.message = message
        super().__init__(message.ja)


def refusal(ja: str, en: str) -> RefusalError:
    """Return the error by which a validator speaks for itself in both languages."""
    return RefusalError(Message(ja, en))


class Strict(BaseModel):
    """An entry whose fields are all known and of the type that they look like."""

    model_config = ConfigDict(extra="forbid", strict=True)


def _safe(text: str) -> str:
    if not is_safe_id(text):
        raise refusal(
            "小文字の英数字・-・_ だけで 64 文字までにしてください（ファイル名になります）。",
            "use lower-case letters, digits, - and _ only, at most 64 (it becomes a file name).",
        )
    return text


Id = Annotated[str, AfterValidator(_safe)]
_LONGEST = 300
Text = Annotated[str, Field(min_length=1, max_length=_LONGEST)]


def _unquoted(value: object) -> object:
    """Refuse what is no text without quoting it: an error's words reach logs and manifests."""
    if not isinstance(value, str):
        raise refusal(
            "文字で書いてください（数字に見える値は引用符で囲みます）。",
            "it must be text; quote what looks like a number.",
        )
    if len(value) > _LONGEST:
        raise refusal(f"長すぎます（{_LONGEST} 文字まで）。", f"it is longer than {_LONGEST}.")
    return value


# names of companies and people, addresses, telephone numbers
Personal = Annotated[str, BeforeValidator(_unquoted)]
PersonalName = Annotated[str, BeforeValidator(_unquoted), Field(min_length=1)]


def _carrier(text: str) -> str:
    if text not in carriers():
        known = "・".join(carriers())
        raise refusal(f"エネルギー種別は {known} のどれかです。", f"the carriers are {known}.")
    return text


CarrierId = Annotated[str, AfterValidator(_carrier)]


def _share(text: str) -> str:
    try:
        fits = 0 <= Decimal(text) <= 1 and len(text) <= 10
    except InvalidOperation:
        fits = False
    if not fits:
        raise refusal(
            "「0.3」のように 0 以上 1 以下の数で書いてください。", "write a share from 0 to 1, as in '0.3'."
        )
    return text


Share = Annotated[str, AfterValidator(_share)]


def positive(unit: str, ja: str, en: str) -> Callable[[str], str]:
    """Return a validator of a positive quantity that converts to `unit`."""

    def check(text: str) -> str:
        try:
            reading = read(text)
        except CarbonlibError as error:
            wrong = what_is_wrong(error.findings[0].message)
            raise refusal(f"{wrong.ja}{ja}", f"{wrong.en} {en[:1].upper()}{en[1:]}") from None
        if not same_dimension(Q_(1, reading.unit), unit) or reading.value <= 0:
            raise refusal(ja, en)
        return text

    return check


def _as_written(value: object) -> object:
    """Return a number that stands alone as text: what it lacks is its unit, not its quotes."""
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else value


WithUnit = BeforeValidator(_as_written)  # of a text whose own check asks for a unit


def amount_in(reading: Reading, unit: str) -> Fraction:
    """Return how many `unit`, as people write it, a reading is; ℃ and plain numbers are what they are.

    >>> amount_in(read("1.5 千kWh/年"), "kWh/年")
    Fraction(1500, 1)
    """
    if unit in {"", DEGREES}:
        return Fraction(reading.value)
    return Fraction(reading.value) * ratio(reading.unit, read_unit(unit)[0])


class Range:
    """What a quantity must be: of which dimension, from where to where.

    Parameters
    ----------
    unit : str
        As people write it, ``℃`` for temperatures, empty for a plain number.
    example : str
        For the message.
    low, high : Decimal, optional
        In `unit`.
    low_included, high_included : bool
        Whether the edge itself is let through.
    """

    def __init__(
        self,
        unit: str,
        example: str,
        low: Decimal | None = None,
        high: Decimal | None = None,
        *,
        low_included: bool = True,
        high_included: bool = True,
    ) -> None:
        self.unit, self.example, self.low, self.high = unit, example, low, high
        self.low_included, self.high_included = low_included, high_included

    def _refusal(self, why_ja: str, why_en: str) -> RefusalError:
        """Return the error that says what is wrong and how to write it."""
        ja, en = [], []
        for edge, included, words in (
            (self.low, self.low_included, ("以上", "より大きい", "at least", "more than")),
            (self.high, self.high_included, ("以下", "未満", "at most", "less than")),
        ):
            if edge is not None:
                ja.append(
                    f"{format_number(edge)} {self.unit} ".replace("  ", " ") + words[0 if included else 1]
                )
                en.append(f"{words[2 if included else 3]} {format_number(edge)} {self.unit}".rstrip())
        bounds = f"（{'、'.join(ja)}）" if ja else ""
        bounds_en = f" ({', '.join(en)})" if en else ""
        return refusal(
            f"{why_ja}「{self.example}」のように書いてください{bounds}。",
            f"{why_en} Write it as in {self.example!r}{bounds_en}.",
        )

    def _within(self, value: Fraction) -> bool:
        above = self.low is None or value > self.low or (self.low_included and value == self.low)
        below = self.high is None or value < self.high or (self.high_included and value == self.high)
        return above and below

    def read(self, text: object) -> Reading:
        """Return the reading of a written quantity.

        Raises
        ------
        RefusalError
            What is wrong, and how to write it.

        >>> Range("%", "65 %", high=Decimal(100)).read("65 %").value
        Decimal('65')
        """
        try:
            if self.unit == DEGREES:
                reading = read_temperature(text)  # type: ignore[arg-type]
            elif not self.unit:
                reading = Reading(read_number(text), Decimal(1), "")  # type: ignore[arg-type]
            else:
                reading = read(text)  # type: ignore[arg-type]
        except CarbonlibError as error:
            wrong = what_is_wrong(error.findings[0].message)
            raise self._refusal(wrong.ja, wrong.en) from None
        if self.unit not in {"", DEGREES}:
            wanted, _ = read_unit(self.unit)
            if not same_dimension(Q_(1, reading.unit), wanted):
                raise self._refusal(
                    f"「{shown(text)}」は単位が合いません。", f"{shown(text)!r} is of another unit."
                )
        if not self._within(amount_in(reading, self.unit)):
            raise self._refusal(f"「{shown(text)}」は範囲の外です。", f"{shown(text)!r} is out of range.")
        return reading


_PERCENT = Range("%", "8.9 %", Decimal(0), Decimal(100), low_included=False)


def percent(text: object) -> Decimal:
    """Return the part (0 to 1) that a written percentage above 0 and up to 100 is.

    >>> percent("8.9 %")
    Decimal('0.089')
    """
    return _PERCENT.read(text).value.scaleb(-2)


MARGIN = Range("%", "8.9 %", Decimal(-100), Decimal(100))  # of sales; below zero in a year of loss


def margin(text: object) -> Decimal:
    """Return the part (-1 to 1) that a written operating margin is, below zero for a loss.

    >>> margin("-2 %")
    Decimal('-0.02')
    """
    return MARGIN.read(text).value.scaleb(-2)


_MONTH = re.compile(r"(19|20)\d\d-(0[1-9]|1[0-2])", re.ASCII)


def _year_month(text: str) -> str:
    if not _MONTH.fullmatch(text):
        raise refusal(
            f'年月は "1998-04" の形（半角の数字と「-」）で書いてください。値: {shown(text)}',
            f'write a month in the form "1998-04", in plain digits; got {shown(text)}.',
        )
    return text


YearMonth = Annotated[str, AfterValidator(_year_month)]


def day(text: str) -> str:
    """Let an ISO date through."""
    try:
        date.fromisoformat(text)
    except ValueError:
        raise refusal(
            f'日付は "2025-04-01" の形（半角の数字と「-」）で書いてください。値: {shown(text)}',
            f'write a date in the form "2025-04-01", in plain digits; got {shown(text)}.',
        ) from None
    return text
