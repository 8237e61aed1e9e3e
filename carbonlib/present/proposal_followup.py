"""What done proposals were expected to save, and what was measured."""

from __future__ import annotations

from carbonlib.diagnosis import Diagnosis
from carbonlib.present import text
from carbonlib.present.charts import said
from carbonlib.present.proposal_lines import unit_of
from carbonlib.present.proposal_words import carrier_of, energy, numbered, proposed_of
from carbonlib.present.shown import NOTHING, Shown
from carbonlib.present.table import Column, Row, Table
from carbonlib.proposals.followup import FollowedUp


def followup_table(d: Diagnosis) -> Shown:
    """Return the done proposals year by year: expected, measured, and the one by the other."""
    of = proposed_of(d)
    if of is None:
        return NOTHING
    if not of.followed:
        return said("実施済みの提案はまだありません。実施した後は、ここで見込みと実績を比べます。")
    partial = any(f.since_done is not None for f in of.followed)
    notes = ["見込みは、その提案だけを行ったときの1年間の値です。"]
    if partial:
        notes.append(
            "年度の途中に実施した年は、実施した日から年度末までの日数分の見込みと比べています（毎日同じだけ減るとした仮定）。"
        )
    return Table(
        "followup",
        _message(of.followed),
        (
            Column("実施した提案"),
            Column("年度"),
            Column("エネルギー種別"),
            Column("1年間の見込み", "", True),
            *((Column("実施後の日数分", "", True),) if partial else ()),
            Column("実績", "", True),
            Column("単位"),
            Column("見込み比", "%", True),
            Column("備考"),
        ),
        tuple(_row(f, partial) for f in of.followed),
        notes,
        topic="実施した提案の見込みと実績",
    ).shown()


def _message(followed: tuple[FollowedUp, ...]) -> str:
    known = [f for f in followed if f.share is not None]
    if not known:
        return "実施済みの提案があります。実績はまだ記録されていません"
    last = max(known, key=lambda f: f.fiscal_year)
    assert last.share is not None
    share = text.percent(last.share, 0)
    if len(known) == 1:
        return f"No.{last.proposal.proposal.number} の{last.fiscal_year}年度の実績は、見込みの {share} です"
    reached = sum(f.share is not None and f.share >= 1 for f in known)
    return f"実績のある {len(known)} 件のうち、見込み以上の削減は {reached} 件です"


def _row(f: FollowedUp, partial: bool) -> Row:
    share = text.NOT_KNOWN if f.share is None else text.percent(f.share, 0).removesuffix("%")
    return Row(
        (
            numbered(f.proposal),
            f"{f.fiscal_year}年度",
            carrier_of(f.carrier, f.unit),
            energy(f.expected),
            *((energy(f.since_done) if f.since_done is not None else "1年間",) if partial else ()),
            "記録なし" if f.measured is None else energy(f.measured),
            unit_of(f.carrier, f.unit),
            share,
            f.note,
        )
    )
