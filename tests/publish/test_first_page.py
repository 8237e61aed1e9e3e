"""The summary is printed on the first page, set closer where it has more to say."""

from __future__ import annotations

import pytest

from tests.publish.test_pdf import SAMPLES, pages_of, printed


@pytest.mark.parametrize(("company", "year"), [s for s in SAMPLES if s[0] != "sample-books"])
def test_the_composition_stands_on_the_first_page(company: str, year: int) -> None:
    first, second = pages_of(printed(company, year))[:2]
    assert "エネルギー構成" in first.splitlines()
    assert "エネルギー構成" not in second.splitlines()
