"""The diagnosis menu that fits by size, and the legal dates that concern the equipment of a company."""

from __future__ import annotations

from carbonlib.diagnosis import Diagnosis
from carbonlib.factors.model import EVIDENCE
from carbonlib.first_page import first_page, legal_concerns, reference_day
from carbonlib.fiscal_year import day_label, written_label
from carbonlib.legal import MISSING, Concern
from carbonlib.present import text
from carbonlib.present.charts import said
from carbonlib.present.first_words import guide, margin_words, vehicle_words
from carbonlib.present.shown import Shown
from carbonlib.present.table import Column, Row, Table
from carbonlib.records.equipment_model import Equipment
from carbonlib.records.legal_dates import legal_dates
from carbonlib.records.schemes import Scheme
from carbonlib.units import format_number

_SCOPES = {"prefecture": "県", "national": "国"}


def menu_table(d: Diagnosis) -> Shown:
    """Return the schemes of diagnosis that fit the company's size, with fee, date of the source and the margin."""
    page = first_page(d)
    if not page.menu:
        return said("原油換算が算出できないため、規模に合う診断メニューは選んでいません。")
    rows = [
        Row(
            (
                s.name_ja,
                _SCOPES[s.scope],
                guide(s),
                text.NOT_KNOWN if s.fee_jpy is None else format_number(s.fee_jpy),
                s.done_by_ja,
                written_label(s.as_of) or "掲載日は不明",
                s.source,
            )
        )
        for s in page.menu
    ]
    return Table(
        "diagnosis-menu",
        (margin_words(d, page) + vehicle_words(d)).removesuffix("。"),
        (
            Column("診断メニュー"),
            Column("実施"),
            Column("規模の目安（原油換算）"),
            Column("負担", "円（税込）", True),
            Column("診断する人"),
            Column("資料の日付"),
            Column("出典"),
        ),
        tuple(rows),
        (
            "300 kL は目安で、義務ではありません。規模は事業所ごとに見ます。",
            "対象者の条件と料金は年度ごとに変わります。申し込む前に、実施者の最新の案内を確かめてください。",
            *(_note(s) for s in page.menu),
        ),
        topic="規模に合う診断メニュー",
    ).shown()


def _note(scheme: Scheme) -> str:
    """Return what is to be known of a scheme, and where in its source it stands."""
    where = scheme.locator if "://" in scheme.locator else f"出典の「{scheme.locator}」"
    return f"{scheme.name_ja}：{scheme.note}（{where}）" if scheme.note else f"{scheme.name_ja}：{where}"


def legal_dates_table(d: Diagnosis) -> Shown:
    """Return the legal dates that concern the equipment recorded, those that have passed said so."""
    day = reference_day(d)
    since = f"基準日は{'訪問日' if d.visit else d.period.word('年度') + 'の末日'}（{day_label(day)}）です"
    if not d.company.equipment:
        return said("設備の記録がないため、設備に関係する法令の期日は確かめていません。")
    found = legal_concerns(d)
    if not found:
        return said(
            f"記録された設備に関係する期日は、登録されている {len(legal_dates())} 件の中にはありませんでした。"
            "照明のランプ・変圧器・冷媒を使う機器を調べました。"
        )
    rows = [
        Row(
            (
                "定期的に" if c.row.date is None else day_label(c.row.date),
                c.row.title_ja,
                _machines(c),
                _state(c),
                c.row.text_ja,
                f"{EVIDENCE[c.row.evidence][0]}：{c.row.source}",
            )
        )
        for c in found
    ]
    addresses = dict.fromkeys(a for c in found for a in c.row.locator.split())
    notes = [f"{c.row.title_ja}：{c.row.note}。" for c in found if c.row.note]
    return Table(
        "legal-dates",
        _title(found),
        (
            Column("期日"),
            Column("内容"),
            Column("関係する設備"),
            Column("状態"),
            Column("対応"),
            Column("出典"),
        ),
        tuple(rows),
        (
            f"{since}。期日の前後は、この日を基準に書いています。",
            *notes,
            f"出典の所在：{'、'.join(addresses)}",
        ),
        topic="設備に関係する法令の期日",
    ).shown()


def _title(found: tuple[Concern, ...]) -> str:
    dated = [c for c in found if c.row.date is not None]
    passed = sum(c.passed for c in dated if c.certain)
    unsure = sum(not c.certain for c in dated)
    counts = [f"{passed} 件は過ぎています"] if passed else []
    if unsure:
        counts.append(f"{unsure} 件は関係するか要確認です")
    parts = []
    if dated:
        parts.append(f"期日が {len(dated)} 件" + (f"（うち {'、'.join(counts)}）" if counts else ""))
    if len(found) > len(dated):
        parts.append(f"定期的な義務が {len(found) - len(dated)} 件")
    return f"この事業者の設備に関係する{'、'.join(parts)}あります"


def _names(machines: tuple[Equipment, ...]) -> str:
    return "、".join(m.name + (f"（{m.number}台）" if m.number > 1 else "") for m in machines)


def _machines(c: Concern) -> str:
    parts = [_names(c.certain)] if c.certain else []
    if c.unsure:
        what = "・".join(MISSING[name] for name in c.missing)
        parts.append(f"{_names(c.unsure)}（{what}の記録がなく、要確認）")
    return "。".join(parts)


def _state(c: Concern) -> str:
    if c.row.date is None:
        return "要確認" if not c.certain else "継続中の義務"
    if c.passed:
        return "過ぎています" if c.certain else "過ぎています（要確認）"
    return "これから" if c.certain else "これから（要確認）"
