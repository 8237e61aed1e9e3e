"""The files beside a company's page, written from the same executed notebook: PDF, workbook and summary."""

from __future__ import annotations

import json
from typing import Any

import nbformat

from carbonlib.errors import Place, RecordError, shown
from carbonlib.present.attachments import ATTACHED
from carbonlib.publish.account_book import account_book
from carbonlib.publish.pdf import pdf_of
from carbonlib.publish.site import PDF

BOOK, SUMMARY = "energy_account.xlsx", "summary.json"


def attached_of(notebook: nbformat.NotebookNode, name: str) -> dict[str, Any]:
    """Return the data that `present.attachments` left in an executed notebook; `name` is for the message.

    Raises
    ------
    RecordError
        Where no cell of the notebook shows them.
    """
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            if ATTACHED in output.get("data", {}):
                return dict(output["data"][ATTACHED])
    raise RecordError.of(
        "notebook.no_attachments",
        ja="計算シートと要約のもとになるセルがありません。最後に present.attachments(diagnosis) のセルを足してください。",
        en="The cell that workbook and summary are made from is missing; add a last cell present.attachments(diagnosis).",
        place=Place(f"notebooks/{name}"),
    )


def files_beside(notebook: nbformat.NotebookNode, *, kind: str, name: str) -> dict[str, bytes]:
    """Return the files beside the page of an executed notebook by their names.

    Parameters
    ----------
    notebook : NotebookNode
        Executed.
    kind : str
        What the report is: 省エネ診断報告書.
    name : str
        Of the notebook's file, for messages.

    Raises
    ------
    RecordError
        Where the notebook does not show `present.attachments`.
    """
    attached = attached_of(notebook, name)
    printed = pdf_of(
        notebook,
        title=f"{attached['company']}｜{kind}",
        running=f"{shown(attached['company'], 60)}　{kind}",
        period=f"{attached['period']}　{attached['fiscal_year']}",
        mark=shown(attached["mark"], 100),
    )
    summary = json.dumps(attached["summary"], ensure_ascii=False, indent=1, sort_keys=True, allow_nan=False)
    return {PDF: printed, BOOK: account_book(attached), SUMMARY: f"{summary}\n".encode()}
