"""What the data files say to an owner is said as the reports speak: polite sentences, or names and phrases."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from tests.conftest import ROOT
from tests.wording import plain_sentences

FILES = sorted(
    p
    for folder in ("carbonlib/factors/data", "carbonlib/records/data", "parameters")
    for kind in ("*.csv", "*.yaml")
    for p in (ROOT / folder).rglob(kind)
    if "companies" not in p.parts or p.name != "bills.csv"
)
# the city's own words, quoted, and the answers an owner ticks
QUOTED = re.compile(r"市域の二酸化炭素排出量の削減を図る$|^希望する;")


def _texts(path: Path) -> Iterator[str]:
    if path.suffix == ".csv":
        with path.open(encoding="utf-8-sig", newline="") as file:
            yield from (cell for row in csv.reader(file) for cell in row)
    else:
        yield from _strings(yaml.safe_load(path.read_text(encoding="utf-8")))


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        for one in value.values():
            yield from _strings(one)
    elif isinstance(value, list):
        for one in value:
            yield from _strings(one)
    elif isinstance(value, str):
        yield value


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(ROOT)))
def test_texts_of_data_files_are_polite_or_phrases(path: Path) -> None:
    assert [s for t in _texts(path) if not QUOTED.search(t) for s in plain_sentences(t)] == []


def test_it_is_said_of_what_a_note_speaks() -> None:
    said = [t for path in FILES for t in _texts(path)]
    for jargon in ("保存された写し", "別の写し", "転記元", "印字がない"):
        assert [t for t in said if jargon in t] == []
