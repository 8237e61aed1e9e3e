"""Drawings take their letters from the wheels, whatever the machine has installed under the same names."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from fontTools.ttLib import TTFont

from carbonlib.typefaces import font_files

# matplotlib lists the machine's fonts in no order of their own; here they come first, as they may anywhere
DRAW = """
import sys
from matplotlib.font_manager import fontManager
known = fontManager.ttflist
fontManager.ttflist = []
for path in sys.argv[1:]:
    fontManager.addfont(path)
fontManager.ttflist += known
from carbonlib.present.figure import canvas, svg_of
with canvas(3, 2) as drawing:
    # the last letter is one that only the second family has
    drawing.text(0.1, 0.1, "電気 123 kWh \\u0109")
    print(svg_of(drawing, "d"))
"""
FAMILY = (1, 4, 16)  # records of a font's name: family, full name, typographic family


def _drawn(*fonts: Path) -> str:
    command = [sys.executable, "-c", DRAW, *map(str, fonts)]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_a_font_of_the_same_name_on_the_machine_changes_no_drawing(tmp_path: Path) -> None:
    fonts = []
    for name in ("IPAexGothic", "DejaVu Sans"):
        font = TTFont(font_files()[1].with_name("DejaVuSerif.ttf"))
        for record in font["name"].names:
            if record.nameID in FAMILY:
                font["name"].setName(name, record.nameID, record.platformID, record.platEncID, record.langID)
        fonts.append(tmp_path / f"{name}.ttf")
        font.save(fonts[-1])
    assert _drawn(*fonts) == _drawn()
