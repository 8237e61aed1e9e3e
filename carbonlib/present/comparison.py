"""The same account under a second programme, and the check sheets of 1 t CO2 and 1 kL."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from carbonlib.accounting import EnergyAccount
from carbonlib.accounting.check_sheet import CheckSheet, Of, check_sheet, total
from carbonlib.accounting.sheet import units_of
from carbonlib.comparison import Comparison, Difference, compare
from carbonlib.diagnosis import Diagnosis
from carbonlib.factors import NO_FACTOR_JA, basis_label, carriers
from carbonlib.factors import programme as programme_named
from carbonlib.present import text
from carbonlib.present.charts import said
from carbonlib.present.proposal_words import tonnes
from carbonlib.present.shown import Shown, ShownList
from carbonlib.present.table import Column, Row, Table
from carbonlib.units import format_number

_KINDS = {"crude_oil": ("原油換算", "kL"), "co2": ("CO2排出量", "t-CO2")}
_CHECKED: dict[Of, tuple[str, str]] = {
    "co2": ("check-sheet-co2", "CO2 1 t は、電気なら {} にあたります"),
    "crude_oil": ("check-sheet-oil", "原油換算 1 kL は、電気なら {} にあたります"),
}


def programme_comparison(d: Diagnosis, compare_programme: str | None) -> ShownList:
    """Return the account under a second programme beside it, and which factor makes each difference.

    Parameters
    ----------
    d : Diagnosis
        The company's year.
    compare_programme : str or None
        Id of the second programme; without one nothing is shown.
    """
    if not compare_programme:
        return ShownList()
    found = compare(d, compare_programme)
    other = programme_named(compare_programme, among=d.programmes)
    if found is None and other.id == d.programme.id:
        return ShownList(
            (said(f"比べる制度がこの報告書の制度（{other.name_ja}）と同じなので、並べていません。"),)
        )
    if found is None:
        return ShownList((said(f"{other.name_ja}には{d.period.label()}の係数がないため、並べていません。"),))
    return ShownList((_totals(d, found), _differences(d, found)))


def _change(one: Fraction | None, other: Fraction | None, digits: int) -> str:
    """Return other − one; a difference of rounded numbers is never taken."""
    return text.NOT_KNOWN if one is None or other is None else format_number(other - one, digits)


def _part(one: Fraction | None, other: Fraction | None) -> str:
    return text.NOT_KNOWN if not one or other is None else format_number((other / one - 1) * 100, 1)


def _totals(d: Diagnosis, c: Comparison) -> Shown:
    def row(name: str, unit: str, of: str, digits: int) -> Row:
        one, other = getattr(c.one, of), getattr(c.other, of)
        return Row(
            (
                f"{name}（{unit}）",
                text.or_no_factor(one, digits),
                text.or_no_factor(other, digits),
                _change(one, other, digits),
                _part(one, other),
            )
        )

    return Table(
        "programme-totals",
        _title(c.one, c.other),
        (
            Column("合計"),
            Column("この報告書", d.programme.name_ja, True),
            Column("比べる制度", c.programme.name_ja, True),
            Column("差", "", True),
            Column("差", "%", True),
        ),
        (
            row("熱量", "GJ", "energy_gj", 0),
            row("原油換算", "kL", "crude_oil_kl", 1),
            row("CO2排出量", "t-CO2", "co2_t", 1),
        ),
        (
            "同じ請求を、2 つの制度の係数で別々に計算した値です。2 つの制度の値を足したり混ぜたりはしません。",
            f"「{NO_FACTOR_JA}」は、その制度に{d.period.word('この年度')}の係数が 1 つ以上ないことを示します。近い年度の値では代用しません。",
        ),
        topic="別の制度による計算",
    ).shown()


def _title(one: EnergyAccount, other: EnergyAccount) -> str:
    parts = []
    for name, unit, of in (("原油換算", "kL", "crude_oil_kl"), ("CO2排出量", "t-CO2", "co2_t")):
        a, b = getattr(one, of), getattr(other, of)
        if a is not None and b is not None:
            parts.append(f"{name} {format_number(a, 1)} → {format_number(b, 1)} {unit}")
    if not parts:
        return "同じ使用量を、別の制度の係数で計算しました"
    return f"同じ使用量でも、係数の制度により {'、'.join(parts)} と変わります"


def _differences(d: Diagnosis, c: Comparison) -> Shown:
    rows = [
        Row(
            (
                f"{text.carrier_name(x.line, x.years)} {_KINDS[x.kind][0]}",
                _factor(x, x.per_one),
                _factor(x, x.per_other),
                text.NOT_KNOWN if x.factor_change is None else format_number(x.factor_change * 100, 1),
                text.or_no_factor(x.one, 1),
                text.or_no_factor(x.other, 1),
                tonnes(x.change),
                _said(x),
            )
        )
        for x in c.differences
    ]
    ids = dict.fromkeys(f.id for x in c.differences for f in (x.factor_one, x.factor_other) if f is not None)
    return Table(
        "programme-differences",
        "差は、次の係数の違いによるものです",
        (
            Column("エネルギー種別と項目"),
            Column("係数", d.programme.id, True),
            Column("係数", c.programme.id, True),
            Column("係数の差", "%", True),
            Column("結果", d.programme.id, True),
            Column("結果", c.programme.id, True),
            Column("差", "kL・t-CO2", True),
            Column("説明"),
        ),
        tuple(rows),
        (
            "係数は使用量の単位（千kWh・kL・t・千m3・m3）あたりです。原油換算の係数は熱量（GJ）で示し、1 GJ を 0.0258 kL とします。",
            f"係数の識別名：{'、'.join(ids)}",
        ),
        topic="差の内訳",
    ).shown()


def _unit(x: Difference) -> str:
    return f"{'GJ' if x.kind == 'crude_oil' else 't-CO2'}/{units_of(x.line)[1]}"


def _factor(x: Difference, per: Fraction | None) -> str:
    return NO_FACTOR_JA if per is None else f"{text.plain_factor(per)} {_unit(x)}"


def _said(x: Difference) -> str:
    """Return in words why the results differ."""
    if x.change is None:
        return f"どちらかの制度に{_label_of(x)}の係数がないため、比べられません。"
    if x.factor_change == 0:
        return "係数は同じです。"
    assert x.per_one is not None
    assert x.per_other is not None
    verb = "小さい" if x.per_other < x.per_one else "大きい"
    one, other = (f.volume_basis if f else "" for f in (x.factor_one, x.factor_other))
    basis = ""
    if one and other and one != other:
        basis = f"体積の基準も違います（{basis_label(one)}と{basis_label(other)}）。"
    return (
        f"係数が {text.plain_factor(x.per_one)} に対し {text.plain_factor(x.per_other)} と{verb}ためです"
        f"（差 {tonnes(x.change)} {_KINDS[x.kind][1]}）。{basis}"
    )


def _label_of(x: Difference) -> str:
    """Return the carrier's name of a difference."""
    return carriers()[x.line.carrier].label_ja


