"""Whether a unit is one of a carrier, said in one sentence for tables of every form."""

from __future__ import annotations

from carbonlib.errors import CarbonlibError, Place, shown
from carbonlib.factors import carriers
from carbonlib.records.billrow import unit_fits
from carbonlib.records.workbook.model import Problems


def name_misfit(carrier: str, unit: str, place: Place, problems: Problems) -> bool:
    """Return whether a unit fits its carrier; one that does not is named.

    Parameters
    ----------
    carrier : str
        Its id.
    unit : str
        As it is written.
    place : Place
        Where it is written.
    problems : Problems
        Takes the sentence.
    """
    one = carriers()[carrier]
    try:
        if unit_fits(carrier, unit):
            return True
        wanted = "・".join(dict.fromkeys(one.sheet_units + one.display_units))
        problems.error(
            "unit_not_of_carrier",
            f"{one.label_ja}の量は {wanted} で書いてください。「{shown(unit)}」は単位が合いません。",
            f"{one.label_en} is given in {wanted}; {shown(unit)!r} does not fit.",
            place,
        )
    except CarbonlibError as error:
        problems.add(error.at(place).findings)
    return False
