"""The first page of the diagnosis report: who, when, the key figures, what to do first and what it is worth."""

from __future__ import annotations

from fractions import Fraction

from carbonlib import __version__
from carbonlib.accounting import EnergyAccount
from carbonlib.accounting.taxes import among, tax_words, taxes_of
from carbonlib.accounting.whole import is_whole, left_out, months_known, span, uses_nothing
from carbonlib.diagnosis import Diagnosis
from carbonlib.factors import carriers
from carbonlib.first_page import FirstPage, change_of, earlier_year, first_page
from carbonlib.fiscal_year import day_label, days_label
from carbonlib.present import text
from carbonlib.present.columns import width
from carbonlib.present.first_words import (
    DISCLAIMER,
    FirstLine,
    first_lines,
    key_saving,
    menu_sentence,
    reducible_card,
    rule_sentence,
    sales_sentence,
)
from carbonlib.present.shown import Shown, html_of, typst_text
from carbonlib.units import format_number

_FITS = 24  # halves of an em; the narrowest place that words are kept together in
_LINE = 100  # halves of an em; on paper, a line of the facts below the name
_COVER = """
{% if sample %}<p class="sample">{{ sample }}</p>{% endif %}
<h1><span class="topic">省エネ診断報告書</span> {{ name }}</h1>
<dl class="meta">
{% for key, value in meta %}
<div><dt>{{ key }}</dt><dd>{{ value }}</dd></div>
{% endfor %}
</dl>
<ul class="cards">
{% for card in cards %}
<li><span class="label">{{ card.label }}</span> <span class="value">{{ card.value }} <span class="unit">{{ card.unit }}</span></span> <span class="beside">{% for part, short in card.parts %}{% if short %}<span class="whole">{{ part }}</span>{% else %}{{ part }}{% endif %}{% endfor %}</span></li>
{% endfor %}
</ul>
<p class="message"><span class="topic">診断結果の要点</span> {{ message }}</p>
{% if lines %}
<h2 class="first-steps">まず取り組むこと</h2>
<ol class="first-steps">
{% for line in lines %}
<li><strong>{{ line.title }}</strong>
<ul>
<li>{{ line.effect }}</li>
<li>{{ line.reason }}</li>
<li>{{ line.subsidy }}</li>
</ul></li>
{% endfor %}
</ol>
{% endif %}
{% for sentence in sentences %}
<p>{{ sentence }}</p>
{% endfor %}
{% for remark in remarks %}
<p>{{ remark }}</p>
{% endfor %}
<ul class="notes">
{% for note in notes %}
<li>{{ note }}</li>
{% endfor %}
</ul>
"""


def _against_previous(d: Diagnosis, of: str) -> str:
    """Return the change against the year before, or why it is not stated."""
    now, before, period = d.account, earlier_year(d), d.period
    if getattr(now, of) is None:
        return "算出できません（確認事項をご覧ください）"
    if not is_whole(now):
        months = months_known(now)
        return "請求のない期間を除いた値です" if months is None else f"{left_out(now).ja}の値です"
    if d.previous is None:
        return f"{period.word('前年度')}の記録はありません"
    if before is None:
        return f"{period.word('前年度')}の請求がないため比べません"
    if not is_whole(before):
        return f"{period.word('前年度')}に請求のない期間があるため比べません"
    if of == "cost_jpy" and (unlike := _unlike_taxes(d, before)):
        return unlike
    change = change_of(d, of)
    if change is None:
        return f"{period.word('前年度')}の値がないため比べません"
    words = text.percent(abs(change))
    if words == text.percent(Fraction(0)):
        return f"{period.previous.short()}とほぼ同じ"
    return f"{period.previous.short()}より {words} {'増' if change > 0 else '減'}"


def _unlike_taxes(d: Diagnosis, before: EnergyAccount) -> str:
    """Return why the costs of two years cannot be compared: unlike yen; empty where they can."""
    now, then = taxes_of(d.account), taxes_of(before)
    if len(now) > 1:
        return f"{among(now).ja}が混ざるため{d.period.word('前年度')}と比べません"
    if len(then) > 1:
        return f"{d.period.word('前年度')}に{among(then).ja}が混ざるため比べません"
    if now and then and now != then:
        return f"{d.period.word('前年度')}（{tax_words(then).ja}）と税の区分が違うため比べません"
    return ""


