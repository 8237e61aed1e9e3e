"""The entries of a file under parameters/subsidies/: the vocabulary in which a round's rules are written."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from fractions import Fraction
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, model_validator

from carbonlib.errors import shown
from carbonlib.records.fields import Id, Strict, Text, day, positive, refusal
from carbonlib.records.subsidy_round import COST_LINES, EQUIPMENT, AtTheLine, Method, Priority

Amount = Annotated[
    str, AfterValidator(positive("JPY", "「300 万円」のように書いてください。", "write it as in '300 万円'."))
]
Co2 = Annotated[
    str, AfterValidator(positive("t_CO2", "「3 t-CO2」のように書いてください。", "write it as in '3 t-CO2'."))
]
CrudeOil = Annotated[
    str,
    AfterValidator(
        positive("kL_coe", "「50 kL原油換算」のように書いてください。", "write it as in '50 kL原油換算'.")
    ),
]
Co2PerKwh = Annotated[
    str,
    AfterValidator(
        positive(
            "t_CO2/kWh",
            "「0.452 t-CO2/千kWh」のように書いてください。",
            "write it as in '0.452 t-CO2/千kWh'.",
        )
    ),
]
Percent = Annotated[
    str, AfterValidator(positive("percent", "「10 %」のように書いてください。", "write it as in '10 %'."))
]
Day = Annotated[str, AfterValidator(day)]
Year = Annotated[int, Field(ge=1990, le=2100)]
Count = Annotated[int, Field(ge=1, le=600)]
Evidence = Literal["statute", "published", "secondary", "assumption"]


def _one_of(words: Mapping[str, object], ja: str, en: str) -> Callable[[str], str]:
    def check(text: str) -> str:
        if text not in words:
            raise refusal(
                f"{ja}「{shown(text)}」はありません。{'・'.join(words)} のどれかです。",
                f"there is no {en} {shown(text)!r}; there are {', '.join(words)}.",
            )
        return text

    return check


Equipment = Annotated[str, AfterValidator(_one_of(EQUIPMENT, "設備の種類", "class of equipment"))]
CostLine = Annotated[str, AfterValidator(_one_of(COST_LINES, "費目", "cost line"))]


def _rate(text: str) -> str:
    try:
        fits = 0 < Fraction(text) <= 1
    except (ValueError, ZeroDivisionError):
        fits = False
    if not fits:
        raise refusal(
            '補助率は "1/3" のように 1 以下の分数で書いてください。', 'write the rate as in "1/3", at most 1.'
        )
    return text


Rate = Annotated[str, AfterValidator(_rate)]


class GroundEntry(Strict):
    """What every rule may say of itself; what it leaves out is the round's."""

    evidence: Evidence | None = None
    source: str | None = None
    note: str = ""


class SourceEntry(Strict):
    publisher: Text
    title: Text
    published: str = ""
    address: str = ""


class FactorsEntry(GroundEntry):
    programme: Text
    fiscal_year: Year
    electricity: Co2PerKwh | None = None


class Co2Entry(GroundEntry):
    at_least: Co2


class CrudeOilEntry(GroundEntry):
    at_least: CrudeOil


class AgeEntry(GroundEntry):
    years: Count
    as_of: Day | None = None


class OperationEntry(GroundEntry):
    months: Count


class EfficiencyEntry(Strict):
    id: Id
    label: Text
    at_least: Percent | None = None


class HighEfficiencyEntry(GroundEntry):
    one_of: Annotated[list[EfficiencyEntry], Field(min_length=1)]


class PriorGrantsEntry(GroundEntry):
    excluded: Annotated[dict[Id, Text], Field(min_length=1)]


class BundleEntry(GroundEntry):
    needs: Annotated[list[Literal["battery", "ems", "equipment"]], Field(min_length=1)]


class NoOrderEntry(GroundEntry):
    award_on: Day | None = None


class RulesEntry(Strict):
    co2_reduction: Co2Entry | None = None
    ems_co2_reduction: Co2Entry | None = None
    crude_oil_equivalent: CrudeOilEntry | None = None
    equipment_age: AgeEntry | None = None
    company_operation: OperationEntry | None = None
    site_operation: OperationEntry | None = None
    high_efficiency: HighEfficiencyEntry | None = None
    prior_grants: PriorGrantsEntry | None = None
    bundle: BundleEntry | None = None
    no_order_before_award: NoOrderEntry | None = None


class CategoryEntry(GroundEntry):
    id: Id
    label: Text
    equipment: Annotated[list[Equipment], Field(min_length=1)]
    unlisted: Literal["not_eligible", "unclear"] = "unclear"
    subsidy_rate: Rate
    cap: Amount | None = None
    rules: RulesEntry = RulesEntry()


class ExceptedEntry(GroundEntry):
    equipment: Equipment | None = None
    measure: Annotated[str, Field(pattern=r"^[a-z0-9_]{1,64}$")] | None = None
    label: Text

    @model_validator(mode="after")
    def _one_term(self) -> ExceptedEntry:
        if (self.equipment is None) == (self.measure is None):
            raise refusal(
                "設備の種類 equipment か対策 measure のどちらか 1 つを書いてください。",
                "write either equipment or measure.",
            )
        return self


class WindowEntry(GroundEntry):
    opens: Day | None = None
    closes: Day | None = None
    planned: str = ""

    @model_validator(mode="after")
    def _order(self) -> WindowEntry:
        if self.opens and self.closes and date.fromisoformat(self.closes) < date.fromisoformat(self.opens):
            raise refusal(
                "受付の終わり closes が始まり opens より前です。", "the window closes before it opens."
            )
        if not (self.opens or self.closes or self.planned):
            raise refusal(
                "opens・closes・planned のどれかを書いてください。", "write opens, closes or planned."
            )
        return self


class CostEntry(GroundEntry):
    excluded_lines: list[CostLine] = []
    round_down_to: Amount


class AwardEntry(GroundEntry):
    method: Method
    priority: Priority = "none"
    at_the_line: AtTheLine = "stop"


class PriorityEntry(Strict):
    id: Id
    label: Text
    by: Literal["diagnosis", "certification"]


class DocumentEntry(GroundEntry):
    label: Text


class RoundFile(Strict):
    """A file under parameters/subsidies/."""

    id: Id
    name: Text
    name_en: str = ""
    organiser: Text
    fiscal_year: Year
    evidence: Evidence
    source: str
    sources: Annotated[dict[str, SourceEntry], Field(min_length=1)]
    factors: FactorsEntry
    windows: list[WindowEntry] = []
    categories: Annotated[list[CategoryEntry], Field(min_length=1)]
    rules: RulesEntry = RulesEntry()
    excluded: list[ExceptedEntry] = []
    unclear: list[ExceptedEntry] = []
    cost: CostEntry
    priority: list[PriorityEntry] = []
    award: AwardEntry
    applicants: list[Text] = []
    documents: list[DocumentEntry] = []
    not_legible: list[Text] = []
