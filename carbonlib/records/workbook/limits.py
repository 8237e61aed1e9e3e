"""How large a workbook may be, and the error for one that is larger or not what it says it is."""

from __future__ import annotations

from carbonlib.errors import Place, RecordError

MIB = 1024 * 1024
FILE_BYTES = 20 * MIB
ENTRIES = 2_000
UNPACKED_BYTES = 128 * MIB  # all parts of the file, pictures included
XML_BYTES = 48 * MIB  # the parts that hold cells, texts and formats
RATIO = 100  # unpacked ÷ packed of a part; sheets written by Excel and LibreOffice stay under 40
RATIO_FROM = 1 * MIB  # smaller parts may shrink as they like
ELEMENTS = 2_000_000
DEPTH = 64
CELLS = 50_000
CELL_TEXT = 32_767  # Excel's own limit
ALL_TEXT = 10_000_000
ROWS = 3_000  # with a value; a company's workbook has a few hundred
AREA = 600_000  # rows × columns of one sheet, from A1 to the last filled cell
SHEETS = 60


def refused(id: str, ja: str, en: str, place: Place) -> RecordError:
    """Return the error of a workbook that is not opened.

    Parameters
    ----------
    id : str
        What is wrong, for programs.
    ja, en : str
        What is wrong, for people; what to do is added.
    place : Place
        File, and where known sheet and cell.

    Returns
    -------
    RecordError
    """
    return RecordError.of(
        f"workbook.{id}",
        ja=f"{ja}このファイルは読みません。新しいブック（事業者の記録なら carbonlib template のひな形）に値だけを写してください。",
        en=f"{en} The file is not read; copy the values alone into a new workbook (for a company's records, carbonlib template makes one).",
        place=place,
    )


def password(place: Place) -> RecordError:
    """Return the error of a file that nobody can read without its password."""
    return RecordError.of(
        "workbook.password",
        ja="パスワードで保護されているため読めません。Excel で開き、パスワードを外して保存し直してください"
        "（ファイル → 情報 → ブックの保護 → パスワードを使用して暗号化 を空欄に）。",
        en="It is protected by a password; open it in Excel, take the password off (File, Info, Protect Workbook, Encrypt "
        "with Password: blank) and save it.",
        place=place,
    )
