"""parameters/subsidies/*.yaml: one round of a subsidy a file, with the evidence of each rule."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

from carbonlib.errors import CarbonlibError, Finding, Message, Place, RecordError, shown
from carbonlib.factors import Source, programme
from carbonlib.records.subsidy_entries import (
    AgeEntry,
    BundleEntry,
    Co2Entry,
    CrudeOilEntry,
    ExceptedEntry,
    GroundEntry,
    HighEfficiencyEntry,
    NoOrderEntry,
    OperationEntry,
    PriorGrantsEntry,
    RoundFile,
    RulesEntry,
)
from carbonlib.records.subsidy_round import (
    AwardRule,
    Bundle,
    Category,
    CostRule,
    Document,
    EfficiencyEvidence,
    EquipmentAge,
    Excepted,
    Ground,
    HighEfficiency,
    Minimum,
    NoOrder,
    Operation,
    PriorGrants,
    PriorityGround,
    Round,
    RoundFactors,
    Rules,
    Window,
)
from carbonlib.records.validation import validated
from carbonlib.records.workspace import Workspace
from carbonlib.records.yamlfile import YamlFile, read_yaml
from carbonlib.units import ratio, read


def _cited(data: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Yield every `source` of the file with where it stands."""
    entries = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for key, value in entries:
        if key == "source" and isinstance(value, str):
            yield (*path, key), value
        else:
            yield from _cited(value, (*path, key))


def _problem(id: str, ja: str, en: str, place: Place) -> Finding:
    return Finding(id, "error", Message(ja, en), place)


def _contradictions(whole: RoundFile, file: YamlFile, path: Path, workspace: Workspace) -> Iterator[Finding]:
    """Yield what each entry by itself cannot show to be wrong."""
    if whole.id != path.stem:
        yield _problem(
            "round.id_differs",
            f"id「{whole.id}」がファイル名「{shown(path.name)}」と違います。同じにしてください。",
            f"The id {whole.id!r} differs from the file's name {shown(path.name)!r}; make them the same.",
            file.place(("id",)),
        )
    known = "・".join(map(shown, whole.sources))
    for where, source in _cited(file.data):
        if source not in whole.sources:
            yield _problem(
                "round.source_unknown",
                f"出典「{shown(source)}」が sources にありません。あるのは: {known}。",
                f"The source {shown(source)!r} is not under sources; there are: {known}.",
                file.place(where),
            )
    try:
        programme(whole.factors.programme, among=workspace.programmes)
    except CarbonlibError as error:
        yield from error.at(file.place(("factors", "programme"))).findings
    for entry in ("categories", "priority"):
        seen = set()
        for index, one in enumerate(getattr(whole, entry)):
            if one.id in seen:
                yield _problem(
                    "round.twice",
                    f"{entry} に id「{one.id}」が 2 つあります。変えてください。",
                    f"The id {one.id!r} stands twice under {entry}; change one.",
                    file.place((entry, index, "id")),
                )
            seen.add(one.id)
    if whole.award.priority != "none" and not whole.priority:
        yield _problem(
            "round.priority_missing",
            "award.priority があるのに、優先する理由 priority が書かれていません。",
            "award.priority is set, but no ground for priority is listed.",
            file.place(("award", "priority")),
        )


