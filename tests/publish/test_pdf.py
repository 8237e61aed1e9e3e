"""report.pdf: tagged PDF/UA-1 with the page's own numbers, hostile text as text, nothing left alone at a page's foot."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from typing import Any

import nbformat
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from pypdf import PdfReader

from carbonlib.present.page import Sentences
from carbonlib.present.page import page as sheet
from carbonlib.present.shown import typst_text
from carbonlib.present.table import Column, Row, Table
from carbonlib.publish.beside import PDF, files_beside
from carbonlib.publish.html import page_of
from carbonlib.publish.pdf import pdf_of, pictures_of, printable, source_of, typst_of_markdown
from tests.publish.executed import diagnosis_of, executed, hostile

SAMPLES = (("saitama-shop", 2023), ("sample-metal", 2025), ("sample-books", 2024), ("sample-laundry", 2025))


@cache
def printed(company: str, year: int) -> bytes:
    return files_beside(executed(diagnosis_of(company, year)), kind="省エネ診断報告書", name="n.ipynb")[PDF]


def pages_of(data: bytes) -> list[str]:
    return [page.extract_text() for page in PdfReader(io.BytesIO(data)).pages]


def tags(data: bytes) -> Iterator[dict[str, Any]]:
    """Return the elements of the tag tree."""
    waiting = [PdfReader(io.BytesIO(data)).trailer["/Root"]["/StructTreeRoot"]]
    while waiting:
        one = waiting.pop().get_object()
        if isinstance(one, list):
            waiting += one
        elif isinstance(one, dict):
            if "/S" in one:
                yield one
            if "/K" in one:
                waiting.append(one["/K"])


def links(data: bytes) -> Iterator[tuple[str, Any]]:
    """Return what each link does and where it leads."""
    for page in PdfReader(io.BytesIO(data)).pages:
        for one in page.get("/Annots", ()):
            link = one.get_object()
            action = link.get("/A", {"/S": "/GoTo", "/D": link.get("/Dest")})
            yield action["/S"], action.get("/D")


def test_the_published_shop_reads_as_published() -> None:
    text = "\n".join(pages_of(printed("saitama-shop", 2023)))
    for number in ("22,446", "579.107", "1,138.388", "63,075", "27.42", "22,433", "578.776", "1,137.748"):
        assert number in text, number


@pytest.mark.parametrize(("company", "year"), SAMPLES)
def test_it_is_tagged_titled_and_paged(company: str, year: int) -> None:
    d, data = diagnosis_of(company, year), printed(company, year)
    reader = PdfReader(io.BytesIO(data))
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"].value
    assert root["/Lang"] == "ja"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"].value
    xmp = root["/Metadata"].get_object().get_data().decode("utf-8")
    assert "<pdfuaid:part>1</pdfuaid:part>" in xmp
    assert "Date" not in xmp
    assert set(reader.metadata or {}) == {"/Title", "/Creator"}
    assert (reader.metadata or {})["/Title"] == f"{d.company.name}｜省エネ診断報告書"
    texts = pages_of(data)
    for number, (page, text) in enumerate(zip(reader.pages, texts, strict=True), start=1):
        assert [round(float(v) / 72 * 25.4) for v in page.mediabox[2:]] == [210, 297]
        assert f"{number} / {len(texts)}" in text
        assert d.company.name in text
        assert f"{year}年4月1日〜{year + 1}年3月31日" in text
        assert ("見本データ" in text) == d.company.sample
        fonts = page["/Resources"]["/Font"].values()
        assert {f.get_object()["/BaseFont"][8:] for f in fonts} <= {"IPAexGothic", "DejaVuSans"}


@pytest.mark.parametrize(("company", "year"), SAMPLES)
def test_every_drawing_has_words_and_every_table_headers(company: str, year: int) -> None:
    _, drawings = source_of(executed(diagnosis_of(company, year)))
    found = list(tags(printed(company, year)))
    figures = [t for t in found if t["/S"] == "/Figure"]
    assert len(figures) == len(drawings)
    assert all(len(f["/Alt"]) > 20 for f in figures)
    kinds = [t["/S"] for t in found]
    assert kinds.count("/H1") == 1
    assert kinds.count("/H2") > 3
    assert "/TH" in kinds
    assert "/Caption" in kinds


def test_same_notebook_same_bytes() -> None:
    again = files_beside(
        executed(diagnosis_of("sample-metal", 2025)), kind="省エネ診断報告書", name="n.ipynb"
    )
    assert again[PDF] == printed("sample-metal", 2025)


def test_hostile_text_is_text() -> None:
    d = hostile(diagnosis_of("sample-metal", 2025))
    data = files_beside(executed(d), kind="省エネ診断報告書", name="n.ipynb")[PDF]
    text = "".join("".join(pages_of(data)).split())
    for part in (
        "<script>alert(1)</script></style>",
        '=HYPERLINK("http://x.invalid","y")',
        '#image("/etc/passwd")',
        "*b*_i_$x$@ref\\gnp.exe〓①長長長",
    ):
        assert part in text
    assert "\u202e" not in text
    assert "root:" not in text
    assert {kind for kind, _ in links(data)} == {"/GoTo"}, (
        "the contents lead to pages, nothing leads elsewhere"
    )


def test_a_long_address_is_broken_without_a_character_in_what_is_copied() -> None:
    address = (
        "https://blog.example.jp/%e3%80%902025%e5%b9%b4%e7%89%88%e3%80%91" + "x" * 150 + ".html?q=" + "1" * 40
    )
    table = Table("t", "出典", (Column("a"), Column("b")), (Row((address, address)),))
    cell = nbformat.v4.new_code_cell(
        outputs=[nbformat.v4.new_output("display_data", data=table.shown()._repr_mimebundle_())]
    )
    (text,) = pages_of(pdf_of(nbformat.v4.new_notebook(cells=[cell]), title="t", running="r"))
    assert "\u200b" not in text
    assert "".join(text.split()).count(address) == 2
    assert max(map(len, text.splitlines())) < len(address) / 2, "it is broken rather than run out of its cell"


def test_a_cell_of_prose_is_no_markup() -> None:
    code = typst_of_markdown('# 一\n\n## 二 "引用"\n本文 #panic("x") \\ *b*\n続き\n\n- 項目')
    assert code.splitlines() == [
        '#heading(level: 1, "一")',
        '#heading(level: 2, "二 \\"引用\\"")',
        '#block(sticky: true, par("本文 #panic(\\"x\\") \\\\ *b*続き"))',
        '#block(sticky: true, par("- 項目"))',
    ]


@settings(max_examples=25)
@given(st.text(max_size=200))
def test_any_text_can_be_printed(text: str) -> None:
    shown = printable(text)
    assert printable(shown) == shown
    data = _printed_cells(
        [f"#heading(level: 1, {typst_text('題')})", f"#par({typst_text(text)})"], title=f"題{text}"
    )
    assert len(PdfReader(io.BytesIO(data)).pages) >= 1


def _notebook(cells: list[str]) -> nbformat.NotebookNode:
    notebook = nbformat.v4.new_notebook()
    for code in cells:
        if code.startswith("## "):
            notebook.cells.append(nbformat.v4.new_markdown_cell(code))
            continue
        output = nbformat.v4.new_output("display_data", data={"application/vnd.typst": code})
        notebook.cells.append(nbformat.v4.new_code_cell("x", outputs=[output]))
    return notebook


def _printed_cells(cells: list[str], title: str = "題") -> bytes:
    return pdf_of(_notebook(cells), title=title, running="社名")


def test_headings_stay_with_their_tables() -> None:
    """Whatever comes before, no page ends with a heading, an introduction, a caption or a table's header."""
    table = Table("t", "表の題", (Column("列の名", "kL", True),), tuple(Row((f"{n} 行",)) for n in range(30)))
    for filler in range(28, 44):
        cells = [f"#heading(level: 1, {typst_text('題')})"]
        cells += [f"#par({typst_text(f'段落 {n}')})" for n in range(filler)]
        cells += ["## 節の題\n\n前書き", table.typst()]
        for text in pages_of(_printed_cells(cells)):
            lines = [line for line in text.splitlines() if "carbonlib" not in line]
            assert not {"節の題", "前書き", "表の題", "列の名", "kL"} & set(lines[-1:]), (filler, lines[-4:])


