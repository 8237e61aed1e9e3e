"""Reading quantities that people wrote: number and unit apart, through an exact table, never guessed.

pint's own parser is never given outside text: to it `ton` is 907 kg and full-width `1２3 kWh` is 1 kWh.
"""

from __future__ import annotations

import difflib
import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal

from carbonlib.errors import UnitError, shown
from carbonlib.units.registry import Q_, Quantity, unit_of
from carbonlib.units.spellings import GEOMETRIC, VOLUME_MARK, key, refused, table, volume_bases

_SIGN = {"▲": "-", "△": "-", "−": "-", "-": "-", "+": "", "": ""}
_NUMBER = re.compile(r"([-−▲△+]?)\s*((?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?)(?![\d.,])", re.ASCII)
_BY_YEAR = re.compile(r"\s*[/／]\s*(年|year)$")
_LONGEST_NUMBER = 28  # digits; far beyond any amount of energy, and what decimal multiplies exactly
_LONGEST_TEXT = 200
# NFKC turns 10³ into 103, ① into 1, 10₂ into 102 and 5㏠ into 51日: such characters are let through only where
# they belong to a unit, as the exponent of m, in CO₂, and in the squared and cubed metres of one character.
_PART_OF_UNIT = re.compile(r"(?<=[mｍ])[²³]|(?<=[OoＯｏ])₂|[㎡㎥]")


@dataclass(frozen=True)
class Reading:
    """A quantity as it was read: the number with its printed digits, and what one of its unit is in `unit`.

    2,298.48 千kWh is the number 2298.48, the scale 1000 and the registry's unit kWh.
    """

    number: Decimal
    scale: Decimal
    unit: str

    @property
    def value(self) -> Decimal:
        """The exact value in the registry's unit."""
        return self.number * self.scale

    @property
    def quantity(self) -> Quantity:
        """The same as a pint quantity of a float."""
        return Q_(float(self.value), unit_of(self.unit))


def _fail(id: str, ja: str, en: str) -> UnitError:
    error = UnitError.of(id, ja=ja, en=en)
    assert isinstance(error, UnitError)
    return error


def _is_odd_digit(char: str) -> bool:
    """Return whether NFKC would make digits of a character that is no decimal digit itself."""
    kind = unicodedata.category(char)
    made = not char.isascii() and kind != "Nd" and re.search("[0-9]", unicodedata.normalize("NFKC", char))
    return kind in {"No", "Nl"} or bool(made)


def _normal(text: object) -> str:
    if not isinstance(text, str):
        raise _fail(
            "unit.not_text",
            f"数量は単位を付けた文字列で書いてください（例 1,200 kWh）。「{shown(text)}」は読めません。",
            f"Write a quantity as text with its unit, as in '1,200 kWh'; cannot read {shown(text)!r}.",
        )
    if len(text) > _LONGEST_TEXT:
        raise _fail(
            "unit.too_long",
            f"数量としては長すぎます（{_LONGEST_TEXT} 文字まで）。「{shown(text, 20)}」",
            f"Too long for a quantity (at most {_LONGEST_TEXT} characters): {shown(text, 20)!r}.",
        )
    plain = _PART_OF_UNIT.sub("", text)
    if odd := [c for c in plain if _is_odd_digit(c)]:
        raise _fail(
            "unit.odd_digit",
            f"「{shown(text)}」の「{odd[0]}」は数字として読めません。ふつうの数字（0〜9）で書いてください。",
            f"{odd[0]!r} in {shown(text)!r} is not readable as a digit; write plain digits 0 to 9.",
        )
    return unicodedata.normalize("NFKC", text).strip()


