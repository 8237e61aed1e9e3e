"""A page for the bank: what is bought, who pays for it, and whether the saving carries the loan."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from carbonlib.diagnosis import Diagnosis
from carbonlib.finance import InvestmentCase
from carbonlib.present import text
from carbonlib.present.page import Bullets, Heading, Part, Sentences, page
from carbonlib.present.proposal_lines import payback_cell
from carbonlib.present.proposal_words import (
    called,
    change_words,
    proposed_of,
    tax_words,
    thousand,
    tonnes,
    without_tax_known,
)
from carbonlib.present.shown import Shown, ShownList
from carbonlib.present.table import Column, Row, Table
from carbonlib.proposals.bank import BankPlan
from carbonlib.proposals.evaluation import Evaluated
from carbonlib.proposing import Proposed
from carbonlib.records.subsidy_round import COST_LINES
from carbonlib.units import Quantity, exact, format_number


def bank_pages(d: Diagnosis) -> ShownList:
    """Return one page for each open capital proposal of known cost; none where there is none."""
    of = proposed_of(d)
    if of is None:
        return ShownList()
    found: list[Shown] = []
    for position, one in enumerate(of.evaluation.items, start=1):
        if (plan := of.plans.get(one.proposal.number)) is not None:
            parts = list(_page(of, one, plan, f"bank-{position}"))
            found.append(page(f"bank-{position}", parts, first=not found))
    return ShownList(tuple(found))


def _yen(value: Quantity) -> str:
    return thousand(exact(float(value.magnitude)))


def _page(of: Proposed, one: Evaluated, plan: BankPlan, id: str) -> Iterator[Part]:
    number = one.proposal.number
    yield Heading(
        one.proposal.title,
        3,
        f"金融機関向け資料　提案No.{number}　{of.company.name}",
        called(one, "金融機関:"),
    )
    yield Sentences(_purpose(of, one, plan))
    yield Heading("投資の内訳")
    yield _lines(of, plan, f"{id}-lines")
    yield Heading("資金計画")
    yield _funds(plan, f"{id}-funds")
    for finding in plan.findings:
        yield Sentences(finding.message.ja)
    yield Heading("年ごとの収支")
    if plan.cash is None:
        yield Sentences(
            "削減額か耐用年数が分からないか、借入額が合わないため、年ごとの収支は計算していません。"
        )
    else:
        yield _cash(plan, f"{id}-cash")
    yield Heading("削減額と費用が変わった場合")
    cases = _cases(of, one, f"{id}-cases")
    yield cases or Sentences("削減額か耐用年数が分からないため、計算していません。")
    yield Heading("確かめること")
    yield Bullets(list(_remarks(of, one, plan)))


def _purpose(of: Proposed, one: Evaluated, plan: BankPlan) -> str:
    saving = of.money[one.proposal.number].average.saving_jpy
    co2 = one.alone.co2_reduction_t
    changes = change_words(
        [
            ("費用", saving, f"{thousand(abs(saving or Fraction(0)))} 千円"),
            ("CO2", co2, f"{tonnes(abs(co2 or Fraction(0)))} t"),
        ]
    )
    back = of.money[one.proposal.number].average.payback.before
    what = changes or "エネルギーの使用を減らす計画です"
    return f"{thousand(plan.cost_jpy)} 千円（税抜）の設備投資で、{what}。{back.sentence.ja}"


def _lines(of: Proposed, plan: BankPlan, id: str) -> Table:
    unknown = any(c.with_tax_jpy is None for c in plan.lines)
    rows = [
        Row(
            (
                c.item,
                COST_LINES[c.category][0],
                "不明" if c.without_tax_jpy is None else thousand(c.without_tax_jpy),
                "不明" if c.with_tax_jpy is None else thousand(c.with_tax_jpy),
            )
        )
        for c in plan.lines
    ]
    total = "不明" if plan.with_tax_jpy is None else thousand(plan.with_tax_jpy)
    rows.append(Row(("合計", "", thousand(plan.cost_jpy), total), total=True))
    basis = "回収年数などは税抜の額で計算しています。" if without_tax_known(of) else ""
    notes = [f"{basis}支払いの時には消費税の分の資金も要ります。", *tax_words(of)]
    if unknown:
        listed = "、".join(
            f"「{c.item}」{format_number(c.written_jpy / 1000)} 千円"
            for c in plan.lines
            if c.with_tax_jpy is None
        )
        notes.append(f"{listed}は税込か税抜か書かれていないため、書かれた額のまま合計に入れました。")
    return Table(
        id,
        f"投資額は {thousand(plan.cost_jpy)} 千円（税抜）です",
        (Column("内容"), Column("費目"), Column("税抜", "千円", True), Column("税込", "千円", True)),
        tuple(rows),
        notes,
    )


def _funds(plan: BankPlan, id: str) -> Table:
    rows = [("投資額（税抜）", thousand(plan.cost_jpy), "")]
    if plan.subsidy_jpy:
        rows.append(("補助金（見込み）", thousand(plan.subsidy_jpy), "交付は審査によります"))
    assumed = "（仮定）" if plan.assumed else ""
    if plan.loan is not None:
        rate = text.plain_factor(exact(float(plan.loan.rate.magnitude)))
        terms = f"年利 {rate}%、{plan.loan.years} 年、{plan.loan.repayment}{assumed}"
        rows.append(("借入", _yen(plan.loan.amount), terms))
    if plan.cash is not None:
        rows.append(("自己資金", _yen(plan.cash.own_funds), ""))
    notes = []
    if plan.assumed and plan.loan is not None:
        notes.append(
            "借入の計画が決まっていないため、補助金を除く全額を借り入れるとした仮定の条件です。見積りの条件に置き換えてください。"
        )
    if plan.subsidy_jpy:
        notes.append("補助金は工事の後に支払われるのが普通です。それまでのつなぎの資金が要ります。")
    return Table(
        id,
        "必要な資金と、その出どころ",
        (Column("項目"), Column("金額", "千円", True), Column("条件")),
        tuple(Row(r) for r in rows),
        notes,
    )


def _cash(plan: BankPlan, id: str) -> Table:
    assert plan.cash is not None
    balance = {y.year: _yen(y.balance) for y in plan.repayment}
    paid = thousand(-exact(float(plan.cash.own_funds.magnitude)))
    owed = _yen(plan.loan.amount) if plan.loan else "0"
    rows = [Row(("0（初期）", "", "", "", paid, paid, owed))]
    rows += [
        Row(
            (
                str(y.year),
                _yen(y.saving),
                _yen(y.interest),
                _yen(y.principal),
                _yen(y.net),
                _yen(y.cumulative),
                balance.get(y.year, "0"),
            )
        )
        for y in plan.cash.years
    ]
    even = plan.cash.even_year
    caption = (
        f"{even} 年目の終わりから、累計の収支が黒字になります"
        if even
        else "耐用年数の間に、累計の収支は黒字になりません"
    )
    lent = plan.cash.fit != "no_loan"
    if paid == "0" and lent and all(y.net.magnitude >= 0 for y in plan.cash.years):
        caption = "自己資金を使わず、毎年の削減額で返済をまかなえます"
    return Table(
        id,
        caption,
        (
            Column("年目", "", True),
            Column("費用の削減額", "千円", True),
            Column("利息", "千円", True),
            Column("元金返済", "千円", True),
            Column("差引", "千円", True),
            Column("累計", "千円", True),
            Column("借入残高", "千円", True),
        ),
        tuple(rows),
        ["削減額は平均単価により、単価は変わらないとしています。税金と減価償却の前の額です。"],
    )


def _case(label: str, case: InvestmentCase) -> Row:
    irr = case.irr.rate
    return Row(
        (
            label,
            thousand(case.cost_jpy),
            thousand(case.saving_jpy),
            payback_cell(case.payback.before, "ja"),
            payback_cell(case.payback.after, "ja"),
            thousand(exact(case.npv_jpy)),
            text.NOT_KNOWN if irr is None else format_number(exact(float(irr.magnitude)), 1),
        )
    )


def _cases(of: Proposed, one: Evaluated, id: str) -> Table | None:
    money = of.money[one.proposal.number]
    cases = money.average.cases
    if cases is None:
        return None
    rows = [_case("低位", cases.low), _case("基準", cases.base), _case("高位", cases.high)]
    with_subsidy = bool(cases.base.subsidy_jpy)
    if money.marginal.cases is not None:
        rows.append(_case("基準（限界単価）", money.marginal.cases.base))
    spread = {k: of.finance.of(k) for k in ("saving_spread", "cost_spread", "discount_rate")}
    said = {k: text.plain_factor(r.reading.value) for k, r in spread.items() if r is not None}
    rate = spread["discount_rate"]
    doubt = "（仮定）" if rate is not None and rate.evidence == "assumption" else ""
    notes = [
        f"低位は削減額が {said['saving_spread']}% 少なく費用が {said['cost_spread']}% 多い場合、高位はその逆です（仮定）。",
        f"正味現在価値は割引率 {said['discount_rate']}%/年{doubt}、耐用年数 {cases.base.years} 年によります。",
    ]
    if money.marginal.cases is not None and money.demand_within:
        notes.append(
            "限界単価の削減額と回収年数は基本料金の平年の削減額を含みます。"
            "正味現在価値と内部収益率は、1 年目を初年度の削減額で計算しています。"
        )
    if any(c.irr.rate is None for c in (cases.low, cases.base, cases.high)):
        notes.append(cases.base.irr.sentence.ja)
    pays = cases.low.npv_jpy >= 0
    caption = (
        "控えめに見ても、耐用年数の間に投資を上回る削減が見込めます"
        if pays
        else "基準では投資を上回る削減が見込めますが、低位では下回ります"
        if cases.base.npv_jpy >= 0
        else "費用の削減だけでは、耐用年数の間に投資を取り戻せません"
    )
    return Table(
        id,
        caption,
        (
            Column("場合"),
            Column("投資額", "千円", True),
            Column("削減額", "千円/年", True),
            Column("回収年数", "年", True),
            Column("補助後", "年", True),
            Column("正味現在価値（補助後）" if with_subsidy else "正味現在価値", "千円", True),
            Column("内部収益率（補助後）" if with_subsidy else "内部収益率", "%/年", True),
        ),
        tuple(rows),
        notes,
    )


def _remarks(of: Proposed, one: Evaluated, plan: BankPlan) -> Iterator[str]:
    money = of.money[one.proposal.number]
    if plan.cash is not None:
        yield from (s.ja for s in plan.cash.sentences)
    if money.life is not None:
        yield f"耐用年数は {format_number(exact(float(money.life.magnitude)))} 年とみました（{money.life_basis.ja}）。"
    for row in plan.lives:
        years = format_number(exact(float(row.value.magnitude)))
        doubt = "仮定。" if row.evidence == "assumption" else ""
        over = plan.loan is not None and plan.loan.years > float(row.value.magnitude)
        beyond = "返済期間がこれより長くなります。" if over else ""
        yield f"法定耐用年数 {years} 年: {doubt}{row.source}。{row.note}{'。' if row.note else ''}{beyond}"
    if not plan.lives:
        yield "法定耐用年数は登録されていません。設備の種類から、税理士か税務署に確かめてください。"
    elif len(plan.lives) > 1:
        yield "どの法定耐用年数に当たるかは、設備の能力や取付け方で決まります。"
    yield f"この資料は、No.{one.proposal.number}「{one.proposal.title}」だけを行ったときの試算で、効果を保証するものではありません。見積書を添えてください。"
