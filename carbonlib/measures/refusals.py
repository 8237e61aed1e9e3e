"""What does not go together among the inputs of a measure, and how it is said."""

from __future__ import annotations

from carbonlib.errors import Finding, Message
from carbonlib.measures.model import MeasureError
from carbonlib.measures.terms import Term
from carbonlib.measures.wording import plain

Problem = tuple[str, str, str, str]  # an id, the input's path, and what is wrong in both languages


def refusal(*problems: Problem) -> MeasureError:
    """Return the error for inputs that do not go together."""
    return MeasureError(
        [Finding(f"measure.{id}", "error", Message(ja, en), subject=path) for id, path, ja, en in problems]
    )


def number_of(term: Term, unit: str) -> str:
    """Return a term's number for a sentence, with the digits that it was entered with.

    >>> from carbonlib.units import Q_
    >>> number_of(Term(Q_(20, "kW"), "①"), "kW"), number_of(Term(Q_(0.65, "MPa"), "①"), "MPa")
    ('20', '0.65')
    """
    return plain(term.magnitude(unit))
