"""Published figures against their like: an owner far from the middle of all is odd, or mistyped."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from statistics import median

from carbonlib.errors import Finding, Message, Place
from carbonlib.plausibility.amount import readable
from carbonlib.records.as_reported import ReportedColumn, ReportedTable
from carbonlib.records.bands import Bands

_FEWEST = 10  # owners that have a middle worth comparing with


def reported_doubts(table: ReportedTable, bands: Bands) -> tuple[Finding, ...]:
    """Return the doubts about a table of published figures.

    CO2 per energy and energy per floor area of each owner are compared with the middle of all owners, each figure
    taken as the interval that its printed digits allow; what is compared with nothing is said.
    """
    return (*_unpaired(table), *_zeros(table), *_co2(table, bands), *_area(table, bands))


def _unpaired(table: ReportedTable) -> Iterator[Finding]:
    for one, other, unit in (("energy", "co2", "t-CO2"), ("co2", "energy", "GJ")):
        have = {c.label for c in table.of(other)}  # type: ignore[arg-type]
        for column in table.of(one):  # type: ignore[arg-type]
            if have and column.label not in have:
                yield _note(
                    "unpaired",
                    f"「{column.label}({column.unit})」には {unit} の列がないので、合計に入れません（ファイルには残します）。",
                    f"{column.label}({column.unit}) has no column in {unit}, so it is not part of the totals; the file keeps it.",
                    column.place,
                )


def _note(id: str, ja: str, en: str, place: Place) -> Finding:
    return Finding(f"reported.{id}", "note", Message(ja, en), place)


def _zeros(table: ReportedTable) -> Iterator[Finding]:
    """Say where a pair of figures is zero: no use, or nothing known."""
    co2 = {c.label: c for c in table.of("co2")}
    for owner, figures in table.figures.items():
        zero = [
            e.label
            for e in table.of("energy")
            if e.label in co2 and figures.get(e) == 0 and figures.get(co2[e.label]) == 0
        ]
        if zero:
            yield _note(
                "zero",
                f"{owner}の {'・'.join(zero)} は 0 と書かれています。使用がないのか、分からないのか（空欄にします）を確かめてください。",
                f"{owner}: {', '.join(zero)} are stated as 0; check that nothing was used, and leave blank what is not known.",
                table.places[owner],
            )


def _interval(value: Decimal, scale: Fraction) -> tuple[Fraction, Fraction]:
    half = Fraction(Decimal(1).scaleb(min(int(value.as_tuple().exponent), 0))) / 2
    return max(Fraction(value) - half, Fraction(0)) * scale, (Fraction(value) + half) * scale


def _sum(table: ReportedTable, owner: str, columns: list[ReportedColumn]) -> tuple[Fraction, Fraction] | None:
    values = [(table.figures[owner].get(c), c.scale) for c in columns]
    if any(v is None for v, _ in values):
        return None
    parts = [_interval(v, s) for v, s in values if v is not None]
    return sum((p[0] for p in parts), Fraction(0)), sum((p[1] for p in parts), Fraction(0))


def _ratios(
    table: ReportedTable, above: list[ReportedColumn], below: list[ReportedColumn]
) -> dict[str, tuple[Fraction, Fraction]]:
    """Return the least and the largest ratio that the printed digits of each owner allow."""
    found = {}
    for owner in table.figures:
        one, other = _sum(table, owner, above), _sum(table, owner, below)
        if one and other and other[0] > 0:
            found[owner] = (one[0] / other[1], one[1] / other[0])
    return found


def _odd(
    ratios: dict[str, tuple[Fraction, Fraction]], check: str, bands: Bands
) -> Iterator[tuple[str, Fraction, Fraction]]:
    """Give the owners whose ratio lies outside the band around the middle, with the ratio and the middle."""
    band = bands.of(check, "median")
    if band is None or len(ratios) < _FEWEST:
        return
    middle = median((low + high) / 2 for low, high in ratios.values())
    for owner, (low, high) in ratios.items():
        if middle and (high / middle < Fraction(band.low) or low / middle > Fraction(band.high)):
            yield owner, (low + high) / 2, middle


def _co2(table: ReportedTable, bands: Bands) -> Iterator[Finding]:
    energy = {c.label: c for c in table.of("energy")}
    for column in table.of("co2"):
        if column.label not in energy:
            continue
        for owner, ratio, middle in _odd(
            _ratios(table, [column], [energy[column.label]]), "reported_co2_per_energy", bands
        ):
            yield Finding(
                "reported.co2_ratio",
                "warning",
                Message(
                    f"{owner}の{column.label}は 1 GJ あたり {readable(ratio, 4)} t-CO2 で、全体の中央値 {readable(middle, 4)} の "
                    f"{readable(ratio / middle, 2)} 倍です。電力会社や燃料の違いか、書き写しの誤りかを確かめてください。",
                    f"{column.label} of {owner}: {readable(ratio, 4)} t-CO2 per GJ, {readable(ratio / middle, 2)} times the "
                    f"median {readable(middle, 4)}; another supplier or fuel, or a slip of the pen.",
                ),
                table.places[owner],
                subject=column.label,
            )


def _area(table: ReportedTable, bands: Bands) -> Iterator[Finding]:
    for area in table.of("floor_area"):
        energy = [c for c in table.of("energy") if c.label.endswith(area.label)]
        if not energy:
            continue
        for owner, ratio, middle in _odd(_ratios(table, energy, [area]), "reported_energy_per_area", bands):
            yield Finding(
                "reported.area_ratio",
                "warning",
                Message(
                    f"{owner}の{area.label}は 1 m2 あたり {readable(ratio, 2)} GJ で、全体の中央値 {readable(middle, 2)} の "
                    f"{readable(ratio / middle, 2)} 倍です。面積と使用量の桁を確かめてください。",
                    f"{area.label} of {owner}: {readable(ratio, 2)} GJ per m2, {readable(ratio / middle, 2)} times the median "
                    f"{readable(middle, 2)}; check the digits of area and energy.",
                ),
                table.places[owner],
                subject=area.label,
            )
