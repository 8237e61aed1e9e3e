"""Reading what people write: every accepted spelling, every refusal, and no silent factor of a thousand."""

from __future__ import annotations

import csv
import math
import re
import unicodedata
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

import carbonlib.units
from carbonlib.errors import UnitError
from carbonlib.units import GEOMETRIC, Q_, parse, ratio, read, read_number, read_unit, ureg, volume_bases

FOLDER = Path(carbonlib.units.__file__).parent


def rows(name: str) -> list[dict[str, str]]:
    return list(csv.DictReader((FOLDER / name).read_text("utf-8").splitlines()))


SPELLINGS, REFUSED = rows("spellings.csv"), rows("refused.csv")
PLAIN = [r for r in SPELLINGS if r["unit"] != "@volume"]
GAS = [r for r in SPELLINGS if r["unit"] == "@volume"]


def refusal(text: object, **options: str) -> UnitError:
    with pytest.raises(UnitError) as caught:
        parse(text, **options)
    return caught.value


# --- what is read


def test_the_full_width_example_of_a_bill():
    assert parse("２，２９８，４８０ ｋＷｈ／年") == Q_(2298480.0, "kWh/year")


@pytest.mark.parametrize("row", PLAIN, ids=lambda r: r["spelling"])
def test_every_spelling_is_read_at_its_scale(row):
    reading = read(f"7 {row['spelling']}")
    assert reading.value == 7 * Decimal(row["scale"])
    assert Q_(1, reading.unit) == Q_(1, row["unit"])


@pytest.mark.parametrize("row", GAS, ids=lambda r: r["spelling"])
@pytest.mark.parametrize("basis", [*volume_bases(), GEOMETRIC])
def test_every_spelling_of_a_gas_volume_takes_the_state_it_is_told(row, basis):
    reading = read(f"7 {row['spelling']}", volume_basis=basis)
    assert reading.value == 7 * Decimal(row["scale"])
    assert reading.unit == ("m3" if basis == GEOMETRIC else volume_bases()[basis].unit)


@pytest.mark.parametrize("row", GAS, ids=lambda r: r["spelling"])
def test_a_gas_volume_without_its_kind_is_refused(row):
    error = refusal(f"295 {row['spelling']}")
    assert "city_gas" in error.text()
    assert "lpg" in error.text()
    assert "Nm3" in error.text()


def test_labels_and_scales_of_the_table_agree():
    """千 in a spelling is 1000 of the same unit without it, 万 is 10000, and so on."""
    scale_of = {r["spelling"]: (r["unit"], Decimal(r["scale"])) for r in SPELLINGS}
    words = {"百万": 10**6, "千": 1000, "万": 10**4, "億": 10**8}
    checked = 0
    for spelling, (unit, scale) in scale_of.items():
        for word, times in words.items():
            if spelling.startswith(word) and (bare := spelling.removeprefix(word)) in scale_of:
                assert (unit, scale) == (scale_of[bare][0], times * scale_of[bare][1]), spelling
                checked += 1
                break
    assert checked >= 20


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("2,298.48 千kWh", "2298480", "kWh"),
        ("▲1,234.5 t-CO₂", "-1234.5", "t_CO2"),
        ("△5kWh", "-5", "kWh"),
        ("−5 kWh", "-5", "kWh"),
        ("+5 kWh", "5", "kWh"),
        ("1 m²", "1", "m2"),
        ("３㎡", "3", "m2"),
        ("27.42 円/kWh", "27.42", "JPY/kWh"),
        ("3 kWh/人・年", "3", "kWh/person/year"),
        ("0.495 t-CO2/千kWh", "0.000495", "t_CO2/kWh"),
        ("113 万t-CO2", "1130000", "t_CO2"),
        ("63,075 千円", "63075000", "JPY"),
        ("0 kWh", "0", "kWh"),
        ("10 ㌔㍗", "10", "kW"),
        ("1 ｔ－Ｃ", "1", "t_C"),
    ],
)
def test_amounts_as_they_stand_on_bills_and_reports(text, value, unit):
    reading = read(text)
    assert (reading.value, Q_(1, reading.unit)) == (Decimal(value), Q_(1, unit))


@pytest.mark.parametrize(
    ("text", "expected"),
    [("▲２，２９８．５", "-2298.5"), ("1,000", "1000"), (" 0.10 ", "0.10"), ("００７", "7"), ("+3", "3")],
)
def test_numbers_without_a_unit(text, expected):
    assert read_number(text) == Decimal(expected)


def test_a_number_of_28_digits_stays_exact():
    digits = "1234567890123456789012345678"
    assert Fraction(read(f"{digits} 億kWh").value) == int(digits) * 10**8


def test_units_alone():
    assert read_unit("千円/年") == ("JPY/year", Decimal(1000))
    assert read_unit("円/千m3", volume_basis="ambient") == ("JPY/ambient_cubic_meter", Decimal("0.001"))
    assert parse("6.5 kW/(m³/min)", volume_basis="geometric").to("kW*min/m3").magnitude == 6.5


# --- what is refused, and what is said


