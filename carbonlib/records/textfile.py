"""Text files that people saved."""

from __future__ import annotations

import codecs
from pathlib import Path

from carbonlib.errors import Finding, Message, Place, RecordError


def decoded(path: Path, name: str) -> tuple[str, str]:
    """Return a file's text and its encoding: UTF-8 with or without BOM, UTF-16 with one (Excel's Unicode テキスト),
    else CP932 as Excel in Japan saves it.

    Raises
    ------
    RecordError
        Where the file is missing, or is none of them.
    """
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        raise RecordError.of(
            "file.missing",
            ja="ファイルがありません。作ってください。",
            en="The file is missing; make it.",
            place=Place(name),
        ) from None
    wide = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    for encoding in ("utf-16",) if wide else ("utf-8-sig", "cp932"):
        try:
            return data.decode(encoding), encoding
        except UnicodeDecodeError:
            continue
    raise RecordError.of(
        "file.encoding",
        ja="文字コードが UTF-8 でも CP932（シフト JIS）でもありません。UTF-8 で保存し直してください"
        "（Excel では「CSV UTF-8」）。",
        en="The file is neither UTF-8 nor CP932; save it as UTF-8 (in Excel: 'CSV UTF-8').",
        place=Place(name),
    )


def read_text(path: Path, name: str) -> str:
    """Return a file's text; the rest is as in `decoded`."""
    return decoded(path, name)[0]


def encoding_notes(path: Path, name: str) -> list[Finding]:
    """Return a note where a file was read as CP932, since a guess should be seen, or as UTF-16."""
    encoding = decoded(path, name)[1] if path.is_file() else ""
    if encoding == "utf-16":
        message = Message(
            "UTF-16（Excel の「Unicode テキスト」）として読みました。できれば UTF-8 で保存してください。",
            "It was read as UTF-16, Excel's 'Unicode text'; save it as UTF-8 if you can.",
        )
        return [Finding("file.utf16", "note", message, Place(name))]
    if encoding != "cp932":
        return []
    message = Message(
        "UTF-8 ではないため、CP932（シフト JIS）として読みました。文字化けがないか確かめ、できれば UTF-8 で保存してください。",
        "Not UTF-8, so it was read as CP932; look for garbled text, and save it as UTF-8 if you can.",
    )
    return [Finding("file.cp932", "note", message, Place(name))]
