"""Legal dates that concern equipment: parameter rows with what they are matched by, and their source."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from importlib.resources import files

from carbonlib.records.datarows import data_rows

COLUMNS = (
    *("id", "group", "families", "lamp", "insulation", "year_to"),
    *("year_unsure_to", "refrigerant_kinds", "rated_input_from"),
    *("date", "title_ja", "title_en", "text_ja", "evidence", "source", "locator", "note"),
)
_NAME = "carbonlib/records/data/legal_dates.csv"


@dataclass(frozen=True)
class LegalDate:
    """A date, or a duty that recurs (`date` is None), and the equipment that it concerns.

    An empty condition holds for all. `year_to` is the last year of installation,
    `year_unsure_to` the last one of which it may hold, `rated_input_from` the least input
    that a machine of the size meant can have [kW]. Of one `group` one machine meets one row. `locator` is the address.
    """

    id: str
    group: str
    families: tuple[str, ...]
    lamps: tuple[str, ...]
    insulations: tuple[str, ...]
    year_to: int | None
    year_unsure_to: int | None
    refrigerant_kinds: tuple[str, ...]
    rated_input_from: Decimal | None
    date: date | None
    title_ja: str
    title_en: str
    text_ja: str
    evidence: str
    source: str
    locator: str
    note: str


def _parts(cell: str) -> tuple[str, ...]:
    return tuple(p for p in cell.split(";") if p)


@cache
def legal_dates() -> tuple[LegalDate, ...]:
    """Return the dates that the package carries, in the order of the file."""
    text = files(__package__).joinpath("data", "legal_dates.csv").read_text(encoding="utf-8")
    return tuple(
        LegalDate(
            id=r["id"],
            group=r["group"],
            families=_parts(r["families"]),
            lamps=_parts(r["lamp"]),
            insulations=_parts(r["insulation"]),
            year_to=int(r["year_to"]) if r["year_to"] else None,
            year_unsure_to=int(r["year_unsure_to"]) if r["year_unsure_to"] else None,
            refrigerant_kinds=_parts(r["refrigerant_kinds"]),
            rated_input_from=Decimal(r["rated_input_from"]) if r["rated_input_from"] else None,
            date=date.fromisoformat(r["date"]) if r["date"] else None,
            **{c: r[c] for c in ("title_ja", "title_en", "text_ja", "evidence", "source", "locator", "note")},
        )
        for _, r in data_rows(text, _NAME, COLUMNS)
    )
