"""A proposal's sheet says what is true of it: done ones are done, words beside a value add to it."""

from __future__ import annotations

import re
from datetime import date
from functools import cache

from carbonlib import present
from carbonlib.conclusion import conclusion
from carbonlib.diagnosis import Diagnosis, diagnose
from carbonlib.records.workspace import Workspace
from tests.conftest import ROOT


@cache
def sample(name: str) -> Diagnosis:
    return diagnose(name, 2025, "saitama-diagnosis-2025", workspace=Workspace(ROOT))


def sheets(name: str) -> list[str]:
    return [one.html for one in present.proposal_sheets(sample(name)).values]


def test_a_done_proposal_is_said_to_be_done_and_since_when() -> None:
    (done,) = (page for page in sheets("sample-metal") if "実施した日" in page)
    assert "実施済みで、2025年11月10日から、CO2を年" in done
    assert all("実施済みで、" not in page for page in sheets("sample-office"))


def test_what_stands_beside_the_payback_is_not_the_payback_again() -> None:
    pages = "".join(sheets("sample-metal") + sheets("sample-office"))
    assert "耐用年数 10 年の間に投資を回収できる見込みです" in pages
    assert not re.search(r"<td>回収年数は", pages)


def test_leaks_are_spoken_of_only_where_there_is_refrigerant() -> None:
    for page in sheets("sample-metal") + sheets("sample-office"):
        assert ("冷媒の漏えい防止は含みません" in page) == ("冷媒の漏えい防止: " in page)


def test_what_never_repays_is_set_apart_in_the_summary() -> None:
    d = sample("sample-metal")
    assert d.proposed is not None
    never = [
        n
        for n, m in d.proposed.money.items()
        if m.average.payback.before.never and n in d.proposed.evaluation.order
    ]
    assert never == ["5"]
    told = [m.ja for m in conclusion(d)]
    (planned,) = (t for t in told if "計画的な更新をお勧めします" in t)
    assert planned.startswith("設備投資を伴う提案のうち、投資を回収できる見込みのもの（2 件、")
    (apart,) = (t for t in told if "投資を回収できない見込みです" in t)
    assert apart.startswith("No.5（投資額は税抜 ")
    assert date(2025, 11, 10) in {e.proposal.done_on for e in d.proposed.evaluation.items}


def test_days_on_the_cover_are_written_as_a_formal_paper_writes_them() -> None:
    cover = present.cover(sample("sample-metal"))
    assert "2025年4月1日〜2026年3月31日" in cover.html
    assert not re.search(r"(?<!チェックシート )\d{4}-\d\d-\d\d", re.sub(r"<[^>]*>", "", cover.html))