def _split(text: str, original: object, example: str = "2,298,480 kWh") -> tuple[Decimal, str]:
    """Return the exact number at the head of a normalised text, and what follows it."""
    match = _NUMBER.match(text)
    if not match:
        raise _fail(
            "unit.no_number",
            f"「{shown(original)}」は数値で始まっていないか、桁区切りが正しくありません。"
            f"「{example}」のように書いてください（分からない値は空欄のままにします）。",
            f"{shown(original)!r} does not start with a number, or its thousands separators are "
            f"misplaced; write it as in '{example}', and leave blank what is not known.",
        )
    digits = match[2].replace(",", "")
    if len(digits) > _LONGEST_NUMBER:
        raise _fail(
            "unit.too_many_digits",
            f"「{shown(original)}」は桁数が多すぎます。数値を確かめてください。",
            f"{shown(original)!r} has too many digits; check the number.",
        )
    rest = text[match.end() :]
    if re.match(r"[eE][-+]?\d", rest):
        raise _fail(
            "unit.exponent",
            f"「{shown(original)}」は指数表記です。下の桁が失われていることがあるので、すべての桁を書いてください。",
            f"{shown(original)!r} is in exponent notation, which may have lost digits; write all digits.",
        )
    return Decimal(_SIGN[match[1]] + digits), rest.strip()


def read_number(text: str) -> Decimal:
    """Return the exact number of a cell that holds no unit.

    Raises
    ------
    UnitError
        Where the text is no number, or more than one.

    >>> read_number("▲２，２９８．５")
    Decimal('-2298.5')
    """
    value, rest = _split(_normal(text), text, "2,298,480")
    if rest:
        raise _fail(
            "unit.not_a_number",
            f"「{shown(text)}」の「{shown(rest)}」は余分です。数値だけを書いてください。",
            f"{shown(rest)!r} in {shown(text)!r} does not belong here; write the number alone.",
        )
    return value


def _part(part: str, whole: str, volume_basis: str | None) -> tuple[str, Decimal]:
    """Return the registry's unit and scale of one part of a unit."""
    name = key(part)
    if name in refused():
        why = refused()[name]
        raise _fail(
            "unit.ambiguous",
            f"単位「{shown(part)}」は{why.why_ja}。代わりの書き方: {why.write}。",
            f"The unit {shown(part)!r} {why.why_en}; write instead: {why.write}.",
        )
    if name not in table():
        near = difflib.get_close_matches(name, table().keys(), n=3, cutoff=0.5)
        hint = "、".join(table()[n].spelling for n in near) or "kWh、L、kg、m3、円"
        raise _fail(
            "unit.unknown",
            f"単位「{shown(part)}」は読めません（「{shown(whole)}」）。近い書き方: {hint}。",
            f"The unit {shown(part)!r} in {shown(whole)!r} is not known; close to it: {hint}.",
        )
    one = table()[name]
    if one.unit != VOLUME_MARK:
        return one.unit, one.scale
    if volume_basis == GEOMETRIC:
        return "m3", one.scale
    if volume_basis is None:
        raise _fail(
            "unit.gas_without_kind",
            f"「{shown(whole)}」の m3 は、都市ガスか LP ガスか、どの状態の体積かで熱量が最大 3 倍違います。"
            "エネルギー種別（city_gas・lpg）を添えるか、Nm3 のように状態を書いてください。",
            f"m3 in {shown(whole)!r} may be city gas or LPG, at one of several reference states; "
            "name the carrier (city_gas, lpg), or write the state, as in Nm3.",
        )
    if volume_basis not in volume_bases():
        raise _fail(
            "unit.volume_basis",
            f"体積の基準「{shown(volume_basis)}」はありません。{'・'.join(volume_bases())} のどれかです。",
            f"There is no volume basis {shown(volume_basis)!r}; there are {', '.join(volume_bases())}.",
        )
    return volume_bases()[volume_basis].unit, one.scale