def _cards(d: Diagnosis, page: FirstPage) -> list[dict[str, str]]:
    now = d.account
    whole = "年間" if is_whole(now) else ""
    mark = "（暫定）" if now.provisional_year is not None else ""
    tax = "" if now.cost_jpy is None else f"（{tax_words(taxes_of(now)).ja}）"
    found = [
        (
            f"{whole}エネルギー費用{tax}",
            text.thousand_yen(now.cost_jpy),
            "千円",
            _against_previous(d, "cost_jpy"),
        ),
        ("原油換算", text.number(now.crude_oil_kl), "kL" + mark, _against_previous(d, "crude_oil_kl")),
        ("CO2排出量", text.number(now.co2_t), "t-CO2" + mark, _against_previous(d, "co2_t")),
        reducible_card(page.reducible, mark),
    ]
    return [dict(zip(("label", "value", "unit", "beside"), card, strict=True)) for card in found]


def _parts(beside: str) -> list[str]:
    """Return the parts of a phrase that are better not broken: what stands between its dots, each with its dot."""
    parts = beside.split("・")
    return [f"{part}・" for part in parts[:-1]] + parts[-1:]


def _is_short(words: str, fits: int = _FITS) -> bool:
    return width(words) <= fits


def _unbroken(words: str, fits: int = _FITS) -> str:
    """Return words as typst that keeps them on one line, where they are short enough to fit one."""
    return f"box({typst_text(words)})" if _is_short(words, fits) else typst_text(words)


def key_message(d: Diagnosis) -> str:
    """Return the one sentence an owner can repeat: what dominates, how much, and at what price."""
    top = d.shares.dominant()
    if top is None and uses_nothing(d.account):
        return f"{span(d.account).ja}の請求の使用量はすべて 0 で、エネルギーは使われていません。"
    if top is None:
        return "費用もエネルギー量も集計できませんでした。確認事項をご覧ください。"
    measure, carrier, share = top
    line = d.account.line(carrier)
    assert line is not None
    quantity, unit = text.in_display_unit(line)
    taxes = taxes_of(d.account)
    mixed = f"（{tax_words(taxes).ja}）" if len(taxes) > 1 else ""
    # one basis is said beside the year's cost
    basis = f"（{tax_words(line.taxes).ja}）" if mixed else " "
    what = f"エネルギー費用{mixed}" if measure == "cost" else "エネルギー使用量（一次エネルギー）"
    price = (
        f"、平均単価は {format_number(line.unit_price_jpy, 2)} 円/{unit}{basis}です"
        if line.unit_price_jpy is not None
        else "です"
    )
    name = carriers()[carrier].label_ja
    use = f"{span(d.account).ja}の使用量は {quantity} {unit}{price}。"
    if len(d.shares.carriers) == 1:
        return f"使っているエネルギーは{name}だけです。{use}"
    return f"{what}の {text.percent(share)} は{name}です。{use}"


def _meta(d: Diagnosis) -> list[tuple[str, str]]:
    """Return who, where, when, by whom and by which factors; what nobody said is left out, but for the visit."""
    year = d.account.provisional_year
    provisional = "" if year is None else f"（暫定：{year}年度の係数を使用）"
    found = [
        ("事業所", "、".join(s.name for s in d.company.sites)),
        ("業種", d.company.industry),
        ("期間", days_label(d.period.first_day, d.period.last_day)),
        ("年度" if d.period.is_fiscal_year else "診断期間", d.period.label()),
    ]
    visit = d.recorded_visit
    if visit is None:
        found.append(("訪問", "記録がありません"))
    else:
        people = (
            f"{one.name}（{one.qualification}）" if one.qualification else one.name
            for one in visit.diagnosticians
        )
        # the report's year is its own; a visit for another says so
        whose = "" if visit == d.visit else f"（{visit.fiscal_year}年度の診断として訪問）"
        found += [("訪問日", day_label(visit.date) + whose), ("診断員", "、".join(people))]
        if visit.attended:
            found.append(("立会い", "、".join(visit.attended)))
    found += [("係数", d.programme.name_ja + provisional), ("作成", f"carbonlib {__version__}")]
    if d.company.supported_by:
        found.append(("支援機関", "、".join(d.company.supported_by)))
    return found


