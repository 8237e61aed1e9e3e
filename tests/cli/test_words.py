"""What click says of itself is Japanese in Japanese help and errors, and English with --lang en."""

from __future__ import annotations

import re
import time
from pathlib import Path

import click
import pytest

from carbonlib.cli import cli
from tests.conftest import run_cli

CLICKS_OWN = re.compile(r"Usage|Options|Commands|COMMAND|ARGS|Show |required|INTEGER|TEXT|default")


@pytest.mark.parametrize("command", ["", *cli.commands, "factors compare"])
def test_help_is_of_one_language(command: str, tmp_path: Path) -> None:
    ja = run_cli(*command.split(), "--help", cwd=tmp_path).stdout
    assert ja.startswith("使い方: carbonlib")
    assert CLICKS_OWN.findall(ja) == []
    en = run_cli(*command.split(), "--help", "--lang", "en", cwd=tmp_path).stdout
    assert en.startswith("Usage: carbonlib")
    assert re.findall(r"[ぁ-ん]", en) == []


@pytest.mark.parametrize(
    "command", [*cli.commands, "factors show", "factors compare", "subsidies show", "subsidies award"]
)
def test_help_says_what_each_argument_is(command: str, tmp_path: Path) -> None:
    found: click.Command = cli
    for name in command.split():
        assert isinstance(found, click.Group)
        found = found.commands[name]
    ja = run_cli(*command.split(), "--help", cwd=tmp_path).stdout
    for one in found.params:
        if isinstance(one, click.Argument):
            (row,) = re.findall(rf"^  \[?{(one.name or '').upper()}\]?(?:\.\.\.)?\s+(.+)$", ja, re.MULTILINE)
            assert re.search(r"[ぁ-んァ-ン一-龥]", row)
    assert "%Y" not in ja
    assert "DIRECTORY" not in ja


def test_the_list_of_commands_cuts_no_sentence(tmp_path: Path) -> None:
    for lang in ("ja", "en"):
        assert "..." not in run_cli("--lang", lang, cwd=tmp_path).stdout.replace("[ARGS]...", "").replace(
            "[引数]...", ""
        )


@pytest.mark.parametrize(
    ("call", "said"),
    [
        ("buidl", "コマンド「buidl」はありません。もしかして build ですか。"),
        ("check --jsn", "オプション「--jsn」はありません。もしかして --json ですか。"),
        ("convert", "引数 AMOUNT がありません。書いてください。"),
        ("convert 1", "オプション --carrier が必要です。書いてください。"),
        ("convert 1 --carrier", "オプション --carrier の後に値を書いてください。"),
        ("check --json=3", "オプション --json に値は書けません。"),
        ("check a b", "余分な引数（b）があります。消すか、引用符で囲んでください。"),
        ("benchmarks abc", "YEAR の値が使えません。「abc」は整数ではありません。"),
        ("benchmarks 1800", "YEAR の値が使えません。1800 は 1990〜2100 の外です。"),
        ("proposals --on x", "--on の値が使えません。「x」は 2025-10-30 の形の日付ではありません。"),
        ("check --lang fr", "--lang の値が使えません。「fr」は ja・en のどれでもありません。"),
    ],
)
def test_a_wrong_call_is_named_in_japanese(call: str, said: str, tmp_path: Path) -> None:
    done = run_cli(*call.split(), cwd=tmp_path)
    assert done.returncode == 2
    assert done.stderr.splitlines()[0] == f"使い方が違います: {said}"
    english = run_cli(*call.split(), cwd=tmp_path, CARBONLIB_LANG="en")
    assert english.returncode == 2
    assert english.stderr.startswith("Wrong usage: ")
    assert english.stderr.isascii()


@pytest.mark.parametrize(
    ("call", "meant"),
    [
        ("convert 1kWh --carrier electricty --factors saitama-diagnosis-2025", "electricity"),
        ("factors show shkk", "shk"),
        ("measures led_lightning", "led_lighting"),
    ],
)
def test_a_misspelt_name_asks_for_the_one_that_was_meant(call: str, meant: str, tmp_path: Path) -> None:
    done = run_cli(*call.split(), cwd=tmp_path)
    assert done.returncode == 1
    assert f"もしかして {meant} ですか。" in done.stderr
    assert f"Did you mean {meant}?" in run_cli(*call.split(), "--lang", "en", cwd=tmp_path).stderr


def test_the_help_comes_at_once(tmp_path: Path) -> None:
    """The quickest of several, for the machine may be busy: it is what the code needs."""
    taken = []
    for _ in range(5):
        start = time.perf_counter()
        run_cli("--help", cwd=tmp_path)
        taken.append(time.perf_counter() - start)
    assert min(taken) < 0.3
