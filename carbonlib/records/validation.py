"""What a YAML file holds as a model of its entries, and pydantic's complaints in our own words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, get_args, get_origin

import pydantic

from carbonlib.errors import Finding, Message, RecordError, alike, shown
from carbonlib.records.yamlfile import YamlFile

Model = TypeVar("Model", bound=pydantic.BaseModel)

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

    A validator raises `refusal` to speak for itself.
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
        said = error["ctx"]["error"].message
        message = Message(f"{field.ja}: {said.ja}", f"{field.en}: {said.en}")
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
