"""What rows of a table of bills say of each other: a total row is compared with the part that it closes."""

from __future__ import annotations

import pytest

from carbonlib.records.bills import COMPANY, REQUIRED, read_bill_rows

SITES = {"a": ["honten", "kojo"], "b": ["honten"]}


def bill(owner: str, site: str, month: int, quantity: int) -> str:
    return f"{owner},{site},E1,electricity,2025-{month:02d}-01,2025-{month:02d}-28,{quantity},kWh"


ROWS = [
    bill("a", "honten", 4, 10),  # line 2
    bill("a", "honten", 5, 20),
    "a,小計,,electricity,,,30,kWh",  # line 4
    bill("b", "honten", 4, 500),
    bill("a", "kojo", 4, 100),
    bill("a", "kojo", 5, 200),
    "a,小計,,electricity,,,300,kWh",  # line 8
    "a,kojo,小計,electricity,,,300,kWh",
    "a,合計,,,,,330,kWh",  # line 10
    "b,合計,,,,,501,kWh",
    "a,平均,,,,,165,kWh",
]


def said(*rows: str) -> dict[int | None, str]:
    text = "\n".join([",".join((COMPANY, *REQUIRED)), *rows])
    _, findings = read_bill_rows(text, "bills.csv", SITES)
    return {
        f.place.line: f.message.ja.partition("消してください。")[2]
        for f in findings
        if f.id == "bill.total_row"
    }


def test_a_total_row_is_compared_with_its_own_part() -> None:
    assert said(*ROWS) == {
        4: "この行の 30 kWh は、2 行の和 30 kWh と合っています。",
        8: "この行の 300 kWh は、2 行の和 300 kWh と合っています。",
        9: "この行の 300 kWh は、2 行の和 300 kWh と合っています。",
        10: "この行の 330 kWh は、4 行の和 330 kWh と合っています。",
        11: "この行の 501 kWh は、1 行の和 500 kWh と合いません。",
    }


@pytest.mark.parametrize(
    ("total", "sentence"),
    [
        ("a,小計,,electricity,,,299,kWh", "この行の 299 kWh は、2 行の和 300 kWh と合いません。"),
        ("a,小計,,electricity,,,300,MWh", ""),  # no bill is in MWh
        ("a,小計,,electricity,,,,kWh", ""),
        ("a,小計,,city_gas,,,300,kWh", ""),
    ],
)
def test_a_subtotal_that_cannot_be_is_put_beside_the_nearest_sum(total: str, sentence: str) -> None:
    assert said(*ROWS[:6], total)[8] == sentence


def test_a_total_above_its_rows_is_of_all_of_them() -> None:
    assert said("a,合計,,,,,30,kWh", *ROWS[:2])[2] == "この行の 30 kWh は、2 行の和 30 kWh と合っています。"
