"""What surrounds a visit: when, by whom, whom to call, grants of the past."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Annotated

from pydantic import AfterValidator, Field

from carbonlib.records.fields import Personal, PersonalName, Strict, Text, day
from carbonlib.records.model import Contact, Diagnostician, Narrative, PriorGrant, Visit

_Year = Annotated[int, Field(ge=2000, le=2100)]


class _Diagnostician(Strict):
    name: PersonalName
    qualification: Personal = ""


_Sentences = list[Annotated[str, Field(min_length=1, max_length=1000)]]


class _Narrative(Strict):
    summary: _Sentences = []
    overview: _Sentences = []
    good_practice: _Sentences = []


class VisitEntry(Strict):
    """One entry of `visits`."""

    fiscal_year: _Year
    date: Annotated[str, AfterValidator(day)]
    diagnosticians: Annotated[list[_Diagnostician], Field(min_length=1)]
    attended: list[PersonalName] = []
    note: Personal = ""
    narrative: _Narrative = _Narrative()


class ContactEntry(Strict):
    """The entry `contact`."""

    person: Personal = ""
    department: Personal = ""
    phone: Personal = ""
    email: Personal = ""


class PriorGrantEntry(Strict):
    """One entry of `prior_grants`."""

    round: Text
    year: _Year


def visits_of(entries: Sequence[VisitEntry]) -> tuple[Visit, ...]:
    """Return the visits of entries that were validated."""
    return tuple(
        Visit(
            v.fiscal_year,
            date.fromisoformat(v.date),
            tuple(Diagnostician(d.name, d.qualification) for d in v.diagnosticians),
            tuple(v.attended),
            v.note,
            Narrative(
                tuple(v.narrative.summary), tuple(v.narrative.overview), tuple(v.narrative.good_practice)
            ),
        )
        for v in entries
    )


def prior_grants_of(entries: Sequence[PriorGrantEntry]) -> tuple[PriorGrant, ...]:
    """Return the grants of entries that were validated."""
    return tuple(PriorGrant(g.round, g.year) for g in entries)


def contact_of(entry: ContactEntry | None) -> Contact | None:
    """Return the contact of an entry that was validated."""
    return None if entry is None else Contact(entry.person, entry.department, entry.phone, entry.email)
