"""The awarding office's list of applications as CSV, and what keeps an application from being ranked."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from fractions import Fraction
from pathlib import Path

from carbonlib.errors import CarbonlibError, Finding, Message, Place, RecordError, shown, what_is_wrong
from carbonlib.records.billrow import BillRow
from carbonlib.records.printed_files import csv_lines, file_bytes
from carbonlib.records.subsidy_round import AwardRule, Request, Round
from carbonlib.units import Q_, format_number, ratio, read, same_dimension

REQUIRED = ("id", "grant", "co2_reduction")
OPTIONAL = ("applicant", "received", "priority")


def unrankable(requests: Iterable[Request], rule: AwardRule) -> list[Finding]:
    """Return why applications cannot be ranked: an id that stands twice, nothing asked for, nothing saved, no time."""
    found: list[Finding] = []
    seen: set[str] = set()
    for one in requests:
        name = shown(one.id)
        problems = {
            "award.twice": (
                one.id in seen,
                "同じ id が 2 つあります。変えてください。",
                "the id stands twice.",
            ),
            "award.grant": (one.grant_jpy <= 0, "補助額が 0 円以下です。", "the grant is not positive."),
            "award.co2": (one.co2_t <= 0, "CO2削減量が 0 以下です。", "the CO2 reduction is not positive."),
            "award.received": (
                rule.method == "first_come" and one.received is None,
                "受付の日時がありません（この回は先着順です）。",
                "no time of receipt, and this round goes by first come.",
            ),
        }
        for id, (wrong, ja, en) in problems.items():
            if wrong:
                message = Message(f"申請「{name}」: {ja}", f"Application {name!r}: {en}")
                found.append(Finding(id, "error", message, one.place, one.id))
        seen.add(one.id)
    return found


class _Row(BillRow):
    """One row of the office's list, read as a row of bills is."""

    def amount(self, column: str, unit: str, example: str) -> Fraction | None:
        """Return a cell's quantity in `unit`; a saving per year says the same as a saving."""
        written = self.text(column)
        try:
            reading = read(written)
        except CarbonlibError as error:
            for f in error.findings:
                why = what_is_wrong(f.message)
                self.problem(
                    f.id,
                    f"列 {column}: {why.ja}「{example}」のように書いてください。",
                    f"Column {column}: {why.en} Write it as in {example!r}.",
                )
            return None
        name = reading.unit.removesuffix("/year")
        if not same_dimension(Q_(1, name), unit):
            self.problem(
                "award.unit",
                f"列 {column} は「{example}」のように書いてください（いまは「{shown(written)}」）。",
                f"Write the column {column} as in {example!r}, not {shown(written)!r}.",
            )
            return None
        return Fraction(reading.value) * ratio(name, unit)

    def received(self) -> str | None:
        """Return the time of receipt as ISO text; a day alone stands for its beginning."""
        written = self.text("received").replace("/", "-")
        if not written:
            return None
        try:
            if re.fullmatch(r"\d{4}-\d{1,2}-\d{1,2}", written):
                return date(*map(int, written.split("-"))).isoformat() + "T00:00:00"
            moment = datetime.fromisoformat(written)
            if moment.tzinfo is not None:
                raise ValueError("a zone of time")
            return moment.isoformat()
        except ValueError:
            self.problem(
                "award.received_form",
                f"列 received の「{shown(written)}」は日時として読めません。2025-10-29 09:00 のように書いてください。",
                f"{shown(written)!r} in the column received is no time; write it as in 2025-10-29 09:00.",
            )
            return None

    def priority(self, known: Sequence[str]) -> tuple[str, ...]:
        """Return the grounds for priority, each one that the round knows."""
        ids = tuple(dict.fromkeys(p for p in re.split(r"[;、・\s]+", self.text("priority")) if p))
        if strange := [p for p in ids if p not in known]:
            listed = "・".join(known) or "なし"
            self.problem(
                "award.priority",
                f"優先の理由「{shown(strange[0])}」はこの回にありません。あるのは: {listed}。",
                f"This round has no ground for priority {shown(strange[0])!r}; there are: {listed}.",
            )
        return ids


