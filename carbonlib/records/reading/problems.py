"""Findings under collection while files are read."""

from __future__ import annotations

from collections.abc import Iterable

from carbonlib.errors import Finding, Message, Place, Severity


class Problems:
    """Findings under collection, each only once; counting errors is quick even where there are thousands."""

    def __init__(self, found: Iterable[Finding] = (), *, prefix: str = "workbook") -> None:
        self.prefix = prefix  # of the ids: which kind of file is read
        self._found: dict[Finding, None] = {}
        self.errors = 0
        self.named: set[Place] = set()
        self.add(found)

    @property
    def found(self) -> list[Finding]:
        """All findings in the order in which they were met."""
        return list(self._found)

    def add(self, findings: Iterable[Finding]) -> None:
        """Add findings."""
        for finding in findings:
            if finding in self._found:
                continue
            self._found[finding] = None
            if finding.severity == "error":
                self.errors += 1
                self.named.add(finding.place)

    def drop(self, id: str) -> None:
        """Forget the findings of an id."""
        kept = [f for f in self._found if f.id != id]
        self._found, self.errors, self.named = {}, 0, set()
        self.add(kept)

    def _say(self, severity: Severity, id: str, ja: str, en: str, place: Place) -> None:
        self.add([Finding(f"{self.prefix}.{id}", severity, Message(ja, en), place)])

    def error(self, id: str, ja: str, en: str, place: Place) -> None:
        """Add an error."""
        self._say("error", id, ja, en, place)

    def warning(self, id: str, ja: str, en: str, place: Place) -> None:
        """Add a doubt."""
        self._say("warning", id, ja, en, place)

    def note(self, id: str, ja: str, en: str, place: Place) -> None:
        """Add a remark on how something was read."""
        self._say("note", id, ja, en, place)
