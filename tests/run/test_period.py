"""A report of the latest twelve months, October to September, through the real notebook to every file beside it."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from openpyxl import load_workbook
from pypdf import PdfReader

from carbonlib.answer import UNDIVIDED, answer_rows
from carbonlib.benchmarking import city_benchmarks
from carbonlib.briefing import brief
from carbonlib.diagnosis import diagnose
from carbonlib.errors import CarbonlibError
from carbonlib.proposals.effects import Rates
from carbonlib.publish.site import PDF
from carbonlib.records.workspace import Workspace
from carbonlib.units import format_number
from tests.conftest import ROOT, copy_workspace, run_cli

Maker = Callable[..., Path]
REPORT = "parameters/reports/2024/companies/sample-metal.yaml"
HEADER = (
    "set,carrier,supplier,kind,value,unit,volume_basis,basis,measured_fy,applies_from_fy,applies_to_fy,evidence,source,"
    "locator,exception,note\n"
)
FACTORS = {2024: Fraction("0.400"), 2025: Fraction("0.500")}  # t-CO2/千kWh


def put_factors(root: Path) -> None:
    """Write a programme whose factor of electricity is another one in each fiscal year."""
    folder = root / "parameters/factors"
    folder.mkdir()
    rows = [
        f"ours,electricity,,emission_factor,{float(v):.3f},t-CO2/千kWh,,as_listed,{y - 1},{y},{y},published,our-list,p,,\n"
        for y, v in FACTORS.items()
    ]
    rows.append(
        "ours,electricity,,primary_energy_factor,8.64,GJ/千kWh,,as_listed,,,,published,our-list,p,,\n"
    )
    (folder / "ours.csv").write_text(HEADER + "".join(rows), encoding="utf-8")
    (folder / "sources.yaml").write_text(
        'our-list:\n  publisher: 見本市\n  title: 一覧\n  published: "2026-04-01"\n', encoding="utf-8"
    )
    (folder / "programmes.yaml").write_text(
        "ours:\n  name_ja: 見本市の係数\n  name_en: Ours\n  basis: as_listed\n  basis_ja: 一覧\n  basis_en: as listed\n"
        "  named_only: false\n  parts:\n    all: [ours, shk-fuel-2023, shk-lpg-volume]\n",
        encoding="utf-8",
    )


def shifted(root: Path, programme: str = "saitama-diagnosis-2025", first: str = '"2024-10"') -> Path:
    """Make the report of the metal works one of October 2024 to September 2025."""
    (root / REPORT).write_text(
        f"company_id: sample-metal\nfiscal_year: 2024\nperiod_from: {first}\nprogramme: {programme}\n",
        encoding="utf-8",
    )
    return root


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = copy_workspace(
        tmp_path_factory.mktemp("period") / "ws", companies=("sample-metal", "briefing"), years=(2024,)
    )
    put_factors(root)
    shifted(root, "ours")
    (root / "parameters/reports/2024/briefing.yaml").unlink()
    done = run_cli("build", "--quiet", cwd=root)
    assert done.returncode == 0, done.stderr + done.stdout
    return root / "outputs/2024/companies/sample-metal"


def electricity() -> dict[str, Decimal]:
    """Return the works' electricity by month, as its bills have it. [kWh]"""
    text = (ROOT / "parameters/companies/sample-metal/bills.csv").read_text(encoding="utf-8-sig")
    return {
        row["start"][:7]: Decimal(row["quantity"])
        for row in csv.DictReader(io.StringIO(text))
        if row["carrier"] == "electricity" and "2024-10" <= row["start"][:7] <= "2025-09"
    }


def by_year() -> dict[int, Fraction]:
    used = electricity()
    assert len(used) == 12
    first = sum((Fraction(q) for m, q in used.items() if m < "2025-04"), Fraction(0))
    return {2024: first, 2025: sum(map(Fraction, used.values()), Fraction(0)) - first}


def test_the_summary_counts_each_half_by_its_own_year(built: Path) -> None:
    summary = json.loads((built / "summary.json").read_text(encoding="utf-8"))
    Draft202012Validator(
        json.loads((ROOT / "docs/summary-schema.json").read_text(encoding="utf-8"))
    ).validate(summary)
    assert summary["period"] == {"first_day": "2024-10-01", "last_day": "2025-09-30"}
    line = next(x for x in summary["account"]["lines"] if x["carrier"] == "electricity")
    assert [m["month"] for m in line["months"]] == sorted(electricity())
    assert [m["quantity"] for m in line["months"]] == [float(q) for _, q in sorted(electricity().items())]
    assert [(p["fiscal_years"], p["quantity"]) for p in line["parts"]] == [
        ([y], float(q)) for y, q in by_year().items()
    ]
    expected = sum(q * FACTORS[y] / 1000 for y, q in by_year().items())
    assert line["co2_t"] == float(expected)
    ids = [p["factors"]["co2"] for p in line["parts"]]
    assert len(set(ids)) == 2
    assert set(ids) <= {f["id"] for f in summary["factors"]}
    assert line["factors"]["co2"] is None
    assert line["factors"]["energy"] == line["parts"][0]["factors"]["energy"]


