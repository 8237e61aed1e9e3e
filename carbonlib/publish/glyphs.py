"""Letters of drawings, written once a page: matplotlib gives every figure its own copy of each."""

from __future__ import annotations

import re

_DRAWING = re.compile(r"<svg .*?</svg>", re.DOTALL)
_GLYPH = re.compile(r'<path id="([^"]+)"(?: d="([^"]*)")? transform="scale\(0\.015625\)"\s*/>')
_USE = re.compile(r'<use href="#([^"]+)"([^>]*)/>')
# an offset within a line of letters, in hundredths of the type size
_MOVED = re.compile(r' transform="translate\((-?[\d.]+)(?:[ ,]0)?\)"')
_EMPTY = re.compile(r"<defs>\s*</defs>")
_SHEET = '<svg width="0" height="0" style="position:absolute" aria-hidden="true" focusable="false"><defs>{}</defs></svg>'


def with_shared_glyphs(page: str) -> str:
    """Return a page whose drawings take their letters from one sheet at the head of its body.

    A letter is known by its outline, not by the name that a figure gives it, so two figures that call different
    letters by one name cannot be mixed up. Ids on the sheet begin with ``g-``, which no figure's do.

    Parameters
    ----------
    page : str
        With drawings of `carbonlib.present.figure` in it.
    """
    assert 'id="g-' not in page, "the names on the sheet of letters are taken"
    sheet: dict[str, str] = {}

    def shared(drawing: re.Match[str]) -> str:
        names: dict[str, str] = {}

        def taken(glyph: re.Match[str]) -> str:
            # a space has no outline
            names[glyph[1]] = sheet.setdefault(glyph[2], f"g-{len(sheet)}") if glyph[2] else ""
            return ""

        def used(letter: re.Match[str]) -> str:
            name = names.get(letter[1])
            if name is None:
                return letter[0]
            where = _MOVED.sub(lambda m: f' x="{float(m[1]):.0f}"', letter[2])
            return f'<use href="#{name}"{where}/>' if name else ""

        return _USE.sub(used, _EMPTY.sub("", _GLYPH.sub(taken, drawing[0])))

    drawn = _DRAWING.sub(shared, page)
    letters = "".join(
        f'<path id="{name}" d="{outline}" transform="scale(.015625)"/>' for outline, name in sheet.items()
    )
    return drawn.replace("<body>", f"<body>\n{_SHEET.format(letters)}", 1) if sheet else drawn
