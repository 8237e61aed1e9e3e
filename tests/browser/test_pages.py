"""Every page in real Chromium: accessible, offline, readable, no wider than its window."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.chromium import EXECUTABLE, chromium
from tests.browser.visits import WIDTHS, Visit, violations, visited

if EXECUTABLE is None:
    pytest.skip(
        "CHROMIUM IS MISSING: no page was checked. Install it: sudo apt-get install chromium fonts-ipaexfont",
        allow_module_level=True,
    )


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as one:
        yield one


def pages(city: Path) -> list[Path]:
    return sorted((city / "outputs").rglob("*.html"))


def test_there_is_a_page_for_every_report(city: Path) -> None:
    planned = len(list((city / "parameters/reports").rglob("*.yaml")))
    years = len(list((city / "outputs").glob("[0-9]*")))
    assert len(pages(city)) == planned + years + 1


@pytest.fixture(scope="module")
def visits(city: Path, browser: Browser) -> list[Visit]:
    return [visited(browser, path) for path in pages(city)]


def test_axe_finds_nothing_on_any_page(visits: list[Visit]) -> None:
    assert {v.path: v.violations for v in visits if v.violations} == {}


def test_axe_would_notice_what_is_wrong(city: Path, browser: Browser) -> None:
    page = browser.new_page()
    page.goto(pages(city)[0].as_uri())
    page.evaluate("document.body.insertAdjacentHTML('beforeend', '<details><img src=\"data:,\"></details>')")
    assert "image-alt" in dict(violations(page))
    page.close()


def test_nothing_is_requested_and_nothing_said_on_the_console(visits: list[Visit]) -> None:
    for visit in visits:
        assert visit.requested == [visit.path.as_uri()]
        assert visit.console == [], visit.path


def test_pages_are_one_file_without_scripts(city: Path) -> None:
    for path in pages(city):
        text = path.read_text(encoding="utf-8")
        assert '<html lang="ja">' in text
        assert text.count("<h1") == 1
        assert "<script" not in text
        links = re.findall(r"""(?:src|href)=["']([^"']+)""", text)
        assert not [u for u in links if re.match(r"(?:https?:)?//|data:|file:", u)], path
        ids = re.findall(r'\sid="([^"]+)"', text)
        assert len(ids) == len(set(ids)), path
        assert "No description has been provided" not in text
        assert len(text.encode()) < 600_000, path


def test_every_figure_has_words_and_numbers(visits: list[Visit]) -> None:
    assert sum(len(visit.figures) for visit in visits) > len(visits)
    for visit in visits:
        for figure in visit.figures:
            assert len(figure["words"]) > 20, visit.path
            assert figure["caption"], visit.path
            assert figure["numbers"], visit.path


@pytest.mark.parametrize("width", WIDTHS)
def test_pages_fit_their_window(visits: list[Visit], width: int) -> None:
    assert [visit.path for visit in visits if visit.widths[width] > width] == []


def test_readable_by_keyboard_and_in_print(city: Path, browser: Browser) -> None:
    context = browser.new_context(offline=True)
    page = context.new_page()
    page.goto((city / "outputs/2025/companies/sample-metal/report.html").as_uri())
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "本文へ移動"
    page.emulate_media(media="print")
    assert page.evaluate("getComputedStyle(document.querySelector('summary')).display") == "none"
    context.close()
