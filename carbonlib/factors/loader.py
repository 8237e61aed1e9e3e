"""Reading factor sets, and refusing those that contradict themselves."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal, InvalidOperation
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import yaml

from carbonlib.errors import CarbonlibError, FactorError, Finding, Message, Place, shown
from carbonlib.factors.consistency import contradictions, derived
from carbonlib.factors.model import EVIDENCE, KINDS, Carrier, Factor, FactorSet, Source
from carbonlib.factors.plausible import implausible
from carbonlib.units import same_dimension, ureg

COLUMNS = [
    *("set", "carrier", "supplier", "kind", "value", "unit", "volume_basis", "basis", "measured_fy"),
    *("applies_from_fy", "applies_to_fy", "evidence", "source", "locator", "exception", "note"),
]
_DATA = files(__package__).joinpath("data")
_TOO_MANY = Message(
    'セルの数が 1 行目の見出しより多くなっています。カンマを含む文字は "…" で囲んでください。',
    'There are more cells than headings in the first line; put a text that holds a comma in "…".',
)


def data_yaml(name: str) -> dict[str, dict[str, Any]]:
    """Return one of the package's own YAML tables."""
    loaded: dict[str, dict[str, Any]] = yaml.safe_load(_DATA.joinpath(name).read_text(encoding="utf-8"))
    return loaded


@cache
def sources() -> dict[str, Source]:
    """Return the sources that the built-in factors may cite, by id."""
    return {id: Source(id, **fields) for id, fields in data_yaml("sources.yaml").items()}


@cache
def carriers() -> dict[str, Carrier]:
    """Return the carriers (エネルギー種別) by id, in the order in which reports list them."""
    rows = csv.DictReader(_DATA.joinpath("carriers.csv").read_text(encoding="utf-8").splitlines())
    return {
        r["carrier"]: Carrier(
            r["carrier"],
            r["label_ja"],
            r["label_en"],
            r["group"],
            *(tuple(r[column].split(";")) for column in ("unit", "display_unit", "sheet_unit")),
        )
        for r in rows
    }


@cache
def suppliers() -> dict[str, tuple[str, str]]:
    """Return the names, Japanese and English, of the suppliers that built-in factors name by id.

    >>> suppliers()["bushu-gas"]
    ('武州瓦斯', 'Bushu Gas')
    """
    rows = csv.DictReader(_DATA.joinpath("suppliers.csv").read_text(encoding="utf-8").splitlines())
    return {r["supplier"]: (r["label_ja"], r["label_en"]) for r in rows}


def _year(text: str) -> int | None:
    return int(text) if text else None


def _factor(row: dict[str, str]) -> Factor:
    value = Decimal(row["value"])
    if not value.is_finite() or value < 0:
        raise ValueError(row["value"])
    words = ("set", "carrier", "kind", "unit", "supplier", "volume_basis", "basis")
    origin = ("evidence", "source", "locator", "exception", "note")
    texts: dict[str, Any] = {name: row[name] for name in (*words, *origin)}
    return Factor(
        value=value,
        applies_from=_year(row["applies_from_fy"]),
        applies_to=_year(row["applies_to_fy"]),
        measured_fy=_year(row["measured_fy"]),
        **texts,
    )


