"""The tables of use and calculation in the diagnosis report."""

from __future__ import annotations

from decimal import Decimal

from carbonlib.accounting.sheet import co2_by, energy_by, in_sheet_unit, units_of
from carbonlib.accounting.taxes import tax_sentence, taxes_of
from carbonlib.accounting.whole import span
from carbonlib.diagnosis import Diagnosis
from carbonlib.factors import KL_PER_GJ
from carbonlib.fiscal_year import day_label
from carbonlib.present import text
from carbonlib.present.rounding import rounding_notes
from carbonlib.present.shown import Shown
from carbonlib.present.table import Column, Row, Table
from carbonlib.units import format_number


def sites_table(d: Diagnosis) -> Shown:
    """Return the sites with floor area and employees, their hours where any is known, and what the visit noted."""
    sites = d.company.sites
    columns: list[tuple[Column, list[str]]] = [
        (Column("延床面積", "m2", True), [_whole(s.floor_area_m2) for s in sites]),
        (Column("従業員", "人", True), [_whole(s.employees) for s in sites]),
    ]
    # hours that nobody stated would be columns of dashes
    if any(s.opening_hours for s in sites):
        columns.append((Column("営業時間"), [s.opening_hours or text.NOT_KNOWN for s in sites]))
    if any(s.operating_days is not None for s in sites):
        columns.append((Column("営業日数", "日/年", True), [_whole(s.operating_days) for s in sites]))
    if any(s.operating_hours is not None for s in sites):
        columns.append((Column("年間営業時間", "h/年", True), [_whole(s.operating_hours) for s in sites]))
    rows = [Row((s.name, *(cells[i] for _, cells in columns))) for i, s in enumerate(sites)]
    count = len(rows)
    visit = d.recorded_visit
    # of another year's visit the day is said, as the report is not about it
    when = f"（{day_label(visit.date)}）" if visit and visit != d.visit else ""
    return Table(
        "sites",
        f"診断の対象は {count} 事業所です",
        (Column("事業所"), *(column for column, _ in columns)),
        tuple(rows),
        (f"訪問時{when}の記録：{visit.note}",) if visit and visit.note else (),
        topic="事業所の概要",
    ).shown()


def _whole(value: Decimal | int | None) -> str:
    return text.NOT_KNOWN if value is None else format_number(value)


def account_table(d: Diagnosis) -> Shown:
    """Return the use of each carrier: quantity, cost, unit price, GJ, kL, t CO2."""
    rows = []
    for line in d.account.lines:
        quantity, unit = text.in_display_unit(line)
        rows.append(
            Row(
                (
                    text.carrier_name(line),
                    f"{quantity} {unit}",
                    text.thousand_yen(line.cost_jpy),
                    text.NOT_KNOWN
                    if line.unit_price_jpy is None
                    else f"{format_number(line.unit_price_jpy, 2)} 円/{unit}",
                    text.or_no_factor(line.energy_gj, 0),
                    text.or_no_factor(line.crude_oil_kl, 1),
                    text.or_no_factor(line.co2_t, 1),
                )
            )
        )
    a = d.account
    rows.append(
        Row(
            (
                "合計",
                "",
                text.thousand_yen(a.cost_jpy),
                "",
                text.number(a.energy_gj),
                text.number(a.crude_oil_kl, 1),
                text.number(a.co2_t, 1),
            ),
            total=True,
        )
    )
    caption = (
        "使用エネルギーの種類・使用量・支払金額・単価"
        if a.cost_jpy is None
        else f"{span(a).ja}のエネルギー費用は {text.thousand_yen(a.cost_jpy)} 千円です"
    )
    if a.provisional_year is not None:
        caption += f"（熱量・原油換算・CO2は {a.provisional_year}年度の係数による暫定値）"
    notes = [f"熱量・原油換算・CO2排出量の係数: {d.programme.name_ja}。", *_tax_notes(d)]
    notes += rounding_notes(rows[:-1], rows[-1])
    if any(v is None for v in (a.energy_gj, a.co2_t, a.cost_jpy)):
        notes.append(
            f"「{text.NOT_KNOWN}」は、記入または係数がないため集計していない値です（0 ではありません）。"
        )
    return Table(
        "account",
        caption,
        (
            Column("エネルギー種別"),
            Column("使用量", "", True),
            Column("費用", "千円", True),
            Column("平均単価", "", True),
            Column("熱量", "GJ", True),
            Column("原油換算", "kL", True),
            Column("CO2排出量", "t-CO2", True),
        ),
        tuple(rows),
        notes,
        topic="使用エネルギーの種類・使用量・支払金額・単価",
    ).shown()


def _tax_notes(d: Diagnosis) -> list[str]:
    said_of = tax_sentence(taxes_of(d.account)).ja
    return [said_of] if said_of else []


def calculation_sheet(d: Diagnosis) -> Shown:
    """Return the CO2 and crude-oil calculation sheet: quantity × factor, each factor shown."""
    rows = []
    for name, part in (named for line in d.account.lines for named in text.parts_of(line)):
        sheet = units_of(part)[1]
        energy, co2 = energy_by(part), co2_by(part)
        per_gj = None if energy is None else energy.per_unit
        rows.append(
            Row(
                (
                    name,
                    f"{format_number(in_sheet_unit(part), 3)} {sheet}",
                    text.plain_factor(per_gj),
                    text.or_no_factor(part.energy_gj, 0),
                    text.plain_factor(None if per_gj is None else per_gj * KL_PER_GJ),
                    text.or_no_factor(part.crude_oil_kl, 3),
                    text.plain_factor(None if co2 is None else co2.per_unit),
                    text.or_no_factor(part.co2_t, 3),
                )
            )
        )
    a = d.account
    rows.append(
        Row(
            (
                "合計",
                "",
                "",
                text.number(a.energy_gj),
                "",
                text.number(a.crude_oil_kl, 3),
                "",
                text.number(a.co2_t, 3),
            ),
            total=True,
        )
    )
    return Table(
        "calculation",
        "CO2排出量・原油換算の計算",
        (
            Column("エネルギー種別"),
            Column("使用量 ①", "", True),
            Column("単位発熱量 ②", "GJ/単位", True),
            Column("熱量 ①×②", "GJ", True),
            Column("原油換算係数 ③=②×0.0258", "kL/単位", True),
            Column("原油換算 ①×③", "kL", True),
            Column("CO2排出係数 ④", "t-CO2/単位", True),
            Column("CO2排出量 ①×④", "t-CO2", True),
        ),
        tuple(rows),
        (
            "計算の途中では丸めず、表示のときだけ四捨五入しています。表示された係数を掛け直すと、末尾の桁が合わないことがあります。",
            "「単位」は使用量の単位（千kWh・kL・t・千m3・m3）です。原油換算は 1 GJ あたり 0.0258 kL です。",
        ),
        topic="換算計算シート",
    ).shown()