def cover(d: Diagnosis) -> Shown:
    """Return the first page: who, when, by which factors, the key figures, what to do first and what it is worth."""
    page = first_page(d)
    sample = text.SAMPLE_BANNER if d.company.sample else ""
    if not sample and d.company.source:
        sample = f"公表値：{d.company.source}の数値です。"
    meta, cards = _meta(d), _cards(d, page)
    shown_cards = [
        {**card, "parts": [(part, _is_short(part)) for part in _parts(card["beside"])]} for card in cards
    ]
    message = key_message(d) + key_saving(page)
    lines = first_lines(d, page)
    sentences = [s for s in (sales_sentence(d, page), menu_sentence(d, page)) if s]
    notes = [s for s in (rule_sentence(d, page), DISCLAIMER) if s]
    html = html_of(
        _COVER,
        sample=sample,
        name=d.company.name,
        meta=meta,
        cards=shown_cards,
        message=message,
        lines=lines,
        sentences=sentences,
        remarks=d.company.remarks,
        notes=notes,
    )
    after = [*sentences, *d.company.remarks, *notes]
    plain = [f"{c['label']} {c['value']} {c['unit']}（{c['beside']}）" for c in cards]
    firsts = [f"{n}. {x.title}　{x.effect}　{x.reason}　{x.subsidy}" for n, x in enumerate(lines, start=1)]
    typst = _typst(d.company.name, sample, meta, cards, message, lines, after)
    return Shown(html, typst, "\n".join([d.company.name, *plain, message, *firsts, *after]))


def _typst(
    name: str,
    sample: str,
    meta: list[tuple[str, str]],
    cards: list[dict[str, str]],
    message: str,
    lines: list[FirstLine],
    after: list[str],
) -> str:
    """Return the first page as typst: cards side by side, the proposals as a numbered list."""

    def par(words: str, size: str = "1em") -> str:
        return f"#par(text(size: {size}, {typst_text(words)}))\n"

    line = 'inset: 6pt, stroke: (top: 2pt + rgb("#00694e"), rest: 0.5pt + rgb("#c4c4c4"))'

    def card(c: dict[str, str]) -> str:
        parts = ((c["label"], "0.8em"), (f"{c['value']} {c['unit']}", "1.25em"))
        texts = ", ".join(f"text(size: {size}, {typst_text(words)})" for words, size in parts)
        beside = " + ".join(_unbroken(part) for part in _parts(c["beside"]))
        return f"stack(spacing: 6pt, {texts}, text(size: 0.75em, {beside}))"

    known = f" + {typst_text('　')} + ".join(_unbroken(f"{k}：{v}", _LINE) for k, v in meta)
    steps = ", ".join(
        f"[#text({typst_text(x.title)}) #list({', '.join(f'[#text({typst_text(t)})]' for t in (x.effect, x.reason, x.subsidy))})]"
        for x in lines
    )
    return "\n".join(
        [
            *([par(sample, "0.85em")] if sample else []),
            par("省エネ診断報告書", "0.85em"),
            f"#heading(level: 1, {typst_text(name)})",
            f"#par(text(size: 0.85em, {known}))\n",
            f"#grid(columns: (1fr, 1fr, 1fr, 1fr), gutter: 6pt, {line}, {', '.join(card(c) for c in cards)})",
            f"#block(sticky: true, below: 0.6em, text(size: 0.85em, {typst_text('診断結果の要点')}))",
            par(message, "1.15em"),
            *(
                [f"#heading(level: 2, outlined: false, {typst_text('まず取り組むこと')})", f"#enum({steps})"]
                if lines
                else []
            ),
            *(par(t, "0.9em") for t in after),
        ]
    )
