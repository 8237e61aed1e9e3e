"""The contents of a report: each section of a long one, by links on the page and by page numbers in print."""

from __future__ import annotations

import io
import re

from pypdf import PdfReader

from carbonlib.publish.contents import FEWEST, with_contents
from carbonlib.publish.html import page_of
from carbonlib.publish.pdf import pdf_of
from tests.publish.executed import diagnosis_of, executed


def test_a_long_report_lists_every_section_and_the_pages_of_its_proposals() -> None:
    notebook = executed(diagnosis_of("sample-office", 2025))
    html = page_of(notebook, kind="報告書")
    links = re.findall(r'<li><a href="#(section-\d+)">([^<]+)</a></li>', html)
    sections = re.findall(r'<h2 id="(section-\d+)">([^<]+)</h2>', html)
    assert links == sections
    assert len(links) >= FEWEST
    assert html.index("<h1") < html.index('class="contents"') < html.index('id="section-1"')

    # the prefecture's sample has five sections; what goes beyond it follows without a number
    numerals = [m[1] for _, title in links if (m := re.match(r"([Ⅰ-Ⅴ](?:-\d)?) ", title))]
    assert numerals == ["Ⅰ", "Ⅱ", *(f"Ⅲ-{n}" for n in range(1, 7)), "Ⅳ-1", "Ⅳ-2", "Ⅴ"]
    assert [title for _, title in links][len(numerals) :] == [
        "目標までの道筋",
        "設備に関係する法令の期日",
        "取引先への回答",
        "確認事項",
        "数値の来歴",
    ]

    pages = [
        p.extract_text() for p in PdfReader(io.BytesIO(pdf_of(notebook, title="題", running="題"))).pages
    ]
    (outline,) = [t for t in pages if "目次" in t]
    assert outline not in pages[:1], "the summary has the first page for itself"
    for _, title in links:
        number = re.search(re.escape(title) + r"[ .]+(\d+)\n", outline)
        assert number, title
        assert title in pages[int(number[1]) - 1]
    assert re.search(r"No\.4 蛍光灯をLEDに更新[ .]+\d+\n", outline)
    assert "まず取り組むこと" not in outline


def test_a_short_page_has_no_contents_but_sections_to_link_to() -> None:
    page = with_contents("<h1>題</h1><h2>一</h2><p>文</p><h2>二</h2>")
    assert page == '<h1>題</h1><h2 id="section-1">一</h2><p>文</p><h2 id="section-2">二</h2>'
    assert with_contents("<h1>題</h1>") == "<h1>題</h1>"
