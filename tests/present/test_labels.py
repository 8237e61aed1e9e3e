"""Words in figures: any can be drawn, and none lie on one another."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from carbonlib.present.drawing import drawable
from carbonlib.present.labels import Placer


@given(st.text(max_size=80))
def test_any_words_can_be_drawn(words: str) -> None:
    label = drawable(words, 12)
    assert len(label) <= 12
    assert "$" not in label


def test_labels_never_lie_on_one_another() -> None:
    placer = Placer(4, 3, 100, 100)
    spots = [placer.place(50, 50, "No.1 名前", 9) for _ in range(30)]
    found = [s for s in spots if s is not None]
    assert len(set(found)) == len(found) < 30
