"""What the city's briefing shows: head, target, the companies' sums, activities and schedule."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from carbonlib import __version__
from carbonlib.briefing import Briefing
from carbonlib.fiscal_year import label
from carbonlib.present import text
from carbonlib.present.briefing_sums import sum_cards
from carbonlib.present.shown import Shown, html_of, typst_text
from carbonlib.present.sources import findings_of
from carbonlib.present.table import Column, Row, Table
from carbonlib.provenance import hash_of_inputs
from carbonlib.records.city import WEEKDAYS, Activity
from carbonlib.units import format_number

REFERENCE = "参考値"
_HEAD = """
{% if sample %}<p class="sample">{{ sample }}</p>{% endif %}
<h1><span class="topic">年次報告</span> {{ title }}</h1>
<dl class="meta">
{% for key, value in meta %}
<div><dt>{{ key }}</dt><dd>{{ value }}</dd></div>
{% endfor %}
</dl>
<p class="message"><span class="topic">市全体のCO2排出量と目標</span> {{ message }}</p>
{% if cards %}
<h2>診断に参加した事業者の合計</h2>
<ul class="cards">
{% for card in cards %}
<li><span class="label">{{ card.label }}</span> <span class="value">{{ card.value }} <span class="unit">{{ card.unit }}</span></span> <span class="beside">{{ card.beside }}</span></li>
{% endfor %}
</ul>
{% endif %}
"""


def man_t(value: Fraction, digits: int = 0) -> str:
    """Return an amount of CO2 in 万t-CO2."""
    return format_number(value / 10000, digits)


def _about(approximate: bool) -> str:
    return "約" if approximate else ""


def target_sentence(b: Briefing) -> str:
    """Return the sentence on actual and target, with the gas of each as printed."""
    city = b.city
    actual, target = city.actual, city.target
    gas = {"CO2": "CO2", "GHG": "温室効果ガス"}
    amount = ""
    if target.reduction is not None:
        amount = f"（{_about(target.approximate)}{format_number(target.reduction.number)}万t）"
    return (
        f"市内の{gas[actual.gas]}排出量は{_about(actual.approximate)}{man_t(b.progress.actual_t)}万t-CO2"
        f"（{actual.fiscal_year}年度）。{target.fiscal_year}年度の目標は、{gas[target.gas]}を"
        f"{target.base_fiscal_year}年度から{target.reduction_percent}%{amount}削減することです。"
    )


def briefing_cover(b: Briefing) -> Shown:
    """Return the head of the briefing: the city, the years, the target in a sentence, the companies' sums."""
    title = f"{b.city.name} {label(b.fiscal_year)} 脱炭素経営の年次報告"
    meta = [
        ("作成部署", b.city.office or text.NOT_KNOWN),
        ("事業者の集計年度", label(b.fiscal_year)),
        ("事業報告", label(b.activity_fiscal_year)),
        ("係数", b.programme.name_ja),
        ("作成", f"carbonlib {__version__}"),
    ]
    cards = sum_cards(b)
    sample = ""
    if b.samples:
        who = (
            "事業者の数値は" if b.samples == b.companies else f"{b.companies} 社のうち {b.samples} 社の数値は"
        )
        sample = f"見本データ：{who}架空です。市の排出量・目標・事業報告は、公表された資料の値です。"
    message = target_sentence(b)
    html = html_of(_HEAD, sample=sample, title=title, meta=meta, message=message, cards=cards)
    lines = [message, *(f"{c['label']} {c['value']} {c['unit']}（{c['beside']}）" for c in cards)]
    typst = "\n".join(
        [f"#heading(level: 1, {typst_text(title)})", *(f"#par({typst_text(t)})" for t in lines)]
    )
    return Shown(html, typst, "\n".join([title, *lines]))


def reference_note(b: Briefing) -> str:
    """Return why the comparison is 参考値, or that it is not."""
    p = b.progress
    reasons = []
    if p.base_is_worked_back:
        reasons.append(
            f"{p.base_fiscal_year}年度の排出量は公表されておらず、目標の削減量と削減率から逆算した値です"
            f"（印字の丸めから {man_t(p.base_low_t, 1)}〜{man_t(p.base_high_t, 1)} 万t-CO2 の幅があります）"
        )
    if p.gases_differ:
        reasons.append("実績は CO2、目標は温室効果ガスで、対象のガスが違います")
    if not reasons:
        return "基準年度・実績・目標は、同じ対象の公表値です。"
    return f"{REFERENCE}：" + "。また、".join(reasons) + "。"


