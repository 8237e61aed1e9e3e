"""Foreign words in a drawing: only what the fonts can draw, never markup, and no longer than there is room."""

from __future__ import annotations

from functools import cache

from carbonlib.errors import shown

_GETA = "〓"  # what printers set where a type is missing


@cache
def _glyphs() -> frozenset[int]:
    """Return the characters that the fonts of the house can draw."""
    import matplotlib
    from matplotlib.ft2font import FT2Font
    from matplotlib_fontja import get_font_ttf_path

    # the fonts of the wheels, not the system's: what is drawn must not hang on the machine
    paths = (get_font_ttf_path(), f"{matplotlib.get_data_path()}/fonts/ttf/DejaVuSans.ttf")
    return frozenset(code for path in paths for code in FT2Font(path).get_charmap())


def drawable(text: str, limit: int = 16) -> str:
    """Return foreign text for a label of a figure: one line, at most `limit` long, a missing glyph as 〓.

    >>> drawable("費用 $x^2$ 🦄"), drawable("とても長い提案の題名です", 6)
    ('費用 ＄x^2＄ 〓', 'とても長い…')
    """
    line = shown(text, limit).replace("$", "＄")
    return "".join(c if ord(c) in _glyphs() else _GETA for c in line)
