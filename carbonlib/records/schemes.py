"""Schemes of energy diagnosis (診断メニュー) of the prefecture and the state: dated parameter rows with their source."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib.resources import files

from carbonlib.records.datarows import data_rows

COLUMNS = (
    *(
        "id",
        "name_ja",
        "scope",
        "fee_jpy",
        "from_kl",
        "below_kl",
        "for_ja",
        "done_by_ja",
        "as_of",
        "evidence",
    ),
    *("source", "locator", "note"),
)
_NAME = "carbonlib/records/data/diagnosis_schemes.csv"


@dataclass(frozen=True)
class Scheme:
    """A diagnosis that a site may apply for; the sizes are guides (目安), no duties.

    `fee_jpy` includes tax, None where it depends [JPY]; `from_kl` is included, `below_kl` is not [kL crude-oil
    equivalent a year]. `scope` is ``prefecture`` or ``national``, `as_of` the date of the source, "" where it shows none.
    """

    id: str
    name_ja: str
    scope: str
    fee_jpy: Decimal | None
    from_kl: Decimal | None
    below_kl: Decimal | None
    for_ja: str
    done_by_ja: str
    as_of: str
    evidence: str
    source: str
    locator: str
    note: str


def _number(cell: str) -> Decimal | None:
    return Decimal(cell) if cell else None


@cache
def schemes() -> tuple[Scheme, ...]:
    """Return the schemes that the package carries, in the order of the file."""
    text = files(__package__).joinpath("data", "diagnosis_schemes.csv").read_text(encoding="utf-8")
    numbers = ("fee_jpy", "from_kl", "below_kl")
    return tuple(
        Scheme(**{c: r[c] for c in COLUMNS if c not in numbers}, **{c: _number(r[c]) for c in numbers})  # type: ignore[arg-type]
        for _, r in data_rows(text, _NAME, COLUMNS)
    )
