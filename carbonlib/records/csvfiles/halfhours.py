"""Half-hours as suppliers' CSV files give them: a day a row with 48 columns, or a half-hour a row."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import TypeVar

from carbonlib.errors import CarbonlibError, Place, shown
from carbonlib.records.billrow import year_far
from carbonlib.records.csvfiles.cells import iso_day
from carbonlib.records.csvfiles.clocks import (
    DATE,
    ENDS,
    ENOUGH,
    POINT,
    is_days,
    long_columns,
    parted,
    slot_of,
)
from carbonlib.records.csvfiles.energies import Unit, energies, of_values
from carbonlib.records.csvfiles.sides import column_of_use, name_what_is_no_use
from carbonlib.records.csvfiles.slots import Begun, Slot, beginnings_of_columns, beginnings_of_rows
from carbonlib.records.csvfiles.table import CsvFile
from carbonlib.records.csvfiles.totals import is_dash, plain_number
from carbonlib.records.load import HALF_HOURS
from carbonlib.records.reading.months import plain
from carbonlib.records.reading.problems import Problems
from carbonlib.records.reading.sums import Stated, compare
from carbonlib.records.reading.totalwords import says_total
from carbonlib.records.reading.words import units_in
from carbonlib.units import read_number

T = TypeVar("T")
DAY = 24 * 60


@dataclass
class HalfHours:
    """What a file holds: 48 values for each day in kWh, None where nothing is written."""

    name: str
    place: Place
    days: dict[date, list[Decimal | None]] = field(default_factory=dict)


def read_halfhours(file: CsvFile, at: int, problems: Problems) -> HalfHours:
    """Return the half-hours of a supplier's file.

    Parameters
    ----------
    file : CsvFile
        As it was opened.
    at : int
        The row of its heading.
    problems : Problems
        Takes every cell that cannot be read, by line; half-hours that stand twice; and how times were understood.
    """
    found = HalfHours(file.name, Place(file.name, file.lines[at]))
    reader = _Reader(file, at, found, problems)
    if is_days(file.rows[at]):
        reader.days()
    else:
        reader.rows()
    if not found.days and not problems.errors:
        reader.error("empty", "30分値が 1 つもありません。", "There is no half-hour in it.", at)
    return found


class _Reader:
    def __init__(self, file: CsvFile, at: int, found: HalfHours, problems: Problems) -> None:
        self.file, self.at, self.found, self.problems = file, at, found, problems
        self.header = file.rows[at]
        self.lines: dict[tuple[date, int], int] = {}
        self._one_point()
        name_what_is_no_use(file, at, problems)

    def error(self, id: str, ja: str, en: str, row: int) -> None:
        self.problems.error(id, ja, en, Place(self.file.name, self.file.lines[row]))

    def _below(self) -> range:
        return range(self.at + 1, len(self.file.rows))

    def _one_point(self) -> None:
        for column, text in enumerate(self.header):
            if not POINT.search(plain(text)):
                continue
            points = {
                r[column].strip() for r in (self.file.rows[i] for i in self._below()) if len(r) > column
            }
            if len(points - {""}) > 1:
                self.error(
                    "load_points",
                    f"供給地点などの番号が {len(points - {''})} 種類あります。1 つのファイルを 1 つのメーターに分けてください。",
                    f"There are {len(points - {''})} supply points; divide the file, one for each meter.",
                    self.at,
                )

    def _scale(self, headings: list[str]) -> Unit | None:
        """Return the unit of the values: of their headings or a column of units, else of a line above; else it is named."""
        above = [c for row in self.file.rows[: self.at] for c in of_values(row)]
        beside = [i for i, c in enumerate(self.header) if plain(c) in {"単位", "unit"}]
        below = (self.file.rows[i] for i in self._below())
        headings = [*headings, *dict.fromkeys(r[i] for r in below for i in beside if i < len(r))]
        for texts in (headings, above):
            units, power = energies(texts), any(re.search(r"kw(?!h)", plain(t)) for t in texts)
            if len(units) == 1 and not (power and texts is headings):
                return units[0]
            if units or power:
                self._no_unit(units, power)
                return None
        self._no_unit([], False)
        return None

    def _no_unit(self, units: list[Unit], power: bool) -> None:
        ja = "単位が書かれていません。30分値の見出しか表の上に（kWh）と書いてください。"
        en = "The unit is not written; write (kWh) in the heading of the half-hours or above the table."
        if power:
            ja = "30分ごとの kW ではなく kWh の値が必要です。kWh の表を取り込んでください。"
            en = "kWh in each half-hour are needed, not kW."
        elif units:
            ja = f"単位が {'・'.join(u.name for u in units)} と食い違っています。どれか 1 つにしてください。"
            en = f"The units {', '.join(u.name for u in units)} contradict each other; keep one."
        self.error("load_unit", ja, en, self.at)

    def days(self) -> None:
        """Read a table of days with a column for each half-hour."""
        clocks = {i: s for i, c in enumerate(self.header) if (s := slot_of(c)) is not None}
        if len(clocks) < ENOUGH:
            clocks = {
                i: ((int(plain(c)) - 1) * 30, True)
                for i, c in enumerate(self.header)
                if plain(c).isascii() and plain(c).isdigit()
            }
        minutes = self._told(beginnings_of_columns(list(clocks.values())))
        if sorted(minutes) != list(range(0, DAY, 30)):
            self.error(
                "load_half_hours",
                f"1 日の 30分値は {HALF_HOURS} 個です（日本に夏時間はありません）。見出しには {len(clocks)} 個あるか、時刻が 0:00 からの "
                "30 分きざみになっていません。",
                f"A day has {HALF_HOURS} half-hours (Japan has no daylight saving time); the heading has {len(clocks)}, or not "
                "those from 0:00 on.",
                self.at,
            )
            return
        day = next((i for i, c in enumerate(self.header) if DATE.search(plain(c))), 0)
        unit = self._scale([self.header[i] for i in dict.fromkeys((*clocks, day))])
        if unit is None:
            return
        # a total has a unit of its own, or else that of the values; one of yen or CO2 adds up something else
        sums = {
            i: own[0] if (own := energies([c])) else unit
            for i, c in enumerate(self.header)
            if i not in clocks
            and says_total(plain(c).split("(")[0])
            and (energies([c]) or not any(units_in(c)))
        }
        for row in self._below():
            cells = self.file.rows[row] + [""] * (len(self.header) - len(self.file.rows[row]))
            when = self._day(cells[day], row)
            if when is None:
                continue
            values = []
            for column, minute in zip(clocks, minutes, strict=True):
                value = self._value(cells[column], row)
                self._put(when, minute, None if value is None else value * unit.kwh, row)
                values.append(value)
            for column, its in sums.items():
                stated = plain_number(cells[column])
                known = [
                    v if its.kwh == unit.kwh else v * unit.kwh / its.kwh for v in values if v is not None
                ]
                if stated is not None and known:
                    place = Place(self.file.name, self.file.lines[row])
                    compare(Stated(self.header[column], stated, place), known, its.name, self.problems)

    def rows(self) -> None:
        """Read a table of half-hours a row."""
        columns = long_columns(self.header)
        assert columns
        day, time, values = columns
        value = column_of_use(self.file, self.at, values, self.problems)
        unit = self._scale([self.header[value]]) if value is not None else None
        if value is None or unit is None:
            return
        read: list[tuple[int, Slot, Decimal | None]] = []
        for row in self._below():
            cells = self.file.rows[row] + [""] * (len(self.header) - len(self.file.rows[row]))
            text, clock = (cells[day], cells[time]) if time is not None else parted(cells[day])
            when = self._day(text, row)
            if when is None:
                continue
            number = plain(clock)
            slot = slot_of(clock)
            if number.isascii() and number.isdigit() and 1 <= int(number) <= HALF_HOURS:
                slot = ((int(number) - 1) * 30, True)
            if slot is None or slot[0] % 30 or slot[0] > DAY:
                self.error(
                    "load_time",
                    f"時刻「{shown(clock)}」は 0:00 から 30 分きざみの時刻として読めません（夏時間や 48 を超える番号はありません）。",
                    f"{shown(clock)!r} is not readable as a half-hour from 0:00 on.",
                    row,
                )
                continue
            read.append((row, Slot(when, *slot), self._value(cells[value], row)))
        heading = plain(self.header[time if time is not None else day])
        begun = self._told(beginnings_of_rows([s for _, s, _ in read], ends=bool(ENDS.search(heading))))
        for (row, _, amount), (when, minute) in zip(read if begun else [], begun, strict=True):
            self._put(when, minute, None if amount is None else amount * unit.kwh, row)

    def _told(self, read: Begun[T]) -> list[T]:
        """Return the beginnings of half-hours, saying how times that name one moment only were understood."""
        if read.contradict:
            self.error(
                "load_time",
                f"0:00 が 1 日の初めに書かれた日と終わりに書かれた日があります（{read.contradict}）。「0:00～0:30」のように書いてください。",
                f"0:00 stands first on some days and last on others ({read.contradict}); write 0:00～0:30.",
                self.at,
            )
        elif read.guessed:
            self.problems.note(
                "load_times",
                f"時刻は 30 分の{'終わり' if read.ends else '始まり'}として読みました。違うときは「0:00～0:30」のように書いてください。",
                f"Times were read as the {'end' if read.ends else 'beginning'} of a half-hour; where that is wrong, write 0:00～0:30.",
                Place(self.file.name, self.file.lines[self.at]),
            )
        return read.begun

    def _day(self, text: str, row: int) -> date | None:
        if not text.strip() or says_total(text):
            return None
        try:
            day = date.fromisoformat(iso_day(text.strip()))
            if year_far(day, day):
                self.error(
                    "year_far", f"日付 {day} の年を確かめてください。", f"Check the year of {day}.", row
                )
                return None
            return day
        except ValueError:
            self.error(
                "load_date",
                f"「{shown(text)}」は日付として読めません。2025/4/1 のように書いてください。",
                f"{shown(text)!r} is no date; write it as in 2025/4/1.",
                row,
            )
            return None

    def _value(self, text: str, row: int) -> Decimal | None:
        if not text.strip() or is_dash(text.strip()):
            return None
        try:
            value = read_number(text.strip())
        except CarbonlibError as error:
            first = error.findings[0].message
            self.error("load_number", first.ja, first.en, row)
            return None
        if value < 0:
            self.error(
                "load_negative",
                f"「{shown(text)}」が負の値です。使用量だけの表を取り込んでください（売電は別の表です）。",
                f"{shown(text)!r} is negative; import the use alone, electricity sold is another table.",
                row,
            )
            return None
        return value

    def _put(self, day: date, minute: int, value: Decimal | None, row: int) -> None:
        if (day, minute) in self.lines:
            self.error(
                "load_twice",
                f"{day} {minute // 60}:{minute % 60:02d} の値が {self.lines[day, minute]} 行目にもあります。どちらかを消してください。",
                f"{day} {minute // 60}:{minute % 60:02d} stands on line {self.lines[day, minute]} too; delete one.",
                row,
            )
            return
        self.lines[day, minute] = self.file.lines[row]
        self.found.days.setdefault(day, [None] * HALF_HOURS)[minute // 30] = value
