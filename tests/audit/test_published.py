"""Tables that were published, with the slip that one of them has and slips put into them.

The shop's energy use and its account V.1 are in the Saitama deck of 2025-10-28 (III.2(1) 使用エネルギー, V.1
CO2排出量換算計算); the examples of grants are in the same deck (補助金の利用例).
"""

from __future__ import annotations

import pytest

from tests.audit.tables import breaks, told

SHOP = ("種別", "使用量", "単位", "単価", "単位", "費用（千円）")
ELECTRICITY = ("電気", "2,298,480", "kWh", "27.42", "円/kWh", "63,017")
GAS = ("都市ガス", "295", "m3", "196.61", "円/m3", "58")
SHOP_TOTAL = ("合計", "", "", "", "", "63,075")

V1 = (
    *("種類", "使用量", "単位", "単位当たり発熱量", "熱量（GJ）", "原油換算係数", "原油換算使用量（kL）"),
    *("CO2排出係数", "CO2排出量（t-CO2）"),
)
V1_ROWS = (
    ("ガソリン", "", "kL", "34.6", "", "0.8927", "", "2.3217", ""),
    ("A重油", "－", "kL", "39.1", "－", "1.0088", "－", "2.7096", "－"),
    ("都市ガス", "0.295", "千m3", "43.5", "13", "1.1223", "0.331", "2.1693", "0.640"),
    ("小計", "", "", "", "13", "", "0.331", "", "0.640"),
    ("電気", "2,298.480", "千kWh", "9.76", "22,433", "0.25181", "578.776", "0.495", "1,137.748"),
    ("合計", "", "", "", "22,446", "", "579.107", "", "1,138.388"),
)


def v1(row: int, column: int, text: str) -> list[tuple[str, ...]]:
    """Return the rows of V.1 with another text in one cell."""
    cells = [list(r) for r in V1_ROWS]
    cells[row - 1][column] = text
    return [tuple(r) for r in cells]


def test_the_published_tables_close() -> None:
    assert breaks(SHOP, ELECTRICITY, GAS, SHOP_TOTAL) == []
    assert breaks(V1, *V1_ROWS) == []


@pytest.mark.parametrize("cell", ["8", "8千円", "８", "８ 千円"])
def test_the_gas_cost_printed_8_is_58_by_row_and_by_total(cell: str) -> None:
    (found,) = breaks(SHOP, ELECTRICITY, (*GAS[:-1], cell), SHOP_TOTAL)
    assert told([found]) == [(2, "費用（千円）", cell, 58, "digit_lost")]
    assert found["evidence"] == ["row", "total"]


def test_the_gas_cost_without_the_total_and_without_the_product() -> None:
    assert told(breaks(SHOP, ELECTRICITY, (*GAS[:-1], "8"))) == [(2, "費用（千円）", "8", 58, "digit_lost")]
    found = breaks(
        ("種別", "費用（千円）"), ("電気", "63,017"), ("都市ガス", "8"), ("事務用品", "0"), ("合計", "63,075")
    )
    assert (2, "費用（千円）", "8", 58, "digit_lost") in told(found)


def test_a_decimal_point_that_moved() -> None:
    found = breaks(V1, *v1(3, 8, "6.40"))
    assert [f["implied"] for f in found if f["column"].startswith("CO2排出量")] == [0.64]
    assert {f["reason"] for f in found} == {"point_moved"}


def test_a_lost_digit() -> None:
    assert told(breaks(V1, *v1(5, 6, "57.776"))) == [(5, V1[6], "57.776", 578.776, "digit_lost")]


def test_a_wrong_total() -> None:
    assert told(breaks(V1, *v1(6, 4, "2,246"))) == [(6, V1[4], "2,246", 22446, "digit_lost")]


@pytest.mark.parametrize(("column", "text", "implied"), [(2, "kWh", "千kWh"), (1, "2,298,480", "kWh")])
def test_a_label_off_by_a_thousand(column: int, text: str, implied: str) -> None:
    found = breaks(V1, *v1(5, column, text))
    assert ("単位", implied, "unit") in {(f["column"], f["implied"], f["reason"]) for f in found}
    # moving the point of the amount mends the row as well, and nothing else does
    assert {f["column"] for f in found} == {"単位", "使用量"}


def test_kwh_for_thousand_kwh_beside_a_price() -> None:
    found = breaks(SHOP, ("電気", "2,298,480", "千kWh", "27.42", "円/kWh", "63,017"), GAS, SHOP_TOTAL)
    assert (1, "単位", "千kWh", "kWh", "unit") in told(found)
    assert not any(f["column"] == "費用（千円）" for f in found), "the total says that the cost is right"


