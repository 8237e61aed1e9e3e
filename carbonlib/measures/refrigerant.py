"""Refrigerant that no longer leaks: a line of its own in CO2 equivalent, never part of a CO2 reduction."""

from __future__ import annotations

from typing import TypedDict, Unpack

from carbonlib.errors import Finding, Message
from carbonlib.measures.amounts import enter_default
from carbonlib.measures.model import Choice, Declared, Input
from carbonlib.measures.refusals import refusal
from carbonlib.measures.terms import Sheet, Term
from carbonlib.units import Quantity

NONE = "none"
_HCFC = ("R22",)  # ozone-depleting: under the Montreal Protocol, and none of the Act's seven gases
_NAMES = (*_HCFC, "R32", "R134a", "R290", "R404A", "R407C", "R410A", "R448A", "R463A", "R600a", "R744")
_KINDS = {NONE: Message("記載しない", "not stated")} | {n: Message(n, n) for n in _NAMES}
_SETS = {n: Message(f"IPCC {n}", f"IPCC {n}") for n in ("AR4", "AR5", "AR6")}
_OWN_LINE = Message(
    "冷媒の漏えい防止は別枠で示し、CO2削減量には含めない",
    "refrigerant is a line of its own and not part of the CO2 reduction",
)

REFRIGERANT_INPUTS: tuple[Declared, ...] = (
    Choice("gwp_set", "地球温暖化係数の出典", "set of global warming potentials", _SETS, "AR4"),
    Choice("refrigerant_before", "既設の冷媒", "refrigerant at present", _KINDS, NONE),
    Choice("refrigerant_after", "更新後の冷媒", "refrigerant after", _KINDS, NONE),
    Input("charge_before", "既設の冷媒充填量", "charge at present", "kg", optional=True),
    Input("charge_after", "更新後の冷媒充填量", "charge after", "kg", optional=True),
    Input("leak_before", "既設の年間漏えい率", "yearly leakage at present", "%", optional=True, high=100),
    Input("leak_after", "更新後の年間漏えい率", "yearly leakage after", "%", optional=True, high=100),
)


class Refrigerants(TypedDict):
    """What `REFRIGERANT_INPUTS` are read as: kinds, charges [kg] and yearly leakages [1] before and after."""

    gwp_set: str
    refrigerant_before: str
    refrigerant_after: str
    charge_before: Term | None
    charge_after: Term | None
    leak_before: Term | None
    leak_after: Term | None


def leakage_avoided(
    sheet: Sheet, leak_default: str, **given: Unpack[Refrigerants]
) -> tuple[Quantity | None, tuple[Finding, ...]]:
    r"""Return the leakage avoided in a year, None where no refrigerant is stated, and what is to be said of it.

    .. math:: \Delta R = m_1 l_1 GWP_1 - m_2 l_2 GWP_2

    Parameters
    ----------
    leak_default : str
        Id of the yearly leakage that stands where none is given.
    **given : Refrigerants
        Refrigerant, charge m [kg] and yearly leakage l [1], before and after; `gwp_set` is AR4, AR5 or AR6, whose
        potentials are rows ``gwp_ar4_r22`` of measure_defaults.csv.

    Raises
    ------
    MeasureError
        Only some of refrigerant and charge before and after, or a potential that no row gives.

    Source: design notes (measures.md); 10 kg of R22 at 3 % a year: 10 × 0.03 × 1,810 / 1,000 = 0.543 t-CO2e.
    """
    gwp_set = given["gwp_set"]
    kinds = given["refrigerant_before"], given["refrigerant_after"]
    charges, leaks = (
        (given["charge_before"], given["charge_after"]),
        (given["leak_before"], given["leak_after"]),
    )
    if kinds == (NONE, NONE) and charges == (None, None) and leaks == (None, None):
        return None, ()
    ids = tuple(f"gwp_{gwp_set}_{kind}".lower() for kind in kinds)
    _check(sheet, gwp_set, kinds, ids, charges)
    leaked = []
    for when, (ja, en) in enumerate((("既設", "at present"), ("更新後", "after"))):
        kind, charge, leak = kinds[when], charges[when], leaks[when]
        assert charge is not None, "checked above"
        if leak is None:
            label = Message(f"{ja}の年間漏えい率", f"yearly leakage {en}")
            leak = enter_default(sheet, label, sheet.defaults[leak_default], "%")
        label = Message(f"{kind} の地球温暖化係数", f"global warming potential of {kind}")
        gwp = enter_default(sheet, label, sheet.defaults[ids[when]], f"t-CO2e({gwp_set})/t")
        unit = f"t-CO2e({gwp_set})/年"
        leaked.append(sheet.row(f"{ja}の冷媒漏えい量", f"leakage {en}", charge * leak * gwp, unit))
    avoided = sheet.row("冷媒漏えいの削減", "leakage avoided", leaked[0] - leaked[1], unit, _OWN_LINE)
    return avoided.quantity, tuple(_outside(kind) for kind in kinds if kind in _HCFC)


def _check(
    sheet: Sheet,
    gwp_set: str,
    kinds: tuple[str, str],
    ids: tuple[str, ...],
    charges: tuple[Term | None, Term | None],
) -> None:
    problems = []
    for when, kind, id, charge in zip(("before", "after"), kinds, ids, charges, strict=True):
        name = f"refrigerant_{when}" if kind == NONE else f"charge_{when}"
        if kind == NONE or charge is None:
            ja = f"冷媒の漏えい防止には、更新前と更新後の冷媒・充填量がすべて要ります。「{name}」を書いてください。"
            en = f"Leakage avoided needs refrigerant and charge before and after; write {name!r}."
            problems.append(("missing", name, ja, en))
        if kind != NONE and id not in sheet.defaults:
            name = f"refrigerant_{when}"
            ja = (
                f"「{name}」: {kind} の {gwp_set} の地球温暖化係数がありません。parameters/measure_defaults.csv に "
                f"{id} の行を加えるか、gwp_set を変えてください。"
            )
            en = (
                f"{name!r}: there is no {gwp_set} potential of {kind}; add the row {id} to "
                "parameters/measure_defaults.csv, or change gwp_set."
            )
            problems.append(("missing", name, ja, en))
    if problems:
        raise refusal(*problems)


def _outside(kind: str) -> Finding:
    message = Message(
        f"{kind} は HCFC で、温対法の算定対象ガスではありません。補助金などの年間CO2削減量には含められません。",
        f"{kind} is an HCFC, outside the gases of the Act: never part of a grant's yearly CO2 reduction.",
    )
    return Finding("measure.refrigerant_outside_act", "note", message, subject="refrigerant_before")
