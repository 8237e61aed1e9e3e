"""Measures on the pressures of compressed air: a lower setting, and a suction filter that throttles less."""

from __future__ import annotations

from carbonlib.errors import Finding, Message
from carbonlib.measures.declare import measure
from carbonlib.measures.model import Choice, Effect, Input, Saving
from carbonlib.measures.refusals import number_of, refusal
from carbonlib.measures.terms import Sheet, Term, share
from carbonlib.units import Q_

_STAGES = Choice(
    "stages",
    "圧縮の段数",
    "stages of compression",
    {"one_stage": Message("1段", "one"), "two_stages": Message("2段", "two")},
    "one_stage",
)
_EXPONENT = Input(
    "exponent",
    "断熱圧縮の指数 k",
    "exponent k",
    "",
    default="adiabatic_exponent",
    by="stages",
    low=0.01,
    high=1,
)
_ENERGY = Input(
    "energy", "対象コンプレッサーの負荷運転時の消費電力量", "electricity of the compressors on load", "kWh/年"
)
_ATMOSPHERE = Input(
    "atmospheric", "大気圧（絶対圧）", "atmospheric pressure", "MPa", default="atmospheric_pressure", low=0.05
)
# 0 ℃ in kelvin, by the definition of the degree Celsius (SI brochure, 9th edition)
_ZERO_CELSIUS = Term(Q_(273.15, "degC"), "273.15")


def _work(discharge: Term, suction: Term, exponent: Term) -> Term:
    """Return the adiabatic work of compression apart from what does not change: (p/p_s)^k − 1."""
    return (discharge / suction) ** exponent - 1


def _result(saved: Term, energy: Term, findings: tuple[Finding, ...] = ()) -> Saving:
    effect = Effect("compressed_air", "electricity", saved.quantity, energy.quantity)
    return Saving("", (effect,), (), findings=findings)


@measure(
    "compressor_pressure_reduction",
    kind="operational",
    ja="設定空気圧力見直し",
    en="Reduction of the air pressure",
    end_use="compressed_air",
    inputs=(
        _ENERGY,
        Input("pressure_before", "現状の吐出圧力（ゲージ）", "discharge pressure before", "MPa(G)", low=0.01),
        Input(
            "pressure_after", "見直し後の吐出圧力（ゲージ）", "discharge pressure after", "MPa(G)", low=0.01
        ),
        _STAGES,
        _EXPONENT,
        _ATMOSPHERE,
        Input(
            "open_share",
            "漏れ・開放ブローの割合",
            "share of leaks and open blowing",
            "%",
            optional=True,
            high=100,
        ),
        Input(
            "needed",
            "末端の必要圧力（ゲージ）",
            "pressure needed at the point of use",
            "MPa(G)",
            optional=True,
        ),
    ),
    source="design-notes",
)
def compressor_pressure_reduction(
    sheet: Sheet,
    *,
    energy: Term,
    pressure_before: Term,
    pressure_after: Term,
    stages: str,
    exponent: Term,
    atmospheric: Term,
    open_share: Term | None,
    needed: Term | None,
) -> Saving:
    r"""Return the saving from a lower discharge pressure at the same flow of free air.

    .. math:: r = 1 - \frac{(p_2/p_s)^k - 1}{(p_1/p_s)^k - 1}

    Leaks and open blowing fall with :math:`p_2/p_1` as well, where their share of the flow is stated.

    Parameters
    ----------
    energy : Quantity
        Electricity of the compressors while on load; what they take unloaded does not fall. [kWh/year]
    pressure_before, pressure_after : Quantity
        Discharge pressure by gauge; the absolute pressure is that plus `atmospheric`. [MPa]
    stages : str
        ``one_stage`` or ``two_stages``, on which `exponent` hangs: (1.4 − 1)/1.4, or half of it.
    atmospheric : Quantity, optional
        Absolute pressure of the air that is drawn in. [MPa]
    open_share : Quantity, optional
        Share of the flow that leaks or blows open. [1]
    needed : Quantity, optional
        Highest pressure that a point of use needs; a lower setting is a finding. [MPa]

    Source: design notes of the measures: 0.7 → 0.6 MPa(G) saves 8.4 % in one stage, 7.4 % in two.

    >>> from carbonlib.units import Q_
    >>> p = dict(pressure_before=Q_(0.7, "MPa"), pressure_after=Q_(0.6, "MPa"))
    >>> one = compressor_pressure_reduction(energy=Q_(100_000, "kWh"), **p)
    >>> two = compressor_pressure_reduction(energy=Q_(100_000, "kWh"), stages="two_stages", **p)
    >>> [f"{s.table[-2].quantity.magnitude:.1f}" for s in (one, two)]
    ['8.4', '7.4']
    """
    first = sheet.row("現状の絶対圧", "absolute pressure before", pressure_before + atmospheric, "MPa")
    second = sheet.row("見直し後の絶対圧", "absolute pressure after", pressure_after + atmospheric, "MPa")
    work = sheet.row("現状の圧縮仕事の比", "work before", _work(first, atmospheric, exponent), "")
    less = sheet.row("見直し後の圧縮仕事の比", "work after", _work(second, atmospheric, exponent), "")
    rate = sheet.row("圧力による削減率", "saving rate", (work - less) / work, "%")
    saved = sheet.row("削減電力量", "electricity saved", energy * rate, "kWh/年")
    if open_share is not None:
        fewer = open_share * ((first - second) / first)
        fall = sheet.row("漏れ・ブローの減少", "fall of leaks and blowing", fewer, "%")
        flow = sheet.row(
            "漏れ・ブロー減少による削減", "saved by less flow", energy * (1 - share(rate)) * fall, "kWh/年"
        )
        saved = sheet.row("削減電力量の合計", "electricity saved in all", saved + flow, "kWh/年")
    return _result(saved, energy, _too_low(pressure_after, needed))


