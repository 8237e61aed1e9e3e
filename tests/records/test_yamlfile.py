"""YAML by libyaml where it is there, and the same data, lines and sentences as without it."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from carbonlib.errors import RecordError
from carbonlib.records.yamlfile import _QUICK, _is_plain, _parsed, read_yaml
from tests.conftest import ROOT

FILES = sorted((ROOT / "parameters").rglob("*.yaml"))
PIECES = st.lists(
    st.sampled_from(
        (
            *(
                "a",
                "b",
                "id",
                "名前",
                ": ",
                ":",
                "- ",
                "\n",
                "\n  ",
                "\n- ",
                "\n  - ",
                " ",
                "\t",
                "#",
                "~",
                "|",
                ">",
            ),
            *(
                "'",
                '"',
                "[",
                "]",
                "{",
                "}",
                ",",
                "&x ",
                "!!str ",
                "<<",
                "? ",
                "%",
                "@",
                "1,200 m2",
                "2025-04-01",
            ),
            *(
                "0o7",
                "1e3",
                "1:30",
                "yes",
                "---\n",
                "...",
                "\r\n",
                "\u0085",
                "\u2028",
                "\ufeff",
                "\x07",
                "🏭",
                "<<: {a: 1}\n",
            ),
        )
    ),
    max_size=25,
).map("".join)


def _empty(data: object, path: tuple[object, ...]) -> bool:
    for part in path:
        if isinstance(data, dict):
            data = next((v for k, v in data.items() if str(k) == part), None)
        else:
            data = data[part] if isinstance(data, list) else None  # type: ignore[index]
    return data is None


def outcome(text: str, kind: object) -> object:
    try:
        data, lines, twice = _parsed(text, kind)
    except yaml.YAMLError:
        return "refused"
    except ValueError:
        return "value"
    if not isinstance(data, dict):
        return "no mapping"
    # an item that is left empty has no line of its own: one takes the line of the dash, one that of what follows
    return repr((data, {p: n for p, n in lines.items() if not _empty(data, p)}, twice))


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)
def test_both_loaders_read_the_parameters_alike(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert outcome(text, _QUICK) == outcome(text, yaml.SafeLoader) != "refused"


@settings(max_examples=500)
@given(PIECES)
def test_what_both_loaders_read_they_read_alike(text: str) -> None:
    quick, pure = outcome(text, _QUICK), outcome(text, yaml.SafeLoader)
    # libyaml is a little laxer, as with "|#"; what both take, they take alike
    if _is_plain(text) and not {quick, pure} & {"refused", "value"}:
        assert quick == pure


def said(tmp_path: Path, text: str) -> list[tuple[str, int | None]]:
    path = tmp_path / "x.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(RecordError) as caught:
        read_yaml(path, "x.yaml")
    return [(f.id, f.place.line) for f in caught.value.findings]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: 1\nb: [1\nc: 2\n", ("yaml.syntax", 3)),
        ("a: 1\n\tb: 2\n", ("yaml.tab", 2)),
        ("a: 1\nb: 2\na: 3\n", ("yaml.twice", 3)),
        ("a: &x 1\nb: *x\n", ("yaml.alias", None)),
        ("a: *missing\n", ("yaml.alias", None)),
        ("- a\n", ("yaml.no_mapping", 1)),
        ("", ("yaml.no_mapping", 1)),
        ("a: {{b}}\n", ("yaml.syntax", 1)),
        ("a: 1\nb:\n  - 2025-02-30\n", ("yaml.value", 3)),
        ("[" * 300_000, ("yaml.deep", None)),
        ("- " * 300_000, ("yaml.deep", None)),
        ("a: " + "[" * 2000 + "]" * 2000, ("yaml.deep", None)),
    ],
)
def test_what_cannot_be_read_is_named_with_its_line(
    tmp_path: Path, text: str, expected: tuple[str, int | None]
) -> None:
    assert said(tmp_path, text) == [expected]


def test_a_star_that_is_no_alias_is_text(tmp_path: Path) -> None:
    path = tmp_path / "x.yaml"
    path.write_text("note: 3 * 4 台\n", encoding="utf-8")
    assert read_yaml(path, "x.yaml").data == {"note": "3 * 4 台"}


@pytest.mark.parametrize(
    ("text", "line"), [("a: 1\nb:\n\t- x\n", 3), ("a:\tb\n\tc: 1\n", 1), ("a: 1\n\tb: 2\n", 2)]
)
def test_a_tab_is_named_as_a_tab(tmp_path: Path, text: str, line: int) -> None:
    path = tmp_path / "x.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(RecordError) as caught:
        read_yaml(path, "x.yaml")
    assert [(f.id, f.place.line) for f in caught.value.findings] == [("yaml.tab", line)]
