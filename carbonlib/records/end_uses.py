"""What each carrier is used for: entries of company.yaml in the vocabulary of ``end_uses.csv``."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Annotated, Literal

from pydantic import AfterValidator

from carbonlib.errors import CarbonlibError, Finding, Message, Place, shown
from carbonlib.factors import carriers
from carbonlib.records.billrow import unit_fits
from carbonlib.records.equipment_model import EndUse, How
from carbonlib.records.fields import CarrierId, Id, RefusalError, Strict, WithUnit, percent, refusal
from carbonlib.records.yamlfile import YamlFile
from carbonlib.units import GEOMETRIC, Reading, of_a_year, read

ShareOf = Literal["carrier", "primary_energy"]


@dataclass(frozen=True)
class EndUseKind:
    """A row of the vocabulary; `entered` is False for what is worked out, such as the remainder.

    `within` is the use that holds this one where the two are not told apart, as air conditioning holds cooling.
    """

    id: str
    label_ja: str
    label_en: str
    entered: bool
    note_ja: str
    within: str = ""


@cache
def uses() -> dict[str, EndUseKind]:
    """Return the uses by id, in their order."""
    text = files(__package__).joinpath("data", "end_uses.csv").read_text(encoding="utf-8")
    return {
        r["use"]: EndUseKind(
            r["use"], r["label_ja"], r["label_en"], r["entered"] == "yes", r["note_ja"], r["within"]
        )
        for r in csv.DictReader(text.splitlines())
    }


def _use(text: str) -> str:
    known = "・".join(u.id for u in uses().values() if u.entered)
    if text in uses() and not uses()[text].entered:
        raise refusal(
            f"「{uses()[text].label_ja}」（{text}）は書かないでください（{uses()[text].note_ja}）。",
            f"leave {text!r} out: it is worked out, never entered.",
        )
    if text not in uses():
        raise refusal(f"用途は {known} のどれかです。", f"the uses are {known}.")
    return text


class EndUseEntry(Strict):
    """One entry of `end_uses`."""

    use: Annotated[str, AfterValidator(_use)]
    site: Id | None = None
    carrier: CarrierId | None = None
    part: str = ""
    amount: Annotated[str, WithUnit] | None = None
    share: Annotated[str, WithUnit] | None = None
    share_of: ShareOf | None = None
    how: How | None = None


def _amount(text: str, carrier: str) -> tuple[str, Reading]:
    """Return an amount by the year as written on a bill, and its reading."""
    written = of_a_year(text)
    if written == text.strip():
        raise refusal(
            f"「127,740 kWh/年」のように年間の量を書いてください（いまは「{shown(text)}」）。",
            f"Write the amount of a year, as in '127,740 kWh/年'; got {shown(text)!r}.",
        )
    kind = carriers()[carrier]
    basis = "lpg_gas" if carrier == "lpg" else GEOMETRIC
    try:
        reading = read(written, volume_basis=basis)
        unit = re.sub(r"^[-−▲△+]?[\d０-９,，.．\s]+", "", written)
        fits = unit_fits(carrier, unit)
    except CarbonlibError as error:
        first = error.findings[0].message
        raise refusal(first.ja, first.en) from None
    if not fits or reading.value < 0:
        wanted = "・".join(dict.fromkeys(kind.sheet_units + kind.display_units))
        raise refusal(
            f"{kind.label_ja}の量は {wanted} の 0 以上の値に「/年」を付けて書いてください（いまは「{shown(text)}」）。",
            f"{kind.label_en} is given in {wanted}, not negative, followed by /年; got {shown(text)!r}.",
        )
    return written, Reading(reading.number, reading.scale, f"{reading.unit}/year")


def end_uses_of(
    entries: Sequence[EndUseEntry], site_ids: Sequence[str], file: YamlFile, findings: list[Finding]
) -> tuple[EndUse, ...]:
    """Return the end uses of entries that were validated; what is wrong among them goes to `findings`.

    Parameters
    ----------
    entries : sequence of EndUseEntry
        Of company.yaml.
    site_ids : sequence of str
        The company's sites; where there is one only, an entry may leave it out.
    file : YamlFile
        For the places.
    findings : list of Finding
        Takes each error.
    """
    found = []
    for index, entry in enumerate(entries):
        place = file.place(("end_uses", index))
        problems = list(_problems(entry, site_ids))
        written, amount, share = "", None, None
        try:
            if entry.amount is not None and entry.carrier:
                written, amount = _amount(entry.amount, entry.carrier)
            if entry.share is not None:
                share = percent(entry.share)
        except RefusalError as error:
            problems.append((error.message.ja, error.message.en))
        findings += [Finding("company.end_use", "error", Message(ja, en), place) for ja, en in problems]
        site = entry.site or (site_ids[0] if len(site_ids) == 1 else "")
        found.append(
            EndUse(
                site,
                entry.carrier or "",
                entry.use,
                entry.part,
                amount,
                share,
                entry.share_of or "",
                entry.how or "",
                written,
                place,
            )
        )
    findings += _together(found)
    return tuple(found)


def _problems(entry: EndUseEntry, site_ids: Sequence[str]) -> Iterator[tuple[str, str]]:
    if entry.site is not None and entry.site not in site_ids:
        yield (
            f"site「{entry.site}」が sites にありません。",
            f"The site {entry.site!r} is not among the sites.",
        )
    if entry.site is None and len(site_ids) > 1:
        yield (
            "事業所が 2 つ以上あるので、site を書いてください。",
            "There are several sites; name the site.",
        )
    if (entry.amount is None) == (entry.share is None):
        yield (
            "amount（例 127,740 kWh/年）と share（例 8.9 %）のどちらか 1 つを書いてください。",
            "Write either amount (127,740 kWh/年) or share (8.9 %).",
        )
    if (entry.share is None) != (entry.share_of is None):
        yield (
            "share には、何に対する割合かを share_of（carrier か primary_energy）で書いてください。share がなければ "
            "share_of は要りません。",
            "A share needs share_of (carrier or primary_energy), and share_of needs a share.",
        )
    if entry.carrier is None and entry.share_of != "primary_energy":
        yield (
            "carrier（エネルギー種別）を書いてください。",
            "Name the carrier.",
        )


def _together(found: Sequence[EndUse]) -> Iterator[Finding]:
    """Yield what is wrong with the entries as a whole: the same use twice, shares beyond the whole."""
    first: dict[tuple[str, ...], Place] = {}
    sums: dict[tuple[str, ...], Decimal] = {}
    for one in found:
        key = (one.site_id, one.carrier, one.use, one.part)
        if key in first:
            yield Finding(
                "company.end_use_twice",
                "error",
                Message(
                    f"同じ用途（{uses()[one.use].label_ja}）が {first[key].line} 行目にもあります。part に名前を付けて分けてください。",
                    f"The same use ({one.use}) stands on line {first[key].line} too; tell them apart by part.",
                ),
                one.place,
            )
        first.setdefault(key, one.place)
        if one.share is None:
            continue
        whole = (one.site_id, one.share_of, one.carrier if one.share_of == "carrier" else "")
        before = sums.get(whole, Decimal(0))
        sums[whole] = before + one.share
        if before <= 1 < sums[whole]:
            percent_ = f"{sums[whole].scaleb(2):f}"
            yield Finding(
                "company.end_use_share",
                "error",
                Message(
                    f"割合の合計がここで {percent_} % になり、100 % を超えています。share と share_of を確かめてください。",
                    f"The shares add up to {percent_} % here, more than the whole; check share and share_of.",
                ),
                one.place,
            )
