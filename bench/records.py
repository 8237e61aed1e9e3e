"""Bills of 10,000 companies read, checked and stored, beside pandas.read_csv of the same files.

Run: .venv/bin/python bench/records.py. Each measurement has a process of its own, so that its peak memory is its own.
Shown is the median of several rounds; `times` compares the two sides within a round. Where the machine does other work
besides, the processor's time (cpu) tells more than the clock's.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import sqlite3
import subprocess
import sys
import tempfile
import time
from calendar import monthrange
from collections.abc import Callable
from pathlib import Path
from statistics import median

HEADER = (
    "site_id,meter_id,carrier,start,end,quantity,unit,cost,cost_unit,tax,contract_demand_kw,peak_demand_kw,"
    "estimated,note"
)
# carrier, meter, unit, amount and yen a month, as those of a small factory
METERS = (
    ("electricity", "E1", "kWh", 50_000, 27),
    ("city_gas", "G1", "m3", 4_000, 110),
    ("kerosene", "K1", "L", 900, 115),
)
COMPANY = """# 計測用に作られた架空の事業者です（実在しません）。
id: {id}
name: 計測用事業者 {number}
industry: 製造業
sample: true
supported_by: [サンプル商工会議所]
suppliers:
  electricity: tepco-ep-residual
sites:
  - id: factory
    name: 本社工場
    floor_area: {area:,} m2
    employees: {employees}
equipment:
  - family: compressor
    name: スクリュー圧縮機
    year: {year}
    number: 2
    rated_input: 37 kW
  - family: lighting
    name: 水銀灯 400 W
    year: 2003
    number: {lamps}
    rated_input: 0.425 kW
"""


def bill_rows(random_: random.Random) -> list[str]:
    """Return a company's bills of FY2025: twelve months of three carriers."""
    demand = random_.randrange(210, 400)
    rows = []
    for carrier, meter, unit, usual, price in METERS:
        for month in range(4, 16):
            year, of_year = 2025 + (month > 12), (month - 1) % 12 + 1
            amount = round(usual * random_.uniform(0.5, 1.5))
            kilowatts = (
                f"{demand},{round(demand * random_.uniform(0.75, 1))}" if carrier == "electricity" else ","
            )
            rows.append(
                f"factory,{meter},{carrier},{year}-{of_year:02d}-01,{year}-{of_year:02d}-{monthrange(year, of_year)[1]},"
                f"{amount},{unit},{round(amount * price * random_.uniform(0.9, 1.1))},円,税抜,{kilowatts},,"
            )
    return rows


def generate(root: Path, companies: int, seed: int = 4) -> None:
    """Write a workspace of many companies, and the same bills as one table."""
    random_ = random.Random(seed)
    (root / "notebooks").mkdir(parents=True)
    (root / "outputs").mkdir()
    with (root / "all.csv").open("w", encoding="utf-8") as table:
        table.write(f"company_id,{HEADER}\n")
        for number in range(companies):
            company_id = f"company-{number:05d}"
            folder = root / "parameters" / "companies" / company_id
            folder.mkdir(parents=True)
            entries = {"area": random_.randrange(200, 9000), "employees": random_.randrange(3, 300)}
            entries |= {"year": random_.randrange(1995, 2025), "lamps": random_.randrange(4, 90)}
            yaml = COMPANY.format(id=company_id, number=number, **entries)
            (folder / "company.yaml").write_text(yaml, encoding="utf-8")
            rows = bill_rows(random_)
            (folder / "bills.csv").write_text("\n".join((HEADER, *rows)) + "\n", encoding="utf-8")
            table.writelines(f"{company_id},{row}\n" for row in rows)


def pandas_files(root: Path) -> int:
    """Read each bills.csv by pandas, with its defaults."""
    import pandas as pd

    return sum(len(pd.read_csv(path)) for path in sorted((root / "parameters/companies").glob("*/bills.csv")))


def carbonlib_files(root: Path) -> int:
    """Read and check company.yaml and bills.csv of each company, into a fresh store."""
    from carbonlib.records.store import renew
    from carbonlib.records.workspace import Workspace

    done = renew(Workspace(root))
    with sqlite3.connect(root / "outputs" / "store.sqlite") as store:
        assert store.execute("SELECT count(*) FROM records").fetchone() == (done.read,)
    return done.read * ROWS_EACH


def pandas_table(root: Path) -> int:
    """Read the one table by pandas, with its defaults."""
    import pandas as pd

    return len(pd.read_csv(root / "all.csv"))


