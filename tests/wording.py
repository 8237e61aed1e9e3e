"""How the reports speak: which of their sentences are not polite, and which amounts are not written as the house does."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

_PLAIN = re.compile(r"(?:[うくすつぬぶむる]|ない|だ|[しいきれえめ]た|んだ|った)$")
_POLITE = re.compile(r"(?:です|ます|(?:ませんで|まし|でし)た|を除く|を含む)$")
_INLINE = re.compile(r"</?(?:span|a|b|strong|em|sub|sup|code|wbr|tspan)\b[^>]*>")
_UNREAD = re.compile(r"(?s)<(script|style)\b.*?</\1>|<!--.*?-->")

_UNITS = r"(?:kWh|kW|t-CO2e?|kL|GJ|MJ|m3|L|kg|t|kVA|MPa|kPa|W|%)"
# 3 t-CO2以上 is a condition as papers print it; a unit before / is a part of another
_AMOUNT = re.compile(
    rf"[0-9] ?{_UNITS}(?!以上|以下|未満|超|台)[ぁ-んァ-ヶ一-龠]"  # 252 kWで
    r"|[0-9](?:kWh|kW|t-CO2|kL|GJ)(?![a-zA-Z])"  # 252kW
    r"|[0-9] %"
)


def plain_sentences(text: str) -> list[str]:
    """Return the sentences of a text, and of its brackets, that end in a plain verb or adjective (常体)."""
    parts = (part.strip() for part in re.split(r"[。（）／]", text))
    return [part for part in parts if _PLAIN.search(part) and not _POLITE.search(part)]


def uneven_amounts(text: str) -> list[str]:
    """Return the amounts of a text that are not written as 252 kW で, 4.5% の."""
    return [text[max(0, m.start() - 12) : m.end() + 8] for m in _AMOUNT.finditer(text)]


def fragments(page: str) -> Iterator[str]:
    """Yield what a page of HTML says, one text between two of its blocks after another."""
    for part in re.split(r"<[^>]*>", _INLINE.sub("", _UNREAD.sub("\n", page))):
        if words := re.sub(r"\s+", " ", html.unescape(part)).strip():
            yield words
