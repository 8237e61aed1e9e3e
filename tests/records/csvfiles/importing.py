"""Tables of many companies for tests, and workspaces to import them into."""

from __future__ import annotations

from pathlib import Path

import pytest

from carbonlib.errors import Finding, RecordError
from carbonlib.records.bills import read_bills
from carbonlib.records.company import read_company
from carbonlib.records.importing import Imported, import_files
from carbonlib.records.model import Bill
from carbonlib.records.workspace import Workspace

COMPANIES = """\
company_id,name,industry,site_id,site_name,floor_area,employees,use,supplier_electricity
a-shop,A商店,小売業,honten,本店,"1,200 m2",12,retail,tepco-ep-residual
b-works,B製作所,製造業,k1,第一工場,,40,factory,
b-works,,,k2,第二工場,,,,
"""
BILLS = """\
company_id,site_id,meter_id,carrier,start,end,quantity,unit,cost,cost_unit,tax
a-shop,honten,E1,electricity,2025-04-01,2025-04-30,"1,234",kWh,33000,円,税込
a-shop,honten,E1,electricity,2025-05-01,2025-05-31,1000,kWh,28,千円,税込
b-works,k2,G1,city_gas,2025-04-01,2025-04-30,100,m3,,,
"""
WIDE = """\
company_id,site_id,meter_id,carrier,item,unit,2025-04,2025年5月,R7.6,合計
b-works,k1,E1,電気,使用量,千kWh,10,11,12.5,33.5
b-works,k1,E1,電気,料金（税抜）,千円,250,275,312,837
b-works,k2,,都市ガス,使用量(m3),,100,-,0,100
"""
JAPANESE = """\
事業者ID,事業所,メーター,種別,開始日,終了日,使用量,単位,料金（税込・円）
a-shop,本店,E1,電気,2025/4/1,2025/4/30,１２３４,ｋＷｈ,"33,000"
"""


LONG_HEAD = "company_id,site_id,carrier,start,end,quantity,unit\n"
LONG_ROW = "a-shop,honten,electricity,2025-04-01,2025-04-30,1,kWh\n"


def home(tmp_path: Path) -> Workspace:
    for name in ("parameters", "notebooks"):
        (tmp_path / "ws" / name).mkdir(parents=True, exist_ok=True)
    return Workspace(tmp_path / "ws")


def bring(tmp_path: Path, year: int | None = None, /, **texts: str | bytes) -> Imported:
    files = []
    for name, text in texts.items():
        files.append(tmp_path / f"{name}.csv")
        files[-1].write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))
    return import_files(home(tmp_path), files, fiscal_year=year)


def refused(tmp_path: Path, year: int | None = None, /, **texts: str) -> list[Finding]:
    before = state(tmp_path)
    with pytest.raises(RecordError) as error:
        bring(tmp_path, year, **texts)
    assert state(tmp_path) == before, "nothing half-written"
    return list(error.value.findings)


def state(tmp_path: Path) -> dict[str, bytes]:
    return {p.as_posix(): p.read_bytes() for p in home(tmp_path).parameters.rglob("*") if p.is_file()}


def bills(tmp_path: Path, company_id: str) -> list[Bill]:
    return read_bills(home(tmp_path), read_company(home(tmp_path), company_id))


def said(found: list[Finding]) -> list[tuple[str, int | None]]:
    return [(f.id, f.place.line) for f in found if f.severity == "error"]