@pytest.mark.parametrize("row", REFUSED, ids=lambda r: r["spelling"])
def test_every_refused_spelling_says_what_to_write(row):
    error = refusal(f"100 {row['spelling']}")
    assert row["write"] in error.text("ja")
    assert row["why_ja"] in error.text("ja")
    assert row["write"] in error.text("en")
    assert row["why_en"] in error.text("en")


TRAPS = [
    ("10³ kWh", "³", "NFKC makes 103 of it"),
    ("10₂ kWh", "₂", "NFKC makes 102 of it"),
    ("₂ kWh", "₂", "NFKC makes 2 of it"),
    ("10⁴ kWh", "⁴", "NFKC makes 104 of it"),
    ("① kWh", "①", "NFKC makes 1 of it"),
    ("5① kWh", "①", "NFKC makes 51 of it"),
    ("1½ kWh", "½", "NFKC makes 11⁄2 of it"),
    ("½ kWh", "½", "no plain digits"),
    ("5㏠", "㏠", "NFKC makes 51日 of it"),
    ("5㋀", "㋀", "NFKC makes 51月 of it"),
    ("Ⅲ kWh", "Ⅲ", "Roman numeral"),
    ("1.234,5 kWh", "1.234,5", "European separators"),
    ("1,23 kWh", "1,23", "decimal comma"),
    ("12,345,67 kWh", "12,345,67", "misplaced separator"),
    ("1,2345 kWh", "1,2345", "misplaced separator"),
    ("1,000. kWh", "1,000.", "unfinished decimals"),
    ("1.2.3 kWh", "1.2.3", "a date or a version"),
    (".5 kWh", ".5", "no digit before the point"),
    ("1e3 kWh", "指数", "exponents lose digits"),
    ("1E+05 kWh", "指数", "what a spreadsheet leaves"),
    ("1 234 kWh", "234", "space as separator"),
    ("1 5kWh", "5kWh", "two numbers"),
    ("", "数値", "an empty cell"),
    ("　", "数値", "a full-width space"),
    ("－", "数値", "a dash for nothing"),
    ("約 100 kWh", "数値", "words first"),
    ("kWh", "数値", "no number"),
    ("100", "単位", "no unit"),
    ("--5 kWh", "数値", "two signs"),
    ("100 ton", "代わりの書き方: t", "907 kg elsewhere"),
    ("5 K", "「K」", "kelvin or thousand"),
    ("5 kWh kWh", "kWh kWh", "the unit twice"),
    ("5 kWh/", "「」", "nothing below the line"),
    ("5 /kWh", "「/」", "nothing above the line"),
    ("5 kWh*2", "kWh*2", "an expression"),
    ("5 kilowatt_hour", "kilowatt_hour", "the registry's names are not spellings"),
    ("5 kWh; rm -rf", "kWh", "more than a unit"),
    ("5 @volume", "@volume", "our own mark"),
    ("NaN kWh", "数値", "not a number"),
    ("inf kWh", "数値", "not finite"),
    ("∞ kWh", "数値", "not finite"),
    ("٣ kWh", "数値", "other digits are not guessed at"),
    ("1\u200b2 kWh", "単位", "an invisible space inside a number"),
    ("9" * 29 + " kWh", "桁数", "too many digits"),
    ("9" * 300 + " kWh", "長すぎ", "too long"),
]


@pytest.mark.parametrize(("text", "said", "why"), TRAPS, ids=[repr(t[0])[:24] for t in TRAPS])
def test_traps_are_refused_with_a_sentence_naming_the_spot(text, said, why):
    error = refusal(text)
    assert said in error.text("ja"), why
    assert re.search("[a-z]{4}", error.text("en"))


@pytest.mark.parametrize("thing", [None, 5, 5.0, b"5 kWh", ["5 kWh"], float("nan"), Decimal(5), Q_(5, "kWh")])
def test_only_text_is_read(thing):
    error = refusal(thing)
    assert "文字列" in error.text()
    assert "1,200 kWh" in error.text()


@pytest.mark.parametrize("text", ["5 kWh", "1 2", "5円", "", "1,23", "NaN", "−", "1e5", "①", "１２－３"])
def test_a_number_cell_holds_one_number_and_nothing_else(text):
    with pytest.raises(UnitError):
        read_number(text)


def test_an_unknown_unit_names_near_ones_in_both_languages():
    error = refusal("5 kWhh")
    assert "kWh" in error.text("ja")
    assert "近い書き方" in error.text("ja")
    assert "close to it" in error.text("en")


def test_an_unknown_volume_basis_names_those_there_are():
    error = refusal("5 m3", volume_basis="warm")
    assert all(basis in error.text() for basis in volume_bases())


def test_a_message_about_foreign_text_is_one_line_without_control_characters():
    text = refusal("5 <b>\n\u202e\u0007kWh\u2028x").text()
    assert "\n" not in text
    assert not any(unicodedata.category(c) in {"Cc", "Cf"} for c in text)


# --- properties