def test_no_row_ends_a_long_table_alone_and_no_row_is_divided() -> None:
    rows = tuple(Row((f"{n} 行", f"始め{n}" + "言葉" * 20 + f"終わり{n}。")) for n in range(24))
    table = Table("t", "表の題", (Column("名"), Column("語")), rows)
    for filler in range(0, 24, 2):
        cells = [f"#heading(level: 1, {typst_text('題')})"]
        cells += [f"#par({typst_text(f'段落 {n}')})" for n in range(filler)] + [table.typst()]
        for text in ("".join(t.split()) for t in pages_of(_printed_cells(cells))):
            assert ("始め22" in text) == ("始め23" in text), filler
            assert all((f"始め{n}言" in text) == (f"終わり{n}。" in text) for n in range(24)), filler


def test_papers_of_their_own_begin_with_their_section_on_a_new_page() -> None:
    cells = [
        "## 前の節\n\n前書き",
        "## 資料\n\n前書き",
        sheet("one", [Sentences("一枚目")], first=True).typst,
    ]
    cells += [sheet("two", [Sentences("二枚目")]).typst]
    texts = pages_of(_printed_cells([f"#heading(level: 1, {typst_text('題')})", *cells]))
    assert [next(w for w in ("前の節", "資料", "二枚目") if w in text) for text in texts] == [
        "前の節",
        "資料",
        "二枚目",
    ]
    assert "一枚目" in texts[1]


