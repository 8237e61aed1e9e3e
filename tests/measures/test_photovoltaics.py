"""Photovoltaics: the deck's arrays, generation by month, self-use by half-hours, and refusals."""

from __future__ import annotations

import csv
from math import cos, degrees, pi, sin
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from carbonlib.measures import MEASURES, MeasureError
from carbonlib.measures.generation import month_lengths
from carbonlib.measures.photovoltaics import photovoltaics
from carbonlib.measures.self_use import by_series, by_shape
from carbonlib.measures.sun import DECLINATIONS, MONTHS, day_shapes
from carbonlib.records.load_shapes import load_shapes
from carbonlib.units import Q_, round_half_up
from tests.measures.bad_inputs import expected, paths, subjects_when_wrong
from tests.measures.formulas import disagreements

FACTS = Path(__file__).parents[1] / "data" / "facts"
GRANTS = {
    r["case"]: r for r in csv.DictReader((FACTS / "grant_examples.csv").read_text("utf-8").splitlines())
}
SUN = [{"name": f"{m}月", "daily": Q_(4, "kWh/m2/day")} for m in range(1, 13)]
BY_SHAPE = {
    "capacity": Q_(100, "kW"),
    "annual_load": Q_(200_000, "kWh/year"),
    "self_use": "office_5day",
    "irradiation": SUN,
    "open_days": Q_(240, "d"),
    "year_factor": Q_(0.97, ""),
    "hours_of_year": Q_(8760, "h"),
    "reverse_flow": "sold",
    "sale_price": Q_(8.9, "JPY/kWh"),
    "renewal_cost": Q_(500_000, "JPY"),
}
WEEK = [200.0 if (slot // 48) % 7 < 5 and 16 <= slot % 48 < 38 else 20.0 for slot in range(17520)]
MEASURED = {
    "capacity": Q_(100, "kW"),
    "annual_load": Q_(sum(WEEK), "kWh"),
    "self_use": "measured",
    "irradiation": SUN,
    "load": WEEK,
}
STATED = {
    "capacity": Q_(7, "kW"),
    "annual_load": Q_(19173, "kWh"),
    "self_use": "given",
    "self_consumed_per_kw": Q_(1147, "kWh/kW/year"),
}


def kwh(saving):
    return saving.effects[0].saved.to("kWh").magnitude


def row(saving, label):
    return next(r for r in saving.table if r.label.ja == label)


@pytest.mark.parametrize(("case", "kw", "printed"), [("pv7", 7, 1147), ("pv122", 122, 1181)])
def test_the_published_arrays_by_self_consumption_per_kw(case, kw, printed):
    """Saitama deck 2025-10-28, 補助金の利用例: 8,029 kWh from 7 kW of 19,173, 144,121 from 122 kW of 999,000."""
    before, self_used = (float(GRANTS[case][c]) for c in ("before_kwh", "after_kwh"))
    assert round_half_up(self_used / kw) == printed
    done = photovoltaics(
        capacity=Q_(kw, "kW"),
        annual_load=Q_(before, "kWh"),
        self_use="given",
        self_consumed_per_kw=Q_(self_used / kw, "kWh/kW"),
    )
    assert kwh(done) == pytest.approx(self_used)
    assert done.effects[0].before.magnitude == before  # what is printed as "after" is not the remaining use
    assert done.effects[0].end_use == "imported_electricity"
    assert done.peak_cut is None


def test_stated_self_consumption_never_exceeds_the_load():
    assert kwh(photovoltaics(**STATED | {"annual_load": Q_(5000, "kWh")})) == 5000


def test_the_year_by_months_with_the_factors_of_the_standard():
    """By hand: K = 0.97·0.95·0.97·0.94·0.90 = 0.756201; 100 kW × 4 × (90·0.9 + 183·0.85 + 92·0.8 = 310.15) × K.

    90 days from December to February, 183 of spring and autumn, 92 of June to August.
    """
    done = photovoltaics(**BY_SHAPE)
    assert row(done, "温度を除く設計係数").quantity.magnitude == pytest.approx(0.756201, abs=5e-7)
    made = row(done, "年間発電電力量").quantity.magnitude
    assert made == pytest.approx(100 * 4 * 310.15 * 0.75620133, rel=1e-9)
    leap = photovoltaics(**BY_SHAPE | {"hours_of_year": Q_(8784, "h")})
    assert row(leap, "2月の発電電力量").formula.endswith(
        "×29÷" + row(leap, "標準試験条件の日射強度（定義）").symbol
    )
    standard = [r for r in done.table if r.label.ja.startswith("温度補正係数")]
    assert {(r.how, r.evidence) for r in standard} == {("標準値", "secondary")}


def test_a_design_factor_stands_for_the_others_and_excludes_them():
    short = {k: v for k, v in BY_SHAPE.items() if k != "year_factor"} | {"design_factor": Q_(0.73, "")}
    done = photovoltaics(**short)  # 100 kW × 4 × 365 × 0.73
    assert row(done, "年間発電電力量").quantity.magnitude == pytest.approx(106_580)
    assert not [r for r in done.table if "補正係数" in r.label.ja]
    with pytest.raises(MeasureError, match="design_factor"):
        photovoltaics(**BY_SHAPE | {"design_factor": Q_(0.73, "")})


def test_surplus_is_worth_nothing_without_reverse_flow_and_its_price_with_it():
    sold = photovoltaics(**BY_SHAPE)
    surplus = row(sold, "余剰電力量").quantity.magnitude
    assert surplus == pytest.approx(row(sold, "年間発電電力量").quantity.magnitude - kwh(sold))
    assert sold.income.to("JPY").magnitude == pytest.approx(surplus * 8.9)
    curtailed = photovoltaics(
        **{k: v for k, v in BY_SHAPE.items() if k not in {"reverse_flow", "sale_price"}}
    )
    assert curtailed.income is None
    assert kwh(curtailed) == kwh(sold)
    assert "0 円" in row(curtailed, "余剰電力量").basis.ja


def test_the_years_after_the_first():
    done = photovoltaics(**BY_SHAPE)
    assert done.fade == Q_(0.5, "percent/year")
    assert done.renewals == {12: Q_(500_000, "JPY")}
    assert photovoltaics(**STATED).renewals == {}
    with pytest.raises(MeasureError, match="整数"):
        photovoltaics(**STATED | {"renewal_year": Q_(12.5, "year"), "renewal_cost": Q_(1, "JPY")})


def test_half_hours_by_hand():
    """Noon alone: 48 kWh a day in one half-hour against 20 kWh on 3 of 7 days, 200 kWh on the others."""
    noon = [[0.0] * 24 + [1.0] + [0.0] * 23] * 12
    days = [month_lengths(365)[m - 1] for m in MONTHS]
    found = by_series(WEEK, sum(WEEK), [48.0 * d for d in days], days, noon)
    open_days = sum(1 for day in range(365) if day % 7 < 5)
    assert found.kwh == pytest.approx(48 * open_days + 20 * (365 - open_days))
    assert found.peak_cut_kw == 0  # 200 kWh stay in the half-hours beside it
    one_peak = [10.0] * 17520
    one_peak[48 * 100 + 24] = 60.0
    cut = by_series(one_peak, sum(one_peak), [48.0 * d for d in days], days, noon)
    assert cut.peak_cut_kw == pytest.approx(
        2 * (60 - 12)
    )  # 60 falls to 12 kWh; kWh of half an hour twice in kW
    # and the same load at half its size
    half = by_series(one_peak, sum(one_peak) / 2, [48.0 * d for d in days], days, noon)
    assert half.peak_cut_kw == pytest.approx(60 - 10)  # of 30 kWh nothing is left; elsewhere 5 kWh are 10 kW


def test_a_demand_cut_needs_half_hours():
    assert photovoltaics(**BY_SHAPE).peak_cut is None
    noon_peak = [50.0 if slot % 48 in (22, 23) else 10.0 for slot in range(17520)]
    done = photovoltaics(**MEASURED | {"load": noon_peak, "annual_load": Q_(sum(noon_peak), "kWh")})
    assert 0 < done.peak_cut.to("kW").magnitude < 80
    assert row(done, "最大需要電力の低減").quantity == done.peak_cut


def test_the_series_is_scaled_to_what_is_left_after_other_savings():
    full, less = (
        photovoltaics(**MEASURED | {"annual_load": Q_(sum(WEEK) * share, "kWh")}) for share in (1.0, 0.1)
    )
    assert kwh(less) < kwh(full)
    half_load = [v * 0.1 for v in WEEK]
    again = photovoltaics(**MEASURED | {"load": half_load, "annual_load": Q_(sum(half_load), "kWh")})
    assert kwh(again) == pytest.approx(kwh(less))
    assert MEASURES["photovoltaics"].rescales == "annual_load"


def test_closed_days_decide_self_use():
    shut, open_ = (photovoltaics(**BY_SHAPE | {"open_days": Q_(n, "d/year")}) for n in (150, 350))
    # the same electricity bought, on fewer days: more of it stands beside unused generation
    assert kwh(shut) < kwh(open_)
    usual = photovoltaics(**{k: v for k, v in BY_SHAPE.items() if k != "open_days"})
    days = row(usual, "営業・操業の日数")
    assert (days.quantity.magnitude, days.how, days.evidence) == (245, "標準値", "assumption")


def test_an_extra_29_february_takes_8784_hours():
    leap = [*WEEK, *WEEK[:48]]
    photovoltaics(**MEASURED | {"load": leap, "hours_of_year": Q_(8784, "h")})
    with pytest.raises(MeasureError) as raised:
        photovoltaics(**MEASURED | {"load": leap, "hours_of_year": Q_(8760, "h")})
    assert [f.subject for f in raised.value.findings] == ["hours_of_year"]


@pytest.mark.parametrize(
    ("change", "subjects"),
    [
        ({"self_use": "given"}, ["self_consumed_per_kw", "irradiation", "open_days", "reverse_flow"]),
        ({"self_use": "measured"}, ["load", "open_days"]),
        ({"load": WEEK}, ["load"]),
        ({"sale_price": None}, ["sale_price"]),
        ({"irradiation": None}, ["irradiation"]),
        ({"irradiation": SUN[:11]}, ["irradiation"]),
        ({"irradiation": SUN[3:] + SUN[:3]}, [f"irradiation.{m}" for m in range(1, 13)]),
        ({"hours_of_year": Q_(8000, "h")}, ["hours_of_year"]),
        ({"latitude": Q_(66, "deg")}, ["latitude"]),
    ],
)
def test_what_does_not_go_together_is_refused_all_at_once(change, subjects):
    with pytest.raises(MeasureError) as raised:
        photovoltaics(**BY_SHAPE | change)
    assert [f.subject for f in raised.value.findings] == subjects


def test_a_load_of_nothing_but_zeros_is_refused():
    with pytest.raises(MeasureError, match="load"):
        photovoltaics(**MEASURED | {"load": [0.0] * 17520})


@pytest.mark.parametrize("series", [WEEK[:-1], [*WEEK[:-1], -1.0], [*WEEK[:-1], float("nan")], ["1"] * 17520])
def test_a_series_of_another_length_or_with_odd_values_is_refused(series):
    with pytest.raises(MeasureError) as raised:
        photovoltaics(**MEASURED | {"load": series})
    assert [f.subject for f in raised.value.findings] == ["load"]


@pytest.mark.parametrize("inputs", [BY_SHAPE, MEASURED, STATED], ids=["shape", "measured", "stated"])
def test_the_table_agrees_with_the_result(inputs):
    done = photovoltaics(**inputs)
    assert disagreements(done) == []
    assert row(done, "自家消費量").quantity == done.effects[0].saved


@pytest.mark.parametrize(("id", "name", "inner"), list(paths(["photovoltaics"])))
def test_a_bad_unit_in_any_input_names_it(id, name, inner):
    # the design factor stands in place of the factors that make it up
    good = {k: v for k, v in BY_SHAPE.items() if name != "design_factor" or k != "year_factor"}
    assert subjects_when_wrong(id, name, inner, good) == expected(name, inner, good)


# --- the sun and the shapes


def test_the_sun_is_highest_before_noon_east_of_the_meridian_and_longer_in_summer():
    shapes = dict(zip(MONTHS, day_shapes(35.8, 139.5), strict=True))
    for month, day in shapes.items():
        assert sum(day) == pytest.approx(1)
        middle = sum((slot + 0.5) / 2 * share for slot, share in enumerate(day))
        assert middle == pytest.approx(12 - 4.5 / 15, abs=0.05), month  # 4.5° east: 18 minutes
    lit = {month: sum(1 for share in day if share > 0) / 2 for month, day in shapes.items()}
    assert lit[6] == pytest.approx(14.5, abs=0.5)  # 15 h less 30 min at 36° N in June, 9 h 40 min in December
    assert lit[12] == pytest.approx(9.6, abs=0.5)


def test_the_declinations_are_those_of_spencers_series_on_the_characteristic_days():
    """J. W. Spencer, Fourier series representation of the position of the sun (1971); in radians."""
    days = (17, 45, 74, 105, 135, 161, 199, 230, 261, 292, 322, 347)
    for day, declination in zip(days, DECLINATIONS, strict=True):
        b = 2 * pi * (day - 1) / 365
        series = 0.006918 - 0.399912 * cos(b) + 0.070257 * sin(b) - 0.006758 * cos(2 * b)
        series += 0.000907 * sin(2 * b) - 0.002697 * cos(3 * b) + 0.00148 * sin(3 * b)
        assert declination == pytest.approx(degrees(series), abs=0.25)


def test_the_load_factor_of_each_shape_is_usual_for_its_use():
    """負荷率: office 20–40 %, factory of one shift 20–45, shop 35–60 (design notes, bands)."""
    for id, low, high in (("office_5day", 20, 40), ("factory_1shift", 20, 45), ("shop_7day", 35, 60)):
        s = load_shapes()[id]
        share = s.open_days / 365
        mean = (share * sum(s.open_day) + (1 - share) * sum(s.closed_day)) / 24 * sum(s.months) / 12
        peak = max(s.open_day) * max(s.months)
        assert low < 100 * mean / peak < high, id


SIZES = st.just(0.0) | st.floats(0.1, 3000)  # kW


@given(
    kw=SIZES,
    more=SIZES,
    annual=st.just(0.0) | st.floats(1, 5e6),
    shape=st.sampled_from(sorted(load_shapes())),
    open_days=st.floats(0, 366),
)
def test_self_use_grows_with_the_array_and_exceeds_neither_load_nor_generation(
    kw, more, annual, shape, open_days
):
    one = load_shapes()[shape]
    days = [month_lengths(365)[m - 1] for m in MONTHS]
    sun = day_shapes(35.8, 139.5)
    found = []
    for size in (kw, kw + more):
        made = [size * 2.5 * d for d in days]
        share = min(1.0, open_days / 365)
        used = by_shape(one.open_day, one.closed_day, one.months, share, annual, made, days, sun).kwh
        assert 0 <= used <= min(annual, sum(made)) * (1 + 1e-12)
        found.append(used)
    assert found[0] <= found[1] * (1 + 1e-12)
    if kw == 0 or annual == 0:
        assert found[0] == 0


@settings(max_examples=20)
@given(kw=SIZES, share=st.just(0.0) | st.floats(0.01, 2))
def test_measured_self_use_exceeds_neither_and_a_flat_load_agrees_with_the_constant_shape(kw, share):
    for load in (WEEK, [5.0] * 17520):
        done = photovoltaics(
            **MEASURED | {"capacity": Q_(kw, "kW"), "load": load, "annual_load": Q_(sum(load) * share, "kWh")}
        )
        assert 0 <= kwh(done) <= min(sum(load) * share, row(done, "年間発電電力量").quantity.magnitude)
        assert done.peak_cut.magnitude >= -1e-9
    named = photovoltaics(
        **{k: v for k, v in MEASURED.items() if k != "load"}
        | {"capacity": Q_(kw, "kW"), "self_use": "constant", "annual_load": Q_(5.0 * 17520 * share, "kWh")}
    )
    assert kwh(done) == pytest.approx(kwh(named), abs=1e-6)
