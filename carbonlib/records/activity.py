"""What the energy was used for by the year (活動量): sales and output, which intensities divide by."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field

from carbonlib.errors import CarbonlibError, Finding, Message
from carbonlib.records.fields import Range, RefusalError, Strict, Text, WithUnit, refusal
from carbonlib.records.model import ActivityDriver
from carbonlib.records.yamlfile import YamlFile
from carbonlib.units import read_number

_SALES = Range("円/年", "120,000 千円/年", Decimal(0), low_included=False)
_AMOUNT = re.compile(r"\s*([\d０-９,，.．]+)\s*(\S.{0,19}?)\s*[/／]\s*年\s*")


class ActivityEntry(Strict):
    """One entry of `activity_drivers`."""

    kind: Literal["sales", "output"]
    fiscal_year: Annotated[int, Field(ge=2000, le=2100)]
    amount: Annotated[Text, WithUnit]
    name: str = ""


def _amount(entry: ActivityEntry) -> tuple[object, str]:
    """Return amount and unit: sales in yen, output in whatever it is counted in."""
    if entry.kind == "sales":
        reading = _SALES.read(entry.amount)
        return reading.value, "円"
    found = _AMOUNT.fullmatch(entry.amount)
    try:
        value = read_number(found[1]) if found else None
    except CarbonlibError:
        value = None
    if found is None or value is None or value <= 0:
        raise refusal(
            "生産量は「1,250 t/年」「38,000 個/年」のように、正の数・単位・「/年」で書いてください。",
            "Write output as a positive number with its unit, by the year, as in '1,250 t/年'.",
        )
    return value, found[2]


def activity_of(
    entries: Sequence[ActivityEntry], file: YamlFile, findings: list[Finding]
) -> tuple[ActivityDriver, ...]:
    """Return the activity drivers of entries that were validated; what is wrong among them goes to `findings`."""
    found = []
    for index, entry in enumerate(entries):
        place = file.place(("activity_drivers", index))
        try:
            value, unit = _amount(entry)
        except RefusalError as error:
            findings.append(Finding("company.activity", "error", error.message, place))
            continue
        found.append(ActivityDriver(entry.kind, entry.fiscal_year, value, unit, entry.name, place))  # type: ignore[arg-type]
    findings += _together(found)
    return tuple(found)


def _together(found: Sequence[ActivityDriver]) -> Iterator[Finding]:
    """Yield what is wrong with the entries as a whole: a year twice, one output in two units."""
    seen: set[tuple[str, str, int]] = set()
    units: dict[tuple[str, str], str] = {}
    for one in found:
        if (one.kind, one.name, one.fiscal_year) in seen:
            yield Finding(
                "company.activity_twice",
                "error",
                Message(
                    f"{one.fiscal_year}年度の同じ活動量が 2 つあります。1 つにするか、name で分けてください。",
                    f"The same activity of FY{one.fiscal_year} is given twice; keep one, or tell them apart by name.",
                ),
                one.place,
            )
        seen.add((one.kind, one.name, one.fiscal_year))
        if units.setdefault((one.kind, one.name), one.unit) != one.unit:
            yield Finding(
                "company.activity_unit",
                "error",
                Message(
                    "同じ生産量の単位が年度によって違います。1 つの単位にそろえてください。",
                    "The unit of one output differs between years; use one unit.",
                ),
                one.place,
            )