def test_entries_of_the_contents_say_where_they_lead() -> None:
    reader = PdfReader(io.BytesIO(printed("saitama-shop", 2023)))
    named = [a.get_object().get("/Contents", "") for p in reader.pages for a in p.get("/Annots", ())]
    assert any(name.startswith("Ⅲ-1 エネルギーの使用状況") for name in named)
    assert not any(name.startswith("節") for name in named)


def test_a_long_table_repeats_its_header_and_a_long_word_stays_inside() -> None:
    rows = tuple(Row((f"{n}", "x" * 300)) for n in range(60))
    cells = [f"#heading(level: 1, {typst_text('題')})"]
    cells.append(Table("t", "題", (Column("番号"), Column("語")), rows).typst())
    texts = pages_of(_printed_cells(cells))
    assert len(texts) > 2
    assert all("番号" in text for text in texts)
    for picture in pictures_of(_notebook(cells), title="題", running="社名"):
        page = Image.open(io.BytesIO(picture)).convert("L")
        margin = page.crop((int(page.width * 194 / 210), 0, page.width, page.height))
        assert margin.getextrema() == (255, 255), "something runs into the right margin"


def test_a_report_of_forty_findings_and_no_figures_prints() -> None:
    d = diagnosis_of("saitama-shop", 2023)
    findings = tuple(replace(f, subject=str(n)) for n in range(10) for f in d.findings)
    data = files_beside(executed(replace(d, findings=findings)), kind="報告書", name="n.ipynb")[PDF]
    assert len(pages_of(data)) > 3


def lines_of(text: str) -> list[str]:
    """Return the lines of a page without its head and foot."""
    outside = ("carbonlib ", "見本データ：", "公表値：")
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith(outside)]
    return [line for line in lines if "　省エネ診断報告書" not in line and "〜2" not in line[:14]]


@pytest.mark.parametrize(("company", "year"), SAMPLES)
def test_the_answer_for_a_customer_is_a_page_of_its_own(company: str, year: int) -> None:
    pages = [lines_of(text) for text in pages_of(printed(company, year))]
    (sheet,) = [lines for lines in pages if "取引先への回答の根拠" in lines]
    assert sheet[0] == "取引先への回答"
    whole = "".join(sheet)
    assert whole.index("ロケーション基準") < whole.index("対象期間") < whole.index("削減目標")
    assert "参考：この報告書のCO2排出量" in whole.replace("本文の", "")
    assert "確認事項" not in sheet


@pytest.mark.parametrize(("company", "year"), SAMPLES)
def test_no_page_but_the_last_holds_a_few_lines_only(company: str, year: int) -> None:
    for number, page in enumerate(PdfReader(io.BytesIO(printed(company, year))).pages[:-1], start=1):
        text = page.extract_text()
        # the words of a drawing are outlines
        drawn = b" c\n" in page.get_contents().get_data()
        assert drawn or len(lines_of(text)) >= 5, (number, text)