def check_sheets(d: Diagnosis, wanted: bool = True) -> ShownList:
    """Return the check sheets of 1 t CO2 and of 1 kL under the report's programme, where they are asked for."""
    if not wanted:
        return ShownList()
    return ShownList(tuple(shown_ for of in _CHECKED for shown_ in _sheets(d, of)))


def _sheets(d: Diagnosis, of: Of) -> Iterator[Shown]:
    """Yield the sheet of each fiscal year that the period lies in; one where their factors are the same."""
    by_year = {y: check_sheet(of, d.programme, y, d.company.suppliers) for y in d.period.fiscal_years}
    if len(set(by_year.values())) == 1:
        yield _sheet(d, next(iter(by_year.values())), "")
        return
    for year, sheet in by_year.items():
        yield _sheet(d, sheet, str(year))


def _sheet(d: Diagnosis, sheet: CheckSheet, year: str) -> Shown:
    name, sentence = _CHECKED[sheet.of]
    if not sheet.rows:
        which = f"{year}年度" if year else d.period.word("この年度")
        return said(f"{which}の係数がないため、換算チェックシートは作れません。")
    rows = [
        Row(
            (
                carriers()[r.carrier].label_ja + ("（気体）" if (r.carrier, r.unit) == ("lpg", "m3") else ""),
                f"{format_number(r.quantity, 3)} {r.unit}",
                text.number(r.energy_gj, 3),
                text.number(r.crude_oil_kl, 3),
                text.number(r.co2_t, 3),
            )
        )
        for r in sheet.rows
    ]
    fuels = (("燃料の小計", sheet.fuels),) if len(sheet.fuels) < len(sheet.rows) and sheet.fuels else ()
    rows += [
        Row((title, "", *(text.number(v, 3) for v in total(part))), total=True)
        for title, part in (*fuels, ("合計", sheet.rows))
    ]
    return Table(
        f"{name}-{year}" if year else name,
        _message(sheet, sentence) + (f"（{year}年度の係数）" if year else ""),
        (
            Column("エネルギー種別"),
            Column("使用量", "", True),
            Column("熱量", "GJ", True),
            Column("原油換算", "kL", True),
            Column("CO2排出量", "t-CO2", True),
        ),
        tuple(rows),
        (f"係数：{d.programme.name_ja}。使用量は係数から逆算し、途中では丸めていません。",),
        topic="換算チェックシート",
    ).shown()


def _message(sheet: CheckSheet, sentence: str) -> str:
    power = next((r for r in sheet.rows if r.carrier == "electricity"), None)
    if power is None:
        return "CO2 1 t にあたる使用量" if sheet.of == "co2" else "原油換算 1 kL にあたる使用量"
    return sentence.format(f"{format_number(power.quantity, 3)} {power.unit}")
