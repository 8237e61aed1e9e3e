"""What measures on cooling and heating share: the two seasons, their uses of any carrier."""

from __future__ import annotations

from carbonlib.errors import Message
from carbonlib.factors import carriers
from carbonlib.measures.model import Choice, Fuel, Input
from carbonlib.measures.refusals import refusal
from carbonlib.measures.terms import Term

JA = {"cooling": "冷房", "heating": "暖房"}
_CARRIERS = {id: Message(c.label_ja, c.label_en) for id, c in carriers().items()}
CARRIER = Choice("carrier", "エネルギー種別", "carrier", _CARRIERS, "electricity")
SAME_HEAT = Message("時間と負荷は更新の前後で同じ", "the same hours and load before and after")
APF_AFTER = Input(
    "apf_after",
    "更新後の APF（通年エネルギー消費効率）",
    "APF after",
    "",
    default="ac_apf_today",
    low=0.5,
    high=15,
)


def uses_of(ja: str, en: str) -> tuple[Fuel, Fuel]:
    """Return the inputs for a year's use in each season, either of which may be left out."""
    return (
        Fuel("cooling_use", f"冷房の{ja}", f"{en} for cooling", optional=True),
        Fuel("heating_use", f"暖房の{ja}", f"{en} for heating", optional=True),
    )


def given_uses(cooling_use: Term | None, heating_use: Term | None) -> list[tuple[str, Term]]:
    """Return the seasons whose use is given, or refuse where neither is."""
    found = [(s, u) for s, u in (("cooling", cooling_use), ("heating", heating_use)) if u is not None]
    if not found:
        sentence = (
            "「cooling_use」（冷房）か「heating_use」（暖房）の使用量を書いてください。",
            "Write 'cooling_use', 'heating_use' or both.",
        )
        raise refusal(("missing", "cooling_use", *sentence))
    return found
