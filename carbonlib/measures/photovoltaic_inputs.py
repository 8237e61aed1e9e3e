"""What photovoltaics is told besides its array: how self-use is found, where it stands, what the surplus is worth."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from carbonlib.errors import Finding, Message
from carbonlib.measures.amounts import in_unit
from carbonlib.measures.generation import misplaced_months
from carbonlib.measures.model import Input
from carbonlib.measures.refusals import Problem, refusal
from carbonlib.measures.sun import HALF_HOURS
from carbonlib.measures.terms import Term
from carbonlib.records.defaults import Default
from carbonlib.records.load_shapes import load_shapes
from carbonlib.units import format_number

YEARS = {days * HALF_HOURS: days for days in (365, 366)}  # half-hours → days
WAYS = {
    "given": Message("1 kW 当たりの自家消費量を直接", "self-consumption per kW as stated"),
    "measured": Message("30分値の負荷", "half-hourly load"),
    **{s.id: Message(f"負荷の形: {s.label_ja}", f"load shape: {s.label_en}") for s in load_shapes().values()},
}
REVERSE_FLOW = {
    "none": Message("逆潮流なし（余剰は出力抑制、0 円）", "no reverse flow (surplus is curtailed, 0 yen)"),
    "sold": Message("余剰を売電", "surplus is sold"),
}

_NAMES = {
    "self_consumed_per_kw": "1 kW 当たりの自家消費量",
    "irradiation": "月別の傾斜面日射量 12 行",
    "load": "30分値",
    "open_days": "営業・操業の日数",
}

LATITUDE = Input(
    "latitude", "緯度（北緯）", "latitude", "°", default="pv_latitude", optional=True, low=20, high=46
)
LONGITUDE = Input(
    "longitude", "経度（東経）", "longitude", "°", default="pv_longitude", optional=True, low=122, high=154
)
HOURS = Input(
    "hours_of_year", "年間の時間", "hours of the year", "h/年", default="hours_of_year", optional=True
)
RENEWAL = Input(
    "renewal_year",
    "パワーコンディショナを更新する年",
    "year of renewing the power conditioner",
    "年",
    default="pv_renewal_year",
    optional=True,
    low=1,
)


def too_much_per_kw(stated: Term, highest: Default) -> tuple[Finding, ...]:
    """Return a warning where a kilowatt is said to give more than the sun does: `highest` in a year. [kWh/kW]"""
    most = float(in_unit(highest.quantity, "kWh/kW/年").magnitude)
    number = stated.magnitude("kWh/kW")
    if number <= most:
        return ()
    got, limit = format_number(number), format_number(most)
    message = Message(
        f"「self_consumed_per_kw」（1 kW 当たりの自家消費量）{got} kWh/kW/年 は、国内の発電量の上限 {limit} kWh/kW/年"
        "（仮定）を超えています。パネル容量・発電量・自家消費率を確かめてください。",
        f"'self_consumed_per_kw', {got} kWh/kW, is more than panels generate in a year here ({limit} kWh/kW, assumed); "
        "check capacity, generation and the share used.",
    )
    return (Finding("photovoltaics.yield", "warning", message, subject="self_consumed_per_kw"),)


def go_together(
    *,
    self_use: str,
    self_consumed_per_kw: Term | None,
    irradiation: Sequence[dict[str, Any]],
    load: Sequence[float] | None,
    open_days: Term | None,
    hours_of_year: Term | None,
    reverse_flow: str,
    sale_price: Term | None,
    renewal_year: Term | None,
) -> None:
    """Refuse what a way of finding self-use lacks or cannot use, all at once."""
    problems = misplaced_months(irradiation)
    there = {
        "self_consumed_per_kw": self_consumed_per_kw is not None,
        "irradiation": bool(irradiation),
        "load": load is not None,
        "open_days": open_days is not None,
    }
    problems += [*_of_way(self_use, there), *_of_load(self_use, load)]
    problems += [
        *_of_surplus(self_use, reverse_flow, sale_price),
        *_of_years(load, hours_of_year, renewal_year),
    ]
    if problems:
        raise refusal(*problems)


def _of_way(self_use: str, there: Mapping[str, bool]) -> Iterator[Problem]:
    """Yield the inputs that a way needs and are not there, and those that it does not use."""
    given, measured = self_use == "given", self_use == "measured"
    wanted = {"self_consumed_per_kw": given, "irradiation": not given, "load": measured}
    if given or measured:
        wanted["open_days"] = False
    for name, needed in wanted.items():
        ja = _NAMES[name]
        if needed and not there[name]:
            yield (
                "missing",
                name,
                f"自家消費の求め方「{self_use}」には「{name}」（{ja}）が要ります。書いてください。",
                f"self_use {self_use!r} needs {name!r}; write it.",
            )
        elif there[name] and not needed:
            yield (
                "either",
                name,
                f"自家消費の求め方「{self_use}」では「{name}」（{ja}）は使いません。どちらかを改めてください。",
                f"self_use {self_use!r} does not use {name!r}; change one of them.",
            )


def _of_load(self_use: str, load: Sequence[float] | None) -> Iterator[Problem]:
    if self_use == "measured" and load is not None and sum(load) == 0:
        yield "range", "load", "30分値「load」がすべて 0 です。", "All values of 'load' are zero."


def _of_surplus(self_use: str, reverse_flow: str, sale_price: Term | None) -> Iterator[Problem]:
    if reverse_flow != "sold":
        return
    if self_use == "given":
        yield (
            "either",
            "reverse_flow",
            "自家消費量を直接書くときは余剰の量がわからず、売電を計算できません。日射量から求めてください。",
            "With self-consumption as stated the surplus is not known; start from the irradiation to sell it.",
        )
    elif sale_price is None:
        yield (
            "missing",
            "sale_price",
            "余剰を売電するときは「sale_price」（売電単価）を書いてください。",
            "Write 'sale_price' where surplus is sold.",
        )


def _of_years(
    load: Sequence[float] | None, hours_of_year: Term | None, renewal_year: Term | None
) -> Iterator[Problem]:
    if hours_of_year is not None:
        hours = hours_of_year.magnitude("h")
        fitting = [len(load) / 2] if load is not None else [n / 2 for n in YEARS]
        if hours not in fitting:
            wanted = "・".join(format_number(h) for h in fitting)
            yield (
                "range",
                "hours_of_year",
                f"「hours_of_year」は {wanted} h です（30分値があれば、その数に合わせます）。値: {hours:g}。",
                f"'hours_of_year' is {wanted.replace('・', ' or ')} h (that of the load, where given); got {hours:g}.",
            )
    if renewal_year is not None and renewal_year.magnitude("year") % 1:
        yield (
            "range",
            "renewal_year",
            "「renewal_year」は整数の年で書いてください。",
            "'renewal_year' must be a whole year.",
        )
