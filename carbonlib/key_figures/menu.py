"""The first page's numbers of the diagnosis that fits: the guide line, the margin to it, and what that is as electricity."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from carbonlib.accounting import EnergyAccount
from carbonlib.diagnosis import Diagnosis
from carbonlib.errors import Message
from carbonlib.first_page import FirstPage
from carbonlib.key_figures.model import KeyFigure, bills_of, energy_factors, input_named
from carbonlib.menu import Margin

_SCHEMES = "diagnosis_schemes.csv"


def menu_figures(d: Diagnosis, page: FirstPage) -> Iterator[KeyFigure]:
    """Yield what the sentence on the diagnosis menu counts with."""
    own = [s for s in page.menu if s.scope == "prefecture"]
    rows = tuple(f"{_SCHEMES} {s.id}" for s in own)
    if own and len(d.company.sites) > 1:
        yield KeyFigure(
            "sites",
            Message("事業所の数", "number of sites"),
            Fraction(len(d.company.sites)),
            "事業所",
            "count",
            Message("登録された事業所を数えた数", "count of the sites entered"),
            input_named(d, "company.yaml"),
        )
    if page.margin is not None and d.account.crude_oil_kl is not None:
        yield from _margin(d.account, page.margin, d.account.crude_oil_kl, rows or (_SCHEMES,))
        yield from _as_electricity(d.account, page.margin)


def _margin(account: EnergyAccount, m: Margin, oil: Fraction, rows: tuple[str, ...]) -> Iterator[KeyFigure]:
    """Yield the guide line and the margin to it."""
    lines = account.lines
    yield KeyFigure(
        "menu_line",
        Message("規模の目安", "guide line of the size"),
        m.line_kl,
        "kL",
        "kl",
        Message("診断メニューの表にある目安", "guide in the table of diagnosis schemes"),
        rows=rows,
    )
    if m.is_close:
        yield KeyFigure(
            "menu_crude_oil",
            Message("目安と比べた原油換算", "crude-oil equivalent beside the guide line"),
            oil,
            "kL",
            "kl",
            Message("原油換算を小数 1 桁で示した値", "crude-oil equivalent to one decimal"),
            bills_of(lines),
            energy_factors(lines),
            digits=1,
        )
    yield KeyFigure(
        "menu_margin",
        Message("目安との差", "margin to the guide line"),
        m.difference_kl,
        "kL",
        "kl",
        Message("原油換算 − 規模の目安", "crude-oil equivalent − guide line"),
        bills_of(lines),
        energy_factors(lines),
        rows,
        1 if m.is_close else 0,
    )


def _as_electricity(account: EnergyAccount, m: Margin) -> Iterator[KeyFigure]:
    """Yield the margin as electricity, with the factor that it was converted by."""
    if m.electricity_kwh is None or m.factor is None:
        return
    yield KeyFigure(
        "menu_margin_electricity",
        Message("目安との差を電気に換算した値", "margin as electricity"),
        m.electricity_kwh,
        "kWh",
        "thousand_kwh",
        Message(
            "目安との差 ÷（電気の一次エネルギー換算係数 × 0.0258）",
            "margin ÷ (primary energy factor of electricity × 0.0258)",
        ),
        bills_of(account.lines),
        (m.factor,),
    )
    yield KeyFigure(
        "menu_factor",
        Message("換算に使った電気の係数", "factor of electricity used for it"),
        Fraction(m.factor.value),
        m.factor.unit,
        "factor",
        Message("係数の表の値", "value of the table of factors"),
        factors=(m.factor,),
    )
