"""The fonts of the house, from the wheels: what the machine has installed must not change a page."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from carbonlib.typefaces import font_files


@cache
def take_house_fonts() -> None:
    """Let matplotlib know the families of the house from the wheels alone.

    Where a machine has a font of the same name, matplotlib takes whichever its cache lists first, so the same
    figure would be other bytes on another machine. Other families stay as they are, for whoever draws by hand.
    """
    from matplotlib import font_manager
    from matplotlib.ft2font import FT2Font

    families = {FT2Font(str(path)).family_name for path in font_files()}
    folders = {path.parent.resolve() for path in font_files()}
    manager = font_manager.fontManager
    manager.ttflist = [
        entry
        for entry in manager.ttflist
        if entry.name not in families or Path(entry.fname).resolve().parent in folders
    ]
    # forgets what was looked up before
    manager.addfont(font_files()[0])
