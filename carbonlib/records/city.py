"""city.yaml: what city and prefecture published, the year's activities and the schedule."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, model_validator

from carbonlib.errors import Finding, Message
from carbonlib.fiscal_year import written_label
from carbonlib.records.fields import Strict, Text, day, positive, refusal
from carbonlib.records.validation import validated
from carbonlib.records.workspace import Workspace
from carbonlib.records.yamlfile import YamlFile, read_yaml
from carbonlib.units import Reading, read

Gas = Literal["CO2", "GHG"]
WEEKDAYS = "月火水木金土日"
SAMPLE_CITY = (
    "所沢市",
    "所沢市の資料（2024年4月17日）",
)  # name and source of the city.yaml that a new workspace has


@dataclass(frozen=True)
class Emission:
    """An emission as printed: its year, its level [t CO2] and of which gases it is."""

    fiscal_year: int
    level: Reading
    gas: Gas
    approximate: bool


@dataclass(frozen=True)
class Target:
    """A target as printed: a reduction in per cent against a base year, with what else was printed of it."""

    fiscal_year: int
    base_fiscal_year: int
    reduction_percent: Decimal
    gas: Gas
    approximate: bool
    reduction: Reading | None = None
    base_level: Reading | None = None


@dataclass(frozen=True)
class Activity:
    """Something the city did: kind, day or days, and what came of it."""

    kind: str
    start: date | None
    end: date | None
    time: str
    place: str
    title: str
    results: str


@dataclass(frozen=True)
class ScheduleRow:
    """One line of the year's schedule and its steps, as printed."""

    name: str
    items: tuple[str, ...]


@dataclass(frozen=True)
class City:
    """A city, its published emissions and target, activities and schedules by fiscal year."""

    name: str
    code: str
    office: str
    network: str
    purpose: str
    source: str
    actual: Emission
    target: Target
    activities: dict[int, tuple[Activity, ...]]
    schedule: dict[int, tuple[ScheduleRow, ...]]
    findings: tuple[Finding, ...] = ()


def _percent(text: str) -> str:
    try:
        fits = 0 < abs(Decimal(text)) < 100
    except InvalidOperation:
        fits = False
    if not fits:
        raise refusal(
            "「51」のように 0 より大きく 100 より小さい数で書いてください。",
            "write a number below 100, as in '51'.",
        )
    return text


def _weekday(text: str) -> str:
    if text not in WEEKDAYS:
        raise refusal(f"曜日は {'・'.join(WEEKDAYS)} のどれかです。", f"the weekday is one of {WEEKDAYS}.")
    return text


_CO2 = positive("t_CO2", "「113 万t-CO2」のように書いてください。", "write it as in '113 万t-CO2'.")
Level = Annotated[str, AfterValidator(_CO2)]
Percent = Annotated[str, AfterValidator(_percent)]
Day = Annotated[str, AfterValidator(day)]
Year = Annotated[int, Field(ge=1990, le=2100)]


class _Emission(Strict):
    fiscal_year: Year
    level: Level
    gas: Gas
    approximate: bool = False


class _Target(Strict):
    fiscal_year: Year
    base_fiscal_year: Year
    reduction_percent: Percent
    gas: Gas
    approximate: bool = False
    reduction: Level | None = None
    base_level: Level | None = None

    @model_validator(mode="after")
    def _one_level(self) -> _Target:
        if self.reduction is None and self.base_level is None:
            raise refusal(
                "削減量 reduction か基準年度の排出量 base_level のどちらかを書いてください。",
                "write the reduction or the base_level.",
            )
        return self


class _PrefectureActual(Strict):
    fiscal_year: Year
    level: Level
    change_from_base_percent: Percent


class _PrefectureTarget(Strict):
    fiscal_year: Year
    base_fiscal_year: Year
    base_level: Level
    reduction_percent: Percent


class _Prefecture(Strict):
    name: Text
    code: Text
    source: Text
    actual: _PrefectureActual
    target: _PrefectureTarget


class _City(Strict):
    name: Text
    code: Annotated[str, Field(pattern=r"^\d{6}$")]
    office: str = ""
    network: str = ""
    purpose: str = ""
    source: Text
    actual: _Emission
    target: _Target


class _Activity(Strict):
    kind: Text
    date: Day | None = None
    until: Day | None = None
    printed_weekday: Annotated[str, AfterValidator(_weekday)] | None = None
    time: str = ""
    place: str = ""
    title: str = ""
    results: str = ""


class _ScheduleRow(Strict):
    row: Text
    items: Annotated[list[Text], Field(min_length=1)]


class _File(Strict):
    city: _City
    prefecture: _Prefecture | None = None
    activities: dict[Year, list[_Activity]] = {}
    schedule: dict[Year, list[_ScheduleRow]] = {}


def _reading(text: str | None) -> Reading | None:
    return None if text is None else read(text)


def _weekday_doubts(file: YamlFile, year: int, index: int, activity: _Activity) -> list[Finding]:
    """A weekday printed beside a date is checked: one of the two is wrong, and nobody here knows which."""
    if activity.date is None or activity.printed_weekday is None:
        return []
    true = WEEKDAYS[date.fromisoformat(activity.date).weekday()]
    if true == activity.printed_weekday:
        return []
    return [
        Finding(
            "activity.weekday",
            "warning",
            Message(
                f"{activity.kind}の日付 {written_label(activity.date)}は{true}曜日ですが、資料には{activity.printed_weekday}曜日とあります。",
                f"{activity.date} of {activity.kind} is a {true}, but the source prints {activity.printed_weekday}.",
            ),
            file.place(("activities", str(year), index, "date")),
        )
    ]


def read_city(workspace: Workspace) -> City:
    """Return the city of a workspace.

    Raises
    ------
    RecordError
        With every entry of parameters/city.yaml that is missing, unknown or unfit, by line.
    """
    path = workspace.parameters / "city.yaml"
    file = read_yaml(path, workspace.name_of(path))
    whole = validated(_File, file)
    city = whole.city
    findings = [
        f
        for year, entries in whole.activities.items()
        for index, activity in enumerate(entries)
        for f in _weekday_doubts(file, year, index, activity)
    ]
    actual, target = city.actual, city.target
    return City(
        name=city.name,
        code=city.code,
        office=city.office,
        network=city.network,
        purpose=city.purpose,
        source=city.source,
        actual=Emission(actual.fiscal_year, read(actual.level), actual.gas, actual.approximate),
        target=Target(
            target.fiscal_year,
            target.base_fiscal_year,
            Decimal(target.reduction_percent),
            target.gas,
            target.approximate,
            _reading(target.reduction),
            _reading(target.base_level),
        ),
        activities={
            year: tuple(_activity(entry) for entry in entries) for year, entries in whole.activities.items()
        },
        schedule={
            year: tuple(ScheduleRow(r.row, tuple(r.items)) for r in rows)
            for year, rows in whole.schedule.items()
        },
        findings=tuple(findings),
    )


def _activity(entry: _Activity) -> Activity:
    start = date.fromisoformat(entry.date) if entry.date else None
    end = date.fromisoformat(entry.until) if entry.until else start
    return Activity(entry.kind, start, end, entry.time, entry.place, entry.title, entry.results)
