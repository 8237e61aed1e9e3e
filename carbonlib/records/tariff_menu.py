"""One file of parameters/tariffs/: a menu, checked entry by entry, every problem named at once."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, model_validator

from carbonlib.errors import CarbonlibError, Finding, Message, RecordError, shown
from carbonlib.factors import EVIDENCE, carrier_named
from carbonlib.fiscal_year import Month
from carbonlib.records.fields import RefusalError, Strict, Text, day, refusal
from carbonlib.records.model import TAX_WORDS, ContractType, Tax
from carbonlib.records.tariff_model import (
    Adjustment,
    AdjustmentKind,
    EnergyCharge,
    Evidence,
    Menu,
    Rates,
)
from carbonlib.records.validation import validated
from carbonlib.records.yamlfile import YamlFile, read_yaml
from carbonlib.units import Q_, read, same_dimension, volume_bases

TAXES: dict[str, Tax] = {word: tax for tax, word in TAX_WORDS.items()}


def _carrier(text: str) -> str:
    try:
        carrier_named(text)
    except CarbonlibError as error:
        message = error.findings[0].message
        raise RefusalError(message) from None
    return text


def _month(text: str) -> str:
    day(f"{text}-01")
    return text


def _evidence(text: str) -> str:
    if text not in EVIDENCE:
        known = "・".join(EVIDENCE)
        raise refusal(f"根拠は {known} のどれかです。", f"the evidence is one of {known}.")
    return text


def _basis(text: str) -> str:
    if text not in volume_bases():
        known = "・".join(volume_bases())
        raise refusal(f"体積の基準は {known} のどれかです。", f"the volume basis is one of {known}.")
    return text


Day = Annotated[str, AfterValidator(day)]
Word = Annotated[str, Field(max_length=40)]
Months = list[Annotated[int, Field(ge=1, le=12)]]


class _Charge(Strict):
    rate: Text
    band: Word = ""
    months: Months = []


class _Evidence(Strict):
    evidence: Annotated[str, AfterValidator(_evidence)]
    source: Text
    locator: Annotated[str, Field(max_length=500)] = ""


class _Rates(_Evidence):
    from_: Annotated[Day, Field(alias="from")]
    to: Day | None = None
    demand_charge: Text | None = None
    energy_charges: Annotated[list[_Charge], Field(min_length=1)]


class _Adjustment(_Evidence):
    kind: AdjustmentKind
    month: Annotated[str, AfterValidator(_month)]
    rate: Text
    band: Word = ""


class _Menu(Strict):
    supplier: Text
    menu: Text
    carrier: Annotated[str, AfterValidator(_carrier)] = "electricity"
    contract_type: ContractType | None = None
    volume_basis: Annotated[str, AfterValidator(_basis)] | None = None
    tax: Literal["税込", "税抜", "不明"]
    power_factor_rule: bool = False
    adjusted_by: list[AdjustmentKind]
    rates: Annotated[list[_Rates], Field(min_length=1)]
    adjustments: list[_Adjustment] = []

    @model_validator(mode="after")
    def _gas_has_its_volume(self) -> _Menu:
        if (carrier_named(self.carrier).group == "gas") != (self.volume_basis is not None):
            raise refusal(
                "ガスのメニューには volume_basis を書き、ほかには書かないでください。",
                "write volume_basis for gas, and for nothing else.",
            )
        return self


class _Reader:
    """One menu under reading: rates come out, problems gather in `findings`."""

    def __init__(self, file: YamlFile, read_: _Menu) -> None:
        self.file, self.read = file, read_
        self.findings: list[Finding] = []
        self.unit = ""

    def problem(self, id: str, path: tuple[str | int, ...], ja: str, en: str) -> None:
        self.findings.append(Finding(id, "error", Message(ja, en), self.file.place(path)))

    def rate(self, text: str, path: tuple[str | int, ...], *, negative: bool = False) -> Fraction:
        """Return a price per unit of the carrier; zero where it cannot be read, with the finding why."""
        try:
            reading = read(text, volume_basis=self.read.volume_basis)
        except CarbonlibError as error:
            self.findings += error.at(self.file.place(path)).findings
            return Fraction(0)
        units = carrier_named(self.read.carrier).units
        wanted = [volume_bases()[self.read.volume_basis].unit] if self.read.volume_basis else list(units)
        fits = [u for u in wanted if same_dimension(Q_(1, reading.unit), f"JPY/({u})")]
        if not fits or (reading.value < 0 and not negative):
            one = "円/m3" if self.read.volume_basis else f"円/{units[0]}"
            self.problem(
                "tariff.rate",
                path,
                f"「{shown(text)}」は単価として使えません。「19.51 {one}」のように{'' if negative else '0 以上で'}書いてください。",
                f"{shown(text)!r} is no price; write it as in '19.51 {one}'{'' if negative else ', not below zero'}.",
            )
            return Fraction(0)
        if self.unit and not same_dimension(Q_(1, self.unit), fits[0]):
            self.problem(
                "tariff.units_differ",
                path,
                "1 つのメニューの単価は同じ単位で書いてください。",
                "Write all prices of a menu per the same unit.",
            )
        self.unit = self.unit or fits[0]
        scale = Q_(1, reading.unit).to(f"JPY/({self.unit})").magnitude
        return Fraction(reading.value) * Fraction(scale).limit_denominator(10**9)

    def demand_charge(self, text: str | None, path: tuple[str | int, ...]) -> Fraction | None:
        if text is None:
            return None
        try:
            reading = read(text)
            if same_dimension(Q_(1, reading.unit), "JPY/kW/month") and reading.value >= 0:
                per = Q_(1, reading.unit).to("JPY/kW/month").magnitude
                return Fraction(reading.value) * Fraction(per).limit_denominator(10**9)
        except CarbonlibError as error:
            self.findings += error.at(self.file.place(path)).findings
            return None
        self.problem(
            "tariff.demand_charge",
            path,
            f"「{shown(text)}」は基本料金単価として使えません。「1,890 円/kW/月」のように書いてください。",
            f"{shown(text)!r} is no demand charge; write it as in '1,890 円/kW/月'.",
        )
        return None

    def evidence(self, row: _Evidence, path: tuple[str | int, ...]) -> Evidence:
        return Evidence(row.evidence, row.source, row.locator, self.file.place(path))

    def rates(self) -> tuple[Rates, ...]:
        found = []
        for i, row in enumerate(self.read.rates):
            path = ("rates", i)
            charges = tuple(
                EnergyCharge(self.rate(c.rate, (*path, "energy_charges", j, "rate")), c.band, tuple(c.months))
                for j, c in enumerate(row.energy_charges)
            )
            one = Rates(
                date.fromisoformat(row.from_),
                date.fromisoformat(row.to) if row.to else None,
                self.demand_charge(row.demand_charge, (*path, "demand_charge")),
                charges,
                self.evidence(row, path),
            )
            self.check(one, path)
            found.append(one)
        for a, b in pairwise(sorted(found, key=lambda r: r.first)):
            if a.last is None or a.last >= b.first:
                self.problem(
                    "tariff.periods_overlap",
                    ("rates",),
                    f"{b.first - timedelta(days=1)} までに終わるはずの期間が {b.first} からの期間と重なっています。",
                    f"Two periods overlap at {b.first}; the earlier one must end the day before.",
                )
        return tuple(found)

    def check(self, one: Rates, path: tuple[str | int, ...]) -> None:
        if one.last is not None and one.last < one.first:
            self.problem(
                "tariff.period",
                path,
                f"期間の終わり {one.last} が始まり {one.first} より前です。",
                f"The period ends on {one.last}, before it starts on {one.first}.",
            )
        for month in range(1, 13):
            bands = [c.band for c in one.energy_charges if not c.months or month in c.months]
            if len(set(bands)) < len(bands) or ("" in bands and len(bands) > 1):
                self.problem(
                    "tariff.charges_twice",
                    (*path, "energy_charges"),
                    f"{month} 月の電力量料金が 2 つ以上あり、時間帯（band）か月（months）で分かれていません。",
                    f"Month {month} has several energy charges that neither band nor months tell apart.",
                )
                return

    def adjustments(self) -> tuple[Adjustment, ...]:
        found, seen = [], set()
        for i, row in enumerate(self.read.adjustments):
            path = ("adjustments", i)
            if (row.kind, row.month, row.band) in seen or row.kind not in self.read.adjusted_by:
                self.problem(
                    "tariff.adjustment",
                    path,
                    f"{row.month} の {row.kind} が 2 回書かれているか、adjusted_by にありません。",
                    f"The {row.kind} of {row.month} stands twice, or is not in adjusted_by.",
                )
            seen.add((row.kind, row.month, row.band))
            year, month = (int(p) for p in row.month.split("-"))
            rate = self.rate(row.rate, (*path, "rate"), negative=True)
            found.append(Adjustment(row.kind, Month(year, month), rate, row.band, self.evidence(row, path)))
        return tuple(found)


def read_menu(path: Path, name: str) -> Menu:
    """Return the menu of one file.

    Raises
    ------
    RecordError
        With every entry that cannot be read, by line.
    """
    file = read_yaml(path, name)
    read_ = validated(_Menu, file)
    reader = _Reader(file, read_)
    rates, adjustments = reader.rates(), reader.adjustments()
    if reader.findings:
        raise RecordError(sorted(reader.findings, key=lambda f: f.place.line or 0))
    return Menu(
        supplier=read_.supplier,
        name=read_.menu,
        carrier=read_.carrier,
        contract_type=read_.contract_type or "",
        unit=reader.unit,
        tax=TAXES[read_.tax],
        power_factor_rule=read_.power_factor_rule,
        renewable_levy=read_.carrier == "electricity",
        adjusted_by=tuple(read_.adjusted_by),
        rates=rates,
        adjustments=adjustments,
    )
