"""What company.yaml may hold, as it is written."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import AfterValidator, BeforeValidator, Field

from carbonlib.errors import Message, alike, shown
from carbonlib.records.acknowledged import AcknowledgementEntry
from carbonlib.records.activity import ActivityEntry
from carbonlib.records.assessment import DEFAULT_SET, Answer, axis_sets
from carbonlib.records.end_uses import EndUseEntry
from carbonlib.records.equipment import EquipmentEntry
from carbonlib.records.fields import (
    CarrierId,
    Id,
    Personal,
    PersonalName,
    Range,
    Share,
    Strict,
    Text,
    WithUnit,
    YearMonth,
    margin,
    positive,
    refusal,
)
from carbonlib.records.model import ContractBasis, ContractType, Meter, Site
from carbonlib.records.targets import TargetEntry
from carbonlib.records.visit import ContactEntry, PriorGrantEntry, VisitEntry
from carbonlib.units import read

_area = positive(
    "m2", "「1,200 m2」のように正の面積で書いてください。", "write a positive area such as '1,200 m2'."
)
_HOURS = Range("h/年", "4,380 h/年", Decimal(0), Decimal(8784), low_included=False)


def _hours(text: str) -> str:
    _HOURS.read(text)
    return text


def _margin(text: str) -> str:
    margin(text)
    return text


def _axis_set(text: str) -> str:
    if text not in axis_sets():
        known = "・".join(axis_sets())
        raise refusal(f"軸の組は {known} のどれかです。", f"the sets of axes are {known}.")
    return text


USES = {
    "office": "事務所",
    "retail": "物販店",
    "food_retail": "食料品店",
    "restaurant": "飲食店",
    "hospital": "病院・診療所",
    "hotel": "宿泊施設",
    "school": "学校",
    "warehouse": "倉庫",
    "factory": "工場",
    "other": "その他",
}


def _use(value: object) -> object:
    if isinstance(value, str) and value in USES:
        return value
    meant = next((use for use, label in USES.items() if shown(value).strip() in label.split("・")), "")
    near = Message(f"もしかして {meant} ですか。", f"Did you mean {meant}? ") if meant else alike(value, USES)
    raise refusal(
        f"「{shown(value)}」は使えません。{near.ja}{'・'.join(f'{use}（{label}）' for use, label in USES.items())} のどれかです。",
        f"{shown(value)!r} cannot be used. {near.en}It is one of {', '.join(USES)}.",
    )


Use = Annotated[str, BeforeValidator(_use)]


class SiteEntry(Strict):
    """One site."""

    id: Id
    name: PersonalName
    floor_area: Annotated[str, WithUnit, AfterValidator(_area)] | None = None
    employees: Annotated[int, Field(ge=0)] | None = None
    use: Use | None = None
    address: Personal = ""
    built_year: Annotated[int, Field(ge=1850, le=2100)] | None = None
    operating_since: YearMonth = ""
    opening_hours: str = ""
    operating_days: Annotated[int, Field(ge=1, le=366)] | None = None
    operating_hours: Annotated[str, WithUnit, AfterValidator(_hours)] | None = None


class MeterEntry(Strict):
    """One meter, as far as more is known of it than its bills say."""

    id: Text
    site: Id
    carrier: CarrierId = "electricity"
    contract_type: ContractType | None = None
    contract_basis: ContractBasis | None = None
    supplier: str = ""
    menu: str = ""
    tenant_share: Share | None = None
    parent: str = ""


class CompanyEntry(Strict):
    """The whole file."""

    id: Id
    name: PersonalName
    industry: Text
    sample: bool = False
    source: str = ""
    suppliers: dict[CarrierId, Text] = {}
    sites: Annotated[list[SiteEntry], Field(min_length=1)]
    supported_by: list[Text] = []
    equipment: list[EquipmentEntry] = []
    remarks: list[Text] = []
    meters: list[MeterEntry] = []
    acknowledged: list[AcknowledgementEntry] = []
    self_assessment: dict[Id, Answer] = {}
    auditor_assessment: dict[Id, Answer] = {}
    axis_set: Annotated[str, AfterValidator(_axis_set)] = DEFAULT_SET
    questionnaire: dict[Id, Text] = {}
    end_uses: list[EndUseEntry] = []
    visits: list[VisitEntry] = []
    address: Personal = ""
    contact: ContactEntry | None = None
    operating_since: YearMonth = ""
    operating_margin: Annotated[str, WithUnit, AfterValidator(_margin)] | None = None
    target: TargetEntry | None = None
    prior_grants: list[PriorGrantEntry] | None = None
    tenants: Literal["included", "excluded"] = "included"
    activity_drivers: list[ActivityEntry] = []


def site_of(entry: SiteEntry) -> Site:
    """Return a site as the library knows it."""
    return Site(
        id=entry.id,
        name=entry.name,
        floor_area_m2=None if entry.floor_area is None else read(entry.floor_area).value,
        employees=entry.employees,
        use=entry.use or "",
        address=entry.address,
        built_year=entry.built_year,
        operating_since=entry.operating_since,
        opening_hours=entry.opening_hours,
        operating_days=entry.operating_days,
        operating_hours=None if entry.operating_hours is None else read(entry.operating_hours).value,
    )


def meter_of(entry: MeterEntry) -> Meter:
    """Return a meter as the library knows it."""
    return Meter(
        id=entry.id,
        site_id=entry.site,
        carrier=entry.carrier,
        contract_type=entry.contract_type or "",
        contract_basis=entry.contract_basis or "",
        supplier=entry.supplier,
        menu=entry.menu,
        tenant_share=None if entry.tenant_share is None else Decimal(entry.tenant_share),
        parent=entry.parent,
    )
