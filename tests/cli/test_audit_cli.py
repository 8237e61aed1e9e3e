"""carbonlib audit as a person meets it."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from tests.conftest import ROOT, run_cli

SAMPLE = ROOT / "docs" / "examples" / "printed_table.csv"


def slip(folder: Path) -> Path:
    """The shop's table as its slide's text reads: 8千円 for the gas."""
    path = folder / "shop.csv"
    path.write_text(SAMPLE.read_text(encoding="utf-8").replace(",58\n", ",8千円\n"), encoding="utf-8")
    return path


def test_a_table_that_closes() -> None:
    done = run_cli("audit", str(SAMPLE), cwd=ROOT)
    assert (done.returncode, done.stderr) == (0, "")
    assert "合わない行 0 行" in done.stdout
    assert json.loads(run_cli("audit", str(SAMPLE), "--json", cwd=ROOT).stdout) == []


def test_the_published_slip_in_words_and_as_objects(tmp_path: Path) -> None:
    path = slip(tmp_path)
    before = hashlib.sha256(path.read_bytes()).hexdigest(), path.stat().st_mtime_ns
    done = run_cli("audit", "shop.csv", cwd=tmp_path)
    assert done.returncode == 1
    assert "shop.csv 3 行目" in done.stdout
    assert "「8千円」は 58 千円 なら合います" in done.stdout
    assert "Traceback" not in done.stderr
    as_json = run_cli("audit", "shop.csv", "--json", "--lang", "en", cwd=tmp_path)
    assert as_json.returncode == 1
    (found,) = json.loads(as_json.stdout)
    assert (found["row"], found["column"]) == (2, "費用（千円）")
    assert (found["printed"], found["implied"], found["reason"]) == ("8千円", 58, "digit_lost")
    assert "a digit was lost" in found["message"]
    assert (hashlib.sha256(path.read_bytes()).hexdigest(), path.stat().st_mtime_ns) == before
    assert [p.name for p in tmp_path.iterdir()] == ["shop.csv"]


def test_a_file_that_is_no_table_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text("こんにちは\n", encoding="utf-8")
    for name, language, words in (
        ("t.csv", "ja", "確かめられる表が見つかりません"),
        ("t.csv", "en", "no table to check"),
        ("none.xlsx", "ja", "ファイルがありません"),
        (".", "ja", "CSV か xlsx"),
    ):
        done = run_cli("audit", name, "--json", "--lang", language, cwd=tmp_path)
        assert done.returncode == 1
        assert words in done.stderr
        assert name in done.stderr
        assert len(done.stderr.strip().splitlines()) == 1
        assert done.stdout == ""
    assert run_cli("audit", cwd=tmp_path).returncode == 2


def test_an_unreadable_cell_is_named_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text("使用量(kWh),単価(円/kWh),費用(円)\n百,27.00,2700\n", encoding="utf-8")
    done = run_cli("audit", "t.csv", cwd=tmp_path)
    assert done.returncode == 1
    assert "t.csv 2 行目" in done.stdout
    assert "使用量(kWh)「百」は数値として読めません" in done.stdout
