"""Measures on boilers: combustion air brought down to what the flame needs."""

from __future__ import annotations

from carbonlib.errors import Finding, Message
from carbonlib.factors import carriers
from carbonlib.measures.declare import measure
from carbonlib.measures.model import Choice, Effect, Fuel, Input, Saving
from carbonlib.measures.refusals import refusal
from carbonlib.measures.terms import Sheet, Term
from carbonlib.units import Q_

_FUELS = {
    id: Message(carriers()[id].label_ja, carriers()[id].label_en)
    for id in ("kerosene", "heavy_oil_a", "lpg", "city_gas")
}
# oxygen of dry air by volume, as the usual formula of the air ratio rounds it
_OXYGEN = Term(Q_(21.0, "percent"), "21")
_WHOLE = Term(Q_(100.0, "percent"), "100")


def _by_fuel(name: str, ja: str, en: str, unit: str, gas_unit: str) -> Input:
    return Input(
        name, ja, en, unit, default=f"boiler_{name}", by="carrier", units={"city_gas": gas_unit}, low=0.1
    )


@measure(
    "boiler_air_ratio",
    kind="operational",
    ja="ボイラ燃焼空気比の適正化",
    en="Air ratio of boilers",
    end_use="boiler",
    inputs=(
        Choice("carrier", "燃料", "fuel", _FUELS),
        Fuel("fuel", "ボイラの年間燃料使用量", "fuel of the boiler in a year"),
        Input(
            "oxygen_before",
            "現状の排ガス酸素濃度（乾き）",
            "oxygen in the dry flue gas before",
            "%",
            unless="air_ratio_before",
            high=20,
        ),
        Input("air_ratio_before", "現状の空気比 m₁", "air ratio before", "", optional=True, low=1, high=21),
        Input(
            "oxygen_after",
            "改善後の排ガス酸素濃度（乾き）",
            "oxygen in the dry flue gas after",
            "%",
            unless="air_ratio_after",
            high=20,
        ),
        Input("air_ratio_after", "改善後の空気比 m₂", "air ratio after", "", optional=True, low=1, high=21),
        Input("flue_temperature", "排ガス温度", "flue gas temperature", "℃", high=1000),
        Input(
            "air_temperature",
            "燃焼用空気の温度",
            "temperature of the combustion air",
            "℃",
            default="boiler_air_temperature",
            low=-40,
            high=100,
        ),
        _by_fuel("flue_gas", "理論排ガス量（湿り）G₀", "flue gas without excess air", "Nm3/kg", "Nm3/Nm3"),
        _by_fuel("theoretical_air", "理論空気量 A₀", "theoretical air", "Nm3/kg", "Nm3/Nm3"),
        Input(
            "specific_heat",
            "排ガスの平均定圧比熱 c",
            "specific heat of the flue gas",
            "kJ/Nm3/℃",
            default="boiler_specific_heat",
            low=0.1,
        ),
        _by_fuel("heating_value", "低位発熱量 H", "net heating value", "MJ/kg", "MJ/Nm3"),
    ),
    source="design-notes",
)
def boiler_air_ratio(
    sheet: Sheet,
    *,
    carrier: str,
    fuel: Term,
    oxygen_before: Term | None,
    air_ratio_before: Term | None,
    oxygen_after: Term | None,
    air_ratio_after: Term | None,
    flue_temperature: Term,
    air_temperature: Term,
    flue_gas: Term,
    theoretical_air: Term,
    specific_heat: Term,
    heating_value: Term,
) -> Saving:
    r"""Return the saving from less excess air, which carries less heat up the flue at the same temperature.

    .. math:: m = \frac{21}{21 - O_2}, \quad
              L = \frac{[G_0 + (m - 1) A_0]\, c\, (T_g - T_a)}{H}, \quad
              r = 1 - \frac{\eta_1}{\eta_2}, \quad \eta = 1 - L

    All on the net heating value (低位発熱量): the flue gas is wet and its vapour stays vapour, so no latent heat is
    in L. The gross values of `carbonlib.factors` have no place here; the fuel is saved in its own unit. Radiation
    and blow-down are left out of η, which keeps r a little low.

    Parameters
    ----------
    carrier : str
        ``kerosene``, ``heavy_oil_a``, ``lpg`` or ``city_gas``, on which the fuel's constants hang.
    fuel : Quantity
        Fuel of the boiler in a year, after leaks, insulation and hours. [unit of the carrier]
    oxygen_before, oxygen_after : Quantity
        Oxygen in the dry flue gas, or in its place `air_ratio_before`, `air_ratio_after`. [1]
    flue_temperature, air_temperature : Quantity
        Flue gas behind the boiler, and combustion air. [℃]
    flue_gas, theoretical_air : Quantity, optional
        Wet flue gas at m = 1 and theoretical air, for one unit of fuel. [Nm3/kg, city gas Nm3/Nm3]
    specific_heat : Quantity, optional
        Mean specific heat; that of air by default, since air is what the measure takes away. [kJ/(Nm3 ℃)]
    heating_value : Quantity, optional
        Net heating value. [MJ/kg, city gas MJ/Nm3]

    Source: formula of the design notes; the case (https://www.kankyokanri.or.jp/cei/energy/practical_6.html) takes
    1.2 % of 56.56 kL of kerosene at 240 ℃ from m 1.50 to 1.35. By hand with air of 25 ℃:
    L₁ = (12.45 + 0.50 × 11.52) × 1.30 × 215 / 43.5 = 11.700 %, L₂ = 10.590 %, r = 1.110 / 89.410 = 1.24 %.

    >>> from carbonlib.units import Q_
    >>> m = dict(air_ratio_before=Q_(1.5, ""), air_ratio_after=Q_(1.35, ""))
    >>> s = boiler_air_ratio(carrier="kerosene", fuel=Q_(56560, "L"), flue_temperature=Q_(240, "degC"), **m)
    >>> [f"{r.quantity.magnitude:.2f}" for r in s.table if r.unit == "%"]
    ['11.70', '10.59', '88.30', '89.41', '1.24']
    """
    if flue_temperature.quantity <= air_temperature.quantity:
        raise refusal(
            (
                "range",
                "flue_temperature",
                "「flue_temperature」（排ガス温度）は燃焼用空気の温度より高い値で書いてください。",
                "'flue_temperature' must be above the temperature of the combustion air.",
            )
        )
    first = _air_ratio(sheet, "現状の空気比 m₁", "air ratio before", air_ratio_before, oxygen_before)
    second = _air_ratio(sheet, "改善後の空気比 m₂", "air ratio after", air_ratio_after, oxygen_after)
    losses = []
    for ja, en, m in (("現状", "before", first), ("改善後", "after", second)):
        heat = (flue_gas + (m - 1) * theoretical_air) * specific_heat * (flue_temperature - air_temperature)
        losses.append(sheet.row(f"{ja}の排ガス損失 L", f"flue loss {en}", heat / heating_value, "%"))
    _check_losses(losses)
    efficiency = sheet.row("現状の効率 η₁（低位基準）", "efficiency before, net", _WHOLE - losses[0], "%")
    better = sheet.row("改善後の効率 η₂（低位基準）", "efficiency after, net", _WHOLE - losses[1], "%")
    rate = sheet.row("燃料の削減率", "saving rate", (better - efficiency) / better, "%")
    saved = sheet.row("削減燃料量", "fuel saved", fuel * rate, sheet.fuel_unit)
    findings = (_carbon_monoxide(),) if rate.magnitude("percent") > 0 else ()
    return Saving("", (Effect("boiler", carrier, saved.quantity, fuel.quantity),), (), findings=findings)


def _air_ratio(sheet: Sheet, ja: str, en: str, stated: Term | None, oxygen: Term | None) -> Term:
    if stated is not None:
        return stated
    assert oxygen is not None, "one of the two is given"
    return sheet.row(ja, en, _OXYGEN / (_OXYGEN - oxygen), "")


def _check_losses(losses: list[Term]) -> None:
    if max(loss.magnitude("percent") for loss in losses) >= 100:
        raise refusal(
            (
                "range",
                "flue_temperature",
                "排ガス損失が 100 % 以上になります。排ガス温度・酸素濃度・燃料の定数を確かめてください。",
                "The flue loss comes to 100 % or more; check temperature, oxygen and the constants of the fuel.",
            )
        )


def _carbon_monoxide() -> Finding:
    message = Message(
        "空気比は、排ガスの CO 濃度を測りながら、保守点検業者と下げてください。",
        "Bring the air ratio down with the service firm, measuring carbon monoxide in the flue gas.",
    )
    return Finding("boiler.carbon_monoxide", "note", message, subject="oxygen_after")
