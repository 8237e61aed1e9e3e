"""Ventilation: heat recovered from exhaust air, and shorter hours of fans and air conditioners."""

from __future__ import annotations

from typing import Any

from carbonlib.measures.amounts import usual
from carbonlib.measures.declare import measure
from carbonlib.measures.model import Effect, Input, Rows, Saving
from carbonlib.measures.outside_air import air_inputs, bins, outside_air_use
from carbonlib.measures.refusals import refusal
from carbonlib.measures.rooms import at_most, used
from carbonlib.measures.seasons import JA
from carbonlib.measures.terms import Sheet, Term, total

_HOURS = Input("hours", "現在の運転時間", "hours at present", "h/年", high=8784)
_CUT = Input("hours_cut", "減らす時間", "hours spared", "h/年", high=8784)

_KEPT = Input(
    "kept_share",
    "再起動分を除いて残る割合",
    "share that restarts leave",
    "%",
    default="restart_kept_share",
    optional=True,
    high=100,
)


def _machines(season: str) -> Rows:
    ja = JA[season]
    power = Input("power", f"{ja}の定格消費電力", f"rated power, {season}", "kW")
    load = Input("load_factor", f"{ja}の負荷率", f"load factor, {season}", "%", high=100)
    inputs = (power, load, _HOURS, _CUT)
    return Rows(season, f"空調機（{ja}）", f"air conditioners, {season}", inputs, optional=True)


@measure(
    "hvac_hours_reduction",
    kind="operational",
    ja="空調・換気運転時間削減",
    en="Shorter hours of air conditioning and ventilation",
    end_use="ventilation",
    inputs=(
        Rows(
            "fans",
            "換気ファン",
            "fans",
            (Input("power", "消費電力", "power", "kW"), _HOURS, _CUT),
            optional=True,
        ),
        _machines("cooling"),
        _machines("heating"),
        _KEPT,
        bins(optional=True),
        *air_inputs(optional=True),
    ),
    source="design-notes",
)
def hvac_hours_reduction(
    sheet: Sheet,
    *,
    fans: list[dict[str, Any]],
    cooling: list[dict[str, Any]],
    heating: list[dict[str, Any]],
    kept_share: Term | None,
    bins: list[dict[str, Any]],
    airflow: Term | None,
    indoor_cooling: Term | None,
    indoor_heating: Term | None,
    cooling_cop: Term | None,
    heating_cop: Term | None,
) -> Saving:
    r"""Return the saving from switching fans, outside air and air conditioners off for some hours.

    .. math::
        \Delta E = \sum P_{fan} \Delta h + \sum \rho V |h_{out} - h_{in}| \Delta t / 3600 / COP
        + \sum P \lambda \Delta h\, u

    Parameters
    ----------
    fans : list of mapping, optional
        `name`, `power` P [kW], `hours` at present and `hours_cut` Δh of them [h/year].
    cooling, heating : list of mapping, optional
        Air conditioners by season: the same with `load_factor` λ [1].
    kept_share : Quantity, optional
        u, what remains after a restart has made up for part of it. [1]
    bins : list of mapping, optional
        Hours in which outside air stops while the air conditioners run: `outdoor_enthalpy` [kJ/kg], `hours`
        [h/year]. Hours in which they stop too belong to `cooling` and `heating` alone.
    airflow, indoor_cooling, indoor_heating, cooling_cop, heating_cop : Quantity
        Needed with `bins`: V [m3/h], h_in [kJ/kg], COP [1]; CO2 of the room is to stay within 1,000 ppm.

    Source: design notes (measures.md, hvac_hours_reduction).

    A fan of 2 kW for 300 h less: 600 kWh. A 10 kW air conditioner at 40 %, 300 h less, of which 65 % remain:
    780 kWh.

    >>> from carbonlib.units import Q_
    >>> hours = {"hours": Q_(3000, "h"), "hours_cut": Q_(300, "h")}
    >>> s = hvac_hours_reduction(fans=[{"power": Q_(2, "kW"), **hours}],
    ...     cooling=[{"power": Q_(10, "kW"), "load_factor": Q_(40, "percent"), **hours}], kept_share=Q_(65, "percent"))
    >>> [(e.end_use, round(e.saved.magnitude, 6)) for e in s.effects]
    [('ventilation', 600.0), ('cooling', 780.0)]
    """
    machines = {"cooling": cooling, "heating": heating}
    if not (fans or cooling or heating or bins):
        ja = (
            "「fans」（ファン）・「cooling」「heating」（空調機）・「bins」（外気）のどれかを書いてください。"
        )
        raise refusal(("missing", "fans", ja, "Write 'fans', 'cooling', 'heating' or 'bins'."))
    for name, rows in (("fans", fans), *machines.items()):
        at_most(name, rows, ("hours_cut", "hours"))
    effects = []
    if fans:
        now = total([used(sheet, r, "現在の電力量", "at present", r["power"] * r["hours"]) for r in fans])
        less = total([used(sheet, r, "削減量", "saved", r["power"] * r["hours_cut"]) for r in fans])
        before = sheet.row("現在の換気電力量", "ventilation at present", now, "kWh/年")
        saved = sheet.row("換気の削減電力量", "ventilation saved", less, "kWh/年")
        effects.append(Effect("ventilation", "electricity", saved.quantity, before.quantity))
    kept = usual(sheet, _KEPT, kept_share) if cooling or heating else None
    for season, rows in machines.items():
        if kept is None or not rows:
            continue
        ja = JA[season]
        loads = [r["power"] * r["load_factor"] for r in rows]
        now = total(
            [
                used(sheet, r, f"現在の{ja}", "at present", p * r["hours"])
                for r, p in zip(rows, loads, strict=True)
            ]
        )
        less = total(
            [
                used(sheet, r, f"{ja}の削減量", "saved", p * r["hours_cut"] * kept)
                for r, p in zip(rows, loads, strict=True)
            ]
        )
        before = sheet.row(f"現在の{ja}電力量", f"{season} at present", now, "kWh/年")
        saved = sheet.row(f"{ja}の削減電力量", f"{season} saved", less, "kWh/年")
        effects.append(Effect(season, "electricity", saved.quantity, before.quantity))
    if bins:
        cops = {"cooling": cooling_cop, "heating": heating_cop}
        spared = outside_air_use(sheet, bins, airflow, indoor_cooling, indoor_heating, cops)
        effects += [Effect(season, "electricity", use.quantity) for season, use in spared.items()]
    return Saving("", tuple(effects), ())


