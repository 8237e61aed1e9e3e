"""Characters of the input that the printed page cannot show: no typeface of the house has them, so it sets 〓."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from carbonlib.errors import Finding, Message, Place, RecordError, shown
from carbonlib.records.subsidies import round_paths
from carbonlib.records.textfile import read_text
from carbonlib.records.workspace import Workspace
from carbonlib.records.yamlfile import read_yaml
from carbonlib.typefaces import MISSING, unshown

_NAMED = 10  # characters in one sentence
_PRINTED = ("company.yaml", "proposals.yaml", "bills.csv")  # what a company's report prints of its files


def of_company(workspace: Workspace, company_id: str) -> tuple[Finding, ...]:
    """Return a note for each text of a company that its printed report cannot show."""
    folder = workspace.company_folder(company_id)
    return _of_files(workspace, (folder / name for name in _PRINTED))


def of_city(workspace: Workspace) -> tuple[Finding, ...]:
    """Return a note for each text of city.yaml that the printed briefing cannot show."""
    return _of_files(workspace, [workspace.parameters / "city.yaml"])


def of_rounds(workspace: Workspace) -> tuple[Finding, ...]:
    """Return a note for each text of a round of subsidies that the reports it is offered in cannot show in print."""
    return _of_files(workspace, round_paths(workspace))


def _of_files(workspace: Workspace, paths: Iterable[Path]) -> tuple[Finding, ...]:
    return unprintable((path, workspace.name_of(path)) for path in paths if path.is_file())


def unprintable(files: Iterable[tuple[Path, str]]) -> tuple[Finding, ...]:
    """Return a note for each text whose characters the PDF cannot show, by file and field, with the first line of each.

    Parameters
    ----------
    files : iterable of (Path, str)
        YAML files, which are looked through entry by entry, and other texts, by lines; with what messages call them.
        One that cannot be read is named elsewhere.
    """
    found: list[Finding] = []
    for path, name in files:
        with suppress(RecordError):
            of_file: dict[str, list[tuple[str, Place]]] = {}
            for field, characters, place in _texts(path, name):
                of_file.setdefault(field, []).append((characters, place))
            found += (_note(field, places) for field, places in of_file.items())
    return tuple(found)


def _texts(path: Path, name: str) -> Iterator[tuple[str, str, Place]]:
    """Yield field, characters and place of each text that holds such characters."""
    text = read_text(path, name)
    if path.suffix == ".yaml":
        if "\\" in text or unshown(text):  # else no entry holds any: an escape writes what the text does not
            file = read_yaml(path, name)
            for field, value in _entries(file.data, ()):
                if characters := unshown(value):
                    yield ".".join(p for p in field if isinstance(p, str)), characters, file.place(field)
    elif unshown(text):
        for number, line in enumerate(text.splitlines(), 1):
            if characters := unshown(line):
                yield "", characters, Place(name, number)


def _entries(data: Any, path: tuple[str | int, ...]) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Yield the texts of nested entries with their paths."""
    if isinstance(data, str):
        yield path, data
    elif isinstance(data, Mapping):
        for key, value in data.items():
            yield from _entries(value, (*path, str(key)))
    elif isinstance(data, list):
        for index, value in enumerate(data):
            yield from _entries(value, (*path, index))


def _note(field: str, places: list[tuple[str, Place]]) -> Finding:
    characters = sorted({c for found, _ in places for c in found})
    more = len(characters) - _NAMED
    listed_ja = "、".join(
        [_named(c, "（", "）") for c in characters[:_NAMED]] + [f"ほか {more} 字"] * (more > 0)
    )
    listed_en = ", ".join([_named(c, " (", ")") for c in characters[:_NAMED]] + [f"{more} more"] * (more > 0))
    again_ja = f"（ほか {len(places) - 1} か所）" if len(places) > 1 else ""
    again_en = f" (and in {len(places) - 1} more places)" if len(places) > 1 else ""
    of_ja, of_en = (f"「{shown(field)}」の", f" in {shown(field)!r}") if field else ("", "")
    message = Message(
        f"{of_ja}文字 {listed_ja}{again_ja}は印刷用の書体にないため、"
        f"PDF と図では「{MISSING}」になります。HTML では元の文字のままです。",
        f"{listed_en}{of_en}{again_en}: the printed report's typefaces lack it, so the PDF and the figures show {MISSING}; "
        "the HTML keeps the character.",
    )
    return Finding("text.unprintable", "note", message, places[0][1])


def _named(character: str, before: str, after: str) -> str:
    """Return a character with its code point; one without a form of its own by the code point alone."""
    code = f"U+{ord(character):04X}"
    return code if unicodedata.category(character) in {"Co", "Cn"} else f"{character}{before}{code}{after}"
