"""Drawings take their letters from the wheels, whatever the machine has installed under the same names."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from fontTools.ttLib import TTFont

from carbonlib.present.fonts import font_files

DRAW = """
import hashlib
from carbonlib.present.figure import canvas, svg_of
with canvas(3, 2) as drawing:
    # the second line has a letter that only the second family has
    drawing.text(0.1, 0.5, "電気 123 kWh\\\\n\\u0109", weight="bold")
    drawing.text(0.1, 0.1, "plain")
    print(hashlib.sha256(svg_of(drawing, "d").encode()).hexdigest())
"""
NAMES = (1, 4, 16)  # family, full name, typographic family


def _drawn(home: Path) -> str:
    """Return the hash of the drawing on a machine with the fonts of `home`, matplotlib's cache fresh."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("MPL", "XDG_", "FONTCONFIG"))}
    place = {
        "HOME": str(home),
        "XDG_DATA_HOME": str(home / "share"),
        "MPLCONFIGDIR": str(home / "mpl"),
        "FONTCONFIG_FILE": str(home / "fonts.conf"),
    }
    done = subprocess.run(
        [sys.executable, "-c", DRAW], capture_output=True, text=True, env={**kept, **place}, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def _home(folder: Path) -> Path:
    fonts = folder / "share/fonts"
    fonts.mkdir(parents=True)
    (folder / "fonts.conf").write_text(
        f'<?xml version="1.0"?><fontconfig><dir>{fonts}</dir></fontconfig>', encoding="utf-8"
    )
    return folder


def test_a_font_of_the_same_name_on_the_machine_changes_no_drawing(tmp_path: Path) -> None:
    bare, other = _home(tmp_path / "bare"), _home(tmp_path / "other")
    serif = font_files()[1].with_name("DejaVuSerif.ttf")
    for number, name in enumerate(("IPAexGothic", "DejaVu Sans")):
        font = TTFont(serif)
        for record in font["name"].names:
            if record.nameID in NAMES:
                font["name"].setName(name, record.nameID, record.platformID, record.platEncID, record.langID)
        font.save(other / f"share/fonts/{number}.ttf")
    assert _drawn(bare) == _drawn(other)