def _row_problems(row: dict[str, str], known_sources: dict[str, Source]) -> list[Message]:
    """Return what is wrong with one row by itself."""
    found = []

    def say(ja: str, en: str) -> None:
        found.append(Message(ja, en))

    for column in ("set", "carrier", "kind", "value", "unit"):
        if not row[column].strip():
            say(f"列 {column} が空です。書いてください。", f"The column {column} is empty; fill it in.")
    if row["carrier"] and row["carrier"] not in carriers():
        known = "・".join(carriers())
        say(
            f"エネルギー種別「{shown(row['carrier'])}」はありません。{known} のどれかです。",
            f"There is no carrier {shown(row['carrier'])!r}; there are {known}.",
        )
    if row["kind"] and row["kind"] not in KINDS:
        say(
            f"係数の種類「{shown(row['kind'])}」はありません。{'・'.join(KINDS)} のどれかです。",
            f"There is no kind {shown(row['kind'])!r}; there are {', '.join(KINDS)}.",
        )
    if row["source"] not in known_sources:
        say(
            f"出典「{shown(row['source'])}」が sources.yaml にありません。出典を登録してください。",
            f"The source {shown(row['source'])!r} is not in sources.yaml; list it there.",
        )
    if row["evidence"] not in EVIDENCE:
        say(
            f"根拠「{shown(row['evidence'])}」は {'・'.join(EVIDENCE)} のどれかにしてください。",
            f"The evidence {shown(row['evidence'])!r} must be one of {', '.join(EVIDENCE)}.",
        )
    if found:
        return found
    try:
        factor = _factor(row)
        wanted = KINDS[factor.kind]
        above = factor.registry_unit.partition("/")[0]
        if wanted and not same_dimension(1 * ureg.parse_units(above.replace("*primary", "")), wanted):
            say(
                f"単位「{shown(row['unit'])}」は {factor.kind} の単位（{wanted}/…）ではありません。",
                f"The unit {shown(row['unit'])!r} is none of {factor.kind} ({wanted}/…).",
            )
        if factor.kind == "carbon_content" and factor.per_unit and not factor.takes("GJ"):
            say(
                f"単位「{shown(row['unit'])}」: 炭素排出係数は熱量あたり（t-C/GJ）で書いてください。",
                f"The unit {shown(row['unit'])!r}: a carbon content is given by heat, as in t-C/GJ.",
            )
        if not factor.per_unit:
            say(
                f"単位「{shown(row['unit'])}」は「/」で割る単位を持ちません（例 GJ/kL）。",
                f"The unit {shown(row['unit'])!r} has nothing below a '/', as in GJ/kL.",
            )
    except (InvalidOperation, ValueError):
        say(
            f"数値「{shown(row['value'])}」または年度が読めません。数字で書いてください。",
            f"The value {shown(row['value'])!r} or a year is not readable as a number.",
        )
    except CarbonlibError as error:
        found.extend(f.message for f in error.findings)
    return found


def read_factor_sets(path: Path, known_sources: dict[str, Source], name: str) -> dict[str, FactorSet]:
    """Return the factor sets of one CSV file, or raise with all that is wrong in it.

    Parameters
    ----------
    path : Path
        UTF-8 CSV with the columns `COLUMNS`.
    known_sources : dict of str to Source
        What the column ``source`` may name.
    name : str
        How messages call the file.

    Raises
    ------
    FactorError
        A missing column, a row that is incomplete, names an unknown source or contradicts another row.
    """
    with path.open(encoding="utf-8-sig", newline="") as stream:
        reader = csv.DictReader(stream)
        if missing := [c for c in COLUMNS if c not in (reader.fieldnames or [])]:
            raise FactorError.of(
                "factors.columns",
                ja=f"列 {'・'.join(missing)} がありません。1 行目の見出しを確かめてください。",
                en=f"The columns {', '.join(missing)} are missing; check the first line.",
                place=Place(name, 1),
            )
        rows = []
        findings: list[Finding] = []
        for row in reader:
            if None in row:
                findings.append(Finding("factors.cells", "error", _TOO_MANY, Place(name, reader.line_num)))
            elif any(row.values()):
                rows.append((reader.line_num, {c: (row[c] or "").strip() for c in COLUMNS}))
    good: list[tuple[int, Factor]] = []
    for line, row in rows:
        problems = _row_problems(row, known_sources)
        if not problems:
            factor = _factor(row)
            if twin := next((n for n, other in good if other.is_rival_of(factor)), None):
                problems.append(
                    Message(
                        f"{twin} 行目と同じ年度に使う同じ係数です。どちらかを消すか、適用年度を分けてください。",
                        f"The same factor as on line {twin}, for the same years; delete one of them, "
                        "or set their years apart.",
                    )
                )
            else:
                good.append((line, factor))
        findings.extend(Finding("factors.row", "error", m, Place(name, line)) for m in problems)
    findings.extend(
        Finding("factors.contradiction", "error", m, Place(name, line)) for line, m in contradictions(good)
    )
    named = {f.place.line for f in findings}
    findings.extend(
        Finding("factors.band", "error", m, Place(name, line))
        for line, factor in good
        if line not in named and (m := implausible(factor))
    )
    if findings:
        raise FactorError(findings)
    return _sets(replace(f, cited=known_sources[f.source]) for _, f in good)


def _sets(factors: Iterable[Factor]) -> dict[str, FactorSet]:
    stated = list(factors)
    every = stated + derived(stated)
    return {
        id: FactorSet(id, tuple(f for f in every if f.set == id))
        for id in dict.fromkeys(f.set for f in every)
    }


@cache
def built_in_sets() -> dict[str, FactorSet]:
    """Return the factor sets that the package carries, by id."""
    path = Path(str(_DATA.joinpath("factors.csv")))
    return read_factor_sets(path, sources(), "carbonlib/factors/data/factors.csv")
