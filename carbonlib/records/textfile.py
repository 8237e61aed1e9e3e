"""Text files that people saved."""

from __future__ import annotations

from pathlib import Path

from carbonlib.errors import Place, RecordError


def read_text(path: Path, name: str) -> str:
    """Return a file's text, or raise where it is missing or not UTF-8."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise RecordError.of(
            "file.missing",
            ja="ファイルがありません。作ってください。",
            en="The file is missing; make it.",
            place=Place(name),
        ) from None
    except UnicodeDecodeError:
        raise RecordError.of(
            "file.encoding",
            ja="文字コードが UTF-8 ではありません。UTF-8 で保存し直してください（Excel では「CSV UTF-8」）。",
            en="The file is not UTF-8; save it as UTF-8 (in Excel: 'CSV UTF-8').",
            place=Place(name),
        ) from None
