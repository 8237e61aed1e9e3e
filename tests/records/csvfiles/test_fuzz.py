"""Rows as people may write them: what is right is stored to the digit, and one slip names its own line and no other."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from carbonlib.errors import RecordError
from carbonlib.fiscal_year import Month
from tests.records.csvfiles.importing import COMPANIES, bills, bring, state

FULL_WIDTH = str.maketrans("0123456789.,", "０１２３４５６７８９．，")
ESTIMATED = {"": None, "推定": True, "○": True, "実測": False, "estimated": True}
MONEY = {"円": 1, "千円": 1000}
# company, site and carrier as written, and the site, meter and carrier that they mean
METERS = (
    ("a-shop", "本店", "電気", "honten", "E1", "electricity"),
    ("a-shop", "", "灯油", "honten", "K1", "kerosene"),
    ("b-works", "第一工場", "都市ガス", "k1", "G1", "city_gas"),
    ("b-works", "k2", "electricity", "k2", "E1", "electricity"),
)
UNITS = {"electricity": ("kWh", "千kWh", "MWh"), "kerosene": ("L", "kL"), "city_gas": ("m3",)}
MONTHS = ("{y}-{m:02d}", "{y}/{m}", "{y}年{m}月", "{y}{m:02d}", "令和{r}年{m}月分")
WRONG = {  # by column: what no cell of it can be
    "company_id": ["who", "A B", ""],
    "site_id": ["?", "nowhere"],
    "carrier": ["ガス", "灯油油", ""],
    "年月": ["", "2025年13月", "4月", "1925-04"],
    "quantity": ["", "-", "x", "-3", "1e5", "▲5", "5ドル"],
    "unit": ["", "円", "?", "=1+1"],
    "cost": ["x", "3 kWh"],
    "cost_unit": ["ドル"],
    "estimated": ["たぶん"],
}
Stored = tuple[str, str, str, str, Month, Decimal, str, Decimal | None, bool]


@dataclass(frozen=True)
class Row:
    """The cells of a row and the bill that they mean."""

    cells: dict[str, str]
    bill: Stored


def _number(draw: st.DrawFn, value: Decimal) -> str:
    text = draw(st.sampled_from([f"{value}", f"{value:,}", f" {value} "]))
    return text.translate(FULL_WIDTH) if draw(st.booleans()) else text


@st.composite
def _rows(draw: st.DrawFn) -> list[Row]:
    keys = st.tuples(st.sampled_from(METERS), st.integers(4, 15))
    rows = []
    for meter, of_year in draw(st.lists(keys, min_size=1, max_size=8, unique=True)):
        company, site, carrier, *meant = meter
        month = Month(2025 + (of_year > 12), (of_year - 1) % 12 + 1)
        unit, money = draw(st.sampled_from(UNITS[meant[2]])), draw(st.sampled_from(list(MONEY)))
        quantity = draw(st.decimals(0, 99999, places=draw(st.integers(0, 2))))
        cost = draw(st.none() | st.decimals(-9999, 99999, places=0))
        estimated = draw(st.sampled_from(list(ESTIMATED)))
        written = draw(st.sampled_from(MONTHS)).format(y=month.year, m=month.month, r=month.year - 2018)
        cells = {
            "company_id": company,
            "site_id": site,
            "carrier": carrier,
            "年月": written,
            "quantity": _number(draw, quantity),
            "unit": unit,
            "cost": "" if cost is None else _number(draw, cost),
            "cost_unit": money,
            "estimated": estimated,
        }
        paid = None if cost is None else cost * MONEY[money]
        bill = (company, *meant, month, quantity, unit, paid, ESTIMATED[estimated])
        rows.append(Row(cells, bill))
    return rows


def _text(rows: Sequence[dict[str, str]]) -> str:
    stream = io.StringIO()
    writer = csv.DictWriter(stream, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    return stream.getvalue()


def _stored(tmp_path: Path) -> list[Stored]:
    found = []
    for company in ("a-shop", "b-works"):
        for b in bills(tmp_path, company):
            month = Month(b.start.year, b.start.month)
            assert (b.start, b.end) == (month.first_day, month.last_day)
            found.append(
                (
                    company,
                    b.site_id,
                    b.meter_id,
                    b.carrier,
                    month,
                    b.quantity,
                    b.unit,
                    b.cost_jpy,
                    b.estimated,
                )
            )
    return sorted(found, key=str)


def _wanted(rows: Sequence[Row]) -> list[Stored]:
    return sorted((row.bill for row in rows), key=str)


def _lines(tmp_path: Path, text: str) -> set[int | None]:
    """Return the lines that a refused import names."""
    with pytest.raises(RecordError) as error:
        bring(tmp_path, companies=COMPANIES, bills=text)
    assert state(tmp_path) == {}
    found = [f for f in error.value.findings if f.severity == "error"]
    assert {f.place.file for f in found} == {"bills.csv"}
    assert all(f.message.ja and f.message.en for f in found)
    return {f.place.line for f in found}


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(_rows())
def test_each_row_is_stored_as_it_was_meant(
    tmp_path_factory: pytest.TempPathFactory, rows: list[Row]
) -> None:
    tmp_path = tmp_path_factory.mktemp("long")
    bring(tmp_path, companies=COMPANIES, bills=_text([r.cells for r in rows]))
    assert _stored(tmp_path) == _wanted(rows)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(_rows(), st.sampled_from(list(WRONG)), st.data())
def test_one_slip_names_its_line_alone(
    tmp_path_factory: pytest.TempPathFactory, rows: list[Row], column: str, data: st.DataObject
) -> None:
    tmp_path = tmp_path_factory.mktemp("slip")
    cells = [dict(r.cells) for r in rows]
    at = data.draw(st.integers(0, len(rows) - 1))
    cells[at][column] = data.draw(st.sampled_from(WRONG[column]))
    assert _lines(tmp_path, _text(cells)) == {at + 2}
    left = [r for i, r in enumerate(rows) if i != at]
    if left:
        bring(tmp_path, companies=COMPANIES, bills=_text([r.cells for r in left]))
        assert _stored(tmp_path) == _wanted(left)


@st.composite
def _wide(draw: st.DrawFn) -> tuple[list[dict[str, str]], list[Stored]]:
    """Return rows of months as columns, an amount and perhaps a cost for each meter, and the bills that they mean."""
    months = [Month(2025, m) for m in draw(st.lists(st.integers(4, 12), min_size=2, max_size=4, unique=True))]
    rows, wanted = [], []
    for company, site, carrier, *meant in draw(st.lists(st.sampled_from(METERS), min_size=1, unique=True)):
        unit, money = draw(st.sampled_from(UNITS[meant[2]])), draw(st.sampled_from(list(MONEY)))
        estimated = draw(st.sampled_from(list(ESTIMATED)))
        amounts = {m: draw(st.none() | st.decimals(0, 9999, places=1)) for m in months}
        costs = {
            m: draw(st.none() | st.decimals(0, 9999, places=0)) if a is not None else None
            for m, a in amounts.items()
        }
        who = {"company_id": company, "site_id": site, "carrier": carrier}
        for item, of_row, values in (("使用量", unit, amounts), ("料金", money, costs)):
            cells = {
                str(m): draw(st.sampled_from(["", "-"])) if v is None else _number(draw, v)
                for m, v in values.items()
            }
            rows.append({**who, "item": item, "unit": of_row, "estimated": estimated, **cells})
        for m, amount in amounts.items():
            if amount is not None:
                cost = costs[m]
                paid = None if cost is None else cost * MONEY[money]
                wanted.append((company, *meant, m, amount, unit, paid, ESTIMATED[estimated]))
    return draw(st.permutations(rows)), sorted(wanted, key=str)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(_wide())
def test_each_month_of_a_row_is_stored_as_it_was_meant(
    tmp_path_factory: pytest.TempPathFactory, table: tuple[list[dict[str, str]], list[Stored]]
) -> None:
    tmp_path = tmp_path_factory.mktemp("wide")
    rows, wanted = table
    bring(tmp_path, companies=COMPANIES, bills=_text(rows))
    assert _stored(tmp_path) == wanted


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(_wide(), st.sampled_from(["company_id", "site_id", "carrier", "unit", "value"]), st.data())
def test_one_slip_in_a_row_of_months_names_its_line(
    tmp_path_factory: pytest.TempPathFactory,
    table: tuple[list[dict[str, str]], list[Stored]],
    column: str,
    data: st.DataObject,
) -> None:
    tmp_path = tmp_path_factory.mktemp("slip")
    rows, _ = table
    at = data.draw(st.integers(0, len(rows) - 1))
    if column == "value":
        rows[at][list(rows[at])[-1]] = data.draw(st.sampled_from(["x", "1e5", "5ドル"]))
    else:
        # yen are right beside a cost, and a blank is
        wrong = ["?", "=1+1"] if column == "unit" else WRONG[column]
        rows[at][column] = data.draw(st.sampled_from(wrong))
    assert at + 2 in _lines(tmp_path, _text(rows))
