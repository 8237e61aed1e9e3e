"""Good practices (良い取組): what the checklist says is done, by the company, by the diagnostician, or by both."""

from __future__ import annotations

from dataclasses import dataclass

from carbonlib.records.assessment import Question, checklist
from carbonlib.records.model import Company

_DONE = "実施"


@dataclass(frozen=True)
class Practice:
    """A question answered 実施: by the company (`own`), by the diagnostician (`auditor`), or by both."""

    question: Question
    own: bool
    auditor: bool

    @property
    def agreed(self) -> bool:
        """Whether both say so."""
        return self.own and self.auditor


def good_practices(company: Company) -> tuple[Practice, ...]:
    """Return what is done, agreed practices first, in the checklist's order.

    A practice of the company's own answers that the diagnostician judged otherwise is left out; one that the
    diagnostician did not judge stands on the company's word.
    """
    found = []
    for question in checklist(company.axis_set).values():
        own = company.self_assessment.get(question.id)
        seen = company.auditor_assessment.get(question.id)
        if _DONE in {own, seen} and (seen is None or seen == _DONE):
            found.append(Practice(question, own == _DONE, seen == _DONE))
    return tuple(sorted(found, key=lambda p: not p.agreed))
