"""Pictures of a report's sections at two widths, and how two of them are compared.

The page is drawn with the fonts of the wheels, so that the machine's fonts have no say. What differs is counted by
small tiles, because a lost column is nothing beside a section of ten thousand lines: a pixel differs where no pixel
within one step of it has nearly its colour, which lets rounding of edges and of positions pass.
"""

from __future__ import annotations

import base64
import io
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from PIL import Image, ImageFilter
from playwright.sync_api import Browser, Page

from carbonlib.publish.html import page_of
from carbonlib.typefaces import font_files
from tests.publish.executed import diagnosis_of, executed

FOLDER = Path(__file__).parent / "pictures"
WIDTHS = {"desktop": 1100, "phone": 390}
# one company with nearly everything, whole; the published shop, which has nearly nothing, by its first page
REPORTS = {("sample-metal", 2025): None, ("saitama-shop", 2023): ("cover",)}
SECTIONS = {
    "Ⅰ 事業所と診断の概要": "overview",
    "Ⅱ 省エネの取組状況": "management",
    "Ⅲ-1 エネルギーの使用状況": "energy",
    "Ⅲ-2 月ごとの使い方": "months",
    "Ⅲ-3 契約電力と最大需要電力": "demand",
    "Ⅲ-4 気温と使用量": "weather",
    "Ⅲ-5 夜間と休業日の電力": "nights",
    "Ⅲ-6 原単位とこれまでの推移": "intensity",
    "Ⅳ-1 提案": "proposals",
    "Ⅳ-2 金融機関と補助金の窓口への資料": "papers",
    "目標までの道筋": "roadmap",
    "設備に関係する法令の期日": "legal",
    "確認事項": "findings",
    "Ⅴ CO2排出量・原油換算の計算": "calculation",
    "取引先への回答": "answer",
    "数値の来歴": "provenance",
}
TALLEST = 2800  # of a longer section the beginning is kept; its sheets are alike [px]
TILE = 40  # [px]
# by how much a pixel must differ [of 255], and the share of a tile's pixels that must: lines and letters clearly in
# a few, areas slightly in many; glyphs set a part of a pixel aside differ by less than the one, in fewer than the other
RULES = ((80, 1 / 130), (40, 3 / 20))
SIZE = 1  # by which two pictures may differ in width or height [px]
_HEADINGS = """() => [...document.querySelectorAll('main h2')].map(
  h => [h.textContent.trim(), Math.round(h.getBoundingClientRect().top + scrollY)])"""


@dataclass(frozen=True)
class Difference:
    """What differs between two pictures: in words, and where, as a picture."""

    words: str
    where: Image.Image


@cache
def _font_css() -> str:
    faces = []
    for name, path in zip(("House", "Other"), font_files(), strict=True):
        data = base64.b64encode(path.read_bytes()).decode()
        faces.append(f"@font-face{{font-family:{name};src:url(data:font/ttf;base64,{data})}}")
    return "".join(faces) + "*{font-family:House,Other!important}"


@cache
def report_of(company: str, year: int) -> str:
    """Return the page of a sample company, of this checkout."""
    return page_of(executed(diagnosis_of(company, year)), kind="省エネ診断報告書")


def opened(browser: Browser, html: str, width: int) -> Page:
    """Return a page as it stands for its pictures."""
    context = browser.new_context(
        offline=True, viewport={"width": width, "height": 900}, device_scale_factor=1, locale="ja-JP"
    )
    page = context.new_page()
    page.set_content(html)
    page.add_style_tag(content=_font_css())
    page.evaluate("document.fonts.ready.then(() => 0)")
    return page


def sections(page: Page, names: tuple[str, ...] | None = None) -> Iterator[tuple[str, Image.Image]]:
    """Give each section's name and picture, those of `names` only if any."""
    found = page.evaluate(_HEADINGS)
    starts = [("cover", 0)] + [(SECTIONS[text], top) for text, top in found if text in SECTIONS]
    height = page.evaluate("document.documentElement.scrollHeight")
    ends = [top for _, top in starts[1:]] + [height]
    for (name, top), end in zip(starts, ends, strict=True):
        if names is not None and name not in names:
            continue
        clip = {"x": 0, "y": top, "width": page.viewport_size["width"], "height": min(TALLEST, end - top)}
        png = page.screenshot(full_page=True, clip=clip, animations="disabled", scale="css")
        yield name, Image.open(io.BytesIO(png)).convert("RGB")


def pictures_of(browser: Browser, company: str, year: int) -> Iterator[tuple[Path, Image.Image]]:
    """Give where each picture of a report is kept, and the picture as the page looks now."""
    for label, width in WIDTHS.items():
        page = opened(browser, report_of(company, year), width)
        for name, picture in sections(page, REPORTS[company, year]):
            yield FOLDER / company / f"{name}-{label}.png", picture
        page.context.close()


def keep(path: Path, picture: Image.Image) -> None:
    """Write a picture small: few colours, no date."""
    path.parent.mkdir(parents=True, exist_ok=True)
    few_colours(picture).save(path, optimize=True)


def few_colours(picture: Image.Image) -> Image.Image:
    """Return a picture as it is kept: six levels a channel, so that none is off by more than 26."""
    return picture.convert("P", palette=Image.Palette.WEB, dither=Image.Dither.NONE)


def difference(kept: Image.Image, now: Image.Image) -> Difference | None:
    """Return what differs between a kept picture and the present one, or None where they look the same."""
    kept, now = kept.convert("RGB"), now.convert("RGB")
    if max(abs(a - b) for a, b in zip(kept.size, now.size, strict=True)) > SIZE:
        return Difference(f"size {kept.size} → {now.size}", now)
    size = (min(kept.width, now.width), min(kept.height, now.height))
    one, other = (p.crop((0, 0, *size)) for p in (kept, now))
    by = np.maximum(_beyond(one, other), _beyond(other, one))
    rows, columns = (-(-length // TILE) for length in by.shape)
    padded = np.zeros((rows * TILE, columns * TILE), dtype=np.int16)
    padded[: by.shape[0], : by.shape[1]] = by
    tiles = padded.reshape(rows, TILE, columns, TILE)
    changed = np.any([(tiles > least).mean(axis=(1, 3)) > share for least, share in RULES], axis=0)
    if not changed.any():
        return None
    where = np.asarray(other.convert("L").convert("RGB")).copy() // 2 + 127
    where[by > RULES[1][0]] = (200, 0, 80)
    row, column = np.argwhere(changed)[0]
    words = f"{changed.sum()} tiles differ, the first at x={column * TILE} y={row * TILE}"
    return Difference(words, Image.fromarray(where))


def _beyond(one: Image.Image, other: Image.Image) -> np.ndarray:
    """Return by how much each pixel of `one` leaves the range of its neighbourhood in `other`."""
    values = np.asarray(one, dtype=np.int16)
    low = np.asarray(other.filter(ImageFilter.MinFilter(3)), dtype=np.int16)
    high = np.asarray(other.filter(ImageFilter.MaxFilter(3)), dtype=np.int16)
    return np.maximum(values - high, low - values).clip(0).max(axis=2)
