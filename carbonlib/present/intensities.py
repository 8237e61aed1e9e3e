"""Energy for each unit of what it serves, and how it stands beside others."""

from __future__ import annotations

from fractions import Fraction

from carbonlib.accounting.taxes import tax_sentence, taxes_of
from carbonlib.accounting.whole import is_whole, span
from carbonlib.analysing import vehicle_fuels
from carbonlib.analysis.intensity import (
    Intensity,
    IntensityComparison,
    comparisons,
    intensities,
    is_factory,
    position,
)
from carbonlib.diagnosis import Diagnosis
from carbonlib.factors import EVIDENCE, carriers
from carbonlib.fiscal_year import Period
from carbonlib.present.charts import said
from carbonlib.present.shown import Shown, ShownList
from carbonlib.present.table import Column, Row, Table
from carbonlib.present.text import NOT_KNOWN, before_words
from carbonlib.units import format_number, format_percent

_QUARTERS = {
    "lowest": "少ないほうの4分の1",
    "highest": "多いほうの4分の1",
}
_MEASURES = {"primary_energy": "一次エネルギー", "co2": "CO2"}


def intensity_table(d: Diagnosis) -> Shown | ShownList:
    """Return the intensities against last year's, and beside the city's frozen quartiles and public lines."""
    now = intensities(d.company, d.account)
    if not now:
        return said("延床面積・従業員数・売上高・生産量のどれも記入がないため、原単位は計算していません。")
    before = {}
    if d.previous is not None:
        before = {i.driver.label_ja: i for i in intensities(d.company, d.previous)}
    whole = not _gaps(d)
    rows = [_row(one, before.get(one.driver.label_ja) if whole else None) for one in now]
    notes = [
        f"原単位は、{span(d.account).ja}の使用量・排出量・費用を、延床面積・従業員数などで割った値です。"
    ]
    if any(i.cost_jpy is not None for i in now):
        notes.append(tax_sentence(taxes_of(d.account)).ja)
    if not d.period.is_fiscal_year and d.company.activity_drivers:
        notes.append(
            "売上高・生産量は年度（4月〜翌3月）ごとの記録なので、この12か月の原単位には使っていません。"
        )
    if not is_whole(d.account):
        notes.append(f"請求のない期間があるため、{d.period.word('前年度')}とも他の事業者とも比べていません。")
    elif not whole:
        notes.append(
            f"{d.period.word('前年度')}に請求のない期間があるため、{d.period.word('前年度')}とは比べていません。"
        )
    elif before and any(i.driver.kind in {"floor_area", "employees"} for i in now):
        notes.append(
            f"延床面積と従業員数は、{d.period.word('前年度')}も{d.period.word('今年度')}と同じとして計算しています（仮定）。"
        )
    if (found := vehicle_fuels(d)) and any(i.driver.kind == "floor_area" for i in now):
        fuels = "・".join(carriers()[name].label_ja for name in found[0])
        notes.append(
            f"一次エネルギーの {format_percent(found[1])} は、車両の燃料とみられる{fuels}です（仮定）。延床面積あたりの値は車両の分を含むため、"
            "建物のエネルギーの使い方を示しません。"
        )
    intensity = Table(
        "intensity",
        _caption(now, before if whole else {}, d.period, span(d.account).ja),
        (
            Column("分母"),
            Column("分母の値", "", True),
            Column("一次エネルギー", "MJ/単位", True),
            Column(f"{d.period.word('前年度')}比", "%", True),
            Column("CO2排出量", "kg-CO2/単位", True),
            Column("費用", "円/単位", True),
        ),
        tuple(rows),
        notes,
        topic="原単位",
    ).shown()
    return ShownList((intensity, _compared(d)))


def _gaps(d: Diagnosis) -> bool:
    accounts = (d.account, d.previous)
    return not all(is_whole(a) for a in accounts if a)


def _digits(value: Fraction) -> int:
    """Return decimals for three significant digits at least."""
    size = abs(value)
    return 0 if size >= 100 else 1 if size >= 10 else 2


def _written(value: Fraction | None) -> str:
    return NOT_KNOWN if value is None else format_number(value, _digits(value))


def _change(now: Fraction | None, before: Fraction | None) -> Fraction | None:
    return None if now is None or not before else now / before - 1


def _signed(value: Fraction | None) -> str:
    if value is None:
        return NOT_KNOWN
    words = format_number(value * 100, 1)
    return f"+{words}" if value > 0 and words != "0.0" else words


def _row(one: Intensity, before: Intensity | None) -> Row:
    amount = one.driver.amount
    return Row(
        (
            f"{one.driver.label_ja}（1 {before_words(one.driver.unit)}あたり）",
            f"{format_number(amount, 0 if amount.denominator == 1 else 1)} {one.driver.unit}",
            _written(one.energy_mj),
            _signed(_change(one.energy_mj, before.energy_mj if before else None)),
            _written(one.co2_kg),
            _written(one.cost_jpy),
        )
    )


