"""Targets of CO2: a company's own (`target` in company.yaml), and paths that others published, with their source."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cache
from importlib.resources import files
from typing import Annotated

from pydantic import AfterValidator, Field, model_validator

from carbonlib.records.datarows import data_rows
from carbonlib.records.fields import Range, Strict, Text, amount_in, percent, refusal

COLUMNS = (
    *("id", "label_ja", "label_en", "base_year", "target_year", "reduction_percent", "yearly_percent", "gas"),
    *("evidence", "source", "locator", "note"),
)
_NAME = "carbonlib/records/data/target_paths.csv"
_CO2 = Range("t-CO2", "120 t-CO2", Decimal(0), low_included=False)
DEFAULT_PATH = "sbt-1.5"


@dataclass(frozen=True)
class TargetPath:
    """A path that somebody published: so much less in the target year, or so much of the base every year.

    `base_year` is None where each company takes its own. `reduction` and `yearly` are from 0 to 1, one of them None.
    """

    id: str
    label_ja: str
    label_en: str
    base_year: int | None
    target_year: int
    reduction: Fraction | None
    yearly: Fraction | None
    gas: str
    evidence: str
    source: str
    locator: str
    note: str


@dataclass(frozen=True)
class Target:
    """A company's own target: a path of `target_paths` by its id, or its own numbers.

    `base_co2_t` is what it emitted in the base year, None where only the accounts say it [t CO2]; `reduction` from 0 to 1.
    """

    path: str = ""
    base_year: int | None = None
    base_co2_t: Decimal | None = None
    reduction: Decimal | None = None
    fiscal_year: int | None = None


def _share(cell: str) -> Fraction | None:
    return Fraction(cell) / 100 if cell else None


@cache
def target_paths() -> dict[str, TargetPath]:
    """Return the paths that the package carries, by id."""
    text = files(__package__).joinpath("data", "target_paths.csv").read_text(encoding="utf-8")
    texts = ("id", "label_ja", "label_en", "gas", "evidence", "source", "locator", "note")
    return {
        r["id"]: TargetPath(
            base_year=int(r["base_year"]) if r["base_year"] else None,
            target_year=int(r["target_year"]),
            reduction=_share(r["reduction_percent"]),
            yearly=_share(r["yearly_percent"]),
            **{c: r[c] for c in texts},
        )
        for _, r in data_rows(text, _NAME, COLUMNS)
    }


def _path(text: str) -> str:
    if text not in target_paths():
        known = "・".join(target_paths())
        raise refusal(f"path は {known} のどれかです。", f"path is one of {known}.")
    return text


def _co2(text: str) -> str:
    _CO2.read(text)
    return text


def _percent(text: str) -> str:
    percent(text)
    return text


_Year = Annotated[int, Field(ge=1990, le=2100)]


class TargetEntry(Strict):
    """The entry `target`."""

    path: Annotated[Text, AfterValidator(_path)] | None = None
    base_year: _Year | None = None
    base_co2: Annotated[str, AfterValidator(_co2)] | None = None
    reduction_percent: Annotated[str, AfterValidator(_percent)] | None = None
    fiscal_year: _Year | None = None

    @model_validator(mode="after")
    def _whole(self) -> TargetEntry:
        own = (self.base_year, self.reduction_percent, self.fiscal_year)
        if self.path is None and None in own:
            raise refusal(
                "path を書くか、base_year・reduction_percent・fiscal_year の 3 つを書いてください。",
                "write path, or all of base_year, reduction_percent and fiscal_year.",
            )
        if self.path is not None and (self.reduction_percent is not None or self.fiscal_year is not None):
            raise refusal(
                "path と reduction_percent・fiscal_year は一緒に書けません。どちらかを消してください。",
                "path excludes reduction_percent and fiscal_year; delete one of them.",
            )
        published = target_paths()[self.path].base_year if self.path else None
        if published is not None and self.base_year not in {None, published}:
            raise refusal(
                f"この path の基準年度は {published} です。base_year を消すか、{published} にしてください。",
                f"the base year of this path is {published}; delete base_year, or write that.",
            )
        if self.base_year and self.fiscal_year and self.base_year >= self.fiscal_year:
            raise refusal(
                "fiscal_year（目標年度）は base_year（基準年度）より後にしてください。",
                "fiscal_year must come after base_year.",
            )
        return self


def target_of(entry: TargetEntry | None) -> Target | None:
    """Return the target of an entry that was validated."""
    if entry is None:
        return None
    co2 = None if entry.base_co2 is None else amount_in(_CO2.read(entry.base_co2), "t-CO2")
    return Target(
        entry.path or "",
        entry.base_year,
        None if co2 is None else Decimal(co2.numerator) / Decimal(co2.denominator),
        None if entry.reduction_percent is None else percent(entry.reduction_percent),
        entry.fiscal_year,
    )
