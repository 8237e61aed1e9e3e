"""YAML files with the line of every entry."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from carbonlib.errors import Finding, Message, Place, RecordError, shown
from carbonlib.records.textfile import read_text


@dataclass(frozen=True)
class YamlFile:
    """The contents of a YAML file and the line of each entry by its path."""

    name: str
    data: Any
    lines: Mapping[tuple[str | int, ...], int]

    def place(self, path: tuple[str | int, ...] = ()) -> Place:
        """Return where an entry stands; for one that is not there, where it should stand."""
        while path and path not in self.lines:
            path = path[:-1]
        return Place(self.name, self.lines.get(path, 1))


def _walk(
    node: yaml.Node,
    path: tuple[str | int, ...],
    lines: dict[tuple[str | int, ...], int],
    twice: list[tuple[str, int]],
) -> None:
    lines.setdefault(path, node.start_mark.line + 1)
    if isinstance(node, yaml.MappingNode):
        seen = set()
        for key, value in node.value:
            if not isinstance(key, yaml.ScalarNode):
                continue  # no name; making the data refuses it
            if key.value in seen:
                twice.append((key.value, key.start_mark.line + 1))
            seen.add(key.value)
            lines[(*path, key.value)] = key.start_mark.line + 1
            _walk(value, (*path, key.value), lines, twice)
    elif isinstance(node, yaml.SequenceNode):
        for index, value in enumerate(node.value):
            _walk(value, (*path, index), lines, twice)


_QUICK = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
Lines = dict[tuple[str | int, ...], int]


def _is_plain(text: str) -> bool:
    """Return whether libyaml, many times as quick, reads a text safely and as PyYAML itself does.

    Deep nesting overruns its stack, and each level takes one of these characters; it is laxer about tabs and a BOM
    in the middle.
    """
    return "\ufeff" not in text and "\t" not in text and sum(map(text.count, "[{-?:")) < 5000


def _parsed(text: str, kind: Any) -> tuple[Any, Lines, list[tuple[str, int]]]:
    """Return the data, the line of each entry, and the entries that stand twice, by a loader of PyYAML."""
    loader = kind(text)
    try:
        node = loader.get_single_node()
        lines: Lines = {}
        twice: list[tuple[str, int]] = []
        if node is None:
            return None, lines, twice
        _walk(node, (), lines, twice)
        return loader.construct_document(node), lines, twice
    finally:
        loader.dispose()


def _loaded(text: str) -> tuple[Any, Lines, list[tuple[str, int]]]:
    if _is_plain(text):
        with suppress(yaml.YAMLError, ValueError, RecursionError):
            return _parsed(text, _QUICK)
    # once more where it fails, for the words and the line are this one's
    return _parsed(text, yaml.SafeLoader)


def _line_of_bad_value(text: str) -> int | None:
    """Return the line of the first value that looks like a date or a number and is none, as 2025-02-30."""
    loader = yaml.SafeLoader(text)
    for event in yaml.parse(text, Loader=yaml.SafeLoader):
        if isinstance(event, yaml.ScalarEvent):
            tag = event.tag or loader.resolve(yaml.ScalarNode, event.value, event.implicit)
            mark: Any = event.start_mark
            try:
                loader.construct_object(yaml.ScalarNode(tag, event.value, mark))
            except ValueError:
                return int(mark.line) + 1
    return None


def _line_with_tab(text: str, near: int) -> int | None:
    """Return the number of the first line with a tab, of the one that cannot be read (from 0) and the one before it."""
    lines = text.splitlines()
    return next((i + 1 for i in (near - 1, near) if 0 <= i < len(lines) and "\t" in lines[i]), None)


def read_yaml(path: Path, name: str) -> YamlFile:
    """Return a YAML file, or raise with the line where it cannot be read.

    Raises
    ------
    RecordError
        Not UTF-8, not YAML, an entry written twice, an alias, or no mapping at the top.
    """
    return yaml_of(read_text(path, name), name)


def yaml_of(text: str, name: str) -> YamlFile:
    """Return a YAML file of its text and the name that messages call it by; the rest is as in `read_yaml`."""
    try:
        if "*" in text and any(isinstance(token, yaml.AliasToken) for token in yaml.scan(text)):
            raise RecordError.of(
                "yaml.alias",
                ja="「*」による参照は使えません。値をそのまま書いてください。",
                en="Aliases (*) are not allowed; write the value out.",
                place=Place(name),
            )
        data, lines, twice = _loaded(text)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        if mark and (line := _line_with_tab(text, mark.line)) is not None:
            raise RecordError.of(
                "yaml.tab",
                ja="タブの文字があります。字下げと「:」の後は、半角の空白で書いてください。",
                en="There is a tab; indent, and separate what follows ':', by spaces.",
                place=Place(name, line),
            ) from None
        raise RecordError.of(
            "yaml.syntax",
            ja="YAML として読めません。この行かその前の行の、字下げ・「:」（半角）とその後の空白・引用符を確かめてください。",
            en="Not readable as YAML; on this line or the one before, check indentation, the space after ':', and quotes.",
            place=Place(name, mark.line + 1 if mark else None),
        ) from None
    except ValueError:
        raise RecordError.of(
            "yaml.value",
            ja="ありえない日付か、読めない数です。正しい値に直すか、文字として引用符（'）で囲んでください。",
            en="An impossible date, or a number that cannot be read; mend it, or quote it as text.",
            place=Place(name, _line_of_bad_value(text)),
        ) from None
    except RecursionError:
        raise RecordError.of(
            "yaml.deep",
            ja="項目の入れ子が深すぎます。余分な括弧や字下げを消してください。",
            en="Entries are nested too deeply; take away superfluous brackets and indentation.",
            place=Place(name),
        ) from None
    if twice:
        raise RecordError(
            Finding(
                "yaml.twice",
                "error",
                Message(
                    f"項目「{shown(key)}」が 2 回書かれています。1 つにしてください。",
                    f"The entry {shown(key)!r} stands twice; keep one.",
                ),
                Place(name, line),
            )
            for key, line in twice
        )
    if not isinstance(data, dict):
        raise RecordError.of(
            "yaml.no_mapping",
            ja="「項目: 値」の形で書かれていません。",
            en="The file does not hold 'entry: value' lines.",
            place=Place(name, 1),
        )
    return YamlFile(name, data, lines)
