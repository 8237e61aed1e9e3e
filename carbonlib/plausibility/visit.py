"""What a visit left open: values read from a plate without a photo of it."""

from __future__ import annotations

from collections.abc import Iterator

from carbonlib.errors import Finding, Message
from carbonlib.records.equipment import PLATE, attributes
from carbonlib.records.equipment_model import Equipment, Observed
from carbonlib.records.model import Company


def _without_photo(one: Equipment) -> tuple[list[str], list[str]]:
    """Return the values read from a plate of which no photo is named, in both languages."""
    ja, en = [], []
    for attribute in attributes().values():
        value: Observed[object] | None = getattr(one, attribute.name)
        if value is not None and value.how == PLATE and not value.photo:
            ja.append(attribute.label_ja)
            en.append(attribute.label_en)
    return ja, en


def plate_doubts(company: Company) -> Iterator[Finding]:
    """Return a note for each group of machines whose plate was read and not photographed."""
    for one in company.equipment:
        ja, en = _without_photo(one)
        if ja:
            yield Finding(
                "equipment.photo_missing",
                "note",
                Message(
                    f"設備「{one.name}」の {'・'.join(ja)} は銘板の値ですが、写真の番号がありません。photo に書いてください。",
                    f"{', '.join(en)} of the equipment {one.name!r} were read from a plate without a photo number; "
                    "write it as photo.",
                ),
                one.place,
                subject=one.family,
            )
