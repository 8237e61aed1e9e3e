"""Colour, type and hatch: one palette and one style sheet for every figure and page."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

INK = "#1a1a1a"
ACCENT = "#00694e"
CONTEXT = "#8c8c8c"
PALE = "#d9d9d9"

# Okabe and Ito's palette, safe for colour-blind eyes, and a brown; one colour and one hatch for each carrier,
# everywhere. Grey is left to the year before, but for LNG, which no small company burns.
CARRIER_COLOURS = {
    "electricity": "#0072B2",
    "city_gas": "#E69F00",
    "natural_gas": "#F0E442",
    "lpg": "#CC79A7",
    "lng": "#999999",
    "kerosene": "#D55E00",
    "heavy_oil_a": "#D55E00",
    "heavy_oil_bc": "#D55E00",
    "gasoline": "#56B4E9",
    "diesel": "#7a4a00",
}
CARRIER_HATCHES = {
    "electricity": "",
    "city_gas": "//",
    "natural_gas": "||",
    "lpg": "..",
    "lng": "--",
    "kerosene": "\\\\",
    "heavy_oil_a": "xx",
    "heavy_oil_bc": "++",
    "gasoline": "---",
    "diesel": "|||",
}


@cache
def page_css() -> str:
    """Return the style sheet of every page."""
    return files(__package__).joinpath("page.css").read_text(encoding="utf-8")


@cache
def notebook_style() -> str:
    """Return the page's style sheet as an element for JupyterLab, where it speaks of outputs alone."""
    # JupyterLab's own rules for tables name two classes
    outputs = ".jp-OutputArea-output.jp-RenderedHTML.jp-RenderedHTMLCommon"
    return f"<style>\n{outputs} {{\n{page_css().replace(':root', '&', 1)}}}\n</style>\n"


def style_path() -> str:
    """Return the path of the matplotlib style sheet."""
    return str(files(__package__).joinpath("carbonlib.mplstyle"))