@measure(
    "heat_recovery_ventilation",
    kind="capital",
    ja="全熱回収換気扇導入",
    en="Ventilation with heat recovery",
    end_use="cooling",
    inputs=(
        bins(),
        *air_inputs(),
        Input(
            "efficiency",
            "全熱交換効率",
            "efficiency of heat exchange",
            "%",
            default="heat_exchange",
            high=100,
        ),
        Input("fan_power_before", "既設ファンの消費電力", "fan power at present", "kW"),
        Input("fan_power_after", "更新後のファンの消費電力", "fan power after", "kW"),
    ),
    source="design-notes",
)
def heat_recovery_ventilation(
    sheet: Sheet,
    *,
    bins: list[dict[str, Any]],
    airflow: Term,
    indoor_cooling: Term,
    indoor_heating: Term,
    cooling_cop: Term | None,
    heating_cop: Term | None,
    efficiency: Term,
    fan_power_before: Term,
    fan_power_after: Term,
) -> Saving:
    r"""Return the saving from exchanging the heat of exhaust air, less what the stronger fans use.

    .. math:: \Delta E = \sum \rho V \eta |h_{out} - h_{in}|\, t / 3600 / COP - \Delta P_{fan} \sum t

    Parameters
    ----------
    bins : list of mapping
        Hours of running: `name`, `outdoor_enthalpy` [kJ/kg], `hours` t [h/year]; between the indoor enthalpies of
        heating and of cooling the exchanger is bypassed.
    airflow : Quantity
        V. [m3/h]
    indoor_cooling, indoor_heating : Quantity
        h_in of each season. [kJ/kg]
    cooling_cop, heating_cop : Quantity
        COP of those seasons that occur, of the air conditioners that remain. [1]
    efficiency : Quantity, optional
        η. [1]
    fan_power_before, fan_power_after : Quantity
        Of supply and exhaust fans, for all the hours. [kW]

    Source: design notes (measures.md); η of 60 to 65 % in use: KAKENHI-PROJECT-23560693
    (kaken.nii.ac.jp/ja/report/KAKENHI-PROJECT-23560693/23560693seika).

    1,000 m3/h, 78 against 58 kJ/kg for 300 h: 1.2 × 1,000 × 20 × 300 / 3,600 = 2,000 kWh of heat, 500 kWh at a COP
    of 4; 60 % of it is 300 kWh, the fans take 0.1 × 400 = 40 kWh.

    >>> from carbonlib.units import Q_
    >>> summer = {"outdoor_enthalpy": Q_(78, "kJ/kg"), "hours": Q_(300, "h")}
    >>> spring = {"outdoor_enthalpy": Q_(45, "kJ/kg"), "hours": Q_(100, "h")}
    >>> s = heat_recovery_ventilation(bins=[summer, spring], airflow=Q_(1000, "m3/h"), indoor_cooling=Q_(58, "kJ/kg"),
    ...     indoor_heating=Q_(35, "kJ/kg"), cooling_cop=Q_(4, ""), efficiency=Q_(60, "percent"),
    ...     fan_power_before=Q_(0.3, "kW"), fan_power_after=Q_(0.4, "kW"))
    >>> [(e.end_use, round(e.saved.magnitude, 6)) for e in s.effects]
    [('cooling', 300.0), ('ventilation', -40.0)]
    """
    cops = {"cooling": cooling_cop, "heating": heating_cop}
    uses = outside_air_use(sheet, bins, airflow, indoor_cooling, indoor_heating, cops)
    effects = []
    for season, use in uses.items():
        saved = sheet.row(f"{JA[season]}の削減電力量", f"{season} saved", use * efficiency, "kWh/年")
        effects.append(Effect(season, "electricity", saved.quantity, use.quantity))
    hours = sheet.row("運転時間", "hours of running", total([b["hours"] for b in bins]), "h/年")
    before = sheet.row("既設ファンの電力量", "fans at present", fan_power_before * hours, "kWh/年")
    after = sheet.row("更新後のファンの電力量", "fans after", fan_power_after * hours, "kWh/年")
    fans = sheet.row("ファンの削減電力量（負は増加）", "fans saved", before - after, "kWh/年")
    effects.append(Effect("ventilation", "electricity", fans.quantity, before.quantity))
    return Saving("", tuple(effects), ())
