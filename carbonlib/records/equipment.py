"""Equipment by family: which attributes a family has, in which unit, and how each value was learnt."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Annotated, Any, get_args

from pydantic import AfterValidator, Field, ValidationInfo, create_model

from carbonlib.errors import Place, shown
from carbonlib.factors import carriers
from carbonlib.records.datarows import data_rows
from carbonlib.records.equipment_model import Equipment, Family, How, Observed
from carbonlib.records.fields import Id, Range, Strict, Text, refusal
from carbonlib.units import Reading

HOW: tuple[str, ...] = get_args(How)
FAMILIES: tuple[str, ...] = get_args(Family)
PLATE = "銘板"


@dataclass(frozen=True)
class Refrigerant:
    """A refrigerant as a plate names it, and what kind of substance it is."""

    id: str
    kind: str
    evidence: str
    source: str


@dataclass(frozen=True)
class Attribute:
    """Something that is known of machines of some families: an amount in `unit`, or one of some words.

    `families` is empty where every family has it. `range` is None for words.
    """

    name: str
    label_ja: str
    label_en: str
    families: tuple[str, ...]
    unit: str
    range: Range | None
    choices: tuple[str, ...]
    example: str
    hint_ja: str

    def belongs_to(self, family: str) -> bool:
        """Return whether machines of a family have it."""
        return not self.families or family in self.families

    def read(self, text: object) -> Reading | str:
        """Return the value that was written.

        Raises
        ------
        ValueError
            As ``<Japanese>|<English>``, for pydantic.
        """
        if self.range is not None:
            return self.range.read(text)
        if text not in self.choices or not isinstance(text, str):
            known = "・".join(self.choices)
            raise refusal(
                f"「{shown(text)}」ではなく、{known} のどれかを書いてください。",
                f"{shown(text)!r} is none of {known}.",
            )
        return text


def _rows(name: str) -> list[dict[str, str]]:
    text = files(__package__).joinpath("data", name).read_text(encoding="utf-8")
    return [row for _, row in data_rows(text, name, text.partition("\n")[0].split(","))]


@cache
def refrigerants() -> dict[str, Refrigerant]:
    """Return the refrigerants that are known, by name."""
    return {
        r["refrigerant"]: Refrigerant(r["refrigerant"], r["kind"], r["evidence"], r["source"])
        for r in _rows("refrigerants.csv")
    }


def _bound(text: str) -> Decimal | None:
    return Decimal(text) if text else None


@cache
def attributes() -> dict[str, Attribute]:
    """Return the attributes of equipment by name, in the order of the sheet 設備."""
    lists = {"@carriers": tuple(carriers()), "@refrigerants": tuple(refrigerants())}
    found = {}
    for r in _rows("equipment.csv"):
        choices = lists.get(r["choices"]) or tuple(c for c in r["choices"].split(";") if c)
        limits = Range(
            r["unit"],
            r["example"],
            _bound(r["low"]),
            _bound(r["high"]),
            low_included=r["low_included"] == "yes",
            high_included=r["high_included"] == "yes",
        )
        found[r["attribute"]] = Attribute(
            r["attribute"],
            r["label_ja"],
            r["label_en"],
            tuple(f for f in r["families"].split(";") if f),
            r["unit"],
            None if choices else limits,
            choices,
            r["example"],
            r["hint_ja"],
        )
    return found


class _Machine(Strict):
    family: Family
    name: Text
    model: Text = ""
    site: Id | None = None
    year: Annotated[int, Field(ge=1950, le=2100)] | None = None
    number: Annotated[int, Field(ge=1)] = 1
    how: How | None = None
    photo: Text = ""


def _told(value: Mapping[Any, Any]) -> tuple[object, str, str]:
    """Return what `{value: …, how: …, photo: …}` says."""
    if unknown := [k for k in value if k not in {"value", "how", "photo"}]:
        raise refusal(
            f"「{shown(unknown[0])}」は知られていません。value・how・photo だけを書いてください。",
            f"{shown(unknown[0])!r} is not known; write value, how and photo only.",
        )
    if "value" not in value:
        raise refusal("value がありません。値を書いてください。", "value is missing; write it.")
    how, photo = value.get("how", ""), value.get("photo", "")
    if "how" in value and how not in HOW:
        raise refusal(
            f"how は {'・'.join(HOW)} のどれかです（いまは「{shown(how)}」）。",
            f"how is one of {', '.join(HOW)}; got {shown(how)!r}.",
        )
    if not isinstance(photo, str) or len(photo) > 300:
        raise refusal(
            "photo は写真の番号を文字で書いてください（引用符で囲みます）。", "photo must be text; quote it."
        )
    return value["value"], how, photo


def _check(attribute: Attribute) -> Any:
    def check(value: Any, info: ValidationInfo) -> Observed[Any]:
        family = info.data.get("family")
        if family and not attribute.belongs_to(family):
            having = "・".join(attribute.families)
            raise refusal(
                f"{attribute.label_ja}は family が {having} の設備の項目です（この設備は {family}）。消すか、family を"
                f"直してください。",
                f"{attribute.label_en} belongs to the families {having}, and this is {family}; "
                "delete it, or mend the family.",
            )
        told = _told(value) if isinstance(value, Mapping) else (value, "", "")
        return Observed(attribute.read(told[0]), told[1], told[2])

    return check


_FIELDS: Any = {a.name: (Annotated[Any, AfterValidator(_check(a))], None) for a in attributes().values()}
EquipmentEntry: Any = create_model("EquipmentEntry", __base__=_Machine, **_FIELDS)


def equipment_of(entry: Any, site_id: str, place: Place) -> Equipment:
    """Return the equipment of an entry that was validated.

    Parameters
    ----------
    entry : EquipmentEntry
        Of company.yaml.
    site_id : str
        Where it stands, where the entry does not say so.
    place : Place
        Of the entry.
    """
    how, photo = entry.how or "", entry.photo
    values = {}
    for name in attributes():
        value = getattr(entry, name)
        if value is not None and not value.how:
            # what the entry says of the whole machine holds for each value that says nothing itself
            value = Observed(value.reading, how, value.photo or photo)
        values[name] = value
    return Equipment(
        family=entry.family,
        name=entry.name,
        year=entry.year,
        number=entry.number,
        model=entry.model,
        site_id=entry.site or site_id,
        how=how,
        photo=photo,
        place=place,
        **values,
    )
