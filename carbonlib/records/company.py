"""company.yaml: who the company is, where it works, who supplies it, and what was seen there."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from carbonlib.errors import Finding, Message, RecordError, shown
from carbonlib.records.acknowledged import acknowledgements_of, unknown_checks
from carbonlib.records.activity import activity_of
from carbonlib.records.assessment import checklist
from carbonlib.records.company_entries import CompanyEntry, meter_of, site_of
from carbonlib.records.end_uses import end_uses_of
from carbonlib.records.equipment import equipment_of
from carbonlib.records.fields import margin
from carbonlib.records.model import Company
from carbonlib.records.targets import target_of
from carbonlib.records.validation import validated
from carbonlib.records.visit import contact_of, prior_grants_of, visits_of
from carbonlib.records.workspace import Workspace, is_safe_id
from carbonlib.records.yamlfile import YamlFile, read_yaml


def read_company(workspace: Workspace, company_id: str) -> Company:
    """Return the company of a workspace.

    Raises
    ------
    RecordError
        With every entry of company.yaml that is missing, unknown or unfit, by line.
    """
    path = workspace.company_folder(company_id) / "company.yaml"
    return company_of(read_yaml(path, workspace.name_of(path)), company_id)


def company_of(file: YamlFile, company_id: str) -> Company:
    """Return the company of a company.yaml; the rest is as in `read_company`."""
    read_ = validated(CompanyEntry, file)
    findings = list(_contradictions(read_, company_id, file))
    ids = [s.id for s in read_.sites]
    end_uses = end_uses_of(read_.end_uses, ids, file, findings)
    activity_drivers = activity_of(read_.activity_drivers, file, findings)
    if findings:
        raise RecordError(findings)
    only_site = ids[0] if len(ids) == 1 else ""
    return Company(
        id=read_.id,
        name=read_.name,
        industry=read_.industry,
        sites=tuple(site_of(s) for s in read_.sites),
        suppliers=dict(read_.suppliers),
        sample=read_.sample,
        source=read_.source,
        supported_by=tuple(read_.supported_by),
        equipment=tuple(
            equipment_of(e, only_site, file.place(("equipment", i))) for i, e in enumerate(read_.equipment)
        ),
        remarks=tuple(read_.remarks),
        self_assessment=dict(read_.self_assessment),
        auditor_assessment=dict(read_.auditor_assessment),
        axis_set=read_.axis_set,
        questionnaire=dict(read_.questionnaire),
        meters=tuple(meter_of(m) for m in read_.meters),
        acknowledged=acknowledgements_of(read_.acknowledged, file),
        end_uses=end_uses,
        visits=visits_of(read_.visits),
        address=read_.address,
        contact=contact_of(read_.contact),
        operating_since=read_.operating_since,
        operating_margin=None if read_.operating_margin is None else margin(read_.operating_margin),
        operating_margin_place=file.place(("operating_margin",)),
        prior_grants=None if read_.prior_grants is None else prior_grants_of(read_.prior_grants),
        target=target_of(read_.target),
        tenants=read_.tenants,
        activity_drivers=activity_drivers,
    )


def readable_sites(workspace: Workspace, company_id: str) -> list[str] | None:
    """Return the ids of the sites of a company.yaml that is wrong elsewhere; None where they are not to be trusted."""
    path = workspace.company_folder(company_id) / "company.yaml"
    try:
        entries = read_yaml(path, workspace.name_of(path)).data.get("sites")
    except RecordError:
        return None
    ids = [e.get("id") if isinstance(e, dict) else None for e in entries] if isinstance(entries, list) else []
    names = [i for i in ids if isinstance(i, str) and is_safe_id(i)]
    return names if ids and len(names) == len(ids) else None


def _contradictions(company: CompanyEntry, company_id: str, file: YamlFile) -> Iterator[Finding]:
    """Yield each entry that contradicts another one or its place."""

    def error(id: str, ja: str, en: str, *path: str | int) -> Finding:
        return Finding(f"company.{id}", "error", Message(ja, en), file.place(path))

    if company.id != company_id:
        yield error(
            "id_differs",
            f"id「{shown(company.id)}」がフォルダ名「{company_id}」と違います。同じにしてください。",
            f"The id {shown(company.id)!r} differs from the folder's name {company_id!r}; make them the same.",
            "id",
        )
    sites = [s.id for s in company.sites]
    if len(set(sites)) < len(sites):
        yield error(
            "site_twice",
            "同じ id の事業所が 2 つあります。id を変えてください。",
            "Two sites have the same id; change one.",
            "sites",
        )
    named: tuple[tuple[str, list[Any]], ...] = (("meters", company.meters), ("equipment", company.equipment))
    for name, entries in named:
        for i, entry in enumerate(entries):
            if entry.site is not None and entry.site not in sites:
                yield error(
                    "site_unknown",
                    f"{name} の site「{shown(entry.site)}」が sites にありません。",
                    f"The site {shown(entry.site)!r} in {name} is not among the sites.",
                    *(name, i, "site"),
                )
    years = [v.fiscal_year for v in company.visits]
    for i, year in enumerate(years):
        if year in years[:i]:
            yield error(
                "visit_twice",
                f"{year}年度の報告書の訪問が 2 つあります。1 つにしてください。",
                f"There are two visits for the report of FY{year}; keep one.",
                *("visits", i),
            )
    for name in ("self_assessment", "auditor_assessment"):
        for question in getattr(company, name):
            if question not in checklist(company.axis_set):
                yield error(
                    "question_unknown",
                    f"質問「{shown(question)}」は軸の組 {company.axis_set} にありません。番号を確かめてください。",
                    f"There is no question {shown(question)!r} in the set {company.axis_set}; check its id.",
                    *(name, question),
                )
    yield from unknown_checks(company.acknowledged, file)
    yield from _parents(company, file)


def _parents(company: CompanyEntry, file: YamlFile) -> Iterator[Finding]:
    """Yield each sub-meter whose parent is not there, is of another carrier, or is part of itself."""
    meters = {(m.site, m.id): m for m in company.meters}
    for i, meter in enumerate(company.meters):
        if not meter.parent:
            continue
        if meter.tenant_share is not None and company.tenants == "excluded":
            yield Finding(
                "company.tenant_share",
                "error",
                Message(
                    f"子メーター「{shown(meter.id)}」に tenant_share があります。テナント分を除くときは、割合を元のメーターに書いてください。",
                    f"The sub-meter {shown(meter.id)!r} has a tenant_share; to take tenants off, write the share at "
                    "its parent.",
                ),
                file.place(("meters", i, "tenant_share")),
            )
        above, seen = meters.get((meter.site, meter.parent)), {meter.id}
        if above is None or above.carrier != meter.carrier:
            ja, en = (
                "が同じ事業所・同じエネルギー種別の meters にありません",
                "is no meter of this site and carrier",
            )
        else:
            while above is not None and above.id not in seen:
                seen.add(above.id)
                above = meters.get((above.site, above.parent)) if above.parent else None
            if above is None:
                continue
            ja, en = "をたどると自分に戻ります", "leads back to itself"
        yield Finding(
            "company.meter_parent",
            "error",
            Message(
                f"メーター「{shown(meter.id)}」の parent「{shown(meter.parent)}」{ja}。",
                f"The parent {shown(meter.parent)!r} of the meter {shown(meter.id)!r} {en}.",
            ),
            file.place(("meters", i, "parent")),
        )
