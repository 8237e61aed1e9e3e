"""company.yaml: who the company is, where it works, who supplies it."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, model_validator

from carbonlib.errors import RecordError, shown
from carbonlib.factors import carriers
from carbonlib.records.assessment import Answer
from carbonlib.records.fields import Id, Strict, Text, positive
from carbonlib.records.model import (
    Acknowledgement,
    Company,
    ContractBasis,
    ContractType,
    Equipment,
    Meter,
    Site,
)
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


def _share(text: str) -> str:
    try:
        fits = 0 <= Decimal(text) <= 1
    except InvalidOperation:
        fits = False
    if not fits:
        raise ValueError(
            "「0.3」のように 0 以上 1 以下の数で書いてください。|write a share from 0 to 1, as in '0.3'."
        )
    return text


Use = Literal[
    "office",
    "retail",
    "food_retail",
    "restaurant",
    "hospital",
    "hotel",
    "school",
    "warehouse",
    "factory",
    "other",
]


class _Site(Strict):
    id: Id
    name: Text
    floor_area: Annotated[str, AfterValidator(_area)] | None = None
    employees: Annotated[int, Field(ge=0)] | None = None
    use: Use | None = None


class _Meter(Strict):
    id: Text
    site: Id
    carrier: Annotated[str, AfterValidator(_carrier)] = "electricity"
    contract_type: ContractType | None = None
    contract_basis: ContractBasis | None = None
    supplier: str = ""
    menu: str = ""
    tenant_share: Annotated[str, AfterValidator(_share)] | None = None
    parent: str = ""


class _Acknowledgement(Strict):
    check: Text
    reason: Text
    subject: str = ""


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
    meters: list[_Meter] = []
    acknowledged: list[_Acknowledgement] = []
    self_assessment: dict[Id, Answer] = {}
    questionnaire: dict[Id, Text] = {}

    @model_validator(mode="after")
    def _meters_at_sites(self) -> _Company:
        sites = {s.id for s in self.sites}
        if wrong := [m.site for m in self.meters if m.site not in sites]:
            raise ValueError(
                f"meters の site「{shown(wrong[0])}」が sites にありません。|the site {shown(wrong[0])!r} of a meter is "
                "not among the sites."
            )
        return self


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
        sites=tuple(
            Site(s.id, s.name, _square_metres(s.floor_area), s.employees, s.use or "") for s in read_.sites
        ),
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
        self_assessment=dict(read_.self_assessment),
        questionnaire=dict(read_.questionnaire),
        meters=tuple(
            Meter(
                id=m.id,
                site_id=m.site,
                carrier=m.carrier,
                contract_type=m.contract_type or "",
                contract_basis=m.contract_basis or "",
                supplier=m.supplier,
                menu=m.menu,
                tenant_share=None if m.tenant_share is None else Decimal(m.tenant_share),
                parent=m.parent,
            )
            for m in read_.meters
        ),
        acknowledged=tuple(Acknowledgement(a.check, a.reason, a.subject) for a in read_.acknowledged),
    )


def _square_metres(text: str | None) -> Decimal | None:
    return None if text is None else read(text).value
