"""The entries of proposals.yaml as pydantic checks them."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field, model_validator

from carbonlib.records.end_uses import uses
from carbonlib.records.fields import CarrierId, Id, Strict, Text, WithUnit, day, positive, refusal
from carbonlib.records.proposal_model import LONGEST_LIFE, CapitalCategory, CapitalTax, Status
from carbonlib.records.subsidy_round import EQUIPMENT
from carbonlib.units import read

_LONG = 2000  # characters of a free text

_money = positive(
    "JPY", "「3,880 千円」のように正の金額で書いてください。", "write a positive sum such as '3,880 千円'."
)
_YEARS = (
    f"「13 年」のように 1〜{LONGEST_LIFE} 年の整数で書いてください。",
    f"write whole years from 1 to {LONGEST_LIFE}, as in '13 年'.",
)
_positive_years = positive("year", *_YEARS)


def _years(text: str) -> str:
    _positive_years(text)
    reading = read(text)
    if reading.unit != "year" or reading.value not in range(1, LONGEST_LIFE + 1):
        raise refusal(*_YEARS)
    return text


_power = positive("kW", "「5 kW」のように書いてください。", "write it as in '5 kW'.")
_share = positive("percent", "「1.5 %」のように書いてください。", "write it as in '1.5 %'.")


def share_of(text: str) -> Decimal:
    """Return a written percentage as a share. [1]"""
    return read(text).value / Decimal(100)


def _month(text: str) -> str:
    if not re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])", text):
        raise refusal('"2026-10" のように書いてください。', 'write a month as in "2026-10".')
    return text


def _end_use(text: str) -> str:
    known = [u.id for u in uses().values() if u.entered]
    if text not in known:
        raise refusal(f"用途は {'・'.join(known)} のどれかです。", f"the uses are {', '.join(known)}.")
    return text


def _equipment(text: str) -> str:
    if text not in EQUIPMENT:
        known = "・".join(EQUIPMENT)
        raise refusal(f"設備の種類は {known} のどれかです。", f"the classes of equipment are {known}.")
    return text


Long = Annotated[str, Field(max_length=_LONG)]


class CapitalEntry(Strict):
    """One line of the investment."""

    item: Text
    amount: Annotated[str, WithUnit, AfterValidator(_money)]
    tax: CapitalTax = "不明"
    category: CapitalCategory = "equipment"


class LoadEntry(Strict):
    """The load that a proposal acts on."""

    use: Annotated[str, AfterValidator(_end_use)] | None = None
    part: str = ""


class HoursEntry(Strict):
    """When energy is saved."""

    bands: dict[Id, Annotated[str, WithUnit, AfterValidator(_share)]] = {}
    months: list[Annotated[int, Field(ge=1, le=12)]] = []

    @model_validator(mode="after")
    def _whole(self) -> HoursEntry:
        if self.bands and sum(share_of(s) for s in self.bands.values()) != 1:
            raise refusal(
                "bands の割合は合計 100 % にしてください。", "the shares of the bands must add up to 100 %."
            )
        return self


class LoanEntry(Strict):
    """A loan."""

    principal: Annotated[str, WithUnit, AfterValidator(_money)]
    rate: Annotated[str, WithUnit, AfterValidator(_share)]
    years: Annotated[int, Field(ge=1, le=40)]
    equal: Literal["元利均等", "元金均等"] = "元利均等"


class MeasuredEntry(Strict):
    """What was saved in a later year."""

    fiscal_year: Annotated[int, Field(ge=2000, le=2100)]
    saved: dict[CarrierId, Text]
    note: Long = ""


class SubsidyEntry(Strict):
    """What a subsidy asks about the equipment."""

    equipment: list[Annotated[str, AfterValidator(_equipment)]] | None = None
    installed_year: Annotated[int, Field(ge=1950, le=2100)] | None = None
    high_efficiency: list[Text] | None = None
    with_battery: bool | None = None
    with_ems: bool | None = None
    ems_saved: dict[CarrierId, Text] | None = None
    certifications: list[Text] | None = None
    improvement: Annotated[str, WithUnit, AfterValidator(_share)] | None = None
    ordered: bool | None = None
    ordered_on: Annotated[str, AfterValidator(day)] | None = None


class ProposalEntry(Strict):
    """One proposal."""

    number: Text
    title: Text
    measure: Text
    classification: str = ""
    kind: Literal["operational", "capital"] | None = None
    site: Id | None = None
    load: LoadEntry = LoadEntry()
    inputs: dict[str, Any]
    capital: list[CapitalEntry] | None = None
    useful_life: Annotated[str, WithUnit, AfterValidator(_years)] | None = None
    month: Annotated[str, AfterValidator(_month)] | None = None
    present: Long = ""
    reason: Long = ""
    method: Long = ""
    benefits: list[Long] = []
    remarks: list[Long] = []
    status: Status = "提案"
    done_on: Annotated[str, AfterValidator(day)] | None = None
    declined_because: Long = ""
    measured: list[MeasuredEntry] = []
    alternatives: list[Text] = []
    peak_cut: Annotated[str, WithUnit, AfterValidator(_power)] | None = None
    prices: dict[CarrierId, Text] = {}
    saved_hours: HoursEntry = HoursEntry()
    loan: LoanEntry | None = None
    subsidy: SubsidyEntry = SubsidyEntry()


class ProposalsFile(Strict):
    """The whole file."""

    order: list[Text] = []
    proposals: list[ProposalEntry]
