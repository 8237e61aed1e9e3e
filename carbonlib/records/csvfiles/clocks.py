"""The headings of half-hours: clock times, running numbers, days."""

from __future__ import annotations

import re
from datetime import datetime
from functools import lru_cache

from carbonlib.records.csvfiles.sides import Values, value_columns
from carbonlib.records.csvfiles.table import CsvFile
from carbonlib.records.reading.months import plain

_CLOCK = r"(\d{1,2})(?::(\d{2})(?::00)?|時(?:(\d{1,2})分)?)"
# its unit may stand behind it
_SLOT = re.compile(rf"{_CLOCK}(?:(?:[~〜-]|から){_CLOCK}(?:まで)?)?(?:[(\[][千万]?[kmg]?wh?[)\]])?")
DATE = re.compile(r"(年月日|日付|使用日|対象日|計測日|取引日|対象年月日|使用年月日|date|day)")
_WHEN = re.compile(r"(日時|年月日時|計測日時|対象日時|datetime|timestamp)")
_TIME = re.compile(r"(時刻|時間|時間帯|開始時刻|終了時刻|時間帯[_]?[自至]|コマ|時間帯コマ|コマ番号|time)")
ENDS = re.compile(r"終了|至")
_JAPAN = re.compile(r"(?<=\d) ?(\+09:?00|JST)$")
POINT = re.compile(r"供給地点|地点番号|計器番号|お客さま番号|お客様番号")
ENOUGH = 40  # columns of times that make a heading one of days; a wrong number of them is then named


def _clock(hours: str, minutes: str | None, other: str | None) -> int:
    return int(hours) * 60 + int(minutes or other or 0)


@lru_cache(maxsize=4096)
def slot_of(text: str) -> tuple[int, bool] | None:
    """Return the minute of the day that a heading or a cell names, and whether it is surely the beginning.

    >>> slot_of("0:30～1:00"), slot_of("00:30（kWh）"), slot_of("24時00分"), slot_of("本店")
    ((30, True), (30, False), (1440, False), None)
    """
    match = _SLOT.fullmatch(plain(text))
    if not match:
        return None
    return _clock(match[1], match[2], match[3]), match[4] is not None


def heading_of(file: CsvFile) -> int | None:
    """Return the row that heads half-hours, None for a file of something else."""
    return file.heading(lambda row: is_days(row) or long_columns(row) is not None)


def is_days(row: list[str]) -> bool:
    """Return whether a row heads a table of days with a column for each half-hour."""
    return sum(slot_of(c) is not None for c in row) >= ENOUGH or _komas(row) >= ENOUGH


def _komas(row: list[str]) -> int:
    """Return how many cells are the running numbers of half-hours from 1 on."""
    numbers = [int(c) for c in map(plain, row) if c.isascii() and c.isdigit() and int(c) <= 60]
    return len(numbers) if numbers == list(range(1, len(numbers) + 1)) else 0


def long_columns(row: list[str]) -> tuple[int, int | None, Values] | None:
    """Return the columns of day, time and values of a heading of half-hours a row."""
    words = [plain(c) for c in row]
    when = next((i for i, w in enumerate(words) if _WHEN.fullmatch(w)), None)
    day = when if when is not None else next((i for i, w in enumerate(words) if DATE.fullmatch(w)), None)
    time = next(
        (i for i, w in enumerate(words) if i != day and _TIME.fullmatch(w) and not ENDS.search(w)), None
    )
    time = time if time is not None else next((i for i, w in enumerate(words) if _TIME.fullmatch(w)), None)
    values = value_columns(row, (day, time))
    if day is None or (when is None and time is None) or not (values.use or values.other):
        return None
    return day, (None if when is not None else time), values


def parted(text: str) -> tuple[str, str]:
    """Return day and time of a moment; the offset of Japan behind it says nothing.

    >>> parted("2025/04/01 00:30"), parted("2025-04-01T00:30:00+09:00")
    (('2025/04/01', '00:30'), ('2025-04-01', '00:30:00'))
    """
    words = _JAPAN.sub("", text.strip()).replace("T", " ").split()
    if len(words) == 2:
        return words[0], words[1]
    try:
        moment = datetime.fromisoformat(text.strip())
    except ValueError:
        return text, ""
    return moment.date().isoformat(), f"{moment.hour}:{moment.minute:02d}"