def _too_low(pressure: Term, needed: Term | None) -> tuple[Finding, ...]:
    if needed is None or pressure.quantity >= needed.quantity:
        return ()
    set_to, need = number_of(pressure, "MPa"), number_of(needed, "MPa")
    message = Message(
        f"見直し後の吐出圧力 {set_to} MPa は末端の必要圧力 {need} MPa を下回ります。",
        f"The pressure after, {set_to} MPa, is below the {need} MPa needed at the point of use.",
    )
    return (Finding("compressor.pressure", "warning", message, subject="pressure_after"),)


@measure(
    "compressor_filter_cleaning",
    kind="operational",
    ja="コンプレッサー吸込みフィルター清掃",
    en="Cleaning of the compressor's suction filter",
    end_use="compressed_air",
    inputs=(
        _ENERGY,
        Input("pressure", "吐出圧力（ゲージ）", "discharge pressure", "MPa(G)", low=0.01),
        Input(
            "drop_before",
            "清掃前のフィルターの圧力損失",
            "pressure drop of the filter before",
            "kPa",
            high=45,
        ),
        Input(
            "drop_after",
            "清掃後のフィルターの圧力損失",
            "pressure drop of the filter after",
            "kPa",
            default="compressor_filter_clean_drop",
            high=45,
        ),
        _STAGES,
        _EXPONENT,
        _ATMOSPHERE,
        Input(
            "inlet_before", "現状の吸込温度", "inlet temperature before", "℃", optional=True, low=-40, high=80
        ),
        Input(
            "inlet_after", "対策後の吸込温度", "inlet temperature after", "℃", optional=True, low=-40, high=80
        ),
    ),
    source="design-notes",
)
def compressor_filter_cleaning(
    sheet: Sheet,
    *,
    energy: Term,
    pressure: Term,
    drop_before: Term,
    drop_after: Term,
    stages: str,
    exponent: Term,
    atmospheric: Term,
    inlet_before: Term | None,
    inlet_after: Term | None,
) -> Saving:
    r"""Return the saving from a filter that throttles less, and from cooler air drawn in, at the same free-air demand.

    .. math:: r = 1 - \frac{T_2}{T_1} \cdot
              \frac{(p/(p_a - \Delta p_2))^k - 1}{(p/(p_a - \Delta p_1))^k - 1}

    Parameters
    ----------
    energy : Quantity
        Electricity of the compressors while on load. [kWh/year]
    pressure : Quantity
        Discharge pressure by gauge. [MPa]
    drop_before, drop_after : Quantity
        Pressure drop across the filter, by gauge. [kPa]
    stages, exponent, atmospheric
        As for `compressor_pressure_reduction`.
    inlet_before, inlet_after : Quantity, optional
        Temperature of the air that is drawn in, both or neither; the work goes with the absolute temperature.
        Cooling the room by air conditioning costs more than it saves. [℃]

    Source: design notes of the measures: at 0.7 MPa(G) 1 kPa is about 0.6 %, 4 kPa 2.5 %; 10 K cooler air 3.2 %.

    >>> from carbonlib.units import Q_
    >>> p = dict(energy=Q_(100_000, "kWh"), pressure=Q_(0.7, "MPa"), drop_after=Q_(0, "kPa"))
    >>> s = [compressor_filter_cleaning(drop_before=Q_(kpa, "kPa"), **p) for kpa in (1, 4)]
    >>> [f"{x.table[-2].quantity.magnitude:.1f}" for x in s]
    ['0.6', '2.5']
    """
    if (inlet_before is None) != (inlet_after is None):
        absent = "inlet_before" if inlet_before is None else "inlet_after"
        raise refusal(
            (
                "missing",
                absent,
                f"「{absent}」がありません。吸込温度は現状と対策後の両方を書くか、どちらも書かないでください。",
                f"{absent!r} is missing: write both inlet temperatures or neither.",
            )
        )
    before = sheet.row("清掃前の圧力損失", "drop before", drop_before, "MPa")
    after = sheet.row("清掃後の圧力損失", "drop after", drop_after, "MPa")
    dirty = sheet.row("清掃前の吸込圧力（絶対圧）", "suction pressure before", atmospheric - before, "MPa")
    clean = sheet.row("清掃後の吸込圧力（絶対圧）", "suction pressure after", atmospheric - after, "MPa")
    high = sheet.row("吐出圧力（絶対圧）", "discharge pressure, absolute", pressure + atmospheric, "MPa")
    work = sheet.row("清掃前の圧縮仕事の比", "work before", _work(high, dirty, exponent), "")
    less = sheet.row("清掃後の圧縮仕事の比", "work after", _work(high, clean, exponent), "")
    rate = sheet.row("吸込圧力による削減率", "saving rate", (work - less) / work, "%")
    saved = sheet.row("削減電力量", "electricity saved", energy * rate, "kWh/年")
    if inlet_before is not None and inlet_after is not None:
        cooler = (inlet_before - inlet_after) / (inlet_before + _ZERO_CELSIUS)
        by_heat = sheet.row("吸込温度による削減率", "saving rate of the inlet temperature", cooler, "%")
        rest = sheet.row(
            "吸込温度による削減", "saved by cooler air", energy * (1 - share(rate)) * by_heat, "kWh/年"
        )
        saved = sheet.row("削減電力量の合計", "electricity saved in all", saved + rest, "kWh/年")
    return _result(saved, energy)
