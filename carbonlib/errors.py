"""What is said to the user: messages in two languages, where they apply, and the errors that carry them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Literal, Self

Severity = Literal["error", "warning", "note"]
Language = Literal["ja", "en"]


@dataclass(frozen=True)
class Message:
    """One sentence in Japanese and in English."""

    ja: str
    en: str

    def text(self, lang: Language = "ja") -> str:
        """Return the sentence in `lang`."""
        return self.ja if lang == "ja" else self.en


@dataclass(frozen=True)
class Place:
    """Where something stands: a file of the workspace and a line or a sheet and cell in it."""

    file: str = ""
    line: int | None = None
    sheet: str = ""
    cell: str = ""

    def text(self, lang: Language = "ja") -> str:
        """Return the place as one phrase, empty when nothing is known."""
        parts = [self.file] if self.file else []
        if self.sheet:
            parts.append(f"シート「{self.sheet}」" if lang == "ja" else f"sheet {self.sheet!r}")
        if self.cell:
            parts.append(f"セル {self.cell}" if lang == "ja" else f"cell {self.cell}")
        if self.line is not None:
            parts.append(f"{self.line} 行目" if lang == "ja" else f"line {self.line}")
        return " ".join(parts)


@dataclass(frozen=True)
class Finding:
    """A doubt or an error: what, how grave, where. It travels with the result that it concerns.

    `subject` is what it is about, such as a carrier, and `fiscal_year` the one year that it is of, None where that is
    the year of the result it travels with: it can be acknowledged for that alone. `other` is the id of another company
    that it is of too.
    """

    id: str
    severity: Severity
    message: Message
    place: Place = field(default_factory=Place)
    subject: str = ""
    fiscal_year: int | None = None
    other: str = ""

    def text(self, lang: Language = "ja") -> str:
        """Return place and sentence on one line."""
        place = self.place.text(lang)
        return f"{place}: {self.message.text(lang)}" if place else self.message.text(lang)


class CarbonlibError(Exception):
    """Base of all errors that a user can mend; holds every problem found, not only the first.

    >>> print(CarbonlibError.of("demo", ja="単位がありません。", en="The unit is missing."))
    単位がありません。
    """

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings = tuple(findings)
        assert self.findings, "an error without a finding says nothing"
        super().__init__(self.text())

    @classmethod
    def of(cls, id: str, *, ja: str, en: str, place: Place | None = None) -> Self:
        """Make the error from one sentence in both languages."""
        return cls([Finding(id, "error", Message(ja, en), place or Place())])

    def at(self, place: Place) -> Self:
        """Return the same error with `place` for the findings that name none."""
        return type(self)(f if f.place.text() else replace(f, place=place) for f in self.findings)

    def text(self, lang: Language = "ja") -> str:
        """Return all findings, one a line."""
        return "\n".join(f.text(lang) for f in self.findings)

    def __str__(self) -> str:
        return self.text()

    def _render_traceback_(self) -> list[str]:
        """Show sentences and no traceback in a notebook: IPython asks an exception for this."""
        return [f"{lang}: {self.text(lang)}" for lang in ("ja", "en")]


class UnitError(CarbonlibError):
    """A text or a quantity whose unit is missing, unknown, ambiguous or of the wrong dimension."""


class FactorError(CarbonlibError):
    """A factor set that contradicts itself, or a factor that was asked for wrongly."""


class MissingFactorError(FactorError):
    """No factor for this carrier in this fiscal year: never replaced by a neighbour."""


class RecordError(CarbonlibError):
    """An input file that cannot be read as it stands."""


class MixedAccountsError(CarbonlibError):
    """Accounts of different programmes, years or bases that were to be added."""


class WorkspaceError(CarbonlibError):
    """No workspace, or one that lacks something."""


def first_sentence(text: str) -> str:
    """Return the first sentence of a message: what is wrong; a full stop in brackets ends none.

    >>> first_sentence("「10」に単位がありません（例 10 kWh。空欄も可）。単位を書いてください。")
    '「10」に単位がありません（例 10 kWh。空欄も可）。'
    """
    found = re.match(r"(?:[^（。]|（[^）]*）)*。", text)
    return found[0] if found else text


def what_is_wrong(message: Message) -> Message:
    """Return of a message what is wrong, without how to mend it: for whoever knows an example that fits better.

    >>> what_is_wrong(Message("「10」に単位がありません。単位を書いてください。", "'10' has no unit; write one."))
    Message(ja='「10」に単位がありません。', en="'10' has no unit.")
    """
    return Message(first_sentence(message.ja), message.en.partition("; ")[0].rstrip(".") + ".")


def shown(text: object, limit: int = 40) -> str:
    """Return foreign text fit for a message: one line, no control or direction marks, at most `limit` long.

    >>> shown("2 kWh\\n\\u202e<script>")
    '2 kWh <script>'
    """
    spaced = " ".join(str(text).split())
    clean = "".join(c for c in spaced if unicodedata.category(c) not in {"Cc", "Cf", "Cs", "Co", "Cn"})
    return clean if len(clean) <= limit else clean[: limit - 1] + "…"


def alike(word: object, known: Iterable[str]) -> Message:
    """Return the question whether one of the words near to a misspelt one was meant; empty where none is near.

    >>> alike("led-lightning", ["led-lighting", "heat-pump"]).en
    'Did you mean led-lighting? '
    >>> alike("saitama", ["saitama-diagnosis-2025", "shk"]).ja
    'もしかして saitama-diagnosis-2025 ですか。'
    """
    from difflib import get_close_matches  # few runs misspell a word

    of_folded = {name.casefold(): name for name in known}
    folded = shown(word).casefold()
    # one that is very near, else what may be meant
    found = get_close_matches(folded, of_folded, n=1, cutoff=0.85) or get_close_matches(folded, of_folded)
    if not found and len(folded) > 3:  # the beginning of a long name
        found = [name for name in of_folded if name.startswith(folded)][:3]
    near = [of_folded[n] for n in found]
    if not near:
        return Message("", "")
    return Message(f"もしかして {'・'.join(near)} ですか。", f"Did you mean {' or '.join(near)}? ")
