"""Mends in words and as plain objects."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from carbonlib.audit.intervals import are_neighbours
from carbonlib.audit.mends import Mend
from carbonlib.audit.table import Audit
from carbonlib.errors import Language, Message, shown
from carbonlib.factors import carriers

REASONS = {
    "digit_lost": Message("桁（数字 1 つ）の脱落", "a digit was lost"),
    "digit_added": Message("余分な数字 1 つ", "a digit too many"),
    "point_moved": Message("小数点の位置のずれ", "the decimal point moved"),
    "digits_swapped": Message("隣り合う数字の入れ替わり", "two digits changed places"),
    "unit": Message("単位の 1,000 倍の取り違え", "the unit label is off by 1,000"),
    "factor": Message("別の種別・係数セット・行の係数", "the factor of another carrier, factor set or row"),
    "carrier": Message("エネルギー種別の取り違え", "the factor belongs to another carrier"),
    "value": Message("ほかの欄から逆算した値", "the value that the other cells imply"),
    "unreadable": Message("数値として読めない", "not readable as a number"),
}
_EVIDENCE = {
    ("row",): Message("行の計算", "the row"),
    ("total",): Message("合計", "the total"),
    ("row", "total"): Message("行の計算と合計の両方", "both the row and the total"),
}


def _written(value: Decimal | str | None) -> str:
    return value if isinstance(value, str) else "" if value is None else f"{value:,f}"


def _ranges(mend: Mend) -> list[tuple[Decimal, Decimal]]:
    """Return the numbers that would do as ranges of neighbours, that of the likeliest first."""
    numbers = [v for v in (mend.implied, *mend.others) if isinstance(v, Decimal)]
    found: list[list[Decimal]] = []
    for number in sorted(numbers):
        if found and are_neighbours(found[-1][-1], number):
            found[-1].append(number)
        else:
            found.append([number])
    return [(r[0], r[-1]) for r in sorted(found, key=lambda r: min(map(numbers.index, r)))]


def _named(ends: tuple[Decimal, Decimal], to: str) -> str:
    low, high = map(_written, ends)
    return low if low == high else f"{low}{to}{high}"


def message_of(mend: Mend) -> Message:
    """Return one sentence on a mend.

    Parameters
    ----------
    mend : Mend
        Values are in the unit printed with the cell.
    """
    column, text, why = shown(mend.column.header), shown(mend.printed), REASONS[mend.reason]
    if mend.implied is None:
        return Message(
            f"{column}「{text}」は数値として読めません。数値か空欄にしてください。",
            f"{column} {text!r} is not readable as a number; write a number or leave it blank.",
        )
    unit = "" if mend.reason in {"unit", "carrier"} else _unit(mend)
    by = _EVIDENCE[mend.evidence]
    values = [Message(_named(r, "〜"), _named(r, " to ")) for r in _ranges(mend)[:4]] or [
        Message(_written(mend.implied), _written(mend.implied))
    ]
    value, *rest = values
    fits = [carriers()[k] for k in mend.kinds]
    return Message(
        f"{column}「{text}」は {value.ja}{unit} なら合います（{why.ja}、根拠は{by.ja}）。"
        + (f"ほかに {'、'.join(r.ja for r in rest)} も考えられます。" if rest else "")
        + (f"逆算した係数に合う種別: {'・'.join(k.label_ja for k in fits)}。" if fits else ""),
        f"{column} {text!r} closes as {value.en}{unit} ({why.en}; by {by.en})."
        + (f" Also possible: {', '.join(r.en for r in rest)}." if rest else "")
        + (f" The implied factor fits {', '.join(k.label_en for k in fits)}." if fits else ""),
    )


def _unit(mend: Mend) -> str:
    value = mend.row.values.get(mend.column.index)
    return f" {value.size.label}" if value is not None and value.size is not None else ""


def _plain(value: Decimal | str | None) -> int | float | str | None:
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value


def objects(result: Audit, lang: Language) -> list[dict[str, Any]]:
    """Return the mends of a table as plain objects, numbers in the unit printed with the cell."""
    made = []
    for mend in result.mends:
        place = result.table.place(mend.row.source, mend.column)
        made.append(
            {
                "row": mend.row.number,
                "column": mend.column.header,
                "printed": mend.printed,
                "implied": _plain(mend.implied),
                "reason": mend.reason,
                "low": float(mend.where.low) if mend.where else None,
                "high": float(mend.where.high) if mend.where else None,
                "others": [_plain(v) for v in mend.others],
                "kind": list(mend.kinds),
                "factor_sets": list(mend.sets),
                "evidence": list(mend.evidence),
                "message": message_of(mend).text(lang),
                "file": place.file,
                "sheet": place.sheet,
                "cell": place.cell,
                "line": place.line,
            }
        )
    return made


def lines(result: Audit, lang: Language) -> list[str]:
    """Return the mends of a table as lines for a terminal: one for each row that breaks, the ways to mend below it."""
    japanese = lang == "ja"
    told: list[str] = []
    for number in dict.fromkeys(m.row.number for m in result.mends):
        own = [m for m in result.mends if m.row.number == number]
        place = result.table.place(own[0].row.source, own[0].column).text(lang)
        label = f"（{shown(own[0].row.label)}）" if own[0].row.label else ""
        told.append(
            f"{place} データ {number} 行目{label}: 合いません。"
            if japanese
            else f"{place} data row {number}: does not close."
        )
        told += [f"  - {message_of(m).text(lang)}" for m in own]
    broken = len({m.row.number for m in result.mends})
    sheet = f"{result.table.sheet}: " if result.table.sheet else ""
    if not result.products and not result.totals and not told:
        told.append(
            f"{sheet}確かめられる計算も合計もありません。使用量・係数・結果のそろった行か、合計の行が要ります。"
            if japanese
            else f"{sheet}There is nothing to check: no row with amount, factor and result, and no total."
        )
    told.append(
        f"{sheet}確かめた計算 {result.products} 件、合計 {result.totals} 件。合わない行 {broken} 行。"
        if japanese
        else f"{sheet}{result.products} products and {result.totals} totals checked; {broken} rows do not close."
    )
    return told
