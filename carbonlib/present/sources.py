"""What stands behind the figures: factors with their sources, doubts, and the way of the data."""

from __future__ import annotations

from collections.abc import Iterable

from carbonlib import __version__
from carbonlib.diagnosis import Diagnosis
from carbonlib.errors import Finding
from carbonlib.factors import NO_FACTOR_JA, Factor, carriers
from carbonlib.factors.model import KIND_LABELS
from carbonlib.present import text
from carbonlib.present.shown import Shown, html_of, typst_text
from carbonlib.present.table import Column, Row, Table
from carbonlib.summary import factor_names


def factors_table(d: Diagnosis) -> Shown:
    """Return every factor that the account used: id, value, validity, evidence and source."""
    names = factor_names(d)
    used = list(names)
    rows = [
        Row(
            (
                f"{carriers()[f.carrier].label_ja} {KIND_LABELS[f.kind][0]}",
                f"{text.plain_factor(f.value)} {f.unit}",
                f.validity() or "定めなし",
                text.evidence(f),
                f"[{_cited(used).index(f.source) + 1}] {f.locator}",
                names[f],
            )
        )
        for f in used
    ]
    labels = {f.source: text.source_label(f) for f in used}
    cited = [f"[{n}] {labels[id]}" for n, id in enumerate(_cited(used), start=1)]
    return Table(
        "factors",
        f"この報告書で使った係数は {len(rows)} 個です",
        (
            Column("係数"),
            Column("値", "", True),
            Column("適用年度"),
            Column("根拠"),
            Column("出典"),
            Column("識別名"),
        ),
        tuple(rows),
        cited,
        topic="係数と出典",
    ).shown()


def _cited(factors: list[Factor]) -> list[str]:
    return list(dict.fromkeys(f.source for f in factors))


def _finding_row(f: Finding) -> Row:
    return Row((text.SEVERITY[f.severity], f.message.ja, text.place(f.place)))


def findings_of(findings: Iterable[Finding]) -> Shown:
    """Return doubts as a table (確認事項), gravest first; that there are none is said in words."""
    order = ["error", "warning", "note"]
    found = sorted(findings, key=lambda f: order.index(f.severity))
    if not found:
        sentence = "入力データと係数について、確認が必要な点は見つかりませんでした。"
        return Shown(html_of("<p>{{ s }}</p>", s=sentence), f"#par({typst_text(sentence)})\n", sentence)
    notes = sum(f.severity == "note" for f in found)
    parts = [f"ご確認いただきたい点が {len(found) - notes} 件"] if len(found) > notes else []
    parts += [f"参考としてお知らせする点が {notes} 件"] if notes else []
    placed = any(f.place.text() for f in found)
    rows = tuple(_finding_row(f) for f in found)
    return Table(
        "findings",
        "、".join(parts) + "あります",
        (Column("区分"), Column("内容"), *((Column("場所"),) if placed else ())),
        rows if placed else tuple(Row(r.cells[:2]) for r in rows),
        topic="確認事項",
    ).shown()


def findings_table(d: Diagnosis) -> Shown:
    """Return the doubts that concern this report."""
    return findings_of(d.findings)


def provenance_table(d: Diagnosis) -> Shown:
    """Return where each total comes from: input lines and factors by carrier, and the hash of every input."""
    names = factor_names(d)
    rows = [
        Row(
            (
                text.carrier_name(line),
                text.rows_of(line),
                "、".join(names[f] for f in line.factors) or NO_FACTOR_JA,
            )
        )
        for line in d.account.lines
    ]
    notes = [f"入力 {i.name}（SHA-256 {i.sha256[:16]}…）" for i in d.inputs]
    return Table(
        "provenance",
        "数値の出どころ",
        (Column("エネルギー種別"), Column("入力の行"), Column("係数の識別名")),
        tuple(rows),
        [*notes, f"計算: carbonlib {__version__}。同じ入力からは、いつでも同じ報告書が作られます。"],
        topic="来歴",
    ).shown()