numbers = st.decimals(
    min_value=-(10**9), max_value=10**9, places=3, allow_nan=False, allow_infinity=False
).map(abs)
plain_units = st.sampled_from(PLAIN)
same_dimension_pairs = [
    (one, two)
    for one in sorted({r["unit"] for r in PLAIN})
    for two in sorted({r["unit"] for r in PLAIN})
    if ureg.parse_units(one).dimensionality == ureg.parse_units(two).dimensionality
]


@given(
    st.floats(min_value=-1e12, max_value=1e12, allow_subnormal=False), st.sampled_from(same_dimension_pairs)
)
def test_there_and_back_again_is_the_identity(number, pair):
    one, two = pair
    there = Q_(number, one).to(two)
    assert there.to(one).magnitude == pytest.approx(number, rel=1e-12)
    assert ratio(one, two) * ratio(two, one) == 1


@given(numbers, st.integers(1, 1000), plain_units)
def test_reading_scales_linearly(number, times, row):
    once = read(f"{number} {row['spelling']}")
    assert read(f"{number * times} {row['spelling']}").value == once.value * times


def full_width(text: str) -> str:
    return "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in text)


@given(
    number=st.integers(0, 10**12),
    row=plain_units,
    wide=st.booleans(),
    commas=st.booleans(),
    case=st.sampled_from([str, str.upper, str.lower]),
    before=st.sampled_from(["", " ", "　", "\u00a0 "]),
    between=st.sampled_from(["", " ", "　", "  "]),
    inside=st.sampled_from(["", " ", "　"]),
)
def test_ways_of_writing_read_the_same(number, row, wide, commas, case, before, between, inside):
    digits = f"{number:,}" if commas else str(number)
    spelling = inside.join(case(row["spelling"]))
    written = before + digits + between + spelling + before
    if wide:
        written = full_width(written)
    assert read(written) == read(f"{number} {row['spelling']}")
    assert parse(written) == parse(f"{number} {row['spelling']}")


SCALES: dict[str, Decimal] = {}
for _row in SPELLINGS:
    _plain = unicodedata.normalize("NFKC", _row["spelling"]).casefold()
    SCALES[_plain] = Decimal(_row["scale"])


def independent_reading(text: str) -> Fraction:
    """Read an accepted text again by other means: only true decimal digits count, then the table's scales."""
    signs = re.match(r"\s*[▲△－−+＋-]?\s*", text)
    at = signs.end()
    digits = ""
    while at < len(text):
        folded = unicodedata.normalize("NFKC", text[at])
        if unicodedata.category(text[at]) == "Nd":
            digits += str(unicodedata.decimal(text[at]))
        elif folded in {".", ","}:
            digits += folded.strip(",")
        else:
            break
        at += 1
    unit = unicodedata.normalize("NFKC", text[at:]).translate({ord(c): "-" for c in "‐‑‒–—−"})
    head, *below = "".join(unit.split()).casefold().replace("・", "/").split("/")
    value = Fraction(digits) * Fraction(SCALES[head])
    for part in below:
        value /= Fraction(SCALES[part])
    return -value if set(signs[0]) & set("▲△－−-") else value


def never_a_wrong_thousand(text: str) -> None:
    try:
        reading = read(text, volume_basis=GEOMETRIC)
    except UnitError:
        return
    assert Fraction(reading.value) == independent_reading(text), text
    assert math.isfinite(parse(text, volume_basis=GEOMETRIC).magnitude)


@settings(max_examples=400)
@given(st.text())
@example("10³kWh")
@example("10₂kWh")
@example("5㏠")
def test_any_text_is_read_rightly_or_refused(text):
    never_a_wrong_thousand(text)


bill_like = st.lists(
    st.one_of(
        st.sampled_from(
            list("0123456789０１２３４５６７８９.,，．-−▲△+／/・ 　()（）①③²³₂½㏠㋀㎥㎡eE千万億百")
        ),
        st.sampled_from([r["spelling"] for r in SPELLINGS]),
        st.integers(0, 10**7).map(str),
        st.integers(0, 10**9).map("{:,}".format),
    ),
    max_size=8,
).map("".join)


@settings(max_examples=1500)
@given(bill_like)
def test_text_like_a_bill_is_read_rightly_or_refused(text):
    never_a_wrong_thousand(text)


@settings(max_examples=400)
@given(st.text(alphabet=st.characters(categories=["No", "Nl", "Nd", "So", "Sm"]), min_size=1), plain_units)
def test_odd_digits_never_change_a_number(odd, row):
    never_a_wrong_thousand(f"1{odd} {row['spelling']}")


def test_no_single_character_of_unicode_adds_a_digit_to_a_number():
    """Every character there is, after a 5: it is the number's own digit, or the reading is 5 of something."""
    unwatched = []
    for code in range(0x110000):
        char = chr(code)
        folded = unicodedata.normalize("NFKC", char)
        if char.isascii() or not re.search("[0-9]", folded) or unicodedata.category(char) == "Nd":
            continue
        for text in (f"5{char}", f"5{char} kWh", f"{char} kWh"):
            try:
                if read(text, volume_basis=GEOMETRIC).value != 5:
                    unwatched.append(text)
            except UnitError:
                continue
    assert unwatched == []
