"""Months and periods as people write them: 令和7年4月, R7.4, 2025/4, 4月, Excel's dates, 3/20～4/18."""

from __future__ import annotations

import re
import unicodedata
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from carbonlib.fiscal_year import Month

_ERAS = {"令和": 2018, "r": 2018, "平成": 1988, "h": 1988}
_YEAR = r"(?:(?P<era>令和|平成|r|h)\.?(?P<n>元|\d{1,2})|(?P<y>(?:19|20)\d\d))"
_MONTH = re.compile(rf"(?:{_YEAR}[年./-])?(?P<m>0?[1-9]|1[0-2])(?P<mark>月?)(?:分|使用分|利用分)?")
_PACKED = re.compile(r"(20\d\d)(0[1-9]|1[0-2])")
_DAY = re.compile(
    rf"(?:{_YEAR}[年./-])?(?P<m>0?[1-9]|1[0-2])[月./-](?P<d>0?[1-9]|[12]\d|3[01])日?(?:\([日月火水木金土]\))?"
)
_FISCAL = re.compile(rf"(?<!\d){_YEAR}年度(?!末)")
# 2025年 電気使用量, 電気(2025年), 2025年の実績; not 2025年改正 nor 2025年4月
_TITLED = re.compile(
    rf"(?<![\d~〜-]){_YEAR}年(?:分|の)?(?=$|[)\]】]|(?![\d度末~〜-]).{{0,30}}?(?:使用|利用|料金|実績|消費|購入|電気|電力|ガス|燃料|油|エネルギー))"
)
# notes, and what compares with another year or tells a day of writing
_NO_TITLE = re.compile(
    r"[。※]|比|前年|昨年|対する|以[降後前来]|まで|から|より|現在|改[正定]|作成|更新|印刷|版"
)
_CALENDAR = re.compile(rf"{_YEAR}年?")
_LONGEST_TITLE = 30
_BETWEEN = re.compile(r"[~〜]|から")


# first year before, and last year of, each era
_ERA_YEARS = {
    **dict.fromkeys(("明治", "m"), (1867, 45)),
    **dict.fromkeys(("大正", "t"), (1911, 15)),
    **dict.fromkeys(("昭和", "s"), (1925, 64)),
    **dict.fromkeys(("平成", "h"), (1988, 31)),
    **dict.fromkeys(("令和", "r"), (2018, 99)),
}
_ERA_YEAR = re.compile(r"(明治|大正|昭和|平成|令和|[mtshr])\.?(元|\d{1,2})(?=[年./-]|$)")


@dataclass(frozen=True)
class Unsure:
    """A date within a month: nobody knows whether it is the month of use or a day on which a meter was read."""

    day: date


@dataclass(frozen=True)
class YearlessMonth:
    """A month without its year."""

    month: int


@dataclass(frozen=True)
class Span:
    """First and last day; the years are None where they were not written."""

    start: tuple[int | None, int, int]
    end: tuple[int | None, int, int]


When = Month | YearlessMonth | Span | Unsure


def plain(text: str) -> str:
    """Return a text for comparison: NFKC, no spaces, no case."""
    return "".join(unicodedata.normalize("NFKC", text[:300]).split()).casefold()


def year_of(match: re.Match[str], side: str = "") -> int | None:
    """Return the year of one side of a match whose groups are called ``era``, ``n`` and ``y`` with that side."""
    if match["y" + side]:
        return int(match["y" + side])
    if match["era" + side]:
        return _ERAS[match["era" + side]] + (1 if match["n" + side] == "元" else int(match["n" + side]))
    return None


def western(text: str) -> str:
    """Return a text whose year of an era is the western year; a year that no era has stays as it is.

    >>> western("平成10年"), western("Ｓ55.4"), western("昭和70年"), western("1998年")
    ('1998年', '1980.4', '昭和70年', '1998年')
    """
    said = plain(text)
    match = _ERA_YEAR.match(said)
    if not match:
        return said
    before, last = _ERA_YEARS[match[1]]
    year = 1 if match[2] == "元" else int(match[2])
    return f"{before + year}{said[match.end() :]}" if 1 <= year <= last else said


