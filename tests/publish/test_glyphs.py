"""Drawings on a page: each letter once, the same picture as before, and light enough for twelve of them."""

from __future__ import annotations

import io
import re
from pathlib import Path

import typst
from PIL import Image, ImageChops

from carbonlib.present.figure import canvas
from carbonlib.present.svg import compact
from carbonlib.present.theme import CARRIER_HATCHES
from carbonlib.publish.glyphs import with_shared_glyphs
from carbonlib.publish.html import page_of
from tests.publish.executed import diagnosis_of, executed


def outlines(page: str) -> list[str]:
    """Return the outline behind every letter of a page, in the order in which they are drawn."""
    known = dict(re.findall(r'<path id="([^"]+)" d="([^"]*)" transform="scale', page))
    return [known[name] for name in re.findall(r'<use href="#([^"]+)"', page) if name in known]


def svgs(company: str, year: int) -> list[str]:
    return [
        o.data["image/svg+xml"]
        for cell in executed(diagnosis_of(company, year)).cells
        for o in cell.get("outputs", [])
        if "image/svg+xml" in o.data
    ]


def test_every_letter_is_the_one_that_was_drawn() -> None:
    drawings = svgs("sample-metal", 2025)
    assert len(drawings) > 3
    before = "<body>" + "".join(drawings)
    after = with_shared_glyphs(before)
    assert sum(map(len, map(outlines, drawings))) > 100
    assert outlines(after) == [o for d in drawings for o in outlines(d)]
    assert "IPAexGothic" not in after, "a letter is left behind"
    shared = re.findall(r'<path id="g-\d+" d="([^"]*)"', after)
    assert len(shared) == len(set(shared)) == len(set(outlines(after)))
    assert len(after) < len(before)


def test_one_name_for_two_letters_is_no_mix_up() -> None:
    one = '<svg a=""><defs><path id="f-1" d="{}" transform="scale(0.015625)"/></defs><use href="#f-1"/></svg>'
    page = with_shared_glyphs("<body>" + one.format("M0 0z") + one.format("M1 1z") + one.format("M0 0z"))
    assert outlines(page) == ["M0 0z", "M1 1z", "M0 0z"]
    assert page.count('d="M0 0z"') == 1


def test_ids_are_unique_and_every_reference_leads_somewhere() -> None:
    page = page_of(executed(diagnosis_of("sample-metal", 2025)), kind="報告書")
    ids = re.findall(r'\sid="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    wanted = re.findall(r'href="#([^"]+)"', page) + re.findall(r"url\(#([^)]+)\)", page)
    assert set(wanted) <= set(ids)
    assert with_shared_glyphs("<body><p>no drawing</p></body>") == "<body><p>no drawing</p></body>"


def picture(svg: str, folder: Path) -> Image.Image:
    (folder / "a.svg").write_text(svg, encoding="utf-8")
    source = b'#set page(width: auto, height: auto, margin: 0pt)\n#image("a.svg")'
    return Image.open(io.BytesIO(typst.compile(source, root=str(folder), format="png", ppi=144))).convert("L")


def test_a_compact_drawing_looks_the_same(tmp_path: Path) -> None:
    with canvas(5.9, 3) as drawing:
        axes = drawing.subplots()
        for n, hatch in enumerate(dict.fromkeys(CARRIER_HATCHES.values())):
            axes.bar(n, n + 1.23456, hatch=hatch, color="#0072B2", edgecolor="white")
        axes.plot([0.123, 3.456, 8.9], [1.1111, 7.7777, 2.2222])
        axes.set_title("単位 [千kWh] 1,234.5")
        stream = io.StringIO()
        drawing.savefig(stream, format="svg")
    plain = stream.getvalue()
    small = compact(plain[plain.index("<svg") :])
    assert len(small) < len(plain) * 0.6
    difference = ImageChops.difference(picture(plain, tmp_path), picture(small, tmp_path))
    histogram = difference.histogram()
    assert sum(histogram[64:]) < 0.001 * sum(histogram), "more than a rounded edge differs"


def test_twelve_figures_are_light() -> None:
    drawings = [
        svg
        for company in (
            "sample-metal",
            "sample-transport",
            "sample-laundry",
            "sample-builder",
            "sample-food",
            "sample-hotel",
        )
        for svg in svgs(company, 2025)
    ][:12]
    assert len(drawings) == 12
    page = with_shared_glyphs("<body>" + "".join(drawings))
    assert len(page.encode()) < 250_000