def progress_table(b: Briefing) -> Table:
    """Return the numbers of the path to the target, those for reference marked."""
    p = b.progress
    mark = f"（{REFERENCE}）" if p.reference else ""
    rows = [
        (
            f"{p.base_fiscal_year}年度の排出量{mark}",
            f"約 {man_t(p.base_t)}" if p.base_is_worked_back else man_t(p.base_t),
            "万t-CO2",
        ),
        (
            f"{p.actual_fiscal_year}年度の実績",
            _about(b.city.actual.approximate) + f" {man_t(p.actual_t)}",
            "万t-CO2",
        ),
        (f"{p.target_fiscal_year}年度の目標水準{mark}", f"約 {man_t(p.target_t)}", "万t-CO2"),
        (f"これまでの削減率{mark}", format_number(p.cut_so_far * 100, 1), "%"),
        (f"目標までの残り{mark}", f"約 {man_t(p.remaining_t)}", "万t-CO2"),
        (f"これまでの減り方{mark}", f"年 約 {man_t(p.pace_so_far_t, 1)}", "万t-CO2"),
        (f"これから必要な減り方{mark}", f"年 約 {man_t(p.pace_needed_t, 1)}", "万t-CO2"),
    ]
    return Table(
        "target-data",
        f"目標までの道のり{mark}",
        (Column("項目"), Column("値", "", True), Column("単位")),
        tuple(Row((name, value.strip(), unit)) for name, value, unit in rows),
        [f"出典: {b.city.source}。"],
    )


def _days(activity: Activity) -> str:
    if activity.start is None:
        return "年度内"

    def one(day: date) -> str:
        return f"{day.month}月{day.day}日（{WEEKDAYS[day.weekday()]}）"

    if activity.end is None or activity.end == activity.start:
        return one(activity.start)
    return f"{one(activity.start)}〜{one(activity.end)}"


def activities_table(b: Briefing) -> Shown:
    """Return what was done in the year of the report."""
    rows = tuple(
        Row(
            (
                a.kind,
                _days(a),
                a.title or text.NOT_KNOWN,
                a.place or text.NOT_KNOWN,
                a.results or text.NOT_KNOWN,
            )
        )
        for a in b.activities
    )
    return Table(
        "activities",
        f"{label(b.activity_fiscal_year)}は {len(rows)} 件の取組を行いました",
        (Column("取組"), Column("日程"), Column("内容"), Column("場所"), Column("結果")),
        rows,
        [f"出典: {b.city.source}。曜日は日付から計算しています。"],
        topic="事業報告",
    ).shown()


def schedule_table(b: Briefing) -> Shown:
    """Return the schedule of the year, step by step."""
    rows = tuple(Row((r.name, "　→　".join(r.items))) for r in b.schedule)
    return Table(
        "schedule",
        f"{label(b.schedule_fiscal_year)}のスケジュール（案）",
        (Column("取組"), Column("予定")),
        rows,
        [f"出典: {b.city.source}。時期は資料の印字のとおりです。"],
        topic="スケジュール",
    ).shown()


def briefing_findings(b: Briefing) -> Shown:
    """Return the doubts that concern the briefing."""
    return findings_of(b.findings)


def briefing_provenance(b: Briefing) -> Shown:
    """Return how the sums were made and from what."""
    lines = [
        f"事業者の合計は、{len(b.accounts)} 社それぞれの集計を、丸めずに足したものです。報告書の数値を写したものではありません。",
        f"係数: {b.programme.name_ja}（{b.programme.id}、{b.programme.basis_ja}）。",
        *(f"入力 {i.name}（SHA-256 {i.sha256[:16]}…）" for i in b.inputs),
        f"事業者の入力 {len(b.members)} 件（まとめた SHA-256 {hash_of_inputs(b.members)[:16]}…）。名前は載せません。",
        "事業者ごとの入力と成果物のハッシュ値は、同じ年度の manifest.json にあります。",
    ]
    html = html_of("<ul>{% for line in lines %}<li>{{ line }}</li>{% endfor %}</ul>", lines=lines)
    return Shown(html, "\n".join(f"- #{typst_text(line)}" for line in lines) + "\n", "\n".join(lines))