def read_unit(text: str, *, volume_basis: str | None = None) -> tuple[str, Decimal]:
    """Return the registry's expression and the scale of a unit, as in ``円/kWh`` or ``kWh/年``.

    A bracket below the stroke holds a unit of its own, as in the specific power of compressors.

    >>> read_unit("千円/年"), read_unit("kW/(m3/min)", volume_basis="geometric")
    (('JPY/year', Decimal('1000')), ('kW/(m3/min)', Decimal('1')))
    """
    whole = _normal(text)
    if not whole:
        raise _fail(
            "unit.missing", "単位がありません。kWh・L・kg・m3 などを書いてください。", "The unit is missing."
        )
    if bracket := re.fullmatch(r"([^/]+)/\(([^()]+/[^()]+)\)", whole):
        top, scale = read_unit(bracket[1], volume_basis=volume_basis)
        bottom, divisor = read_unit(bracket[2], volume_basis=volume_basis)
        return f"{top}/({bottom})", scale / divisor
    # the spelling table itself has no "/" in it, so every "/" divides
    numerator, *denominators = whole.split("/")
    if not numerator:
        raise _fail(
            "unit.unknown",
            f"単位「{shown(whole)}」は「/」で始まっています。",
            f"The unit {shown(whole)!r} starts with '/'.",
        )
    unit, scale = _part(numerator, whole, volume_basis)
    for denominator in denominators:
        for part in denominator.split("・"):
            below, below_scale = _part(part, whole, volume_basis)
            unit, scale = f"{unit}/{below}" if "*" not in below else f"{unit}/({below})", scale / below_scale
    return unit, scale


def unit_written(text: str) -> str:
    """Return the unit of a written quantity as it stands there.

    Raises
    ------
    UnitError
        Where the text does not begin with a number, or ends with it.

    >>> unit_written("1,200 Nm3")
    'Nm3'
    """
    _, unit = _split(_normal(text), text)
    if not unit:
        raise _missing(text)
    return unit


def _missing(text: str) -> UnitError:
    return _fail(
        "unit.missing",
        f"「{shown(text)}」に単位がありません。「{shown(text)} kWh」のように書いてください。",
        f"{shown(text)!r} has no unit; write it as in '{shown(text)} kWh'.",
    )


def read(text: str, *, volume_basis: str | None = None) -> Reading:
    """Return the exact reading of a written quantity; the arguments are those of `parse`."""
    value, rest = _split(_normal(text), text)
    if not rest:
        raise _missing(text)
    unit, scale = read_unit(rest, volume_basis=volume_basis)
    return Reading(value, scale, unit)


def of_a_year(text: str) -> str:
    """Return the amount of a year without the year, for fields that hold nothing else; other texts as they are.

    >>> of_a_year("127,740 kWh/年"), of_a_year("１２７，７４０　ｋＷｈ／年"), of_a_year("9 kWh / year"), of_a_year("5 kWh/月")
    ('127,740 kWh', '１２７，７４０\u3000ｋＷｈ', '9 kWh', '5 kWh/月')
    """
    return _BY_YEAR.sub("", text.strip())


def parse(text: str, *, volume_basis: str | None = None) -> Quantity:
    """Return the quantity that a person wrote.

    Parameters
    ----------
    text : str
        A number and a unit, full-width or not, with or without thousands separators.
    volume_basis : str, optional
        The state that ``m3`` stands for: a name of `volume_bases.csv`, or ``"geometric"`` for plain volume.
        `carbonlib.factors.read_carrier` takes it from the factor set.

    Returns
    -------
    Quantity

    Raises
    ------
    UnitError
        For anything that is not exactly one readable quantity, with what to write instead.

    >>> parse("２，２９８，４８０ ｋＷｈ／年")
    <Quantity(2298480.0, 'kilowatt_hour / year')>
    >>> parse("2,298.48 千kWh") == parse("2298480kwh")
    True
    """
    return read(text, volume_basis=volume_basis).quantity


_TEMPERATURE = {"°c", "℃", "degc", "度"}


def read_temperature(text: str) -> Reading:
    """Return the reading of a temperature or of a difference of two, written in ℃; for fields that hold nothing else.

    >>> read_temperature("240 ℃"), read_temperature("▲5℃").number
    (Reading(number=Decimal('240'), scale=Decimal('1'), unit='degC'), Decimal('-5'))
    """
    value, rest = _split(_normal(text), text)
    if key(rest) not in _TEMPERATURE:
        raise _fail(
            "unit.temperature",
            f"温度は「240 ℃」のように書いてください。「{shown(text)}」は読めません。",
            f"Write a temperature as in '240 ℃'; cannot read {shown(text)!r}.",
        )
    return Reading(value, Decimal(1), "degC")
