"""company.yaml: who the company is, where it works, who supplies it."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from carbonlib.errors import RecordError, shown
from carbonlib.factors import carriers
from carbonlib.records.fields import Id, Strict, Text, positive
from carbonlib.records.model import Company, Equipment, Site
from carbonlib.records.workspace import Workspace
from carbonlib.records.yamlfile import read_yaml, validated
from carbonlib.units import read

_area = positive(
    "m2", "「1,200 m2」のように正の面積で書いてください。", "write a positive area such as '1,200 m2'."
)
_power = positive(
    "kW", "「5.5 kW」のように正の電力で書いてください。", "write a positive power such as '5.5 kW'."
)


def _carrier(text: str) -> str:
    if text not in carriers():
        known = "・".join(carriers())
        raise ValueError(f"エネルギー種別は {known} のどれかです。|the carriers are {known}.")
    return text


class _Site(Strict):
    id: Id
    name: Text
    floor_area: Annotated[str, AfterValidator(_area)] | None = None
    employees: Annotated[int, Field(ge=0)] | None = None


class _Equipment(Strict):
    family: Literal[
        "air_conditioner",
        "boiler",
        "compressor",
        "lighting",
        "office_equipment",
        "photovoltaics",
        "production",
        "refrigerator",
        "transformer",
        "other",
    ]
    name: Text
    year: Annotated[int, Field(ge=1950, le=2100)] | None = None
    number: Annotated[int, Field(ge=1)] = 1
    rated_input: Annotated[str, AfterValidator(_power)] | None = None


class _Company(Strict):
    id: Id
    name: Text
    industry: Text
    sample: bool = False
    source: str = ""
    suppliers: dict[Annotated[str, AfterValidator(_carrier)], Text] = {}
    sites: Annotated[list[_Site], Field(min_length=1)]
    supported_by: list[Text] = []
    equipment: list[_Equipment] = []
    remarks: list[Text] = []


def read_company(workspace: Workspace, company_id: str) -> Company:
    """Return the company of a workspace.

    Raises
    ------
    RecordError
        With every entry of company.yaml that is missing, unknown or unfit, by line.
    """
    path = workspace.company_folder(company_id) / "company.yaml"
    file = read_yaml(path, workspace.name_of(path))
    read_ = validated(_Company, file)
    if read_.id != company_id:
        raise RecordError.of(
            "company.id_differs",
            ja=f"id「{shown(read_.id)}」がフォルダ名「{company_id}」と違います。同じにしてください。",
            en=f"The id {shown(read_.id)!r} differs from the folder's name {company_id!r}; make them the same.",
            place=file.place(("id",)),
        )
    ids = [s.id for s in read_.sites]
    if len(set(ids)) < len(ids):
        raise RecordError.of(
            "company.site_twice",
            ja="同じ id の事業所が 2 つあります。id を変えてください。",
            en="Two sites have the same id; change one.",
            place=file.place(("sites",)),
        )
    return Company(
        id=read_.id,
        name=read_.name,
        industry=read_.industry,
        sites=tuple(Site(s.id, s.name, _square_metres(s.floor_area), s.employees) for s in read_.sites),
        suppliers=dict(read_.suppliers),
        sample=read_.sample,
        source=read_.source,
        supported_by=tuple(read_.supported_by),
        equipment=tuple(
            Equipment(
                e.family, e.name, e.year, e.number, None if e.rated_input is None else read(e.rated_input)
            )
            for e in read_.equipment
        ),
        remarks=tuple(read_.remarks),
    )


def _square_metres(text: str | None) -> Decimal | None:
    return None if text is None else read(text).value
