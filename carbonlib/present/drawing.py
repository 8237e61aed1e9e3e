"""Foreign words in a drawing: only what the fonts can draw, never markup, and no longer than there is room."""

from __future__ import annotations

from carbonlib.errors import shown
from carbonlib.typefaces import MISSING, glyphs


def drawable(text: str, limit: int = 16) -> str:
    """Return foreign text for a label of a figure: one line, at most `limit` long, a missing glyph as 〓.

    >>> drawable("費用 $x^2$ 🦄"), drawable("とても長い提案の題名です", 6)
    ('費用 ＄x^2＄ 〓', 'とても長い…')
    """
    line = shown(text, limit).replace("$", "＄")
    return "".join(c if ord(c) in glyphs() else MISSING for c in line)