def test_the_page_and_the_pdf_name_the_twelve_months_and_both_years(built: Path) -> None:
    page = (built / "report.html").read_text(encoding="utf-8")
    printed = "".join(p.extract_text() for p in PdfReader(built / PDF).pages).replace("\n", "")
    for text in (page, printed):
        assert "2024年10月〜2025年9月（12か月）" in text
        assert "2024年10月1日〜2025年9月30日" in text
        for year, quantity in by_year().items():
            assert f"{format_number(quantity / 1000, 3)} 千kWh" in text
            assert f"電気（{year}年度の係数による分）" in text
        for wrong in ("2024年度（令和6年度）", "前年度", "今年度"):
            assert wrong not in text, wrong


def test_the_workbook_has_a_row_for_each_year_and_its_formulas_add_up(built: Path) -> None:
    data = (built / "energy_account.xlsx").read_bytes()
    values, formulas = (
        load_workbook(io.BytesIO(data), data_only=known)["換算計算"] for known in (True, False)
    )
    rows = {values.cell(r, 1).value: r for r in range(1, values.max_row + 1) if values.cell(r, 1).value}
    total = 0.0
    for year, quantity in by_year().items():
        row = rows[f"電気（{year}年度の係数による分）"]
        assert values.cell(row, 2).value == pytest.approx(float(quantity / 1000), abs=0)
        assert values.cell(row, 9).value == pytest.approx(float(quantity / 1000 * FACTORS[year]))
        total += values.cell(row, 9).value
        sheet, _, cell = formulas.cell(row, 8).value[1:].partition("!")
        factors = load_workbook(io.BytesIO(data), data_only=True)[sheet.strip("'")]
        assert factors[cell.split("*")[0].replace("$", "")].value == float(FACTORS[year])
    summary = json.loads((built / "summary.json").read_text(encoding="utf-8"))
    assert values.cell(rows["合計"], 9).value == pytest.approx(summary["account"]["totals"]["co2_t"])
    months = [r[1].value for r in load_workbook(io.BytesIO(data))["データ"].iter_rows(min_row=2)]
    assert str(min(months))[:10] == "2024-10-01"


def test_a_second_programme_stands_beside_year_by_year(workspace: Maker) -> None:
    from carbonlib.comparison import compare

    root = shifted(workspace("sample-metal", years=(2024,)))
    put_factors(root)
    d = diagnose(
        "sample-metal", 2024, "saitama-diagnosis-2025", period_from="2024-10", workspace=Workspace(root)
    )
    found = compare(d, "ours")
    assert found is not None
    power = [x for x in found.differences if (x.kind, x.line.carrier) == ("co2", "electricity")]
    assert [(x.years, x.per_one, x.per_other) for x in power] == [
        ((y,), Fraction("0.495"), f) for y, f in FACTORS.items()
    ]
    assert [x.other for x in power] == [q / 1000 * FACTORS[y] for y, q in by_year().items()]


def test_a_saving_is_worth_what_the_use_is_counted_at(workspace: Maker) -> None:
    root = shifted(workspace("sample-metal", years=(2024,)))
    put_factors(root)
    home = Workspace(root)
    d = diagnose("sample-metal", 2024, "ours", period_from="2024-10", workspace=home)
    rates = Rates(d.account, d.programme, d.company.suppliers)
    line = d.account.line("electricity")
    assert line is not None
    rate = rates.of("electricity", "kWh")
    assert rate.co2_t is not None
    assert rate.co2_t * line.quantity == line.co2_t
    # nothing is known of the course of a carrier that is not used yet, so its year is that of the months
    unused = rates.of("city_gas", rates.unit_of("city_gas", "m3_ambient"))
    assert unused.co2_t is not None
    assert not [f for f in rates.findings if f.severity == "error"]


