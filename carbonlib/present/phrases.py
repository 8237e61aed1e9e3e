"""Where a Japanese heading may be broken: between its words, as far as they can be told without a dictionary."""

from __future__ import annotations

import re
from collections.abc import Iterator

_RUN = re.compile(
    r"[（「［]?(?:[ァ-ヶー]+|[0-9]*[一-龥々]+|[ -~²×÷①-⑳]+|[^ァ-ヶー一-龥々 -~])(?:(?!なし|あり)[ぁ-ん])*[・、：）」］]*"
)
_KANJI = re.compile(r"([（「［]?[0-9]*)([一-龥々]{4,})(.*)")
_SUFFIXES = frozenset("員所者量額率数後前化性別")  # of the word before, rarely the first letter of one
_WHOLE = 3  # letters that are not divided


def phrases(text: str) -> tuple[str, ...]:
    """Return the parts of a heading between which a line may be broken; joined they are the text.

    >>> phrases("削減額（平均単価）"), phrases("CO2削減量（重複調整後）")
    (('削減額', '（平均', '単価）'), ('CO2', '削減量', '（重複', '調整後）'))
    >>> phrases("従業員数"), phrases("一次エネルギー"), phrases("1年間の見込み")
    (('従業員数',), ('一次', 'エネルギー'), ('1年間の', '見込み'))
    """
    return tuple(_divided(text))


def _divided(text: str) -> Iterator[str]:
    at = 0
    while at < len(text):
        match = _RUN.match(text, at)
        run = match[0] if match else text[at]
        at += len(run)
        kanji = _KANJI.fullmatch(run)
        if kanji is None:
            yield run
            continue
        words = _words(kanji[2])
        words[0] = kanji[1] + words[0]
        words[-1] += kanji[3]
        yield from words


def _words(kanji: str) -> list[str]:
    """Return a compound by its words of two letters and what belongs to them."""
    words: list[str] = []
    while len(kanji) > _WHOLE:
        length = 3 if kanji[2] in _SUFFIXES else 2
        words.append(kanji[:length])
        kanji = kanji[length:]
    if words and len(kanji) < 2:
        words[-1] += kanji
    else:
        words.append(kanji)
    return words