def test_each_sheet_for_a_bank_is_one_page() -> None:
    pages = [lines_of(text) for text in pages_of(printed("sample-metal", 2025))]
    for lines in (lines for lines in pages if any("金融機関向け資料　提案" in line for line in lines)):
        assert "投資の内訳" in lines
        assert "確かめること" in lines
        assert any("見積書を添えてください" in "".join(lines[n:]) for n in range(len(lines)))
    assert sum("確かめること" in lines for lines in pages) == 3


def test_a_sheet_is_set_closer_only_where_that_saves_a_page() -> None:
    def pages(number: int) -> list[str]:
        cell = sheet("one", [Sentences(f"{n} 行目") for n in range(number)]).typst
        return pages_of(_printed_cells([f"#heading(level: 1, {typst_text('題')})", cell]))[1:]

    assert [len(pages(number)) for number in (35, 45, 200)] == [1, 1, 3]


def test_what_follows_a_sheet_that_stands_alone_begins_a_page() -> None:
    title = f"#heading(level: 1, {typst_text('題')})"
    alone = sheet("one", [Sentences("一枚目")], first=True, alone=True).typst
    texts = pages_of(_printed_cells([title, "## 回答\n\n前書き", alone, "## 次の節"]))
    assert ["一枚目" in t for t in texts] == [False, True, False]
    assert "回答" in texts[1]
    assert "次の節" in texts[2]


@pytest.mark.parametrize(("company", "year"), SAMPLES)
def test_the_first_page_has_no_head_and_keeps_its_facts_whole(company: str, year: int) -> None:
    d, first = diagnosis_of(company, year), pages_of(printed(company, year))[0]
    assert first.count("見本データ：") == d.company.sample
    assert first.count("公表値：") == (not d.company.sample)
    assert f"年度：{d.period.label()}" in first
    assert all(f"支援機関：{name}" in first for name in d.company.supported_by[:1])
    assert "診断結果の要点" in first.splitlines()


def test_the_cards_of_the_first_page_are_equally_high() -> None:
    """The cards' left edges, looked for in a picture below the green line that all have above."""
    notebook = executed(diagnosis_of("sample-metal", 2025))
    page = Image.open(io.BytesIO(pictures_of(notebook, title="t", running="r")[0])).convert("RGB")
    green = (0, 105, 78)
    row = next(
        y for y in range(page.height) if [page.getpixel((x, y)) for x in range(60, 130)] == [green] * 70
    )
    heights = []
    left = next(x for x in range(page.width) if page.getpixel((x, row)) == green)
    for x in range(left, page.width - 1):
        starts = page.getpixel((x, row)) == green and page.getpixel((x - 1, row)) != green
        if starts:
            column = [page.getpixel((x, y)) for y in range(row + 4, page.height)]
            heights.append(column.index((255, 255, 255)))
    assert len(heights) == 4
    assert max(heights) - min(heights) <= 1, heights


def test_the_composition_is_drawn_as_wide_as_the_paper_and_as_narrow_as_a_phone() -> None:
    notebook = executed(diagnosis_of("sample-metal", 2025))
    drawn = re.search(r'width="([\d.]+)pt"', source_of(notebook)[1]["shares.svg"])
    shown = re.search(
        r'id="shares".*?<svg[^>]* width="([\d.]+)pt"', page_of(notebook, kind="報告書"), re.DOTALL
    )
    assert drawn
    assert shown
    assert float(drawn[1]) > 480
    assert float(shown[1]) < 300


def test_the_answer_begins_and_ends_a_page_where_a_browser_prints_it() -> None:
    html = page_of(executed(diagnosis_of("sample-books", 2024)), kind="報告書")
    assert "#answer-sheet + h2 { break-before: page; }" in html
    flat = re.search(r'<h2[^>]*>取引先への回答</h2>\s*<p>[^<]*</p>\s*<section class="sheet first"', html)
    assert flat, "what the style sheet speaks of stands side by side"
    assert re.search(r"</section>\s*<h2[^>]*>確認事項", html)
