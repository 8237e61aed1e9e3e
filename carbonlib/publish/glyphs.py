"""Letters of drawings, written once a page: matplotlib gives every figure its own copy of each."""

from __future__ import annotations

import re

_DRAWING = re.compile(r"<svg .*?</svg>", re.DOTALL)
_GLYPH = re.compile(r'<path id="([^"]+)" d="([^"]*)" transform="scale\(0\.015625\)"\s*/>')
_EMPTY = re.compile(r"<defs>\s*</defs>")
_SHEET = '<svg width="0" height="0" style="position:absolute" aria-hidden="true" focusable="false"><defs>{}</defs></svg>'


def with_shared_glyphs(page: str) -> str:
    """Return a page whose drawings take their letters from one sheet at the head of its body.

    A letter is known by its outline, not by the name that a figure gives it, so two figures that call different
    letters by one name cannot be mixed up. Ids on the sheet begin with ``glyph-``, which no figure's do.

    Parameters
    ----------
    page : str
        With drawings of `carbonlib.present.figure` in it.
    """
    assert 'id="glyph-' not in page, "the names on the sheet of letters are taken"
    sheet: dict[str, str] = {}

    def shared(drawing: re.Match[str]) -> str:
        names: dict[str, str] = {}

        def taken(glyph: re.Match[str]) -> str:
            names[glyph[1]] = sheet.setdefault(glyph[2], f"glyph-{len(sheet)}")
            return ""

        rest = _EMPTY.sub("", _GLYPH.sub(taken, drawing[0]))
        return re.sub(r'href="#([^"]+)"', lambda m: f'href="#{names[m[1]]}"' if m[1] in names else m[0], rest)

    drawn = _DRAWING.sub(shared, page)
    letters = "".join(
        f'<path id="{name}" d="{outline}" transform="scale(.015625)"/>' for outline, name in sheet.items()
    )
    return drawn.replace("<body>", f"<body>\n{_SHEET.format(letters)}", 1) if sheet else drawn
