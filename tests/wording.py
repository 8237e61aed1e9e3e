"""How the reports speak: which of their sentences are not polite, and which amounts are not written as the house does."""

from __future__ import annotations

import re

_PLAIN = re.compile(r"(?:[うくすつぬぶむる]|ない|だ|[しいきれえめ]た|んだ|った)$")
_POLITE = re.compile(r"(?:です|ます|(?:ませんで|まし|でし)た|を除く|を含む)$")


def plain_sentences(text: str) -> list[str]:
    """Return the sentences of a text, and of its brackets, that end in a plain verb or adjective (常体)."""
    parts = (part.strip() for part in re.split(r"[。（）／]", text))
    return [part for part in parts if _PLAIN.search(part) and not _POLITE.search(part)]
