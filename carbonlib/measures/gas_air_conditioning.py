"""Gas heat pumps replaced by electric air conditioners."""

from __future__ import annotations

from carbonlib.errors import Finding, Message
from carbonlib.factors import carriers
from carbonlib.measures.declare import measure
from carbonlib.measures.model import Choice, Effect, Fuel, Input, Saving
from carbonlib.measures.refusals import refusal
from carbonlib.measures.seasons import APF_AFTER, JA, SAME_HEAT
from carbonlib.measures.terms import Sheet, Term, share
from carbonlib.units import Q_

_GASES = {id: Message(c.label_ja, c.label_en) for id, c in carriers().items() if "m3" in c.display_units}


@measure(
    "gas_air_conditioner_replacement",
    kind="capital",
    ja="空調機器の更新（ガスヒートポンプから電気へ）",
    en="Replacing gas heat pumps by electric air conditioners",
    end_use="cooling",
    inputs=(
        Choice("carrier", "燃料", "fuel", _GASES, "city_gas"),
        Fuel("gas_use", "空調のガス使用量", "gas for air conditioning"),
        Input(
            "calorific_value",
            "ガスの発熱量（使用量と同じ状態の体積あたり）",
            "calorific value, per volume at the state in which the use is metered",
            "MJ/m3",
            low=10,
            high=150,
        ),
        Input("cooling_share", "ガスのうち冷房の割合", "share of the gas for cooling", "%", high=100),
        Input(
            "gas_cop_cooling",
            "冷房の効率（熱量÷ガス熱量）",
            "heat given per heat of gas, cooling",
            "",
            low=0.1,
            high=5,
        ),
        Input(
            "gas_cop_heating",
            "暖房の効率（熱量÷ガス熱量）",
            "heat given per heat of gas, heating",
            "",
            low=0.1,
            high=5,
        ),
        Input("own_electricity", "既設の補機の電力量", "electricity of the gas heat pumps", "kWh/年"),
        APF_AFTER,
        Input("added_power", "増える最大電力", "power added to the demand", "kW", optional=True),
    ),
    source="design-notes",
)
def gas_air_conditioner_replacement(
    sheet: Sheet,
    *,
    carrier: str,
    gas_use: Term,
    calorific_value: Term,
    cooling_share: Term,
    gas_cop_cooling: Term,
    gas_cop_heating: Term,
    own_electricity: Term,
    apf_after: Term,
    added_power: Term | None,
) -> Saving:
    r"""Return what gas heat pumps no longer burn, and the electricity that takes their place.

    .. math:: Q = G s H \eta, \quad \Delta G = G s, \quad \Delta E = E_{own} s - Q / APF_2 < 0,

    for cooling (share s) and heating (1 − s) apart. Contract demand may rise.

    Parameters
    ----------
    carrier : str
        city_gas, natural_gas or lpg, by volume.
    gas_use : Quantity
        Annual gas G. [m3/year, at a state]
    calorific_value : Quantity
        H, gross, per cubic metre in the state of `gas_use`. [MJ/m3]
    cooling_share, gas_cop_cooling, gas_cop_heating : Quantity
        s, and η on the same gross basis. [1]
    own_electricity : Quantity
        What the gas heat pumps' fans and pumps use. [kWh/year]
    apf_after : Quantity, optional
        Of the electric ones. [1]
    added_power : Quantity, optional
        What they add to the peak demand. [kW]

    Source: design notes (measures.md, air_conditioner_replacement, GHP→EHP).

    10,000 m3 of 45 MJ, half for cooling: 62,500 kWh of gas a season, at 1.2 and an APF of 5: 15,000 kWh each.

    >>> from carbonlib.units import Q_
    >>> s = gas_air_conditioner_replacement(gas_use=Q_(10000, "m3_metered"), calorific_value=Q_(45, "MJ/m3"),
    ...     cooling_share=Q_(50, "percent"), gas_cop_cooling=Q_(1.2, ""), gas_cop_heating=Q_(1.2, ""),
    ...     own_electricity=Q_(2000, "kWh"), apf_after=Q_(5, ""))
    >>> [(e.end_use, e.carrier, round(e.saved.magnitude, 6)) for e in s.effects if e.end_use == "cooling"]
    [('cooling', 'city_gas', 5000.0), ('cooling', 'electricity', -14000.0)]
    """
    if not str(gas_use.quantity.units).endswith("cubic_meter"):
        raise refusal(
            (
                "unit",
                "gas_use",
                "「gas_use」（空調のガス使用量）は m3 で書いてください。",
                "Write 'gas_use' as a volume (m3).",
            )
        )
    own_unit, own_state = sheet.fuel_unit, gas_use.quantity.units
    gas: list[Effect] = []
    electric: list[Effect] = []
    rest = 1 - share(cooling_share)
    for (season, ja), part, cop in zip(
        JA.items(), (share(cooling_share), rest), (gas_cop_cooling, gas_cop_heating), strict=True
    ):
        burnt = sheet.row(f"{ja}のガス使用量", f"gas for {season}", gas_use * part, own_unit)
        volume = Term(Q_(float(burnt.quantity.to(own_state).magnitude), "m3"), burnt.text)
        heat = sheet.row(f"{ja}の熱量", f"heat for {season}", volume * calorific_value * cop, "MJ/年")
        present = sheet.row(
            f"{ja}の補機電力量", f"own electricity, {season}", own_electricity * part, "kWh/年"
        )
        after = sheet.row(
            f"更新後の{ja}電力量", f"electricity for {season}", heat / apf_after, "kWh/年", SAME_HEAT
        )
        saved = sheet.row(
            f"{ja}の削減電力量（負は増加）", f"electricity saved, {season}", present - after, "kWh/年"
        )
        gas.append(Effect(season, carrier, burnt.quantity, burnt.quantity))
        electric.append(Effect(season, "electricity", saved.quantity, present.quantity, cross=True))
    message = Message(
        "ガスから電気への切替えで契約電力が上がることがあります。最大電力の重なる時間を確かめてください。",
        "Going from gas to electricity may raise the contract demand; check when the peaks coincide.",
    )
    note = Finding("measure.contract_demand", "note", message, subject="added_power")
    peak = None if added_power is None else -added_power.quantity
    return Saving("", (*gas, *electric), (), peak_cut=peak, findings=(note,))
