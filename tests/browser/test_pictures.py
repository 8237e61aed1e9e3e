"""The look of a report's sections against pictures that were looked at by eye; what is compared does see a change."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import Browser

from tests.browser.chromium import EXECUTABLE, chromium
from tests.browser.pictures import (
    FOLDER,
    REPORTS,
    WIDTHS,
    difference,
    few_colours,
    keep,
    opened,
    pictures_of,
    report_of,
    sections,
)

if EXECUTABLE is None:
    pytest.skip(
        "CHROMIUM IS MISSING: no section was compared with its picture. Install it: sudo apt-get install chromium",
        allow_module_level=True,
    )


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as one:
        yield one


@pytest.mark.parametrize(("company", "year"), REPORTS)
def test_sections_look_as_their_pictures(
    company: str, year: int, browser: Browser, tmp_path_factory: pytest.TempPathFactory
) -> None:
    changed = tmp_path_factory.mktemp("pictures")
    seen, wrong = set(), []
    for path, picture in pictures_of(browser, company, year):
        seen.add(path)
        found = difference(Image.open(path), picture) if path.is_file() else None
        if path.is_file() and found is None:
            continue
        picture.save(changed / path.name)
        if found:
            found.where.save(changed / f"{path.stem}-difference.png")
        wrong.append(f"{path.name}: {found.words if found else 'no picture is kept'}")
    wrong += [
        f"{path.name}: no such section" for path in (FOLDER / company).glob("*.png") if path not in seen
    ]
    kept_by = (FOLDER / "chromium.txt").read_text(encoding="utf-8").strip()
    assert not wrong, (
        f"{wrong}\nLook at {changed} beside {FOLDER / company}. Where the new look is meant, run\n"
        "    python -m tests.browser.bless\nand look at every picture it names before committing it. "
        f"Kept with Chromium {kept_by}, this is {browser.version}."
    )


# what is done to the page, and whether it must be seen
CHANGES = {
    "nothing": ("", False),
    "the rounding of a position": ("document.body.style.transform = 'translate(0.1px, 0.1px)'", False),
    "a card is gone": (
        "document.querySelectorAll('main .cards li:nth-child(3)').forEach(e => e.remove())",
        True,
    ),
    "another accent": ("document.documentElement.style.setProperty('--accent', '#5b0069')", True),
    "words over one another": (
        "document.querySelectorAll('li').forEach(e => e.style.lineHeight = 0.9)",
        True,
    ),
    "a bar of another colour": (
        "document.querySelectorAll('figure svg path').forEach("
        "e => { if (e.style.fill === 'rgb(0, 114, 178)') e.style.fill = '#009e73' })",
        True,
    ),
    "one word is another": (
        "document.querySelector('.meta dd').textContent = '支社倉庫'",
        True,
    ),
}


@pytest.fixture(scope="module")
def first(browser: Browser) -> Image.Image:
    """The first section as it is kept: in few colours."""
    return few_colours(_cover(browser, "")).convert("RGB")


def _cover(browser: Browser, change: str) -> Image.Image:
    page = opened(browser, report_of("sample-metal", 2025), WIDTHS["desktop"])
    if change:
        page.evaluate(f"() => {{ {change} }}")
    picture = next(picture for _, picture in sections(page, ("cover",)))
    page.context.close()
    return picture


@pytest.mark.parametrize("what", CHANGES)
def test_a_change_is_seen_and_a_rounding_is_not(what: str, browser: Browser, first: Image.Image) -> None:
    change, seen = CHANGES[what]
    found = difference(first, _cover(browser, change))
    assert (found is not None) == seen, found and found.words


def test_a_lost_column_is_seen(browser: Browser) -> None:
    page = opened(browser, report_of("sample-metal", 2025), WIDTHS["desktop"])
    _, whole = next(sections(page, ("energy",)))
    page.evaluate("document.querySelectorAll('main table tr > :nth-child(3)').forEach(e => e.remove())")
    _, without = next(sections(page, ("energy",)))
    page.context.close()
    assert difference(few_colours(whole), without)


def test_noise_and_a_step_of_one_pixel_pass(first: Image.Image) -> None:
    values = np.asarray(first, dtype=np.int16)
    noise = np.random.default_rng(1).integers(-12, 13, values.shape)
    assert difference(first, Image.fromarray((values + noise).clip(0, 255).astype(np.uint8))) is None
    assert difference(first, Image.fromarray(np.roll(values, 1, axis=0).astype(np.uint8))) is None
    assert difference(first, Image.fromarray(np.roll(values, 3, axis=0).astype(np.uint8))) is not None


def test_a_kept_picture_is_the_same_to_the_byte(first: Image.Image, tmp_path: Path) -> None:
    keep(tmp_path / "a.png", first)
    keep(tmp_path / "b.png", first)
    assert (tmp_path / "a.png").read_bytes() == (tmp_path / "b.png").read_bytes()
    assert difference(Image.open(io.BytesIO((tmp_path / "a.png").read_bytes())), first) is None
