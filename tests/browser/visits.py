"""One visit of a page in real Chromium, and all that the tests ask of it: loading a page costs more than asking."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

WIDTHS = (1280, 640, 390, 320)
# every rule is tried; only what violates one is told in full, for telling what passes takes most of the time
AXE = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]},
    "resultTypes": ["violations"],
}
UNFOLD = "document.querySelectorAll('details').forEach(d => { d.open = true })"
FIGURES = """() => [...document.querySelectorAll('figure')].map(f => ({
  words: f.querySelector('svg[role=img]')?.getAttribute('aria-label') ?? '',
  caption: Boolean(f.querySelector('figcaption')),
  numbers: Boolean(f.querySelector('details table tbody tr')),
}))"""


@dataclass(frozen=True)
class Visit:
    """What was seen on a page: addresses asked for, console, violations, figures, width of the content by window."""

    path: Path
    requested: list[str]
    console: list[str]
    violations: list[tuple[str, str]]
    figures: list[dict[str, str | bool]]
    widths: dict[int, int]


def violations(page: Page) -> list[tuple[str, str]]:
    """Return axe's rules that a page violates, what is folded away included, each with the first place."""
    page.evaluate(UNFOLD)
    result = Axe().run(page, options=AXE).response
    return [(v["id"], v["nodes"][0]["html"][:200]) for v in result["violations"]]


def visited(browser: Browser, path: Path) -> Visit:
    """Visit a page without a network."""
    context = browser.new_context(offline=True, locale="ja-JP")
    page = context.new_page()
    requested: list[str] = []
    console: list[str] = []
    page.on("request", lambda r: requested.append(r.url))
    page.on("console", lambda m: console.append(m.text))
    page.goto(path.as_uri())
    figures = page.evaluate(FIGURES)
    widths = {}
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        widths[width] = page.evaluate("document.documentElement.scrollWidth")
    page.set_viewport_size({"width": WIDTHS[0], "height": 800})
    found = violations(page)
    context.close()
    return Visit(path, requested, console, found, figures, widths)
