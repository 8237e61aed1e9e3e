"""The measures and their inputs for a terminal: what a diagnostician may write under `inputs`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from carbonlib.errors import Language, Message
from carbonlib.factors import EVIDENCE
from carbonlib.measures import Choice, Fuel, Input, Measure, Rows, Series
from carbonlib.measures.model import Declared
from carbonlib.present.columns import aligned
from carbonlib.records.defaults import Default
from carbonlib.units import format_number

_KINDS = {"operational": Message("運用", "operational"), "capital": Message("投資", "capital")}
_REQUIRED, _OPTIONAL = Message("必須", "required"), Message("任意", "optional")


def measure_lines(measures: Iterable[Measure], lang: Language) -> Iterator[str]:
    """Return one line for each measure: id, kind, name."""
    rows = [(m.id, _KINDS[m.kind].text(lang), m.label.text(lang)) for m in measures]
    yield from aligned(rows, frozenset({0, 1, 2}))


def input_lines(measure: Measure, defaults: Mapping[str, Default], lang: Language) -> Iterator[str]:
    """Return the inputs of one measure: name, unit, whether it is needed or what stands in, and what it is."""
    yield f"{measure.id}  {_KINDS[measure.kind].text(lang)}  {measure.label.text(lang)}"
    yield from aligned(list(_inputs(measure.inputs, defaults, lang, "  ")), frozenset({0, 1, 2, 3}))


def _inputs(
    declared: Iterable[Declared], defaults: Mapping[str, Default], lang: Language, indent: str
) -> Iterator[tuple[str, str, str, str]]:
    for one in declared:
        label = one.label_ja if lang == "ja" else one.label_en
        if isinstance(one, Rows):
            words = Message(
                "の並び（それぞれに name を付けられます）", ": a list, each with an optional name"
            )
            yield f"{indent}{one.name}:", "", _need(one.optional).text(lang), label + words.text(lang)
            yield from _inputs(one.inputs, defaults, lang, f"{indent}  - ")
        elif isinstance(one, Choice):
            options = "・".join(one.options)
            yield f"{indent}{one.name}", "", one.default or _REQUIRED.text(lang), f"{label}: {options}"
        elif isinstance(one, Fuel):
            unit = Message("その種別の単位/年", "unit of the carrier a year").text(lang)
            yield f"{indent}{one.name}", unit, _need(one.optional).text(lang), label
        elif isinstance(one, Series):
            series = Message(
                "（「30分値」と書くと取り込んだ値を使います）", " (write 30分値 for imported values)"
            )
            yield f"{indent}{one.name}", one.unit, _need(one.optional).text(lang), label + series.text(lang)
        else:
            yield f"{indent}{one.name}", one.unit, _stands_in(one, defaults, lang), label


def _need(optional: bool) -> Message:
    return _OPTIONAL if optional else _REQUIRED


def _stands_in(one: Input, defaults: Mapping[str, Default], lang: Language) -> str:
    """Return the default as printed with its evidence; one that hangs on a choice says so."""
    if not one.default:
        return _need(one.optional).text(lang)
    row = defaults.get(one.default)
    if row is None:
        return Message(f"標準値（{one.by} による）", f"standard value by {one.by}").text(lang)
    number = row.reading.number
    digits = max(0, -int(number.as_tuple().exponent))
    evidence = EVIDENCE[row.evidence][0 if lang == "ja" else 1]
    value = f"{format_number(number, digits, lang=lang)} {one.unit}".strip()
    return Message(f"標準値 {value}（{evidence}）", f"standard value {value} ({evidence})").text(lang)