def _request(row: _Row, round: Round) -> Request | None:
    id = row.text("id")
    if not id:
        row.problem("award.id", "列 id が空です。", "The column id is empty.")
    grant = row.amount("grant", "JPY", "1,042 千円")
    co2 = row.amount("co2_reduction", "t_CO2", "3.2 t-CO2")
    received = row.received()
    priority = row.priority([p.id for p in round.priority])
    minimum, cap = round.minimum_co2_t(), round.highest_cap_jpy()
    if minimum is not None and co2 is not None and 0 < co2 < minimum:
        gap = minimum - co2
        row.problem(
            "award.below_minimum",
            f"CO2削減量「{shown(row.text('co2_reduction'))}」は、この回の最低に {float(gap):.6g} t-CO2 足りません。"
            "対象外の申請は一覧から除いてください。",
            f"The CO2 reduction {shown(row.text('co2_reduction'))!r} is {float(gap):.6g} t-CO2 short of the round's "
            "minimum; take what is not eligible off the list.",
        )
    if cap is not None and grant is not None and grant > cap:
        row.problem(
            "award.above_cap",
            f"補助額「{shown(row.text('grant'))}」は、この回の上限 {format_number(cap / 1000)} 千円を超えています。",
            f"The grant {shown(row.text('grant'))!r} is above the round's cap of {format_number(cap)} JPY.",
        )
    if row.findings or grant is None or co2 is None:
        return None
    return Request(id, row.text("applicant"), grant, co2, received, priority, row.place)


def read_requests(path: Path, name: str, round: Round) -> list[Request]:
    """Return the applications of a CSV, in the order of the file.

    Parameters
    ----------
    path : Path
        Columns id, grant ("1,042 千円") and co2_reduction ("3.2 t-CO2"); applicant, received and priority where they
        are known.
    name : str
        By which messages call the file.
    round : Round
        Gives minimum, cap and the grounds for priority.

    Raises
    ------
    RecordError
        With every problem of every row.
    """
    try:
        rows = list(csv_lines(file_bytes(path, name), name))
    except csv.Error:
        raise RecordError.of(
            "csv.syntax",
            ja="CSV として読めません。引用符の閉じ忘れがないか確かめてください。",
            en="Not readable as CSV; look for a quote that is not closed.",
            place=Place(name),
        ) from None
    header = [c.strip() for c in rows[0][1]] if rows else []
    wrong = [c for c in REQUIRED if c not in header]
    strange = [c for c in header if c and c not in (*REQUIRED, *OPTIONAL)]
    if wrong or strange or len(set(header)) < len(header):
        columns = "・".join((*REQUIRED, *OPTIONAL))
        raise RecordError.of(
            "csv.columns",
            ja=f"1 行目の列を確かめてください。必須: {'・'.join(REQUIRED)}、使える列: {columns}"
            + (f"。知られていない列: {'・'.join(map(shown, strange))}" if strange else "")
            + "。",
            en=f"Check the columns of the first line. Required: {', '.join(REQUIRED)}; known: {columns}.",
            place=Place(name, 1),
        )
    found: list[Request] = []
    findings: list[Finding] = []
    for line, cells in rows[1:]:
        if not any(c.strip() for c in cells):
            continue
        row = _Row(dict(zip(header, cells, strict=False)), Place(name, line))
        if len(cells) > len(header):
            row.problem(
                "csv.cells", "列の数が 1 行目と違います。", "The row has more cells than the first line."
            )
        request = _request(row, round)
        findings += row.findings
        if request is not None:
            found.append(request)
    findings += unrankable(found, round.award)
    if findings:
        raise RecordError(sorted(findings, key=lambda f: f.place.line or 0))
    return found
