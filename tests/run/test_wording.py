"""What the built pages of the sample city say is polite, and its amounts are written by one rule."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.wording import fragments, plain_sentences, uneven_amounts

# what is chosen or pressed is no sentence
LABELS = {"図の数値を表で見る", "ほかの年度を選ぶ"}


@pytest.fixture(scope="module")
def said(city: Path) -> set[str]:
    pages = sorted((city / "outputs").rglob("*.html"))
    assert len(pages) > 30
    return {words for page in pages for words in fragments(page.read_text(encoding="utf-8"))}


def test_no_sentence_is_in_the_plain_style(said: set[str]) -> None:
    found = {s for words in said for s in plain_sentences(words)} - LABELS
    assert not {s for s in found if not s.endswith(("% 少ない", "% 多い"))}


def test_days_and_months_are_written_as_a_paper_does(said: set[str]) -> None:
    assert not {words for words in said if re.search(r"(?<![\w.-])20\d\d-\d\d(?!\w)", words)}


def test_amounts_are_written_by_one_rule(said: set[str]) -> None:
    assert not {a for words in said for a in uneven_amounts(words)}


@pytest.mark.parametrize("words", ["8月の 252 kWで、", "利益率 4.5%の場合", "約 8.9 %", "252kW"])
def test_an_uneven_amount_is_seen(words: str) -> None:
    assert uneven_amounts(words)
    assert not uneven_amounts("8月の 252 kW で、4.5% の場合、3 t-CO2以上、100 kL/年は 12 千円減")
