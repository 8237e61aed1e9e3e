"""Half-hours that came in laid over those that are registered."""

from __future__ import annotations

from collections.abc import Sequence

from carbonlib.errors import RecordError, shown
from carbonlib.records.csvfiles.halfhours import HalfHours
from carbonlib.records.load import load_days, load_text
from carbonlib.records.reading.known import Known, KnownMeter
from carbonlib.records.reading.problems import Problems

_ELECTRICITY = "electricity"


def _meter(known: Known, wanted: str | None, load: HalfHours, problems: Problems) -> KnownMeter | None:
    """Return the meter that half-hours are of: that of the command, else the one meter of electricity."""
    meters = list(dict.fromkeys(m for m in known.meters if m.carrier == _ELECTRICITY))
    fitting = [m for m in meters if wanted in {None, m.meter_id}]
    if len(fitting) == 1:
        return fitting[0]
    if wanted and not fitting and len(known.sites) == 1:
        return KnownMeter(next(iter(known.sites)), wanted, _ELECTRICITY)
    names = "・".join(f"{m.site_id} {m.meter_id}" for m in meters) or "なし"
    problems.error(
        "load_meter",
        f"どのメーターの 30分値か分かりません（--meter「{shown(wanted or '')}」）。電気の請求のあるメーター: {names}。"
        "--meter のあとに名前を書いてください。",
        f"It is not clear whose half-hours these are (--meter {shown(wanted or '')!r}); meters with bills of electricity: "
        f"{names}. Name one with --meter.",
        load.place,
    )
    return None


def merged_load(
    loads: Sequence[HalfHours],
    known: Known,
    meter_id: str | None,
    stored: tuple[str, str] | None,
    problems: Problems,
) -> str:
    """Return load_30min.csv with new half-hours over the registered ones; what is blank in them keeps the old value.

    Parameters
    ----------
    loads : sequence of HalfHours
        Of one company.
    known : Known
        Its sites and meters.
    meter_id : str, optional
        Whose they are.
    stored : tuple of str and str, optional
        The registered file and what messages call it.
    problems : Problems
        Takes files whose meter is not clear, half-hours that two files give, and all that is wrong in the registered
        file; nothing is then laid over it.
    """
    try:
        have = load_days(*stored, known.sites) if stored else {}
    except RecordError as error:
        problems.add(error.findings)
        return ""
    days = {meter: {day: values for day, (_, values) in own.items()} for meter, own in have.items()}
    given: dict[tuple[object, ...], HalfHours] = {}
    for load in loads:
        meter = _meter(known, meter_id, load, problems)
        if meter is None:
            continue
        own = days.setdefault((meter.site_id, meter.meter_id), {})
        for day, values in load.days.items():
            if (other := given.setdefault((meter, day), load)) is not load:
                problems.error(
                    "load_twice",
                    f"{day} の 30分値が {shown(other.name)} にもあります。どちらかを外してください。",
                    f"{day} stands in {shown(other.name)!r} too; leave one out.",
                    load.place,
                )
            old = own.get(day, [None] * len(values))
            own[day] = [o if v is None else v for v, o in zip(values, old, strict=True)]
    return load_text(days)
