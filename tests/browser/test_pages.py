"""Every page in real Chromium: accessible, offline, readable, no wider than its window."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

from tests.browser.chromium import EXECUTABLE, chromium

if EXECUTABLE is None:
    pytest.skip(
        "CHROMIUM IS MISSING: no page was checked. Install it: sudo apt-get install chromium fonts-ipaexfont",
        allow_module_level=True,
    )

WCAG = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]}}


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


def test_axe_finds_nothing_on_any_page_and_nothing_is_requested(city: Path, browser: Browser) -> None:
    context = browser.new_context(offline=True, locale="ja-JP")
    for path in pages(city):
        page = context.new_page()
        requests: list[str] = []
        errors: list[str] = []
        page.on("request", lambda r, seen=requests: seen.append(r.url))
        page.on("console", lambda m, seen=errors: seen.append(m.text))
        page.goto(path.as_uri())
        # what is folded away is content too
        page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true })")
        result = Axe().run(page, options=WCAG)
        found = [(v["id"], v["nodes"][0]["html"][:200]) for v in result.response["violations"]]
        assert found == [], path
        assert requests == [path.as_uri()], path
        assert errors == [], path
        page.close()
    context.close()


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


def test_every_figure_has_words_and_numbers(city: Path, browser: Browser) -> None:
    context = browser.new_context(offline=True)
    page = context.new_page()
    for path in pages(city):
        page.goto(path.as_uri())
        for figure in page.query_selector_all("figure"):
            svg = figure.query_selector("svg[role=img]")
            assert svg, path
            assert len(svg.get_attribute("aria-label") or "") > 20, path
            assert figure.query_selector("figcaption"), path
            assert figure.query_selector("details table tbody tr"), path
    context.close()


@pytest.mark.parametrize("width", [1280, 640, 390, 320])
def test_pages_fit_their_window(city: Path, browser: Browser, width: int) -> None:
    context = browser.new_context(offline=True, viewport={"width": width, "height": 800})
    page = context.new_page()
    for path in pages(city):
        page.goto(path.as_uri())
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
    context.close()


def test_readable_by_keyboard_and_in_print(city: Path, browser: Browser) -> None:
    context = browser.new_context(offline=True)
    page = context.new_page()
    page.goto((city / "outputs/2025/companies/sample-metal/report.html").as_uri())
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "本文へ移動"
    page.emulate_media(media="print")
    assert page.evaluate("getComputedStyle(document.querySelector('summary')).display") == "none"
    context.close()
