"""proposals.yaml: what a diagnostician proposes to a company, read with every problem at once."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field, model_validator

from carbonlib.errors import Finding, Message, Place, RecordError, shown
from carbonlib.factors import carriers
from carbonlib.records.fields import Id, Strict, Text, day, positive
from carbonlib.records.model import Company
from carbonlib.records.proposal_model import (
    CapitalCategory,
    CapitalLine,
    CapitalTax,
    Entry,
    Inputs,
    Loan,
    Measured,
    Proposal,
    Proposals,
    Status,
    SubsidyFacts,
)
from carbonlib.records.workspace import Workspace
from carbonlib.records.yamlfile import YamlFile, read_yaml, validated
from carbonlib.units import Reading, read

FILE = "proposals.yaml"
_LONG = 2000  # characters of a free text

_money = positive(
    "JPY", "「3,880 千円」のように正の金額で書いてください。", "write a positive sum such as '3,880 千円'."
)
_years = positive("year", "「10 年」のように書いてください。", "write it as in '10 年'.")
_power = positive("kW", "「5 kW」のように書いてください。", "write it as in '5 kW'.")
_share = positive("percent", "「1.5 %」のように書いてください。", "write it as in '1.5 %'.")


def _month(text: str) -> str:
    if not re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])", text):
        raise ValueError('"2026-10" のように書いてください。|write a month as in "2026-10".')
    return text


def _carrier(text: str) -> str:
    if text not in carriers():
        known = "・".join(carriers())
        raise ValueError(f"エネルギー種別は {known} のどれかです。|the carriers are {known}.")
    return text


Carrier = Annotated[str, AfterValidator(_carrier)]
Long = Annotated[str, Field(max_length=_LONG)]


class _Capital(Strict):
    item: Text
    amount: Annotated[str, AfterValidator(_money)]
    tax: CapitalTax = "不明"
    category: CapitalCategory = "設備"


class _Load(Strict):
    use: Id | None = None
    part: str = ""


class _Loan(Strict):
    principal: Annotated[str, AfterValidator(_money)]
    rate: Annotated[str, AfterValidator(_share)]
    years: Annotated[int, Field(ge=1, le=40)]
    equal: Literal["元利均等", "元金均等"] = "元利均等"


class _Measured(Strict):
    fiscal_year: Annotated[int, Field(ge=2000, le=2100)]
    saved: dict[Carrier, Text]
    note: Long = ""


class _Subsidy(Strict):
    equipment_class: Text | None = None
    installed_year: Annotated[int, Field(ge=1950, le=2100)] | None = None
    high_efficiency: list[Text] | None = None
    with_battery: bool | None = None
    with_ems: bool | None = None
    ordered_on: Annotated[str, AfterValidator(day)] | None = None


class _Proposal(Strict):
    number: Text
    title: Text
    measure: Text
    classification: str = ""
    kind: Literal["operational", "capital"] | None = None
    site: Id | None = None
    load: _Load = _Load()
    inputs: dict[str, Any]
    capital: list[_Capital] | None = None
    useful_life: Annotated[str, AfterValidator(_years)] | None = None
    month: Annotated[str, AfterValidator(_month)] | None = None
    present: Long = ""
    reason: Long = ""
    method: Long = ""
    benefits: list[Long] = []
    remarks: list[Long] = []
    status: Status = "提案"
    done_on: Annotated[str, AfterValidator(day)] | None = None
    declined_because: Long = ""
    measured: list[_Measured] = []
    alternatives: list[Text] = []
    peak_cut: Annotated[str, AfterValidator(_power)] | None = None
    prices: dict[Carrier, Text] = {}
    loan: _Loan | None = None
    subsidy: _Subsidy = _Subsidy()

    @model_validator(mode="after")
    def _status_complete(self) -> _Proposal:
        if self.status == "実施済み" and self.done_on is None:
            raise ValueError(
                "実施済みの提案には実施日 done_on を書いてください。|a proposal that was done needs its day done_on."
            )
        if self.status == "見送り" and not self.declined_because:
            raise ValueError(
                "見送りの提案には理由 declined_because を書いてください。|a declined proposal needs declined_because."
            )
        return self


class _Proposals(Strict):
    order: list[Text] = []
    proposals: list[_Proposal]


def read_proposals(workspace: Workspace, company: Company) -> Proposals:
    """Return the proposals of a company; none where it has no proposals.yaml.

    Raises
    ------
    RecordError
        With every entry that is missing, unknown or unfit, by line: numbers written twice, sites and
        alternatives that do not exist, and an order that names no proposal.
    """
    path = workspace.company_folder(company.id) / FILE
    if not path.is_file():
        return Proposals(())
    file = read_yaml(path, workspace.name_of(path))
    entered = validated(_Proposals, file)
    findings = list(_cross_checks(entered, company, file))
    items = []
    for index, one in enumerate(entered.proposals):
        inputs, wrong = _inputs(one.inputs, ("proposals", index, "inputs"), file)
        findings += wrong
        items.append(_proposal(one, inputs, ("proposals", index), file))
    if findings:
        raise RecordError(findings)
    return Proposals(tuple(items), tuple(entered.order), file.name)


def _cross_checks(entered: _Proposals, company: Company, file: YamlFile) -> Iterator[Finding]:
    numbers = [p.number for p in entered.proposals]
    sites = [s.id for s in company.sites]
    for index, one in enumerate(entered.proposals):
        at = ("proposals", index)
        if one.number in numbers[:index]:
            yield _finding(
                "twice",
                f"提案番号「{shown(one.number)}」が 2 回使われています。番号を変えてください。",
                f"The number {shown(one.number)!r} is used twice; change one.",
                file.place((*at, "number")),
            )
        if one.site and one.site not in sites:
            yield _finding(
                "site",
                f"事業所「{shown(one.site)}」が company.yaml にありません。{'・'.join(sites)} のどれかです。",
                f"There is no site {shown(one.site)!r} in company.yaml; there are {', '.join(sites)}.",
                file.place((*at, "site")),
            )
        for other in one.alternatives:
            if other not in numbers or other == one.number:
                yield _unknown_number(other, numbers, file.place((*at, "alternatives")))
    for other in entered.order:
        if other not in numbers:
            yield _unknown_number(other, numbers, file.place(("order",)))
    if len(set(entered.order)) < len(entered.order):
        yield _finding(
            "twice",
            "order に同じ提案番号が 2 回あります。1 つにしてください。",
            "The order names a proposal twice; keep one.",
            file.place(("order",)),
        )


def _unknown_number(number: str, numbers: list[str], place: Place) -> Finding:
    known = "・".join(shown(n) for n in numbers)
    return _finding(
        "number",
        f"提案番号「{shown(number)}」がありません。あるのは {known}。",
        f"There is no other proposal {shown(number)!r}; there are {known.replace('・', ', ')}.",
        place,
    )


def _finding(id: str, ja: str, en: str, place: Place) -> Finding:
    return Finding(f"proposal.{id}", "error", Message(ja, en), place)


def _inputs(
    raw: Mapping[str, Any], path: tuple[str | int, ...], file: YamlFile
) -> tuple[Inputs, list[Finding]]:
    """Return the inputs as entries: a text, a mapping with ``value``, or a list of rows of either."""
    found: dict[str, Entry | tuple[Mapping[str, Entry], ...]] = {}
    wrong: list[Finding] = []
    for name, value in raw.items():
        here = (*path, name)
        if isinstance(value, list):
            rows = []
            for index, row in enumerate(value):
                if not isinstance(row, Mapping) or any(isinstance(v, list) for v in row.values()):
                    wrong.append(_not_an_entry(name, file.place((*here, index))))
                    continue
                cells, problems = _inputs(row, (*here, index), file)
                wrong += problems
                rows.append({k: v for k, v in cells.items() if isinstance(v, Entry)})
            found[name] = tuple(rows)
        else:
            entry = _entry(value, file.place(here))
            if entry is None:
                wrong.append(_not_an_entry(name, file.place(here)))
            else:
                found[name] = entry
    return found, wrong


def _entry(value: Any, place: Place) -> Entry | None:
    if isinstance(value, Mapping):
        texts = {
            k: v for k, v in value.items() if isinstance(v, str | int | float) and not isinstance(v, bool)
        }
        if "value" not in texts or not texts.keys() == value.keys() <= {"value", "basis", "how"}:
            return None
        return Entry(str(texts["value"]), str(texts.get("basis", "")), str(texts.get("how", "入力値")), place)
    if isinstance(value, str | int | float) and not isinstance(value, bool):
        return Entry(str(value), place=place)
    return None


def _not_an_entry(name: str, place: Place) -> Finding:
    return _finding(
        "input",
        f"項目「{shown(name)}」は「127,740 kWh/年」のような値か、value・basis・how の組で書いてください。",
        f"Write the input {shown(name)!r} as a value such as '127,740 kWh/年', or as value, basis and how.",
        place,
    )


def _proposal(one: _Proposal, inputs: Inputs, at: tuple[str | int, ...], file: YamlFile) -> Proposal:
    return Proposal(
        number=one.number,
        title=one.title,
        measure=one.measure,
        inputs=inputs,
        classification=one.classification,
        kind=one.kind or "",
        site_id=one.site or "",
        end_use=one.load.use or "",
        part=one.load.part,
        capital=None if one.capital is None else tuple(_capital(one.capital, (*at, "capital"), file)),
        useful_life=_reading(one.useful_life),
        month=one.month or "",
        present=one.present,
        reason=one.reason,
        method=one.method,
        benefits=tuple(one.benefits),
        remarks=tuple(one.remarks),
        status=one.status,
        done_on=_date(one.done_on),
        declined_because=one.declined_because,
        measured=tuple(
            Measured(m.fiscal_year, dict(m.saved), m.note, file.place((*at, "measured", i)))
            for i, m in enumerate(one.measured)
        ),
        alternatives=tuple(one.alternatives),
        peak_cut=_reading(one.peak_cut),
        prices=dict(one.prices),
        loan=None if one.loan is None else _loan(one.loan),
        subsidy=_subsidy(one.subsidy),
        place=file.place((*at, "number")),
        places={name: file.place((*at, name)) for name in ("measure", "inputs", "load", "prices", "capital")},
    )


def _capital(lines: list[_Capital], at: tuple[str | int, ...], file: YamlFile) -> Iterator[CapitalLine]:
    for index, line in enumerate(lines):
        place = file.place((*at, index))
        yield CapitalLine(line.item, read(line.amount).value, line.tax, line.category, place)


def _loan(loan: _Loan) -> Loan:
    rate = read(loan.rate).value / Decimal(100)
    return Loan(read(loan.principal).value, rate, loan.years, loan.equal)


def _subsidy(facts: _Subsidy) -> SubsidyFacts:
    return SubsidyFacts(
        facts.equipment_class,
        facts.installed_year,
        None if facts.high_efficiency is None else tuple(facts.high_efficiency),
        facts.with_battery,
        facts.with_ems,
        _date(facts.ordered_on),
    )


def _reading(text: str | None) -> Reading | None:
    return None if text is None else read(text)


def _date(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)