class _Maker:
    """Makes the parts of a round from its entries: the ground of each is its own or the round's."""

    def __init__(self, whole: RoundFile) -> None:
        self.whole = whole
        self.sources = {
            id: Source(id, s.publisher, s.title, s.published, s.address) for id, s in whole.sources.items()
        }

    def ground(self, entry: GroundEntry) -> Ground:
        source = self.sources[entry.source or self.whole.source]
        return Ground(entry.evidence or self.whole.evidence, source, entry.note)

    def rules(self, own: RulesEntry) -> Rules:
        """Return the rules of a category: its own before the round's."""
        both = {
            name: getattr(own, name) or getattr(self.whole.rules, name) for name in RulesEntry.model_fields
        }
        made = {name: self.rule(name, entry) for name, entry in both.items() if entry is not None}
        return Rules(**made)

    def rule(self, name: str, entry: Any) -> Any:
        ground = self.ground(entry)
        match entry:
            case Co2Entry():
                return Minimum(_exact(entry.at_least, "t_CO2"), "t-CO2", ground)
            case CrudeOilEntry():
                return Minimum(_exact(entry.at_least, "kL_coe"), "kL-coe", ground)
            case AgeEntry():
                return EquipmentAge(entry.years, _day(entry.as_of), ground)
            case OperationEntry():
                return Operation(entry.months, ground)
            case HighEfficiencyEntry():
                ways = (
                    EfficiencyEvidence(e.id, e.label, _exact(e.at_least, "percent") if e.at_least else None)
                    for e in entry.one_of
                )
                return HighEfficiency(tuple(ways), ground)
            case PriorGrantsEntry():
                return PriorGrants(dict(entry.excluded), ground)
            case BundleEntry():
                return Bundle(tuple(entry.needs), ground)
            case NoOrderEntry():
                return NoOrder(_day(entry.award_on), ground)
        raise AssertionError(name)

    def excepted(self, entries: list[ExceptedEntry]) -> tuple[Excepted, ...]:
        return tuple(Excepted(e.equipment or str(e.measure), e.label, self.ground(e)) for e in entries)

    def round(self, name: str) -> Round:
        w = self.whole
        return Round(
            id=w.id,
            name=w.name,
            name_en=w.name_en or w.name,
            organiser=w.organiser,
            fiscal_year=w.fiscal_year,
            factors=RoundFactors(
                w.factors.programme,
                w.factors.fiscal_year,
                self.ground(w.factors),
                _exact(w.factors.electricity, "t_CO2/kWh") if w.factors.electricity else None,
                w.factors.electricity or "",
            ),
            categories=tuple(
                Category(
                    id=c.id,
                    label=c.label,
                    equipment=tuple(c.equipment),
                    unlisted=c.unlisted,
                    subsidy_rate=Fraction(c.subsidy_rate),
                    cap_jpy=_exact(c.cap, "JPY") if c.cap else None,
                    rules=self.rules(c.rules),
                    ground=self.ground(c),
                )
                for c in w.categories
            ),
            cost=CostRule(
                tuple(w.cost.excluded_lines), _exact(w.cost.round_down_to, "JPY"), self.ground(w.cost)
            ),
            award=AwardRule(w.award.method, self.ground(w.award), w.award.priority, w.award.at_the_line),
            ground=Ground(w.evidence, self.sources[w.source]),
            windows=tuple(
                Window(_day(x.opens), _day(x.closes), x.planned, self.ground(x)) for x in w.windows
            ),
            excluded=self.excepted(w.excluded),
            unclear=self.excepted(w.unclear),
            priority=tuple(PriorityGround(p.id, p.label, p.by) for p in w.priority),
            applicants=tuple(w.applicants),
            documents=tuple(Document(d.label, self.ground(d)) for d in w.documents),
            not_legible=tuple(w.not_legible),
            file=name,
        )


def _exact(text: str, unit: str) -> Fraction:
    """Return a checked amount in `unit`."""
    reading = read(text)
    return Fraction(reading.value) * ratio(reading.unit, unit)


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


def read_round(path: Path, workspace: Workspace) -> Round:
    """Return the round of a file.

    Raises
    ------
    RecordError
        With every entry that is missing, unknown, unfit or contradicts another, by line.
    """
    file = read_yaml(path, workspace.name_of(path))
    whole = validated(RoundFile, file)
    wrong = list(_contradictions(whole, file, path, workspace))
    if wrong:
        raise RecordError(wrong)
    return _Maker(whole).round(file.name)


def round_paths(workspace: Workspace) -> list[Path]:
    """Return the files of all rounds, sorted."""
    return sorted((workspace.parameters / "subsidies").glob("*.yaml"))


def read_rounds(workspace: Workspace) -> dict[str, Round]:
    """Return all rounds of a workspace by id, those of the latest fiscal year first.

    Raises
    ------
    RecordError
        With every problem of every file.
    """
    found: list[Round] = []
    wrong: list[Finding] = []
    for path in round_paths(workspace):
        try:
            found.append(read_round(path, workspace))
        except CarbonlibError as error:
            wrong += error.findings
    if wrong:
        raise RecordError(wrong)
    return {r.id: r for r in sorted(found, key=lambda r: (-r.fiscal_year, r.id))}
