"""A validator speaks for itself in both languages, whatever was written in the entry."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from carbonlib.errors import RecordError, shown
from carbonlib.records.fields import Strict, YearMonth
from carbonlib.records.validation import validated
from carbonlib.records.yamlfile import YamlFile


class _Entries(Strict):
    month: YearMonth


@given(
    st.text(max_size=30).filter(lambda t: not t.isascii() or "-" not in t)
    | st.sampled_from(["a|b", "|", "{x}"])
)
def test_both_sentences_hold_what_was_written(text: str) -> None:
    file = YamlFile("x.yaml", {"month": text}, {("month",): 3})
    with pytest.raises(RecordError) as caught:
        validated(_Entries, file)
    [found] = caught.value.findings
    assert (found.id, found.place.line) == ("yaml.value_error", 3)
    assert found.message.ja.startswith("「month」: 年月は")
    assert found.message.ja.endswith(f"値: {shown(text)}")
    assert found.message.en.endswith(f"got {shown(text)}.")


def test_a_number_is_no_text() -> None:
    with pytest.raises(RecordError) as caught:
        validated(_Entries, YamlFile("x.yaml", {"month": 199804}, {}))
    assert [f.id for f in caught.value.findings] == ["yaml.string_type"]
