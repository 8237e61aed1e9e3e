"""Odd companies, each a report that tries the page: written as files, read and shown like any other."""

from __future__ import annotations

import csv
import io
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat
import yaml

from carbonlib.diagnosis import diagnose
from carbonlib.records.workspace import Workspace
from tests.conftest import ROOT
from tests.publish.executed import HOSTILE, executed

LONG = "一般社団法人埼玉県西部地域中小製造業省エネルギー推進協同組合連合会附属精密金属加工技術研究開発センター第二工場 株式会社"
HEADER = (
    "site_id,meter_id,carrier,start,end,quantity,unit,cost,cost_unit,tax,contract_demand_kw,peak_demand_kw"
)
MONTHS = [(2025, m) for m in range(4, 13)] + [(2026, m) for m in range(1, 4)]
DAYS = {2: 28, 4: 30, 6: 30, 9: 30, 11: 30}
assert len(LONG) == 60


@dataclass(frozen=True)
class Odd:
    """A company's files: what company.yaml, bills.csv and proposals.yaml say."""

    company: dict[str, Any]
    bills: list[tuple[Any, ...]]
    proposals: list[dict[str, Any]]


def _company(name: str, **more: Any) -> dict[str, Any]:
    base = {"name": name, "industry": "製造業", "sites": [{"id": "s", "name": "本社工場"}]}
    return {**base, **more}


def _months(
    carrier: str, unit: str, price: float, amount: int, *, meter: str = "M"
) -> Iterator[tuple[Any, ...]]:
    for n, (year, month) in enumerate(MONTHS):
        quantity = amount + (n * 37 % 11) * amount // 40
        span = f"{year}-{month:02d}-01", f"{year}-{month:02d}-{DAYS.get(month, 31)}"
        peak = (100, 90 + n % 4) if carrier == "electricity" else ("", "")
        yield ("s", meter, carrier, *span, quantity, unit, round(quantity * price), "円", "税抜", *peak)


def _proposal(number: int, title: str, **more: Any) -> dict[str, Any]:
    """Return a proposal: every third is operational, the others an investment."""
    cost = [{"item": "工事一式", "amount": f"{number * 70 + 200} 千円", "tax": "税抜"}]
    change = {"carrier": "electricity", "before": f"{number * 60 + 900} kWh/年", "after": "700 kWh/年"}
    switch_off = {
        "rooms": [
            {"name": title, "watts": "40 W", "count": "20 台", "hours": "2,600 h/年", "hours_off": "300 h/年"}
        ]
    }
    return {
        "number": str(number),
        "title": title,
        "measure": "lighting_switch_off" if number % 3 == 0 else "before_after",
        "load": {"use": "lighting"} if number % 3 == 0 else {"use": "cooling"},
        "inputs": switch_off if number % 3 == 0 else change,
        "capital": [] if number % 3 == 0 else cost,
        **more,
    }


def one_fuel() -> Odd:
    return Odd(_company("灯油だけの農園"), list(_months("kerosene", "L", 112, 900)), [])


def annual_rows() -> Odd:
    span = ("2025-04-01", "2026-03-31")
    rows = [
        ("s", "E", "electricity", *span, 120000, "kWh", 3300000, "円", "税抜", 90, ""),
        ("s", "G", "city_gas", *span, 2500, "m3", 330000, "円", "税抜", "", ""),
    ]
    return Odd(_company("年間の値だけの事業所"), rows, [])


def forty_proposals() -> Odd:
    proposals = [_proposal(n, f"第{n}区画の照明と空調の運転の見直し") for n in range(1, 41)]
    return Odd(_company("提案の多い工場"), list(_months("electricity", "kWh", 27, 40000)), proposals)


def many_meters() -> Odd:
    rows = [
        r
        for n in range(15)
        for r in _months("electricity", "kWh", 25 + n / 5, 3000 + 400 * n, meter=f"E{n + 1}")
    ]
    return Odd(_company("計量器の多い工場"), rows, [])


def long_name() -> Odd:
    site = {"id": "s", "name": LONG, "floor_area": "2,450 m2", "employees": 48}
    rows = [*_months("electricity", "kWh", 27, 9000), *_months("lpg", "kg", 205, 300, meter="G")]
    return Odd(_company(LONG, sites=[site]), rows, [_proposal(n, LONG) for n in (1, 2, 3)])


def visited() -> Odd:
    visit = {
        "fiscal_year": 2025,
        "date": "2026-05-12",
        "diagnosticians": [{"name": "見本 一郎", "qualification": "エネルギー管理士"}],
        "attended": ["総務部 見本 花子"],
    }
    return Odd(_company("訪問だけの商店", visits=[visit]), list(_months("electricity", "kWh", 31, 800)), [])


def hostile() -> Odd:
    text = (HOSTILE + "長" * 300)[:300]
    site = {"id": "s", "name": text, "floor_area": "10 m2", "employees": 1}
    equipment = [{"family": "other", "name": text}]
    proposals = [_proposal(n, text, present=text, reason=text, method=text, remarks=[text]) for n in (1, 2)]
    proposals[0]["capital"] = [{"item": text, "amount": "900 千円", "tax": "税抜"}]
    return Odd(
        _company(text, sites=[site], equipment=equipment),
        list(_months("electricity", "kWh", 27, 9000)),
        proposals,
    )


ODD: dict[str, Callable[[], Odd]] = {
    "one-fuel": one_fuel,
    "annual": annual_rows,
    "forty": forty_proposals,
    "meters": many_meters,
    "long-name": long_name,
    "visited": visited,
    "hostile": hostile,
}


def workspace_of_odd(folder: Path) -> Workspace:
    """Write every odd company into a folder with the city's other parameters, and return it as a workspace."""
    parameters = folder / "parameters"
    parameters.mkdir(parents=True)
    for name in ("city.yaml", "weather.csv"):
        shutil.copy(ROOT / "parameters" / name, parameters / name)
    shutil.copytree(ROOT / "parameters/subsidies", parameters / "subsidies")
    for id, make in ODD.items():
        odd, home = make(), parameters / "companies" / id
        home.mkdir(parents=True)
        _write_yaml(home / "company.yaml", {"id": id, **odd.company})
        if odd.proposals:
            _write_yaml(home / "proposals.yaml", {"proposals": odd.proposals})
        text = io.StringIO()
        csv.writer(text, lineterminator="\n").writerows([HEADER.split(","), *odd.bills])
        (home / "bills.csv").write_text(text.getvalue(), encoding="utf-8")
    return Workspace(folder)


def _write_yaml(path: Path, data: dict[str, Any]) -> None:
    path.write_text(yaml.safe_dump(data, allow_unicode=True, sort_keys=False), encoding="utf-8")


def report_of(id: str, workspace: Workspace) -> nbformat.NotebookNode:
    """Return the executed notebook of an odd company."""
    stated = {"company_id": id, "fiscal_year": 2025, "programme": "saitama-diagnosis-2025"}
    d = diagnose(**stated, subsidies_on="2025-11-05", workspace=workspace)
    return executed(d, stated=stated)
