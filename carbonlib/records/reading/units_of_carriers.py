"""Whether a unit is one of a carrier, said in one sentence for tables of every form."""

from __future__ import annotations

from carbonlib.errors import CarbonlibError, Place
from carbonlib.records.billrow import no_unit_of, unit_fits
from carbonlib.records.reading.problems import Problems


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
    try:
        if unit_fits(carrier, unit):
            return True
        said = no_unit_of(carrier, unit)
        problems.error("unit_not_of_carrier", said.ja, said.en, place)
    except CarbonlibError as error:
        problems.add(error.at(place).findings)
    return False