def carbonlib_table(root: Path) -> int:
    """Read and check the one table, and store the bills of each company."""
    from carbonlib.records.bills import read_bill_table
    from carbonlib.records.model import Company, Site
    from carbonlib.records.store import stored_row
    from carbonlib.records.textfile import read_text

    ids = [p.name for p in (root / "parameters/companies").iterdir()]
    text = read_text(root / "all.csv", "all.csv")
    bills, findings = read_bill_table(text, "all.csv", {i: ["factory"] for i in ids})
    assert not findings
    factory = (Site("factory", "本社工場"),)
    with sqlite3.connect(root / "outputs" / "table.sqlite") as store:
        store.execute("CREATE TABLE records (id TEXT PRIMARY KEY, inputs TEXT, contents TEXT, checksum TEXT)")
        rows = (stored_row(Company(i, i, "製造業", factory), own, (), "") for i, own in bills.of_each())
        store.executemany("INSERT INTO records VALUES (?, ?, ?, ?)", rows)
    return len(bills)


def one_of_many(root: Path) -> float:
    """Return the milliseconds of reading one company's records from the store, the median of some hundred."""
    from carbonlib.records.store import records_of
    from carbonlib.records.workspace import Workspace

    return _each(root, lambda home, i: records_of(Workspace(home), i))


def one_of_files(root: Path) -> float:
    """Return the milliseconds of reading one company's records from its files."""
    from carbonlib.records.store import read_records
    from carbonlib.records.workspace import Workspace

    return _each(root, lambda home, i: read_records(Workspace(home), i))


def _each(root: Path, read: Callable[[Path, str], object]) -> float:
    ids = sorted(p.name for p in (root / "parameters/companies").iterdir())
    chosen = random.Random(1).sample(ids, min(len(ids), 400))
    taken = []
    for company_id in chosen:
        start = time.perf_counter()
        read(root, company_id)
        taken.append(time.perf_counter() - start)
    return sorted(taken)[len(taken) // 2] * 1000


ROWS_EACH = len(METERS) * 12
PARTS = {f.__name__: f for f in (pandas_files, carbonlib_files, pandas_table, carbonlib_table)}
LOOK_UPS = {f.__name__: f for f in (one_of_many, one_of_files)}


def measure(name: str, root: Path) -> dict[str, float]:
    """Run one part in a process of its own: rows, seconds without the imports, and peak memory [MiB]."""
    for left in ("store.sqlite", "table.sqlite"):
        if name in PARTS:
            (root / "outputs" / left).unlink(missing_ok=True)
    done = subprocess.run(
        [sys.executable, __file__, "--part", name, "--root", str(root)],
        capture_output=True,
        text=True,
        check=True,
    )
    return dict(json.loads(done.stdout))


def run_part(name: str, root: Path) -> None:
    """Print one measurement as JSON."""
    if name in LOOK_UPS:
        print(json.dumps({"ms": LOOK_UPS[name](root)}))
        return
    # imports are not what is measured, on either side
    import pandas  # noqa: F401

    import carbonlib.records.store  # noqa: F401

    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    start, busy = time.perf_counter(), time.process_time()
    rows = PARTS[name](root)
    seconds, busy = time.perf_counter() - start, time.process_time() - busy
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"rows": rows, "seconds": seconds, "cpu": busy, "peak": peak, "more": peak - before}))


def main() -> None:
    """Measure and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--companies", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--part", choices=[*PARTS, *LOOK_UPS], help=argparse.SUPPRESS)
    parser.add_argument("--root", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.part:
        run_part(given.part, given.root)
        return
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "workspace"
        generate(root, given.companies)
        # side by side, so that whatever else the machine does meets both
        rounds = [{name: measure(name, root) for name in PARTS} for _ in range(given.rounds)]
        print("                       rows  rows/s  seconds  times      cpu  times  peak MiB  more MiB")
        for name in PARTS:
            beside = name.replace("carbonlib", "pandas")
            found = {k: median(r[name][k] for r in rounds) for k in rounds[0][name]}
            times = {k: median(r[name][k] / r[beside][k] for r in rounds) for k in ("seconds", "cpu")}
            print(
                f"{name:17} {found['rows']:9,.0f} {found['rows'] / found['seconds']:7,.0f} "
                f"{found['seconds']:8.2f} {times['seconds']:6.1f} {found['cpu']:8.2f} {times['cpu']:6.1f} "
                f"{found['peak']:9.0f} {found['more']:9.0f}"
            )
        measure("carbonlib_files", root)
        for name in LOOK_UPS:
            print(f"{name:17} {median(measure(name, root)['ms'] for _ in rounds):.2f} ms")


if __name__ == "__main__":
    main()
