"""What the forms of a workbook hold once they are read, each part remembering its cell."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from carbonlib.errors import Place
from carbonlib.fiscal_year import Period


@dataclass
class Form:
    """What the sheets 事業所, 設備, 自己採点 and アンケート hold: entries of company.yaml that were filled in.

    `period` is that of a workbook whose months are not April to March.
    """

    entries: dict[str, Any] = field(default_factory=dict)
    places: dict[str, Place] = field(default_factory=dict)
    fiscal_year: int | None = None
    period: Period | None = None
    sheets: set[str] = field(default_factory=set)
