"""Reports of odd companies in real Chromium: nothing runs out of a phone, no section is empty, axe finds nothing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from carbonlib.publish.html import page_of
from tests.browser.chromium import EXECUTABLE, chromium
from tests.browser.visits import UNFOLD, violations
from tests.publish.odd import ODD, report_of, workspace_of_odd

if EXECUTABLE is None:
    pytest.skip("CHROMIUM IS MISSING: no odd report was checked", allow_module_level=True)

# headings of the second level (sections) under which no words, table or drawing stand but the introduction
EMPTY = """() => [...document.querySelectorAll('h2[id^=section]')].filter(h => {
  let seen = 0;
  for (let e = h.nextElementSibling; e && e.tagName !== 'H2' && e.tagName !== 'FOOTER'; e = e.nextElementSibling)
    if (e.textContent.trim()) seen += 1;
  return seen < 2;
}).map(h => h.textContent)"""


@pytest.fixture(scope="session")
def odd_pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The page of each odd company, made once."""
    folder = tmp_path_factory.mktemp("odd")
    workspace = workspace_of_odd(folder / "workspace")
    made = {}
    for id in ODD:
        made[id] = folder / f"{id}.html"
        made[id].write_text(page_of(report_of(id, workspace), kind="省エネ診断報告書"), encoding="utf-8")
    return made


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as one:
        yield one


@pytest.mark.parametrize("id", ODD)
def test_an_odd_report_fits_says_something_everywhere_and_is_accessible(
    id: str, odd_pages: dict[str, Path], browser: Browser
) -> None:
    context = browser.new_context(offline=True, viewport={"width": 390, "height": 800})
    page = context.new_page()
    page.goto(odd_pages[id].as_uri())
    for width in (390, 320, 1100):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= width, width
    page.set_viewport_size({"width": 390, "height": 800})
    shares = page.locator("#shares .scroll")  # on the first page: nothing of it to scroll to
    assert all(s.evaluate("e => e.scrollWidth <= e.clientWidth") for s in shares.all())
    page.set_viewport_size({"width": 1100, "height": 800})
    assert page.evaluate(EMPTY) == []
    if id in {"one-fuel", "meters", "hostile"}:  # the others are made of the same parts
        assert violations(page) == []
    context.close()


def test_what_is_missing_is_said_once(odd_pages: dict[str, Path]) -> None:
    fuel = odd_pages["one-fuel"].read_text(encoding="utf-8")
    assert "電気の請求がないため、契約電力と最大需要電力は示していません。" in fuel
    assert "電気の請求がないため、夜間と休業日の電力は示していません。" in fuel
    assert fuel.count("まだ提案がありません") == 1
    assert "月別データがないため" in odd_pages["annual"].read_text(encoding="utf-8")


def test_of_many_meters_the_largest_are_drawn_and_the_others_listed(odd_pages: dict[str, Path]) -> None:
    page = odd_pages["meters"].read_text(encoding="utf-8")
    assert page.count('<figure id="demand') == 4
    assert "そのほかの計量器は 11 個です" in page
    assert "このほかに、最大需要電力か契約電力の分かる計量器が 12 個あります。" in page


def test_a_column_of_signs_is_no_wider_than_they_need(odd_pages: dict[str, Path], browser: Browser) -> None:
    page = browser.new_page(viewport={"width": 390, "height": 800})
    page.goto(odd_pages["long-name"].as_uri())
    sign = page.locator("#proposal-1-calculation td").first
    assert sign.text_content() == "①"
    assert sign.bounding_box()["width"] < 60  # type: ignore[index]
    page.close()


def test_two_fuels_are_compared_in_bars(odd_pages: dict[str, Path]) -> None:
    assert '<figure id="shares" class="narrow">' in odd_pages["long-name"].read_text(encoding="utf-8")


def test_forty_proposals_are_no_heavier_than_a_page_may_be(odd_pages: dict[str, Path]) -> None:
    assert odd_pages["forty"].stat().st_size < 600_000


def test_header_cells_written_shortly_are_headers_to_a_browser(
    odd_pages: dict[str, Path], browser: Browser
) -> None:
    page = browser.new_page()
    page.goto(odd_pages["one-fuel"].as_uri())
    page.evaluate(UNFOLD)
    session = page.context.new_cdp_session(page)
    nodes = session.send("Accessibility.getFullAXTree")["nodes"]
    roles = [n["role"]["value"] for n in nodes if not n["ignored"]]
    for role, cells in (("columnheader", "thead th"), ("rowheader", "tbody th"), ("cell", "td")):
        assert roles.count(role) == page.locator(cells).count() > 0, role
    page.close()