def test_an_annual_row_is_answered_in_words_where_the_years_differ(workspace: Maker) -> None:
    root = shifted(workspace("sample-metal", years=(2024,)))
    put_factors(root)
    bills = root / "parameters/companies/sample-metal/bills.csv"
    header = bills.read_text(encoding="utf-8-sig").splitlines()[0]
    bills.write_text(
        f"{header}\nfactory,E1,electricity,2024-10-01,2025-09-30,600000,kWh{',' * 9}\n", encoding="utf-8"
    )
    home = Workspace(root)
    fixed = diagnose("sample-metal", 2024, "saitama-diagnosis-2025", period_from="2024-10", workspace=home)
    assert fixed.account.co2_t == 600 * Fraction("0.495")
    rows = {r.key: r for r in answer_rows(fixed, "ours")}
    assert rows["scope2_market"].words == UNDIVIDED
    with pytest.raises(CarbonlibError, match=r"bills\.csv 2 行目: 電気の期間 2024-10-01〜2025-09-30"):
        diagnose("sample-metal", 2024, "ours", period_from="2024-10", workspace=home)


def test_april_written_out_is_the_fiscal_year(workspace: Maker) -> None:
    home = Workspace(workspace("sample-metal", years=(2024,)))
    plain = diagnose("sample-metal", 2024, "saitama-diagnosis-2025", workspace=home)
    april = diagnose("sample-metal", 2024, "saitama-diagnosis-2025", period_from="2024-04", workspace=home)
    assert (april.account, april.previous, april.findings) == (plain.account, plain.previous, plain.findings)


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("2024-13", "「2024-13」は、12か月の最初の月を"),
        ("直近12か月", "「直近12か月」は、12か月の最初の月を"),
        (202410, "「202410」は、12か月の最初の月を"),
        ("2025-04", "2025-04 は2025年度の月ですが、fiscal_year は 2024"),
        ("2024-03", "2024-03 は2023年度の月ですが、fiscal_year は 2024"),
    ],
)
def test_a_first_month_that_does_not_fit_is_one_sentence(written: object, said: str) -> None:
    with pytest.raises(CarbonlibError) as caught:
        diagnose(
            "sample-metal",
            2024,
            "saitama-diagnosis-2025",
            period_from=written,  # type: ignore[arg-type]
            workspace=Workspace(ROOT),
        )
    assert len(caught.value.findings) == 1
    assert said in caught.value.text()


def test_check_looks_at_the_months_of_the_report(workspace: Maker) -> None:
    root = shifted(workspace("sample-metal", years=(2024,)))
    done = run_cli("check", "--json", cwd=root)
    found = json.loads(done.stdout)
    # the year before has half of its bills; the twelve months themselves have all
    assert not [f for f in found if f["id"] == "bill.gap" and "2025-" in f["message"]]
    assert not [f for f in found if f["severity"] == "error"]
    shifted(root, first="2024-13")
    done = run_cli("check", cwd=root)
    assert done.returncode == 1
    assert "最初の月を" in done.stdout
    assert "Traceback" not in done.stdout + done.stderr


def test_the_citys_sums_and_benchmarks_leave_other_months_out_and_say_so(workspace: Maker) -> None:
    root = workspace(all=True)
    home = Workspace(root)
    whole, rows = (
        brief(
            2024,
            "saitama-diagnosis-2025",
            activity_fiscal_year=2023,
            schedule_fiscal_year=2024,
            workspace=home,
        ),
        None,
    )
    before = city_benchmarks(home, 2024, ("saitama-diagnosis-2025",))
    shifted(root)
    fewer = brief(
        2024, "saitama-diagnosis-2025", activity_fiscal_year=2023, schedule_fiscal_year=2024, workspace=home
    )
    rows = city_benchmarks(home, 2024, ("saitama-diagnosis-2025",))
    assert fewer.companies == whole.companies - 1
    assert [f.id for f in fewer.findings if f not in whole.findings] == ["briefing.other_months"]
    assert (rows.companies, rows.other_months) == (before.companies - 1, 1)
    assert before.other_months == 0


def test_earlier_years_entered_as_sums_are_left_out_by_name(workspace: Maker) -> None:
    root = shifted(workspace("sample-metal", years=(2024,)))
    bills = root / "parameters/companies/sample-metal/bills.csv"
    with bills.open("a", encoding="utf-8") as file:
        file.write("factory,E1,electricity,2023-04-01,2024-03-31,500000,kWh,,,,,,,,,\n")
    d = diagnose(
        "sample-metal", 2024, "saitama-diagnosis-2025", period_from="2024-10", workspace=Workspace(root)
    )
    assert d.previous is None
    (left,) = [f for f in d.findings if f.id == "account.earlier_left_out"]
    assert "2023年10月〜2024年9月" in left.message.ja
    assert "年度の合計" in left.message.ja
