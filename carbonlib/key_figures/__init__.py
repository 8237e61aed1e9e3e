"""Every number of a report's first page with what it stands on: input lines, factors, rows of data, and the formula."""

from __future__ import annotations

from carbonlib.diagnosis import Diagnosis
from carbonlib.first_page import FirstPage, first_page
from carbonlib.key_figures.menu import menu_figures
from carbonlib.key_figures.model import KeyFigure, Kind, Lines, lines_of
from carbonlib.key_figures.proposals import proposal_figures
from carbonlib.key_figures.use import share_figures, use_figures

__all__ = ["KeyFigure", "Kind", "Lines", "key_figures", "lines_of"]


def key_figures(d: Diagnosis, page: FirstPage | None = None) -> tuple[KeyFigure, ...]:
    """Return every number that the first page prints, in its order; what is not known is not among them.

    Parameters
    ----------
    d : Diagnosis
        The company's year.
    page : FirstPage, optional
        Its first page, where it is at hand.
    """
    page = page or first_page(d)
    return (*use_figures(d), *proposal_figures(d, page), *menu_figures(d, page), *share_figures(d))
