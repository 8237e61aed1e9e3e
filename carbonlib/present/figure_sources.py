"""Where each figure of the first page comes from: input lines, factors, formula."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from carbonlib.diagnosis import Diagnosis
from carbonlib.errors import Place
from carbonlib.key_figures import KeyFigure, Kind, key_figures, lines_of
from carbonlib.present import text
from carbonlib.present.first_words import lowered, margin_percent, share_words, ten_thousand
from carbonlib.present.proposal_words import thousand, tonnes
from carbonlib.present.shown import Shown
from carbonlib.present.table import Column, Row, Table
from carbonlib.summary import factor_names
from carbonlib.units import format_number


def _change(f: KeyFigure) -> str:
    return f"{text.percent(abs(f.value))} {'増' if f.value > 0 else '減'}"


# as the first page prints them
_PRINTED: Mapping[Kind, Callable[[KeyFigure], str]] = {
    "amount": lambda f: f"{text.number(f.value)} {f.unit}",
    "change": _change,
    "count": lambda f: f"{text.number(f.value)} {f.unit}",
    "factor": lambda f: f"{f.factors[0].value} {f.unit}",
    "kl": lambda f: f"{text.number(f.value, f.digits)} kL",
    "man_yen": lambda f: f"{ten_thousand(f.value)} 万円",
    "margin": lambda f: margin_percent(f.value),
    "price": lambda f: f"{text.number(f.value, 2)} {f.unit}",
    "saved_t": lambda f: f"{lowered(f.value, tonnes(f.value))} t-CO2/年",
    "saved_yen": lambda f: f"{lowered(f.value, thousand(f.value))} 千円/年",
    "share": lambda f: share_words(f.value),
    "t": lambda f: f"{text.number(f.value)} t-CO2",
    "thousand_kwh": lambda f: f"{text.number(f.value / 1000)} 千kWh",
    "thousand_yen": lambda f: f"{text.thousand_yen(f.value)} 千円",
    "years": lambda f: f"{format_number(f.value, f.digits)} 年",
    "yen_small": lambda f: f"{thousand(f.value)} 千円",
}


def figure_provenance(d: Diagnosis) -> Shown:
    """Return for every figure of the first page its input file and line, the ids of factors and data, and the formula."""
    figures = key_figures(d)
    names = factor_names(d)
    # ids are long, and stand in many rows
    factors = _marked("F", (names.get(x, x.id) for f in figures for x in f.factors))
    data = _marked("D", (row for f in figures for row in f.rows))
    return Table(
        "figure-provenance",
        f"1 ページ目の数値 {len(figures)} 個の出どころです",
        (
            Column("数値"),
            Column("値", "", True),
            Column("式"),
            Column("入力の場所"),
            Column("係数・データ"),
        ),
        tuple(
            _row(f, [*(factors[names.get(x, x.id)] for x in f.factors), *(data[row] for row in f.rows)])
            for f in figures
        ),
        (
            "丸めは表示のときの 1 回だけです。途中の計算は丸めていません。",
            *(f"{mark}：係数 {id}" for id, mark in factors.items()),
            *(f"{mark}：{_table_of(row)} {row}" for row, mark in data.items()),
        ),
        topic="数値の来歴",
    ).shown()


def _row(f: KeyFigure, marks: Iterable[str]) -> Row:
    return Row((f.label.ja, _PRINTED[f.kind](f), f.formula.ja, _places(f.places), "・".join(marks)))


def _marked(letter: str, ids: Iterable[str]) -> dict[str, str]:
    return {id: f"{letter}{n}" for n, id in enumerate(dict.fromkeys(ids), start=1)}


def _table_of(row: str) -> str:
    """Return what a row of data is of: a table of standard values, or a round of a subsidy."""
    return "標準値の表" if ".csv" in row else "補助金の公募の回と区分"


def _places(places: Iterable[Place]) -> str:
    """Return places by file: proposals.yaml 3・15〜17 行目."""
    found = []
    for lines in lines_of(places):
        file = lines.file.rpartition("/")[2] + (f" シート「{lines.sheet}」" if lines.sheet else "")
        runs = "・".join(f"{a}" if a == b else f"{a}〜{b}" for a, b in lines.runs)
        found.append(f"{file} {runs} 行目" if runs else file)
    return "、".join(found)
