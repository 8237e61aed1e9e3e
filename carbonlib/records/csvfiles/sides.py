"""Which half-hours of a file are the use: what is generated, sold, planned or of the year before is no use."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from carbonlib.errors import Place, shown
from carbonlib.records.csvfiles.table import CsvFile
from carbonlib.records.reading.months import plain
from carbonlib.records.reading.problems import Problems

_AMOUNT = re.compile(r"kwh|(使用|電力|買電|受電|購入|発電|売電)量|30分値")
_SUPPLIED = r"発電|売電|逆潮流?|余剰|自家消費|放電"
_OTHER = re.compile(
    rf"{_SUPPLIED}|計画|予測|予想|見込|目標|前々?年|昨年|一昨年|前月|前日|前週|累積|累計|積算|指示|無効|皮相|kvar"
    r"|平均|最大|最小|差異|差分|増減|削減|単価|料金|金額|円|co2|排出|係数"
)
_USE = re.compile(r"使用|買電|受電|購入|消費|需要")
_SOLD = re.compile(rf"(太陽光|pv)?({_SUPPLIED})(分|電力)?量?(実績)?(\(.*\))?")
# of a title: 〇〇発電 alone may be the name of a supplier
_TITLE = re.compile(r"発電(電力)?量|発電実績|売電|逆潮流|余剰電力")


@dataclass(frozen=True)
class Values:
    """The columns of a heading that may hold the use, and those of amounts that are something else."""

    use: tuple[int, ...]
    other: tuple[int, ...]


def value_columns(row: Sequence[str], but: Iterable[int | None]) -> Values:
    """Return which columns of amounts may be the use; one that says so goes before those that say nothing.

    Parameters
    ----------
    row : sequence of str
        The heading.
    but : iterable of int or None
        Columns of day and time.

    >>> value_columns(["日付", "時刻", "発電量(kWh)", "使用量(kWh)"], (0, 1))
    Values(use=(3,), other=(2,))
    >>> value_columns(["日付", "時刻", "A(kWh)", "B(kWh)"], (0, 1)).use, value_columns(["", "売電量(kWh)"], (0,)).use
    ((2, 3), ())
    """
    skipped = set(but)
    amounts = [i for i, c in enumerate(row) if i not in skipped and _AMOUNT.search(plain(c))]
    use = [i for i in amounts if not _OTHER.search(plain(row[i]))]
    said = [i for i in use if _USE.search(plain(row[i]))] or use
    return Values(tuple(said), tuple(i for i in amounts if i not in said))


def is_supplied(cell: str) -> bool:
    """Return whether a cell beside half-hours says that its row is of generation or of what is sold.

    >>> is_supplied("売電"), is_supplied("太陽光発電量"), is_supplied("買電"), is_supplied("東西発電株式会社")
    (True, True, False, False)
    """
    return bool(_SOLD.fullmatch(plain(cell)))


def is_title_of_supply(text: str) -> bool:
    """Return whether a line above half-hours says that they are of generation or of what is sold, and of no use.

    >>> is_title_of_supply("太陽光発電量 30分値（kWh）"), is_title_of_supply("買電・売電の 30分値")
    (True, False)
    """
    words = plain(text)
    return bool(_TITLE.search(words)) and not _USE.search(words)


def name_what_is_no_use(file: CsvFile, at: int, problems: Problems) -> None:
    """Name half-hours that are of generation, or of what is sold, by a line above them or by a cell beside them.

    Parameters
    ----------
    file : CsvFile
        As it was opened.
    at : int
        The row of its heading.
    problems : Problems
        Takes the first such cell.
    """
    above = ((i, c) for i in range(at) for c in file.rows[i] if is_title_of_supply(c))
    beside = ((i, c) for i in range(at + 1, len(file.rows)) for c in file.rows[i] if is_supplied(c))
    first = next(above, None) or next(beside, None)
    if first:
        problems.error(
            "load_not_use",
            f"「{shown(first[1])}」とあるので、使用量ではない 30分値のようです。使用量（買電）の値だけにしてください。",
            f"By {shown(first[1])!r} these half-hours are no use of electricity; import the use (what is bought) alone.",
            Place(file.name, file.lines[first[0]]),
        )


def column_of_use(file: CsvFile, at: int, found: Values, problems: Problems) -> int | None:
    """Return the one column of the use; None where the heading does not tell it, which is named.

    Parameters
    ----------
    file : CsvFile
        As it was opened.
    at : int
        The row of its heading.
    found : Values
        The columns of amounts.
    problems : Problems
        Takes what is left out beside the use as well.
    """
    header, place = file.rows[at], Place(file.name, file.lines[at])
    names = "・".join(f"「{shown(header[i])}」" for i in found.use or found.other)
    if not found.use:
        problems.error(
            "load_not_use",
            f"値の列は {names} だけで、使用量の列がありません。使用量（買電）の列のある表を取り込んでください。",
            f"There is no column of the use, but {names} alone; import a table of the use (what is bought).",
            place,
        )
    elif len(found.use) > 1:
        problems.error(
            "load_columns",
            f"使用量と読める列が {names} の {len(found.use)} つあり、どれか決められません。1 つだけ残してください。",
            f"{len(found.use)} columns may be the use: {names}; keep one.",
            place,
        )
    else:
        own = shown(header[found.use[0]])
        for index in found.other:
            problems.note(
                "column_left_out",
                f"列「{shown(header[index])}」は取り込みません（「{own}」を使用量として読みました）。",
                f"The column {shown(header[index])!r} is not taken in; {own!r} was read as the use.",
                place,
            )
        return found.use[0]
    return None
