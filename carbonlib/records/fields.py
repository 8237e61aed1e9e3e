"""Kinds of entry that several YAML files share."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from carbonlib.errors import CarbonlibError
from carbonlib.records.workspace import is_safe_id
from carbonlib.units import Q_, read, same_dimension


class Strict(BaseModel):
    """An entry whose fields are all known and of the type that they look like."""

    model_config = ConfigDict(extra="forbid", strict=True)


def _safe(text: str) -> str:
    if not is_safe_id(text):
        raise ValueError(
            "小文字の英数字・-・_ だけで 64 文字までにしてください（ファイル名になります）。|"
            "use lower-case letters, digits, - and _ only, at most 64 (it becomes a file name)."
        )
    return text


Id = Annotated[str, AfterValidator(_safe)]
Text = Annotated[str, Field(min_length=1, max_length=300)]


def positive(unit: str, ja: str, en: str) -> Callable[[str], str]:
    """Return a validator of a positive quantity that converts to `unit`."""

    def check(text: str) -> str:
        try:
            reading = read(text)
        except CarbonlibError as error:
            first = error.findings[0].message
            raise ValueError(f"{first.ja.partition('。')[0]}。{ja}|{first.en} {en}") from None
        if not same_dimension(Q_(1, reading.unit), unit) or reading.value <= 0:
            raise ValueError(f"{ja}|{en}")
        return text

    return check


def day(text: str) -> str:
    """Let an ISO date through."""
    try:
        date.fromisoformat(text)
    except ValueError:
        raise ValueError(
            '日付は "2025-04-01" のように引用符で囲んで書いてください。|write a date as "2025-04-01", in quotes.'
        ) from None
    return text
