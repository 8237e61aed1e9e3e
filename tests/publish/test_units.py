"""In print a number stays on the line of its unit, and its text is copied as it was written."""

from __future__ import annotations

import io
from collections.abc import Iterable

import nbformat.v4
from pypdf import PdfReader

from carbonlib.present.page import Sentences
from carbonlib.present.shown import TYPST
from carbonlib.publish.pdf import pdf_of

AMOUNTS = ("21,043 千円", "597,866 kWh", "34.0 t-CO2", "18.5 m3", "12 か月", "3 件", "27.61 円/kWh")


def printed(texts: Iterable[str]) -> str:
    outputs = [
        nbformat.v4.new_output("display_data", data={TYPST: Sentences(text).typst()}) for text in texts
    ]
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(outputs=outputs)])
    made = pdf_of(notebook, title="見本", running="見本")
    return "".join(page.extract_text() for page in PdfReader(io.BytesIO(made)).pages)


def test_a_number_is_not_parted_from_its_unit() -> None:
    before = range(24, 58)  # letters; at some of these the line would end after the number
    said = printed(f"{'あ' * n}{amount}です。" for amount in AMOUNTS for n in before)
    assert {amount: said.count(amount) for amount in AMOUNTS} == dict.fromkeys(AMOUNTS, len(before))
