"""What a heading says of the night alone is neither the cost nor the use of the month."""

from __future__ import annotations

from pathlib import Path

import pytest

from carbonlib.records.reading.columns import head
from tests.records.test_forms_alike import read_as

APRIL = "E1 2025-04-01〜2025-04-30 100 kWh"


@pytest.mark.parametrize("text", ["料金(夜間)", "料金（夜間・円）", "使用量(夜間)(kWh)", "使用量（昼間）"])
def test_a_heading_of_some_hours_is_no_column_of_the_whole(text: str) -> None:
    assert head("bills", text).column not in {"cost", "quantity"}
    assert head("bills", text.partition("(")[0].partition("（")[0]).column in {"cost", "quantity"}


@pytest.mark.parametrize(
    ("table", "wanted"),
    [
        (
            "種別|年月|使用量(kWh)|料金(夜間)(円)\n電気|2025-04|100|9",
            [APRIL, "doubt column_left_out"],
        ),
        (
            "種別|年月|使用量(kWh)|料金(円)|料金(夜間)(円)\n電気|2025-04|100|20|9",
            [APRIL + " 20 unknown", "doubt column_left_out"],
        ),
        (
            "種別|項目|単位|2025-04|2025-05\n電気|使用量|kWh|100|\n電気|料金(夜間)|円|9|",
            [APRIL, "doubt row_left_out"],
        ),
        (
            "種別|項目|単位|2025-04|2025-05\n電気|使用量|kWh|100|\n電気|使用量(夜間)|kWh|9|",
            [APRIL, "doubt row_left_out"],
        ),
        ("種別|年月|使用量(kWh)|検針区分\n電気|2025-04|100|推定", [APRIL + " est"]),
        ("種別|年月|使用量(kWh)|検針区分\n電気|2025-04|100|実検針", [APRIL]),
        ("種別|年月|使用量(kWh)|検針区分\n電気|2025-04|100|定例検針", [APRIL]),
    ],
)
def test_what_is_of_some_hours_is_left_out_by_name(tmp_path: Path, table: str, wanted: list[str]) -> None:
    assert read_as(tmp_path, table, None, "csv") == wanted
