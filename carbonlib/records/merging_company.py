"""Entries of company.yaml that came in, laid over those of the file: what was left blank stays, and so does a spelling."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from functools import cache
from typing import Any

from carbonlib.records.equipment import attributes
from carbonlib.records.fields import Range, RefusalError, amount_in
from carbonlib.records.reading.months import plain

# the unit in which an amount is written where it is new; words and whole numbers have none
_UNITS = {"floor_area": "m2", "operating_hours": "h/年", "operating_margin": "%"}
_USUAL = {"number": 1}  # not written unless another value stood there


@cache
def _units() -> dict[str, str]:
    return _UNITS | {a.name: a.unit for a in attributes().values() if a.range is not None}


def _plain_value(old: Any) -> Any:
    """Return what an entry says, without how it was learnt."""
    return old.get("value") if isinstance(old, Mapping) else old


def _same(old: Any, value: Any, unit: str | None) -> bool:
    """Return whether an entry says a value already, in whatever spelling."""
    written = _plain_value(old)
    if not isinstance(value, Decimal) or not isinstance(written, str):
        return bool(written == value)
    if unit is None:
        return written.strip() == f"{value:f}"
    try:
        return amount_in(Range(unit, "").read(written), unit) == Fraction(value)
    except RefusalError:
        return False


def laid_over(old: dict[str, Any], new: Mapping[str, Any]) -> dict[str, Any]:
    """Return an entry with the new values; what says the same keeps its spelling, and how it was learnt.

    Parameters
    ----------
    old : dict
        As company.yaml has it.
    new : mapping
        Amounts as Decimal in the unit of `_UNITS` or of the attribute, all else as company.yaml holds it.
    """
    units = _units()
    merged = dict(old)
    for name, value in new.items():
        if name in merged and _same(merged[name], value, units.get(name)):
            continue
        if isinstance(value, Decimal):
            unit = units.get(name)
            merged[name] = f"{value:f}" if unit is None else f"{value:,f} {unit}".rstrip()
        elif value != _USUAL.get(name) or name in merged:
            merged[name] = value
    return merged


def _find(entries: list[dict[str, Any]], **wanted: Any) -> int | None:
    return next((i for i, e in enumerate(entries) if all(e.get(k) == v for k, v in wanted.items())), None)


def merge_sites(old: list[dict[str, Any]], new: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the sites: known ones by id, else by name, brought up to date; new ones behind them."""
    merged = [dict(s) for s in old]
    for site in new:
        given = {k: v for k, v in site.items() if k != "place"}
        at = _find(merged, id=given.get("id"))
        if at is None:
            wanted = plain(given["name"])
            at = next((i for i, s in enumerate(merged) if plain(str(s.get("name"))) == wanted), None)
            given = given if at is None else {k: v for k, v in given.items() if k != "id"}
        if at is not None:
            merged[at] = laid_over(merged[at], given)
            continue
        taken = {s.get("id") for s in merged} | {s.get("id") for s in new}
        free = (f"site-{n}" for n in range(1, 1000) if f"site-{n}" not in taken)
        merged.append(laid_over({"id": given.get("id") or next(free), "name": given["name"]}, given))
    return merged


def _at_site(entry: Mapping[str, Any], sites: list[dict[str, Any]]) -> dict[str, Any]:
    """Return an entry with the id of the site that it names by name or id; the only site need not be named."""
    named = entry.get("site")
    rest = {k: v for k, v in entry.items() if k != "site"}
    if not named:
        return rest
    for site in sites:
        if named == site.get("id") or plain(str(named)) == plain(str(site.get("name"))):
            return {**rest, "site": str(site["id"])}
    return {**rest, "site": str(named)}  # company.yaml names it as unknown


def merge_equipment(
    old: list[dict[str, Any]], new: list[dict[str, Any]], sites: list[dict[str, Any]]
) -> tuple[list[dict[str, Any]], list[str]]:
    """Return the equipment, and the names of what is registered and not in the workbook: it stays."""
    left = [dict(e) for e in old]
    merged: list[tuple[int, dict[str, Any]]] = []
    positions = {id(e): i for i, e in enumerate(left)}
    for given in new:
        one = _at_site(given, sites)
        like = [e for e in left if (e.get("family"), e.get("name")) == (one["family"], one["name"])]
        alike = ("year", "site", "model", "number")
        scores = [sum(e.get(k) == one.get(k) for k in alike) for e in like]
        match = like[scores.index(max(scores))] if like else None
        if match is None:
            merged.append((len(old) + len(merged), laid_over({}, one)))
        else:
            left = [e for e in left if e is not match]
            merged.append((positions[id(match)], laid_over(match, one)))
    merged += [(positions[id(e)], e) for e in left]
    return [e for _, e in sorted(merged, key=lambda pair: pair[0])], [str(e.get("name")) for e in left]


def merge_meters(
    old: list[dict[str, Any]], new: list[dict[str, Any]], sites: list[dict[str, Any]]
) -> list[dict[str, Any]]:
    """Return the meters: known ones by site and id brought up to date, new ones behind them."""
    merged = [dict(m) for m in old]
    for given in new:
        one = _at_site(given, sites)
        if "site" not in one and len(sites) == 1:
            one["site"] = str(sites[0]["id"])
        at = _find(merged, site=one.get("site"), id=one["id"])
        if one.get("carrier") == "electricity" and (at is None or "carrier" not in merged[at]):
            del one["carrier"]
        if at is None:
            merged.append(laid_over({"id": one["id"]}, one))
        else:
            merged[at] = laid_over(merged[at], one)
    return merged


def merge_company(old: dict[str, Any], new: Mapping[str, Any]) -> tuple[dict[str, Any], list[str]]:
    """Return the entries of company.yaml, and the equipment that only the file knows.

    Parameters
    ----------
    old : dict
        As the file holds it, empty for a new company.
    new : mapping
        What the workbook's forms or the rows of companies.csv hold.
    """
    merged = dict(old)
    left: list[str] = []
    if "sites" in new:
        merged["sites"] = merge_sites(old.get("sites") or [], new["sites"])
    sites = merged.get("sites") or []
    for name, value in new.items():
        if name == "equipment":
            merged[name], left = merge_equipment(old.get(name) or [], value, sites)
        elif name == "meters":
            merged[name] = merge_meters(old.get(name) or [], value, sites)
        elif isinstance(value, dict):
            merged[name] = {**(old.get(name) or {}), **value}
        elif name != "sites":
            merged = laid_over(merged, {name: value})
    return merged, left
