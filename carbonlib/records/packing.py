"""Frozen dataclasses as plain JSON values and back, exactly; many alike by columns.

What is packed says of what kind it is, so a field that is added to a dataclass of `model` or `equipment_model` needs
no change here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from operator import attrgetter
from typing import Any

from carbonlib.errors import Finding, Message
from carbonlib.records import equipment_model, model

# by name; those that the two import, such as Place and Reading, stand in them too
_KINDS: dict[str, Any] = {
    kind.__name__: kind
    for kind in (*vars(model).values(), *vars(equipment_model).values(), Finding, Message)
    if isinstance(kind, type) and is_dataclass(kind)
}
_FIELDS = {name: fields(kind) for name, kind in _KINDS.items()}
# how a column of each is taken out of many
_GETTERS = {kind: {f.name: attrgetter(f.name) for f in _FIELDS[name]} for name, kind in _KINDS.items()}
_NONE = type(None)
_PLAIN = {str, int, bool, _NONE}
_EQUAL_ALIKE = {str, _NONE}  # unlike 1 and True, what equals one of these is of its kind
_day = lru_cache(maxsize=65536)(date.fromisoformat)
# what JSON lacks: how it is written as text, and read; a decimal keeps its printed digits
_TEXTS: dict[str, tuple[type, Callable[[Any], str], Callable[[str], Any]]] = {
    "decimal": (Decimal, str, Decimal),
    "date": (date, date.isoformat, _day),
}


class UnpackableError(Exception):
    """A value of a kind that is not known here, or packed by other code than this."""


def _is_default(field: Field[Any], value: Any) -> bool:
    if field.default_factory is not MISSING:
        return bool(value == field.default_factory())
    # 1 and True, or 1.0 and 1.00, are equal without being the same
    return value is field.default or (value == "" and field.default == "")


def packed(value: Any) -> Any:
    """Return a value as JSON knows it: lists begin with what they are.

    >>> packed((Decimal("1.50"), None))
    ['tuple', ['decimal', '1.50'], None]

    Raises
    ------
    UnpackableError
        For a value of a kind that is not known here.
    """
    if value is None or type(value) in (str, int, bool):
        return value
    if type(value) is tuple:
        return ["tuple", *map(packed, value)]
    if type(value) is dict:
        return ["dict", {k: packed(v) for k, v in value.items() if type(k) is str or _refuse(k)}]
    for name, (kind, write, _) in _TEXTS.items():
        if type(value) is kind:
            return [name, write(value)]
    name = type(value).__name__
    if _KINDS.get(name) is not type(value):
        _refuse(value)
    own = {
        f.name: getattr(value, f.name) for f in _FIELDS[name] if not _is_default(f, getattr(value, f.name))
    }
    return [name, {k: packed(v) for k, v in own.items()}]


def _refuse(value: object) -> bool:
    raise UnpackableError(f"{type(value).__name__} cannot be packed")


def unpacked(value: Any) -> Any:
    """Return what was packed.

    Raises
    ------
    UnpackableError
        Where this was packed by other code.
    """
    if type(value) is not list:
        return value
    name, *rest = value
    if name == "tuple":
        return tuple(map(unpacked, rest))
    (inner,) = rest
    if name in _TEXTS:
        return _TEXTS[name][2](inner)
    named = {k: unpacked(v) for k, v in inner.items()}
    if name == "dict":
        return named
    if name not in _KINDS:
        raise UnpackableError(f"{name} is not known")
    return _KINDS[name](**named)


def packed_columns(values: Sequence[Any]) -> Any:
    """Return values of one kind by columns; a column that says the same all the way down says it once.

    >>> packed_columns([Decimal(3), None])
    ['decimal', ['3', None]]
    """
    if len(values) > 0 and type(values[0]) in _EQUAL_ALIKE and values.count(values[0]) == len(values):
        return ["plain=", values[0]]
    kinds = set(map(type, values))
    if len(kinds) == 1:
        (kind,) = kinds
        if kind in _PLAIN:
            return _column("plain", values)
        if kind in _GETTERS:
            own = {name: packed_columns(list(map(get, values))) for name, get in _GETTERS[kind].items()}
            return packed_fields(kind, own)
        if kind is dict and not any(values):  # bills without a breakdown
            return ["packed=", packed({})]
    blank = _NONE in kinds
    kinds.discard(_NONE)
    for name, (known, write, _) in _TEXTS.items():
        if kinds == {known}:
            if blank:
                return _column(name, [None if v is None else write(v) for v in values])
            return _column(name, list(map(write, values)))
    return _column("plain", values) if kinds <= _PLAIN else _column("packed", list(map(packed, values)))


def packed_fields(kind: type, columns: Mapping[str, Any]) -> Any:
    """Return values of a dataclass as `packed_columns` does, where each field's column is packed already."""
    return [kind.__name__, {name: columns[name] for name in _GETTERS[kind]}]


def _column(name: str, cells: Sequence[Any]) -> Any:
    same = len(cells) > 0 and cells.count(cells[0]) == len(cells)
    return [f"{name}=", cells[0]] if same else [name, cells]


def unpacked_columns(value: Any, count: int) -> list[Any]:
    """Return what was packed by columns; the error is that of `unpacked`."""
    name, cells = value
    if isinstance(cells, Mapping):
        kind = _KINDS[name]
        return list(map(kind, *(unpacked_columns(cells[f.name], count) for f in _FIELDS[kind.__name__])))
    name, constant, _ = name.partition("=")
    if name == "packed":  # a mutable value is made anew for each
        return list(map(unpacked, [cells] * count if constant else cells))
    read = _TEXTS[name][2] if name in _TEXTS else None
    if constant:
        return [cells if cells is None or read is None else read(cells)] * count
    return list(cells) if read is None else [None if c is None else read(c) for c in cells]