def test_a_heading_in_the_wrong_unit() -> None:
    header = (*SHOP[:-1], "費用（円）")
    found = breaks(header, ELECTRICITY, GAS, SHOP_TOTAL)
    assert {(1, "費用（円）", "円", "千円", "unit"), (2, "費用（円）", "円", "千円", "unit")} <= set(
        told(found)
    )


def test_the_factor_of_lpg_beside_city_gas() -> None:
    (found,) = breaks(V1, *v1(3, 7, "6.22"))
    assert (found["column"], found["implied"], found["reason"]) == ("CO2排出係数", 2.1693, "factor")
    assert found["kind"] == ["city_gas"]
    assert "saitama-diagnosis-2025" in found["factor_sets"]


def test_a_result_made_with_the_factor_of_lpg() -> None:
    header = ("種別", "使用量（m3）", "CO2排出係数（t-CO2/千m3）", "CO2排出量（t-CO2）")
    found = breaks(header, ("都市ガス", "8,648", "2.1693", "53.8"))
    assert told(found) == [(1, header[2], "2.1693", 6.22, "factor")]
    assert found[0]["kind"] == ["lpg"]


def test_a_row_that_closes_with_the_factor_of_another_carrier() -> None:
    """The grants' boiler: 8,648 m3 and 53.8 t, printed only as gas; it is LPG, and city gas would be 18.8 t."""
    header = ("種別", "使用量（m3）", "CO2排出係数（t-CO2/m3）", "CO2排出量（t-CO2）")
    assert breaks(header, ("LPガス", "8,648", "0.00622", "53.8")) == []
    found = breaks(header, ("都市ガス", "8,648", "0.00622", "53.8"))
    assert told(found) == [(1, "種別", "都市ガス", "LPガス", "carrier")]
    without = breaks(("種別", "使用量", "単位", "CO2 [t-CO2]"), ("都市ガス", "8648", "㎥", "53.8"))
    assert told(without) == [(1, "種別", "都市ガス", "LPガス", "carrier")]


def test_another_factor_set() -> None:
    found = breaks(V1, *v1(5, 3, "8.64"))
    assert told(found) == [(5, V1[3], "8.64", 9.76, "factor")]
    assert {"saitama-diagnosis-2025", "enecho-elec-976"} <= set(found[0]["factor_sets"])


def test_a_row_that_two_cells_would_mend_says_both() -> None:
    found = told(breaks(("使用量（kWh）", "単価（円/kWh）", "費用（円）"), ("1,000", "25.00", "250,000")))
    assert (1, "使用量（kWh）", "1,000", 10000, "point_moved") in found
    assert (1, "単価（円/kWh）", "25.00", 250, "point_moved") in found
    assert (1, "費用（円）", "250,000", 25000, "point_moved") in found


def test_examples_of_grants_close() -> None:
    header = ("設備", "使用量（kWh）", "係数（t-CO2/千kWh）", "CO2排出量（t-CO2）")
    rows = [
        ("空調", "8,660", "0.495", "4.3"),
        ("太陽光", "19,173", "0.495", "9.5"),
        ("変圧器", "15,081", "0.495", "7.5"),
    ]
    assert breaks(header, *rows) == []


def test_the_check_sheet_for_one_tonne_closes() -> None:
    """換算チェックシート: rows of 1 t-CO2, a subtotal of fuels, and the total (items t1.*)."""
    header = ("種別", "数量", "単位発熱量", "熱量", "原油換算係数", "原油換算", "CO2排出係数", "CO2排出量")
    rows = [
        ("ガソリン", "0.431", "34.6", "14.903", "0.0258", "0.4", "2.3217", "1.00"),
        ("灯油", "0.402", "36.7", "14.742", "0.0258", "0.4", "2.4895", "1.00"),
        ("軽油", "0.387", "37.7", "14.584", "0.0258", "0.4", "2.585", "1.00"),
        ("A重油", "0.369", "39.1", "14.43", "0.0258", "0.4", "2.7096", "1.00"),
        ("LPガス t", "0.333", "50.8", "16.94", "0.0258", "0.4", "2.9989", "1.00"),
        ("LPガス m3", "160.772", "0.1054", "16.945", "0.0258", "0.4", "0.00622", "1.00"),
        ("都市ガス", "0.461", "43.5", "20.053", "0.0258", "0.5", "2.1693", "1.00"),
        ("小計", "", "", "112.6", "", "2.9", "", "7.00"),
        ("電気", "2.020", "9.76", "19.717", "0.0258", "0.5", "0.495", "1.00"),
        ("合計", "", "", "132.31", "", "3.4", "", "8.00"),
    ]
    assert breaks(header, *rows) == []
    rows[6] = (*rows[6][:3], "2.0053", *rows[6][4:])
    assert (7, "熱量", "2.0053", 20.053, "point_moved") in told(breaks(header, *rows))
