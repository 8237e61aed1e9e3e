"""The heading of bills.csv: its columns, and what can be wrong with them."""

from __future__ import annotations

from carbonlib.errors import Finding, Message, Place, alike, shown
from carbonlib.records.model import CHARGES

COMPANY = "company_id"

REQUIRED = ("site_id", "meter_id", "carrier", "start", "end", "quantity", "unit")
OPTIONAL = (
    *("cost", "cost_unit", "tax", "contract_demand_kw", "peak_demand_kw", "estimated", "note"),
    *CHARGES,
)


def too_many_cells(place: Place) -> Finding:
    """Return the error of a row with more cells than the heading."""
    return Finding(
        "csv.too_many_cells",
        "error",
        Message(
            "見出しより列が多い行です。行末の余分なカンマは消し、桁区切りのカンマは引用符で囲むか消してください。",
            "The row has more cells than the header; drop commas at its end, and quote thousands separators or drop them.",
        ),
        place,
    )


def header_problems(header: list[str], name: str, more: tuple[str, ...]) -> list[Finding]:
    """Return what is wrong in a heading: columns that are missing, not known, without a name or there twice.

    Parameters
    ----------
    header : list of str
        Names of the columns.
    name : str
        The file as messages name it.
    more : tuple of str
        Columns needed besides ``REQUIRED``.
    """
    place = Place(name, 1)
    found = []
    if missing := [c for c in (*more, *REQUIRED) if c not in header]:
        found.append(
            Finding(
                "csv.columns",
                "error",
                Message(
                    f"列 {'・'.join(missing)} がありません。1 行目の見出しを確かめてください。",
                    f"The columns {', '.join(missing)} are missing; check the first line.",
                ),
                place,
            )
        )
    known = more + REQUIRED + OPTIONAL
    if unknown := [c for c in header if c and c not in known]:
        names = "・".join(map(shown, unknown))
        near = [alike(c, [k for k in known if k not in header]) for c in unknown]
        found.append(
            Finding(
                "csv.columns",
                "error",
                Message(
                    f"列 {names} は知られていません。{''.join(n.ja for n in near)}綴りを確かめるか、消してください。",
                    f"The columns {names} are not known. {''.join(n.en for n in near)}Check their spelling or delete them.",
                ),
                place,
            )
        )
    if "" in header:
        at_end = not any(header[header.index("") :])
        found.append(
            Finding(
                "csv.columns",
                "error",
                Message(
                    "見出しの行末に余分なカンマがあります。消してください（列が残る行も同じです）。"
                    if at_end
                    else "名前のない列があります。見出しに名前を書くか、列を消してください。",
                    "There are superfluous commas at the end of the heading; delete them, there and in the rows."
                    if at_end
                    else "A column has no name; write it in the heading, or delete the column.",
                ),
                place,
            )
        )
    named = [c for c in header if c]
    if len(set(named)) < len(named):
        found.append(
            Finding(
                "csv.columns",
                "error",
                Message("同じ名前の列が 2 つあります。", "Two columns have the same name."),
                place,
            )
        )
    return found
