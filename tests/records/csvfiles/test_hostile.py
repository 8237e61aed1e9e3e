"""Files that are damaged or made to do harm are refused with a sentence."""

from __future__ import annotations

from pathlib import Path

import pytest

from carbonlib.errors import RecordError
from tests.records.csvfiles.importing import COMPANIES, LONG_HEAD, LONG_ROW, bring, state


@pytest.mark.parametrize(
    ("content", "id"),
    [
        ((LONG_HEAD + LONG_ROW.replace(",1,", ",1\0,")).encode(), "csv.nul"),
        (LONG_HEAD.encode("utf-16") + b"\0", "file.encoding"),
        (LONG_HEAD.encode("utf-32"), "file.encoding"),
        (b"\xff\xfe\x81\x00" * 99, "csv.layout"),
        ((LONG_HEAD + LONG_ROW.replace(",1,", "," + "9" * 10_000_000 + ",")).encode(), "csv.cell_too_long"),
        ((LONG_HEAD + '"a-shop,').encode(), "csv.syntax"),
        (("company_id,carrier,unit" + ",2025-04" * 2000 + "\n").encode(), "csv.too_wide"),
        ((LONG_HEAD + LONG_ROW.replace("honten", "=cmd|'/c calc'!A1")).encode(), "csv.formula_text"),
        ((LONG_HEAD + LONG_ROW.replace("2025-04-01", "0001-04-01")).encode(), "bill.year_far"),
        ((LONG_HEAD + LONG_ROW.replace(",1,", ",1e999999,")).encode(), "unit.exponent"),
        (b"", "csv.empty"),
    ],
)
def test_a_hostile_file_is_refused_with_a_sentence(tmp_path: Path, content: bytes, id: str) -> None:
    bring(tmp_path, companies=COMPANIES)
    before = state(tmp_path)
    with pytest.raises(RecordError) as error:
        bring(tmp_path, bills=content)
    assert [f.id for f in error.value.findings] == [id]
    assert len(str(error.value)) < 500
    assert state(tmp_path) == before
