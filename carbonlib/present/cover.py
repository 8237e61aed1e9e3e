"""The head of the diagnosis report: who, when, the key figures and the one sentence."""

from __future__ import annotations

from fractions import Fraction

from carbonlib import __version__
from carbonlib.accounting import EnergyAccount
from carbonlib.diagnosis import Diagnosis
from carbonlib.factors import carriers
from carbonlib.fiscal_year import first_day, label, last_day
from carbonlib.present import text
from carbonlib.present.shown import Shown, html_of, typst_text
from carbonlib.units import format_number

_COVER = """
{% if sample %}<p class="sample">{{ sample }}</p>{% endif %}
<h1><span class="topic">省エネ診断報告書</span>{{ name }}</h1>
<dl class="meta">
{% for key, value in meta %}
<div><dt>{{ key }}</dt><dd>{{ value }}</dd></div>
{% endfor %}
</dl>
<ul class="cards">
{% for card in cards %}
<li><span class="label">{{ card.label }}</span><span class="value">{{ card.value }} <span class="unit">{{ card.unit }}</span></span><span class="beside">{{ card.beside }}</span></li>
{% endfor %}
</ul>
<p class="message"><span class="topic">診断結果の要点</span>{{ message }}</p>
{% for remark in remarks %}
<p>{{ remark }}</p>
{% endfor %}
"""


def _against_previous(now: Fraction | None, before: EnergyAccount | None, of: str, year: int) -> str:
    """Return the change against the year before, or why it is not stated."""
    if now is None:
        return "算出できません（確認事項をご覧ください）"
    if before is None:
        return "前年度の記録はありません"
    then = getattr(before, of)
    if not then:
        return "前年度の値がないため比べません"
    change = (now - then) / then
    words = text.percent(abs(change))
    if words == text.percent(Fraction(0)):
        return f"{year - 1}年度とほぼ同じ"
    return f"{year - 1}年度より {words} {'増' if change > 0 else '減'}"


def _cards(d: Diagnosis) -> list[dict[str, str]]:
    now, before = d.account, d.previous
    # years of unequal coverage cannot be compared: a missing month would read as a saving
    gaps = {f.id for a in (now, before) if a for f in a.findings} & {"bill.gap"}

    def beside(of: str) -> str:
        if before and gaps:
            return "請求のない期間があるため前年度と比べません"
        return _against_previous(getattr(now, of), before, of, d.fiscal_year)

    whole = "" if any(f.id == "bill.gap" for f in now.findings) else "年間"
    mark = "（暫定）" if now.provisional_year is not None else ""
    return [
        {
            "label": f"{whole}エネルギー費用",
            "value": text.thousand_yen(now.cost_jpy),
            "unit": "千円",
            "beside": beside("cost_jpy"),
        },
        {
            "label": "原油換算",
            "value": text.number(now.crude_oil_kl),
            "unit": "kL" + mark,
            "beside": beside("crude_oil_kl"),
        },
        {
            "label": "CO2排出量",
            "value": text.number(now.co2_t),
            "unit": "t-CO2" + mark,
            "beside": beside("co2_t"),
        },
    ]


def key_message(d: Diagnosis) -> str:
    """Return the one sentence an owner can repeat: what dominates, how much, and at what price."""
    top = d.shares.dominant()
    if top is None:
        return "費用もエネルギー量も集計できませんでした。確認事項をご覧ください。"
    measure, carrier, share = top
    line = d.account.line(carrier)
    assert line is not None
    quantity, unit = text.in_display_unit(line)
    what = "エネルギー費用" if measure == "cost" else "エネルギー使用量（一次エネルギー）"
    price = (
        f"、平均単価は {format_number(line.unit_price_jpy, 2)} 円/{unit} です"
        if line.unit_price_jpy is not None
        else "です"
    )
    name = carriers()[carrier].label_ja
    use = f"年間の使用量は {quantity} {unit}{price}。"
    if len(d.shares.carriers) == 1:
        return f"使っているエネルギーは{name}だけです。{use}"
    return f"{what}の {text.percent(share)} は{name}です。{use}"


def cover(d: Diagnosis) -> Shown:
    """Return the head of the report: who, when, by which factors, the key figures and the one sentence."""
    year = d.account.provisional_year
    provisional = "" if year is None else f"（暫定：{year}年度の係数を使用）"
    sites = "、".join(s.name for s in d.company.sites)
    meta = [
        ("事業所", sites),
        ("業種", d.company.industry),
        ("期間", f"{first_day(d.fiscal_year):%Y-%m-%d}〜{last_day(d.fiscal_year):%Y-%m-%d}"),
        ("年度", label(d.fiscal_year)),
        ("係数", d.programme.name_ja + provisional),
        ("作成", f"carbonlib {__version__}"),
    ]
    if d.company.supported_by:
        meta.append(("支援機関", "、".join(d.company.supported_by)))
    sample = text.SAMPLE_BANNER if d.company.sample else ""
    if not sample and d.company.source:
        sample = f"公表値：{d.company.source}の数値です。"
    cards = _cards(d)
    message = key_message(d)
    html = html_of(
        _COVER,
        sample=sample,
        name=d.company.name,
        meta=meta,
        cards=cards,
        message=message,
        remarks=d.company.remarks,
    )
    lines = [f"{c['label']} {c['value']} {c['unit']}（{c['beside']}）" for c in cards]
    typst = "\n".join(
        [
            f"#heading(level: 1, {typst_text(d.company.name)})",
            *(f"#par({typst_text(t)})" for t in [*lines, message]),
        ]
    )
    return Shown(html, typst, "\n".join([d.company.name, *lines, message]))
