"""YAML files with the line of every entry, and pydantic's complaints in our own words."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar, get_args, get_origin

import pydantic
import yaml

from carbonlib.errors import Finding, Message, Place, RecordError, alike, shown
from carbonlib.records.textfile import read_text

Model = TypeVar("Model", bound=pydantic.BaseModel)


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


# pydantic's error type → our words; {field}, {value} and the error's own context are filled in
_WORDS = {
    "missing": ("項目{field}がありません。書いてください。", "The entry {field_en} is missing; write it."),
    "extra_forbidden": (
        "項目{field}は知られていません。{near_ja}綴りを確かめるか、消してください。",
        "The entry {field_en} is not known. {near_en}Check its spelling or delete it.",
    ),
    "string_type": (
        "{field}は文字で書いてください（数字に見える値は引用符で囲みます）。値: {value}",
        "{field_en} must be text (quote what looks like a number); got {value}.",
    ),
    "string_too_short": ("{field}が空です。書いてください。", "{field_en} is empty; write it."),
    "string_too_long": (
        "{field}が長すぎます（{max_length} 文字まで）。",
        "{field_en} is longer than {max_length}.",
    ),
    "int_type": (
        "{field}は半角の整数で、引用符を付けずに書いてください。値: {value}",
        "{field_en} must be a whole number in plain digits, without quotes; got {value}.",
    ),
    "int_parsing": (
        "{field}は半角の整数で、引用符を付けずに書いてください。値: {value}",
        "{field_en} must be a whole number in plain digits, without quotes; got {value}.",
    ),
    "bool_type": (
        "{field}は true か false です。値: {value}",
        "{field_en} is true or false; got {value}.",
    ),
    "bool_parsing": (
        "{field}は true か false です。値: {value}",
        "{field_en} is true or false; got {value}.",
    ),
    "list_type": (
        "{field}は「- 」で始まる行の並びで書いてください。",
        "{field_en} must be a list of '- ' lines.",
    ),
    "dict_type": (
        "{field}は「項目: 値」の形で書いてください。",
        "{field_en} must hold 'entry: value' lines.",
    ),
    "model_type": (
        "{field}は「項目: 値」の形で書いてください。",
        "{field_en} must hold 'entry: value' lines.",
    ),
    "too_short": ("{field}に 1 つ以上書いてください。", "{field_en} needs at least one entry."),
    "greater_than_equal": (
        "{field}は {ge} 以上です。値: {value}",
        "{field_en} is at least {ge}; got {value}.",
    ),
    "less_than_equal": (
        "{field}は {le} 以下です。値: {value}",
        "{field_en} is at most {le}; got {value}.",
    ),
    "literal_error": (
        "{field}は {expected} のどれかです。{near_ja}値: {value}",
        "{field_en} is one of {expected}. {near_en}Got {value}.",
    ),
    "date_from_datetime_parsing": (
        "{field}は 2025-04-01 の形の日付です。値: {value}",
        "{field_en} is a date such as 2025-04-01; got {value}.",
    ),
}
_DEFAULT = ("{field}の値が使えません。値: {value}", "The value of {field_en} cannot be used: {value}.")


def validated(model: type[Model], file: YamlFile) -> Model:
    """Return the file's contents as `model`, or raise with every entry that does not fit.

    A validator may raise ``ValueError("<Japanese>|<English>")`` to speak for itself.
    """
    try:
        return model.model_validate(file.data)
    except pydantic.ValidationError as error:
        raise RecordError(_finding(one, file, model) for one in error.errors()) from None


def _fields_at(kind: Any, path: tuple[str | int, ...]) -> set[str]:
    """Return the names that a model, or what stands at a path within it, takes."""
    if isinstance(kind, type) and issubclass(kind, pydantic.BaseModel):
        fields = kind.model_fields
        if not path or issubclass(kind, pydantic.RootModel):
            names = {f.alias or name for name, f in fields.items()}
            return _fields_at(fields["root"].annotation, path) if "root" in fields else names
        inner = next((f.annotation for name, f in fields.items() if path[0] in {name, f.alias}), None)
        return _fields_at(inner, path[1:])
    of = [a for a in get_args(kind) if a is not type(None)]
    steps = path[1:] if get_origin(kind) in {list, dict, Mapping} else path
    return set().union(*(_fields_at(a, steps) for a in of))


# entries of which a file lists several, as sentences count them
_LISTED = {
    "sites": "事業所",
    "meters": "メーター",
    "equipment": "設備",
    "end_uses": "用途",
    "visits": "訪問",
    "acknowledged": "確認済みの項目",
    "activity_drivers": "活動量",
    "prior_grants": "受けた補助金",
    "proposals": "提案",
}


def _in_words(path: tuple[str | int, ...]) -> Message:
    """Return the name of an entry for a sentence; of a list that has a name, which of its entries it is.

    >>> _in_words(("sites", 0, "floor_area")).ja, _in_words(("target", "base_year")).ja
    ('「1 番目の事業所の floor_area」', '「target.base_year」')
    """
    steps = [str(p + 1) if isinstance(p, int) else shown(p) for p in path]
    joined = ".".join(steps)
    if len(path) > 1 and isinstance(path[1], int) and path[0] in _LISTED:
        rest = f"の {'.'.join(steps[2:])}" if steps[2:] else ""
        return Message(f"「{steps[1]} 番目の{_LISTED[str(path[0])]}{rest}」", repr(joined))
    return Message(f"「{joined}」", repr(joined))


def _finding(error: Any, file: YamlFile, model: Any) -> Finding:
    path = tuple(error["loc"])
    if path[-1:] == ("[key]",):  # pydantic's word for the name of an entry, which the path has already
        path = path[:-1]
    field = _in_words(path)
    named = {
        **error.get("ctx", {}),
        "field": field.ja,
        "field_en": field.en,
        "value": shown(error.get("input")),
    }
    if error["type"] == "value_error":
        ja, _, en = str(error["ctx"]["error"]).partition("|")
        message = Message(f"{field.ja}: {ja}", f"{field.en}: {en}")
    else:
        if "expected" in named:
            words = named["expected"].replace(" or ", "、").replace(", ", "、").replace("'", "")
            near = alike(error.get("input"), words.split("、"))
            named |= {"expected": words, "near_ja": near.ja, "near_en": near.en}
        if error["type"] == "extra_forbidden":
            near = alike(path[-1], _fields_at(model, path[:-1]))
            named |= {"near_ja": near.ja, "near_en": near.en}
        ja, en = _WORDS.get(error["type"], _DEFAULT)
        message = Message(ja.format(**named), en.format(**named))
    return Finding(f"yaml.{error['type']}", "error", message, file.place(path))
