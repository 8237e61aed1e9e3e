"""energy_account.xlsx: recalculated by another engine, its formulas give the account; foreign text stays text."""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from carbonlib.accounting import account
from carbonlib.answer import answer_rows
from carbonlib.diagnosis import Diagnosis
from carbonlib.factors import NO_FACTOR_JA, programme
from carbonlib.present import attachments
from carbonlib.publish.account_book import account_book
from carbonlib.units import format_number
from tests.publish.executed import HOSTILE, diagnosis_of, hostile

Cells = dict[str, dict[str, Any]]


def book_of(d: Diagnosis) -> bytes:
    return account_book(attachments(d).data)


def cells_of(data: bytes, *, formulas: bool) -> Cells:
    """Return what stands in a workbook's cells: the formulas, or the values kept with them."""
    book = load_workbook(io.BytesIO(data), data_only=not formulas)
    return {
        sheet.title: {c.coordinate: c.value for row in sheet.iter_rows() for c in row if c.value is not None}
        for sheet in book
    }


def recalculated(data: bytes, folder: Path) -> dict[str, Any]:
    """Return every cell of the check sheet as the package `formulas` computes it."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what another package has to say about itself
        import formulas

        path = folder / "book.xlsx"
        path.write_bytes(data)
        solution = formulas.ExcelModel().loads(str(path)).finish().calculate()
    found = {}
    for key, value in solution.items():
        if match := re.fullmatch(r"'\[book\.xlsx\]換算計算'!([A-Z]+\d+)", str(key)):
            found[match[1]] = value.value[0][0]
    return found


def row_named(cells: Cells, name: str) -> int:
    return next(
        int(k[1:]) for k, v in cells["換算計算"].items() if k[0] == "A" and v == name and int(k[1:]) > 7
    )


def in_other_programme(d: Diagnosis, id: str) -> Diagnosis:
    """Return a diagnosis with the account of another programme."""
    rules = programme(id)
    other = account(
        d.bills, owner=d.company.id, programme=rules, fiscal_year=d.fiscal_year, suppliers=d.company.suppliers
    )
    return replace(d, programme=rules, account=other, proposed=None)


@cache
def shop() -> bytes:
    return book_of(diagnosis_of("saitama-shop", 2023))


def test_the_published_shop_recalculated(tmp_path: Path) -> None:
    values, cells = recalculated(shop(), tmp_path), cells_of(shop(), formulas=True)
    total, electricity = row_named(cells, "合計"), row_named(cells, "電気")
    assert format_number(float(values[f"E{total}"])) == "22,446"
    assert format_number(float(values[f"G{total}"]), 3) == "579.107"
    assert format_number(float(values[f"I{total}"]), 3) == "1,138.388"
    assert format_number(float(values[f"K{total}"])) == "63,075"
    assert format_number(float(values[f"L{electricity}"]), 2) == "27.42"
    assert cells["換算計算"][f"E{total}"].startswith("=SUM(")
    # the same numbers are kept with the formulas, unrounded
    kept = cells_of(shop(), formulas=False)["換算計算"]
    assert (kept[f"E{total}"], kept[f"I{total}"], kept[f"J{total}"]) == (22445.9973, 1138.3875435, 63_075_000)


@pytest.mark.parametrize(
    ("company", "year", "rules"),
    [
        ("sample-metal", 2025, None),
        ("sample-transport", 2025, None),
        ("sample-laundry", 2025, "shk"),
        ("sample-metal", 2025, "shk"),
        ("sample-restaurant", 2024, "shk"),
    ],
)
def test_every_formula_gives_the_value_kept_with_it(
    company: str, year: int, rules: str | None, tmp_path: Path
) -> None:
    d = diagnosis_of(company, year)
    d = d if rules is None else in_other_programme(d, rules)
    data = book_of(d)
    values = recalculated(data, tmp_path)
    kept = cells_of(data, formulas=False)["換算計算"]
    live = {k for k, v in cells_of(data, formulas=True)["換算計算"].items() if str(v).startswith("=")}
    assert len(live) > 12
    for cell in live:
        assert float(values[cell]) == pytest.approx(kept[cell], rel=1e-12), cell
    last = max(int(re.sub(r"\D", "", c)) for c in live)
    for column, total in (("E", d.account.energy_gj), ("G", d.account.crude_oil_kl), ("I", d.account.co2_t)):
        assert kept[f"{column}{last}"] == ("–" if total is None else float(total))


def test_gas_counted_by_mass_uses_the_factor_between(tmp_path: Path) -> None:
    d = diagnosis_of("sample-metal", 2024)
    bills = [replace(b, unit="m3", quantity=b.quantity / 2) if b.carrier == "lpg" else b for b in d.bills]
    d = in_other_programme(replace(d, bills=tuple(bills)), "shk")
    line = d.account.line("lpg")
    assert line is not None
    assert line.parts[0].mass_factor is not None
    data = book_of(d)
    cells = cells_of(data, formulas=True)
    row = row_named(cells, "LPガス（気体）")
    assert re.fullmatch(r"=係数!\$C\$\d+/係数!\$C\$\d+\*0\.001", cells["換算計算"][f"D{row}"])
    assert float(recalculated(data, tmp_path)[f"E{row}"]) == pytest.approx(float(line.energy_gj or 0))


def test_a_changed_factor_moves_the_total(tmp_path: Path) -> None:
    book = load_workbook(io.BytesIO(shop()))
    sheet = book["係数"]
    row = next(r for r in range(2, sheet.max_row) if "electricity/emission_factor" in sheet.cell(r, 2).value)
    sheet.cell(row, 3).value = 0.4
    changed = io.BytesIO()
    book.save(changed)
    total = row_named(cells_of(shop(), formulas=True), "合計")
    expected = 2298.48 * 0.4 + 0.295 * 2.1693
    assert float(recalculated(changed.getvalue(), tmp_path)[f"I{total}"]) == pytest.approx(expected)


def test_what_is_not_known_is_said_and_not_summed() -> None:
    d = in_other_programme(diagnosis_of("sample-office", 2024), "shk")
    assert d.account.co2_t is None, "the year has no factor of the supplier"
    cells = cells_of(book_of(d), formulas=True)
    row, total = row_named(cells, "電気"), row_named(cells, "合計")
    assert cells["換算計算"][f"I{row}"] == NO_FACTOR_JA
    assert cells["換算計算"][f"I{total}"] == "–"


def test_months_are_flat_data_with_one_datum_a_cell() -> None:
    d = diagnosis_of("sample-metal", 2025)
    data = cells_of(book_of(d), formulas=False)["データ"]
    rows = max(int(re.sub(r"\D", "", k)) for k in data) - 1
    assert rows == 12 * len(d.account.lines)
    assert {data[f"A{r}"] for r in range(2, rows + 2)} == {"月"}
    assert {data[f"N{r}"] for r in range(2, rows + 2)} == {"見本"}
    co2 = sum(data[f"K{r}"] for r in range(2, rows + 2))
    assert co2 == pytest.approx(float(d.account.co2_t or 0), rel=1e-12)
    annual = cells_of(shop(), formulas=False)["データ"]
    assert [annual[f"A{r}"] for r in (2, 3)] == ["年間", "年間"]
    assert [annual[f"N{r}"] for r in (2, 3)] == ["公表値", "公表値"]


def test_every_factor_has_its_id_source_and_validity() -> None:
    d = diagnosis_of("sample-metal", 2025)
    cells = cells_of(book_of(d), formulas=False)["係数"]
    used = {f.id: f for line in d.account.lines for f in line.factors}
    rows = {cells[f"B{r}"]: r for r in range(2, len(used) + 2)}
    assert rows.keys() == used.keys()
    for id, factor in used.items():
        assert cells[f"C{rows[id]}"] == float(factor.value)
        assert cells[f"D{rows[id]}"] == factor.unit
        assert factor.cited is not None
        assert cells[f"I{rows[id]}"] == factor.cited.label()
        assert cells[f"F{rows[id]}"] == (factor.validity() or "定めなし")


def test_the_answer_for_a_customer_is_a_sheet_of_its_own() -> None:
    d = diagnosis_of("sample-metal", 2025)
    cells = cells_of(book_of(d), formulas=False)["取引先回答"]
    rows = {cells[f"A{n}"]: n for n in range(6, 6 + len(answer_rows(d)))}
    for row in answer_rows(d):
        at = rows[row.label]
        # a workbook keeps 16 digits of a number
        assert (cells.get(f"B{at}") or 0) == pytest.approx(float(row.value or 0), rel=1e-15)
        assert row.value is not None or cells[f"D{at}"] == row.words
        assert cells.get(f"G{at}", "") == row.source
    unknown = cells_of(shop(), formulas=False)["取引先回答"]
    assert "係数未登録" in unknown.values()


def test_sample_and_published_data_are_marked_and_the_page_is_set_up() -> None:
    book = load_workbook(io.BytesIO(book_of(diagnosis_of("sample-metal", 2025))))
    sheet = book["換算計算"]
    assert "見本データ" in sheet["A4"].value
    assert sheet.page_setup.orientation == "landscape"
    assert str(sheet.page_setup.paperSize) == "9"
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet["B8"].number_format.startswith("#,##0.000")
    assert "公表値" in cells_of(shop(), formulas=True)["換算計算"]["A4"]


def test_hostile_text_is_text() -> None:
    data = book_of(hostile(diagnosis_of("sample-metal", 2025)))
    cells = cells_of(data, formulas=True)
    shape = re.compile(
        r"=(SUM\([A-Z]\d+:[A-Z]\d+\)|(?:係数!\$C\$\d+|[A-Z]\d+)([*/](係数!\$C\$\d+|[A-Z]\d+|\([A-Z]\d+\*1000\)|1000))*)"
    )
    live = [v for sheet in cells.values() for v in sheet.values() if str(v).startswith("=")]
    assert all(shape.fullmatch(v) for v in live), live
    assert HOSTILE[:20] in cells["換算計算"]["A2"]
    assert "\u202e" not in str(cells)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name).decode("utf-8") for name in archive.namelist()}
    assert not any("<hyperlink" in text for text in parts.values())
    assert "<script>" not in "".join(parts.values())
    assert "externalLink" not in "".join(parts)


def test_same_data_same_bytes_without_todays_date() -> None:
    d = diagnosis_of("sample-metal", 2025)
    assert book_of(d) == book_of(d)
    with zipfile.ZipFile(io.BytesIO(book_of(d))) as archive:
        assert "2025-04-01T00:00:00Z" in archive.read("docProps/core.xml").decode()
        assert {i.date_time[0] for i in archive.infolist()} == {1980}
