"""Sentences on rows of bills in the words of the file's own heading, where that is not the heading of bills.csv."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace

from carbonlib.errors import Finding, Message, shown

# what a heading is called where the file has none of the kind
USUAL = {"carrier": "エネルギー種別", "quantity": "使用量", "unit": "単位"}
_JA = re.compile(r"^列 ([a-z_]+)")
_EN = re.compile(
    r"(?<=^Column )[a-z_]+|(?<=^The column )[a-z_]+|(?<= in the column )[a-z_]+(?= is no (?:date|month); [^「」']*$)"
)
_NO_DAY = ("日付として読めません。2025-04-01 のように書いてください。", "date; write it as in 2025-04-01.")
_NO_MONTH = ("年月として読めません。2025-04 のように書いてください。", "month; write it as in 2025-04.")
_DAYS = {"start", "end"}


def in_own_words(
    findings: Iterable[Finding], headings: Mapping[str, str], without_month: Collection[int]
) -> list[Finding]:
    """Return findings that name columns as the file does; a month that is none is named once.

    Parameters
    ----------
    findings : iterable of Finding
        On rows read by the names of bills.csv.
    headings : mapping of str to str
        The file's heading of each of those names.
    without_month : collection of int
        Lines whose first and last day come of a month that could not be read.
    """
    told = []
    for one in findings:
        said = _JA.match(one.message.ja)
        column = said[1] if said else ""
        if one.id == "bill.date" and column in _DAYS and one.place.line in without_month:
            if column == "end":
                continue  # the same cell
            column = "month"
            ja = one.message.ja.removesuffix(_NO_DAY[0]) + _NO_MONTH[0]
            en = one.message.en.removesuffix(_NO_DAY[1]) + _NO_MONTH[1]
            one = replace(one, message=Message(ja, en))
        name = headings.get(column) or USUAL.get(column, "")
        if said and name and name != column:
            ja = f"列「{shown(name)}」{one.message.ja[said.end() :].lstrip(' ')}"
            en = _EN.sub(repr(shown(name)).replace("\\", r"\\"), one.message.en, count=1)
            one = replace(one, message=Message(ja, en))
        told.append(one)
    return told
