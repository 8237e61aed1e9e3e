"""What click itself says, in Japanese: the headings of the help and what is wrong with a call."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

import click

_USAGE = {
    "[OPTIONS]": "[オプション]",
    "COMMAND [ARGS]...": "コマンド [引数]...",
    "[COMMAND] [ARGS]...": "[コマンド] [引数]...",
}
_HEADINGS = {"Options": "オプション", "Commands": "コマンド", "Positional arguments": "引数"}
_HELP = {
    "Show this message and exit.": "この説明を表示して終わる",
    "Show the version and exit.": "版を表示して終わる",
    "[required]": "［必須］",
}
# values that an option takes, after its name
_TYPES = {"INTEGER RANGE": "整数", "INTEGER": "整数", "TEXT": "文字", "PATH": "ファイル", "FLOAT": "数"}
_TYPE = re.compile(r"(?<= )(" + "|".join(_TYPES) + r")$")
# what click says of a wrong call → how it is said here
_ERRORS = (
    (r"No such option '(.+?)'\.", "オプション「{}」はありません。"),
    (r"No such command '(.*?)'\.", "コマンド「{}」はありません。"),
    (r"Did you mean (?:one of: )?(.+?)\?", "もしかして {} ですか。"),
    (r"Missing argument '(.+?)'\.", "引数 {} がありません。書いてください。"),
    (r"Missing option '(.+?)'\.", "オプション {} が必要です。書いてください。"),
    (r"Missing command\.", "コマンドがありません。書いてください。"),
    (r"Option '(.+?)' requires an argument\.", "オプション {} の後に値を書いてください。"),
    (r"Option '(.+?)' requires (\d+) arguments\.", "オプション {} の後に値を {} つ書いてください。"),
    (r"Option '(.+?)' does not take a value\.", "オプション {} に値は書けません。"),
    (
        r"Got unexpected extra arguments? \((.*)\)",
        "余分な引数（{}）があります。消すか、引用符で囲んでください。",
    ),
    (r"Invalid value for '(.+?)': ", "{} の値が使えません。"),
    (r"'(.*)' is not a valid integer(?: range)?\.", "「{}」は整数ではありません。"),
    (r"(\S+) is not in the range (\d+)<=x<=(\d+)\.", "{} は {}〜{} の外です。"),
    (r"(\S+) is not in the range x>=(\d+)\.", "{} は {} より小さいので使えません。"),
    (r"'(.*)' is not one of (.+)\.$", "「{}」は {} のどれでもありません。"),
    (r"'(.*)' does not match the formats? '%Y-%m-%d'\.", "「{}」は 2025-10-30 の形の日付ではありません。"),
)


class Help(click.HelpFormatter):
    """Sets the words around our own help in Japanese."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        for word, ja in _USAGE.items():
            args = args.replace(word, ja)
        super().write_usage(prog, args, prefix or "使い方: ")

    def write_heading(self, heading: str) -> None:
        super().write_heading(_HEADINGS.get(heading, heading))

    def write_dl(self, rows: Iterable[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        super().write_dl([(_with_type(first), _helped(second)) for first, second in rows], *args, **kwargs)


def _with_type(name: str) -> str:
    return _TYPE.sub(lambda found: _TYPES[found[1]], name)


def _helped(text: str) -> str:
    for word, ja in _HELP.items():
        text = text.replace(word, ja)
    return text


def in_japanese(message: str) -> str:
    """Return what click says of a wrong call in Japanese; a sentence that is not known stays as it is.

    >>> in_japanese("No such command 'buidl'. Did you mean 'build'?")
    'コマンド「buidl」はありません。もしかして build ですか。'
    """
    for pattern, ja in _ERRORS:
        if found := re.search(pattern + r"\s?", message):
            said = ja.format(*(_plain(g) for g in found.groups()))
            message = message[: found.start()] + said + message[found.end() :]
    return message.strip()


def _plain(words: str) -> str:
    return words.replace("', '", "・").replace("'", "")
