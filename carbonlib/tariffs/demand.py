"""What a lower peak is worth: the contract demand of twelve rolling months, before and after a cut."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from carbonlib.errors import Message, UnitError, shown
from carbonlib.fiscal_year import Month
from carbonlib.records.model import ContractBasis, Meter
from carbonlib.tariffs.power_factor import power_factor_multiplier
from carbonlib.units import Q_, Quantity, exact, expects

MONTHS = 12
NEGOTIATED_FROM_KW = 500  # 契約電力 500 kW 以上は協議制
DemandKind = Literal["measured", "measured_steady_only", "negotiated", "not_known"]

_MEASURED = Message(
    "実量制のため、契約電力はその月と前 11 か月の最大需要電力のうち最も大きい値です。前年のピークが残る月は初年度に下がりません。",
    "The contract demand is the highest peak of the month and the eleven before it; while a peak of the year before "
    "still counts, it does not fall.",
)
_STEADY_ONLY = Message(
    "実量制です。その前の12か月の最大需要電力がそろわないため、初年度の効果は分かりません。",
    "The contract demand is measured; without all peaks of the year before, the first year is not known.",
)
_NEGOTIATED = Message(
    "契約電力は協議制のため、ピークが下がっても自動では下がりません。供給者との協議で見直せます。",
    "The contract demand is negotiated: a lower peak alone does not lower it; the supplier can be asked.",
)
_NEGOTIATED_RISE = Message(
    "契約電力は協議制です。最大需要電力が増えると、契約電力を上げる協議が必要になることがあります。基本料金がいくら増えるかは、供給者に確かめてください。",
    "The contract demand is negotiated: with a higher peak it may have to be raised; ask the supplier what that costs.",
)
_RISE = Message(
    "最大需要電力が増えるため、基本料金は増えます（削減額は負）。実量制のため、契約電力はその月と前 11 か月の最大需要電力のうち最も大きい値です。",
    "The peak rises, so the demand charge grows (a negative saving): the contract demand is the highest peak of the "
    "month and the eleven before it.",
)
_RISE_STEADY_ONLY = Message(
    f"{_RISE.ja}その前の12か月の最大需要電力がそろわないため、初年度の効果は分かりません。",
    f"{_RISE.en} Without all peaks of the year before, the first year is not known.",
)
_BEYOND = Message(
    "ピークの削減量が直近 12 か月で最も大きい最大需要電力を超えているため、最大需要電力がなくなるものとして計算しました。削減量を確かめてください。",
    "The cut exceeds the highest peak of the latest twelve months, so it counts as that peak and no more; check the cut.",
)
_NO_BASIS = Message(
    "契約電力の決め方（実量制・協議制）が分からないため、基本料金の効果は分かりません。",
    "It is not known how the contract demand is set, so the effect on the demand charge is not known.",
)
_NO_RATE = Message(
    "基本料金単価か力率が分からないため、基本料金の効果は分かりません。",
    "The demand charge per kW or the power factor is not known, so the effect is not known.",
)
_NO_PEAKS = Message(
    "直近 12 か月の最大需要電力がそろわないため、基本料金の効果は分かりません。",
    "Not all peaks of the latest twelve months are known, so the effect on the demand charge is not known.",
)


@dataclass(frozen=True)
class DemandSaving:
    """The value of a peak cut: in the first year, and in every later year that is like it.

    `before_kw`, `first_kw` and `steady_kw` are the contract demands of the latest twelve months without the cut, with
    it from the first of them, and with it for a year and more [kW]; the values are None where not known [JPY/year].
    They are negative where the peak rises. `warning` says where the cut exceeds the highest peak.
    """

    kind: DemandKind
    first_year: Quantity | None
    steady_year: Quantity | None
    sentence: Message
    before_kw: tuple[float, ...] = ()
    first_kw: tuple[float, ...] = ()
    steady_kw: tuple[float, ...] = ()
    warning: Message | None = None


def _next(month: Month, by: int) -> Month:
    index = month.year * 12 + month.month - 1 + by
    return Month(index // 12, index % 12 + 1)


def contract_basis(meter: Meter | None, contract_demand: Quantity | None = None) -> ContractBasis | None:
    """Return how a contract demand is set: as the meter says, else by 500 kW under 高圧, else None.

    >>> contract_basis(Meter("E1", "shop", contract_type="高圧"), Q_(650, "kW"))
    '協議制'
    >>> contract_basis(Meter("E1", "shop", contract_basis="実量制"), Q_(650, "kW"))
    '実量制'
    >>> contract_basis(Meter("E1", "shop"), Q_(300, "kW")) is None
    True
    """
    if meter is None:
        return None
    if meter.contract_basis:
        return "実量制" if meter.contract_basis == "実量制" else "協議制"
    if meter.contract_type == "特別高圧":
        return "協議制"
    if meter.contract_type != "高圧" or contract_demand is None:
        return None
    return "実量制" if contract_demand.to("kW").magnitude < NEGOTIATED_FROM_KW else "協議制"


@expects(cut="kW")
def _kw(cut: Quantity) -> Fraction:
    return exact(cut.to("kW").magnitude)


def _peak(peak: Quantity) -> Fraction:
    value = _kw(peak)
    if value < 0:
        raise UnitError.of(
            "tariff.negative_power",
            ja="最大需要電力は 0 以上で書いてください。",
            en="Peaks must be at least zero.",
        )
    return value


def _cuts(cut: Quantity | Mapping[int, Quantity]) -> dict[int, Fraction]:
    if not isinstance(cut, Mapping):
        return dict.fromkeys(range(1, MONTHS + 1), _kw(cut))
    if wrong := [m for m in cut if m not in range(1, MONTHS + 1)]:
        raise UnitError.of(
            "tariff.months",
            ja=f"月 {shown(wrong[0])} はありません。1〜12 です。",
            en="Months are from 1 to 12.",
        )
    return {m: _kw(cut[m]) if m in cut else Fraction(0) for m in range(1, MONTHS + 1)}


@expects(rate="JPY/kW/month", power_factor="percent")
def demand_charge_saving(
    *,
    peaks: Mapping[Month, Quantity | None],
    cut: Quantity | Mapping[int, Quantity],
    basis: ContractBasis | None,
    rate: Quantity | None = None,
    power_factor: Quantity | None = None,
) -> DemandSaving:
    r"""Return what a cut of the monthly peaks saves in demand charge.

    Parameters
    ----------
    peaks : mapping of Month to Quantity
        Monthly maximum demand; the latest twelve months are the year of the cut, the twelve before them carry the
        old peaks. None or absent: not known. [kW]
    cut : Quantity or mapping of int to Quantity
        Cut of every month's peak, or by calendar month (absent: none). A peak is not cut below zero; a negative cut
        raises it. [kW]
    basis : {"実量制", "協議制"} or None
        How the contract demand is set; see `contract_basis`.
    rate : Quantity, optional
        基本料金単価; None: not known. [JPY/kW/month]
    power_factor : Quantity, optional
        力率; None: not known. [%]

    Returns
    -------
    DemandSaving
        Nothing by itself under 協議制, where what a higher peak costs is not known; not known with the words why
        where something lacks.

    Raises
    ------
    UnitError
        An argument of another dimension, or a negative peak.

    Notes
    -----
    .. math:: V_1 = r \frac{185 - \varphi}{100} \sum_{m=1}^{12}
              \left( \max_{m-11 \le i \le m} D_i - \max_{m-11 \le i \le m} D'_i \right), \quad
              V_\infty = 12 r \frac{185 - \varphi}{100} \left( \max D_i - \max (D_i - c_i) \right)

    with D' cut from the first month of the year on. The rule: the highest of the month and the eleven before it
    (四国電力, yonden.co.jp/business/price/determine.html; the same at 関西電力 and 中国電力). For a cut that is the same in
    all months, the steady year is worth at least as much as the first; with cuts in some months only, it may be less.

    >>> months = [Month(y, m) for y in (2023, 2024) for m in range(1, 13)]
    >>> peaks = {m: Q_(400 if m.month == 8 else 300, "kW") for m in months}
    >>> got = demand_charge_saving(peaks=peaks, cut=Q_(20, "kW"), basis="実量制",
    ...                            rate=Q_(2000, "JPY/kW/month"), power_factor=Q_(100, "percent"))
    >>> got.first_year.magnitude, got.steady_year.magnitude  # from August on: 5 of 12 months
    (170000.0, 408000.0)
    """
    cuts = _cuts(cut)
    rises = any(c < 0 for c in cuts.values())
    if basis == "協議制" and rises:
        return DemandSaving("negotiated", None, None, _NEGOTIATED_RISE)
    if basis == "協議制":
        zero = Q_(0.0, "JPY/year")
        return DemandSaving("negotiated", zero, zero, _NEGOTIATED)
    if basis is None:
        return DemandSaving("not_known", None, None, _NO_BASIS)
    if rate is None or power_factor is None:
        return DemandSaving("not_known", None, None, _NO_RATE)
    known = {m: _peak(p) for m, p in peaks.items() if p is not None}
    if not known:
        return DemandSaving("not_known", None, None, _NO_PEAKS)
    start = _next(max(known), 1 - MONTHS)
    year = [_next(start, i) for i in range(MONTHS)]
    if any(m not in known for m in year):
        return DemandSaving("not_known", None, None, _NO_PEAKS)
    price = exact(rate.to("JPY/kW/month").magnitude) * power_factor_multiplier(power_factor)
    after = {m: max(known[m] - cuts[m.month], Fraction(0)) for m in year}
    top, low = max(known[m] for m in year), max(after.values())
    steady = _yen(MONTHS * (top - low) * price)
    warning = _BEYOND if max(cuts.values()) > top else None
    measured, only = (_RISE, _RISE_STEADY_ONLY) if low > top else (_MEASURED, _STEADY_ONLY)
    each_year = (float(low),) * MONTHS
    earlier = [_next(start, i - MONTHS) for i in range(1, MONTHS)]
    if any(m not in known for m in earlier):
        kept = (float(top),) * MONTHS
        return DemandSaving("measured_steady_only", None, steady, only, kept, (), each_year, warning)
    old = [known[m] for m in (*earlier, *year)]
    new = [known[m] for m in earlier] + [after[m] for m in year]
    before, first = ([max(run[i : i + MONTHS]) for i in range(MONTHS)] for run in (old, new))
    return DemandSaving(
        "measured",
        _yen((sum(before) - sum(first)) * price),
        steady,
        measured,
        tuple(map(float, before)),
        tuple(map(float, first)),
        each_year,
        warning,
    )


def _yen(value: Fraction) -> Quantity:
    return Q_(float(value), "JPY/year")
