"""Factor files: what contradicts itself is refused, all problems at once, each with its line."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from carbonlib.accounting import Chain
from carbonlib.errors import FactorError, MissingFactorError
from carbonlib.factors import Source, built_in_sets, make_programmes, programmes, read_factor_sets, sources
from carbonlib.factors.loader import COLUMNS

KNOWN = {"deck": Source("deck", "City", "A deck", "2025-10-28")}
FIELDS = {
    "name_ja": "試験",
    "name_en": "test",
    "basis": "programme",
    "basis_ja": "固定",
    "basis_en": "fixed",
    "named_only": False,
}


def row(**cells: object) -> dict[str, str]:
    base = {
        "set": "s",
        "carrier": "gasoline",
        "kind": "gross_calorific_value",
        "value": "34.6",
        "unit": "GJ/kL",
        "evidence": "published",
        "source": "deck",
        "locator": "p. 1",
    }
    return {**dict.fromkeys(COLUMNS, ""), **base, **{k: str(v) for k, v in cells.items()}}


HEAT = row()
CARBON = row(kind="carbon_content", value="0.0183", unit="t-C/GJ")
CO2 = row(kind="emission_factor", value="2.3217", unit="t-CO2/kL")


def file(tmp_path: Path, *rows: dict[str, str], columns: list[str] = COLUMNS) -> Path:
    path = tmp_path / "factors.csv"
    lines = [",".join(columns)] + [",".join(r[c] for c in columns) for r in rows]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def load(tmp_path: Path, *rows: dict[str, str]):
    return read_factor_sets(file(tmp_path, *rows), KNOWN, "my.csv")


def refused(tmp_path: Path, *rows: dict[str, str]) -> FactorError:
    with pytest.raises(FactorError) as caught:
        load(tmp_path, *rows)
    return caught.value


def lines_of(error: FactorError) -> list[int | None]:
    return [f.place.line for f in error.findings]


# --- what holds together is taken


def test_a_consistent_file_is_taken_as_it_is_printed(tmp_path):
    (one,) = load(tmp_path, HEAT, CARBON, CO2).values()
    assert [str(f.value) for f in one.factors] == ["34.6", "0.0183", "2.3217"]


def test_a_byte_order_mark_and_blank_lines_do_no_harm(tmp_path):
    path = file(tmp_path, HEAT)
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes() + b"," * (len(COLUMNS) - 1) + b"\n\n")
    assert len(read_factor_sets(path, KNOWN, "my.csv")["s"].factors) == 1


def test_the_built_in_file_is_taken():
    assert {"saitama-diagnosis-2025", "shk-fuel-2010", "shk-fuel-2023"} <= built_in_sets().keys()


def test_every_built_in_source_is_used_and_every_used_source_is_there():
    used = {f.source for one in built_in_sets().values() for f in one.factors}
    assert used <= sources().keys()
    assert all(s.publisher for s in sources().values())
    assert all(s.title for s in sources().values())


# --- single rows


@pytest.mark.parametrize(
    ("cells", "said_ja", "said_en"),
    [
        ({"unit": ""}, "列 unit", "column unit is empty"),
        ({"value": ""}, "列 value", "column value is empty"),
        ({"set": " "}, "列 set", "column set is empty"),
        ({"source": "hearsay"}, "hearsay", "not in sources.yaml"),
        ({"source": ""}, "sources.yaml", "not in sources.yaml"),
        ({"kind": "heat"}, "gross_calorific_value", "There is no kind 'heat'"),
        ({"carrier": "coal"}, "electricity", "There is no carrier 'coal'"),
        ({"evidence": "rumour"}, "rumour", "statute"),
        ({"value": "34,6"}, "数値", "not readable as a number"),
        ({"value": "abc"}, "abc", "not readable as a number"),
        ({"value": "NaN"}, "NaN", "not readable as a number"),
        ({"value": "Infinity"}, "Infinity", "not readable as a number"),
        ({"value": "-1"}, "-1", "not readable as a number"),
        ({"applies_from_fy": "R5"}, "年度", "year"),
        ({"unit": "GJ"}, "GJ/kL", "nothing below"),
        ({"unit": "t/kL"}, "t/kL", "gross_calorific_value"),
        ({"unit": "GJ/ton"}, "代わりの書き方: t", "write instead: t"),
        ({"unit": "GJ/barrel"}, "barrel", "is not known"),
        ({"carrier": "city_gas", "unit": "GJ/千m3"}, "city_gas", "name the carrier"),
        (
            {"carrier": "city_gas", "unit": "GJ/千m3", "volume_basis": "warm"},
            "low_pressure_meter",
            "no volume basis",
        ),
    ],
)
def test_a_bad_cell_is_named_in_both_languages(tmp_path, cells, said_ja, said_en):
    cells = {k: f'"{v}"' if "," in v else v for k, v in cells.items()}
    error = refused(tmp_path, HEAT, row(**{"carrier": "diesel", **cells}))
    assert lines_of(error) == [3]
    assert said_ja in error.text("ja")
    assert said_en in error.text("en")


def test_the_same_factor_twice_is_refused_naming_both_lines(tmp_path):
    error = refused(tmp_path, HEAT, CARBON, row(value="34.7"))
    assert lines_of(error) == [4]
    assert "2 行目" in error.text("ja")
    assert "line 2" in error.text("en")


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ({"applies_to_fy": 2022}, {"applies_from_fy": 2022}),
        ({}, {"applies_from_fy": 2023}),
        ({"applies_from_fy": 2010, "applies_to_fy": 2022}, {"applies_from_fy": 2015, "applies_to_fy": 2015}),
        ({}, {"unit": "GJ/L", "value": "0.0334"}),
    ],
)
def test_two_factors_for_one_year_are_refused_because_none_could_be_chosen(tmp_path, first, second):
    assert lines_of(refused(tmp_path, row(**first), row(**second))) == [3]


def test_a_factor_may_change_from_one_year_to_the_next(tmp_path):
    old, new = {"applies_from_fy": 2010, "applies_to_fy": 2022}, {"applies_from_fy": 2023}
    carbon = {"kind": "carbon_content", "unit": "t-C/GJ"}
    sets = load(
        tmp_path,
        row(**old),
        row(value="33.4", **new),
        row(value="0.0183", **carbon, **old),
        row(value="0.0187", **carbon, **new),
    )
    one = make_programmes(sets, {"p": {**FIELDS, "parts": {"all": ["s"]}}})["p"]
    for year, expected in ((2022, "34.6*0.0183"), (2023, "33.4*0.0187")):
        heat, carbon_content = map(Fraction, expected.split("*"))
        factor = one.factor("gasoline", "emission_factor", unit="L", fiscal_year=year)
        assert factor.exact == heat * carbon_content * Fraction(44, 12) / (
            1000 if factor.per_unit == "L" else 1
        )
    with pytest.raises(MissingFactorError):
        one.factor("gasoline", "emission_factor", unit="L", fiscal_year=2009)


def test_a_derived_factor_holds_only_while_both_its_parts_hold(tmp_path):
    sets = load(
        tmp_path,
        row(applies_from_fy=2010, applies_to_fy=2022),
        row(kind="carbon_content", value="0.0183", unit="t-C/GJ", applies_from_fy=2015),
    )
    derived = sets["s"].factors[-1]
    assert derived.kind == "emission_factor"
    assert (derived.applies_from, derived.applies_to) == (2015, 2022)


def test_all_problems_are_reported_at_once_with_their_lines(tmp_path):
    error = refused(
        tmp_path,
        row(unit=""),
        row(carrier="diesel", source="hearsay", kind="heat"),
        HEAT,
        row(carrier="kerosene", value="abc"),
        CARBON,
        row(kind="emission_factor", value="23.217", unit="t-CO2/kL"),
        row(),
        row(kind="emission_factor_co2e", value="2.3", unit="t-CO2e(AR5)/kL"),
    )
    assert sorted(lines_of(error)) == [2, 3, 3, 5, 7, 8, 9]
    ja, en = error.text("ja").splitlines(), error.text("en").splitlines()
    assert len(ja) == len(en) == 7
    assert all(line.startswith("my.csv") for line in ja + en)
    assert all(f.severity == "error" for f in error.findings)


def test_missing_columns_are_all_named(tmp_path):
    kept = [c for c in COLUMNS if c not in {"unit", "source"}]
    path = file(tmp_path, HEAT, columns=kept)
    with pytest.raises(FactorError) as caught:
        read_factor_sets(path, KNOWN, "my.csv")
    for text in (caught.value.text("ja"), caught.value.text("en")):
        assert "unit" in text
        assert "source" in text
        assert "my.csv" in text


def test_an_empty_file_lacks_all_columns(tmp_path):
    path = tmp_path / "factors.csv"
    path.write_text("", encoding="utf-8")
    with pytest.raises(FactorError, match="set"):
        read_factor_sets(path, KNOWN, "my.csv")


def test_a_heating_value_of_zero_derives_nothing(tmp_path):
    assert [f.kind for f in load(tmp_path, row(value="0"), CARBON)["s"].factors] == [
        "gross_calorific_value",
        "carbon_content",
    ]


def test_a_programme_over_a_set_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(FactorError, match="nowhere"):
        make_programmes(load(tmp_path, HEAT), {"p": {**FIELDS, "parts": {"all": ["s", "nowhere"]}}})


def test_the_built_in_programmes_never_hesitate_between_two_factors():
    """In every year, carrier, kind and unit there is one factor, or an error that says why there is none."""
    answered = 0
    for one in programmes().values():
        for stated in one.factors():
            for year in range(2008, 2030):
                try:
                    found = one.factor(
                        stated.carrier,
                        stated.kind,
                        unit=stated.per_unit,
                        fiscal_year=year,
                        supplier=stated.supplier,
                    )
                except MissingFactorError:
                    continue
                assert found.holds_in(year)
                assert (found.carrier, found.kind) == (stated.carrier, stated.kind)
                answered += 1
    assert answered > 500


@pytest.mark.parametrize(
    ("heat", "carbon", "co2"),
    [
        (("34.6", "GJ/kL"), ("0.0183", "t-C/GJ"), ("2.3217", "t-CO2/kL")),
        (("34.6", "MJ/L"), ("0.0183", "t-C/GJ"), ("2.3217", "kg-CO2/L")),
        (("0.0346", "GJ/L"), ("0.0000183", "t-C/MJ"), ("0.0023217", "t-CO2/L")),
    ],
)
def test_a_factor_counts_the_same_in_whatever_multiple_its_source_prints_it(tmp_path, heat, carbon, co2):
    cells = (
        {"value": heat[0], "unit": heat[1]},
        {"kind": "carbon_content", "value": carbon[0], "unit": carbon[1]},
        {"kind": "emission_factor", "value": co2[0], "unit": co2[1]},
    )
    for rows, co2_per_litre in (
        (cells, Fraction("0.0023217")),
        (cells[:2], Fraction("0.0346") * Fraction("0.0183") * Fraction(44, 12)),
    ):
        sets = load(tmp_path, *(row(**c) for c in rows))
        one = make_programmes(sets, {"p": {**FIELDS, "parts": {"all": ["s"]}}})["p"]
        chain = Chain("gasoline", "L", one, 2025, "")
        assert chain.energy(Fraction(10))[0] == Fraction("0.346")
        assert chain.co2(Fraction(10))[0] == 10 * co2_per_litre


def test_a_carbon_content_is_given_by_heat(tmp_path):
    error = refused(tmp_path, row(kind="carbon_content", value="0.63", unit="t-C/kL"))
    assert "t-C/GJ" in error.text("ja")
    assert "t-C/GJ" in error.text("en")


def test_a_specific_volume_by_the_tonne_counts_like_one_by_the_kilogram(tmp_path):
    heat = row(carrier="lpg", value="50", unit="GJ/t")
    for value, unit in (("0.5", "m3/kg"), ("500", "m3/t")):
        volume = row(
            carrier="lpg", kind="gas_specific_volume", value=value, unit=unit, volume_basis="lpg_gas"
        )
        one = make_programmes(load(tmp_path, heat, volume), {"p": {**FIELDS, "parts": {"all": ["s"]}}})["p"]
        assert Chain("lpg", "m3_lpg", one, 2025, "").energy(Fraction(500))[0] == 50