def _caption(now: tuple[Intensity, ...], before: dict[str, Intensity], period: Period, year: str) -> str:
    """Return the message: the change of the intensity that says most, output before area."""
    order = {"output": 0, "sales": 1, "floor_area": 2, "employees": 3}
    for one in sorted(now, key=lambda i: order[i.driver.kind]):
        then = before.get(one.driver.label_ja)
        change = _change(one.energy_mj, then.energy_mj if then else None)
        if change is not None:
            word = "増えました" if change > 0 else "減りました"
            words = format_number(abs(change) * 100, 1)
            said_ = (
                f"{period.previous.short()}より {words}% {word}"
                if words != "0.0"
                else f"{period.previous.short()}とほぼ同じです"
            )
            return f"{one.driver.label_ja}あたりのエネルギーは、{said_}"
    one = min(now, key=lambda i: order[i.driver.kind])
    if one.energy_mj is None:
        return f"{one.driver.label_ja}などあたりの使用量"
    return f"{one.driver.label_ja}あたりのエネルギーは、{year} {_written(one.energy_mj)} MJ/{one.driver.unit} です"


def _compared(d: Diagnosis) -> Shown:
    found = comparisons(d.company, d.account, d.benchmarks)
    shown_ = [c for c in found if c.line is not None]
    words = _absent(d, found)
    if not shown_:
        return said("".join(words))
    rows = []
    notes = list(words)
    for one in shown_:
        assert one.line is not None
        rows.append(Row((_what(one), _written(one.own), *_line(d, one), _against(one))))
        if one.public is not None:
            p = one.public
            factor = f"{format_number(p.electricity_factor, 2)} {p.factor_unit}"
            doubt = "（仮定）" if p.factor_evidence == "assumption" else ""
            notes.append(
                f"「{p.scope_ja}」との比較は、その値の電気の係数 {factor}{doubt} で当事業所の値も計算し直しています。"
                f"{p.note}（{EVIDENCE[p.evidence][0]}）。"
            )
    if any(c.city for c in shown_):
        notes.append(
            f"市内の値は、{d.fiscal_year}年度の市内事業者の値から作り、固定した四分位数です（有効数字 2 桁）。中央値だけでなく幅を見てください。"
        )
    return Table(
        "benchmark",
        _headline(shown_[0]),
        (
            Column("項目"),
            Column("当事業所", "", True),
            Column("比べる値", "", True),
            Column("比べる相手"),
            Column("位置"),
        ),
        tuple(rows),
        list(dict.fromkeys(notes)),
        topic="同業・公表値との比較",
    ).shown()


def _what(one: IntensityComparison) -> str:
    return f"{one.driver.label_ja}あたり{_MEASURES[one.measure]}（{one.unit}）"


def _line(d: Diagnosis, one: IntensityComparison) -> tuple[str, str]:
    """Return the value that is compared with, and whose it is."""
    if one.public is not None:
        return _plain(one.public.value), f"{one.public.scope_ja}の{one.public.statistic_ja}"
    assert one.city is not None
    low, mid, high = (_plain(v) for v in (one.city.q1, one.city.median, one.city.q3))
    half = f"約 {low}" if low == high else f" {low}〜{high}"
    return mid, f"市内の{d.company.industry} {one.city.count} 社の中央値（半数は{half}）"


def _plain(value: object) -> str:
    words = f"{value:f}"
    whole, _, decimals = words.partition(".")
    return f"{int(whole):,}" + (f".{decimals}" if decimals else "")


def _against(one: IntensityComparison) -> str:
    excess = one.excess
    assert excess is not None
    words = format_number(abs(excess) * 100, 0)
    by = f"{words}% {'多い' if excess > 0 else '少ない'}" if words != "0" else "ほぼ同じ"
    if one.city is None:
        return by
    if words == "0":
        return "中央値とほぼ同じ"
    quarter = _QUARTERS.get(position(one.own, one.city))
    return f"{quarter}（中央値より {by}）" if quarter else f"中央値より {by}"


def _headline(one: IntensityComparison) -> str:
    assert one.excess is not None
    words = format_number(abs(one.excess) * 100, 0)
    what = f"{one.driver.label_ja}あたりの{_MEASURES[one.measure]}"
    beside = (
        "市内の同業の中央値"
        if one.city is not None
        else f"{one.public.scope_ja if one.public else ''}の{one.public.statistic_ja if one.public else ''}"
    )
    if words == "0":
        return f"{what}は、{beside}とほぼ同じです"
    return f"{what}は、{beside}より {words}% {'多く' if one.excess > 0 else '少なく'}なっています"


def _absent(d: Diagnosis, found: tuple[IntensityComparison, ...]) -> list[str]:
    """Return why a comparison that a reader would look for is not there."""
    words = []
    if is_factory(d.company):
        words.append(
            "工場は生産の内容で使用量が大きく違うため、面積あたりの値での判定はしません。生産量あたりの推移をご覧ください。"
        )
    hidden = [c for c in found if c.city is not None and c.city.suppressed]
    if hidden:
        words.append(
            f"市内の{d.company.industry}は、比べられる事業者が少ないため、四分位数を出していません（秘匿）。"
        )
    elif not d.period.is_fiscal_year:
        words.append("市内事業者の値は年度（4月〜翌3月）のものなので、ほかの12か月とは比べていません。")
    elif d.benchmarks is None:
        words.append(f"市内事業者との比較に使う {d.fiscal_year}年度の値は、まだ作られていません。")
    elif not any(c.city for c in found):
        words.append("市内事業者との比較に使える値がありません。")
    if not any(c.public for c in found) and not is_factory(d.company):
        words.append("この用途で比べられる公表値はありません（事業所の用途が書かれていない場合を含みます）。")
    return words
