"""The typefaces of the house, from the wheels: which files they are, and which characters they can show."""

from __future__ import annotations

import unicodedata
from functools import cache
from pathlib import Path

MISSING = "〓"  # what Japanese printers set where a type is missing
UNSEEN = frozenset({"Cc", "Cf", "Cs"})  # controls, direction marks, lone surrogates: left out of every page


@cache
def font_files() -> tuple[Path, ...]:
    """Return the Japanese face and the one that stands in where it lacks a glyph."""
    import matplotlib
    from matplotlib_fontja import get_font_ttf_path

    return (Path(get_font_ttf_path()), Path(matplotlib.get_data_path()) / "fonts/ttf/DejaVuSans.ttf")


@cache
def glyphs() -> frozenset[int]:
    """Return the characters that the fonts can show."""
    from matplotlib.ft2font import FT2Font

    return frozenset().union(*(FT2Font(str(path)).get_charmap() for path in font_files()))


def unshown(text: str) -> str:
    """Return the characters of a text for which a page sets 〓, each once, in their order by code point.

    >>> unshown("𠮷田 A🏭"), unshown("髙﨑 ①㎡")
    ('🏭𠮷', '')
    """
    try:
        text.encode("shift_jis")  # the fonts hold all of it, and are not read for the usual text
    except UnicodeEncodeError:
        return "".join(sorted(c for c in set(text) if _is_unshown(c)))
    return ""


def _is_unshown(character: str) -> bool:
    kind = unicodedata.category(character)
    # a mark alone is left out, such as the selector that follows an emoji
    return kind not in UNSEEN and kind != "Mn" and ord(character) not in glyphs()