def year_in(text: str) -> int | None:
    """Return the year of a text that holds nothing else.

    >>> year_in("平成10年"), year_in("1998年築"), year_in("1998年4月")
    (1998, 1998, None)
    """
    match = re.fullmatch(r"(\d{4})(年(建築|竣工|築|製)?)?", western(text))
    return int(match[1]) if match else None


def fiscal_year_in(text: str) -> int | None:
    """Return the fiscal year that a text names, None for none or several.

    >>> fiscal_year_in("令和７年度 エネルギー使用量"), fiscal_year_in("2024年度・2025年度")
    (2025, None)
    """
    found = {year_of(m) for m in _FISCAL.finditer(plain(text))}
    return found.pop() if len(found) == 1 else None


def calendar_year(text: str) -> int | None:
    """Return the year that a cell of a year's column holds."""
    match = _CALENDAR.fullmatch(plain(text))
    return year_of(match) if match else None


def calendar_year_titled(text: str) -> int | None:
    """Return the calendar year that a title says its amounts are of, None for none or several.

    >>> calendar_year_titled("2025年 電気使用量"), calendar_year_titled("電気（令和7年）"), calendar_year_titled("2025年度")
    (2025, 2025, None)
    """
    words = plain(text)
    if len(words) > _LONGEST_TITLE or _NO_TITLE.search(words):
        return None
    found = {year_of(m) for m in _TITLED.finditer(words)}
    return found.pop() if len(found) == 1 else None


def read_day(value: Any) -> tuple[int | None, int, int] | None:
    """Return year, month and day of a cell; the year is None where it is not written."""
    if isinstance(value, datetime | date):
        return value.year, value.month, value.day
    if not isinstance(value, str):
        return None
    match = _DAY.fullmatch(plain(value))
    if not match:
        return None
    year, month, day = year_of(match), int(match["m"]), int(match["d"])
    return (year, month, day) if day <= monthrange(year or 2024, month)[1] else None


def _month_of(day: date) -> When:
    last = monthrange(day.year, day.month)[1]
    return Month(day.year, day.month) if day.day in {1, last} else Unsure(day)


def _span(text: str) -> Span | None:
    sides = _BETWEEN.split(text)
    if len(sides) != 2:
        sides = re.split(r"(?<=日)-|(?<=\d)-(?=(?:令和|平成|[rh])?\d+[./年])", text)
    days = [read_day(s) for s in sides]
    return Span(days[0], days[1]) if len(days) == 2 and days[0] and days[1] else None


def read_month(value: Any, *, bare: bool = False) -> When | None:
    """Return the month or period of a cell, None where it is neither.

    Parameters
    ----------
    value : object
        As the workbook holds it.
    bare : bool
        Whether a number from 1 to 12 alone is a month, as it is under a heading that says so.

    Returns
    -------
    Month, YearlessMonth, Span, Unsure or None

    >>> read_month("令和７年４月分"), read_month("R7.4"), read_month("4月")
    (Month(year=2025, month=4), Month(year=2025, month=4), YearlessMonth(month=4))
    """
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, datetime | date):
        day = value.date() if isinstance(value, datetime) else value
        return _month_of(day)
    text = plain(format(value, ".15g") if isinstance(value, float) else str(value))
    if match := _PACKED.fullmatch(text):
        return Month(int(match[1]), int(match[2]))
    if not isinstance(value, str):
        return YearlessMonth(int(text)) if bare and text.isdigit() and 1 <= int(text) <= 12 else None
    if match := _MONTH.fullmatch(text):
        year, month = year_of(match), int(match["m"])
        if year is not None:
            return Month(year, month)
        return YearlessMonth(month) if match["mark"] or bare else None
    if span := _span(text):
        return span
    day_ = read_day(value)
    if day_ and day_[0]:
        return _month_of(date(day_[0], day_[1], day_[2]))
    return None
