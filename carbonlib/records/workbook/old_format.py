"""python -m carbonlib.records.workbook.old_format FILE: the sheets of an .xls as JSON, within bounds.

An .xls cannot be looked through before it is opened as an .xlsx can: a few bytes may claim a sheet of 16 million
cells. So it is read by a process that has little memory and time, and a failure of that is a refusal.
"""

from __future__ import annotations

import json
import sys
from datetime import date, datetime
from typing import Any

MEMORY = 400 * 1024 * 1024
SECONDS = 6


def _bounded() -> None:
    try:
        import resource
    except ImportError:  # no such module on Windows
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return {"time": value.isoformat()}
    if isinstance(value, date):
        return {"date": value.isoformat()}
    return value if isinstance(value, str | int | float | bool) else str(value)


def main() -> None:
    """Print the sheets of the file named."""
    _bounded()
    from pathlib import Path

    from carbonlib.errors import Place, RecordError
    from carbonlib.records.workbook.opening import sheets_in

    try:
        sheets = sheets_in(Path(sys.argv[1]).read_bytes(), Place())
    except (RecordError, MemoryError):
        sys.exit(3)
    for sheet in sheets:
        sheet["values"] = [[_plain(v) for v in row] for row in sheet["values"]]
    sys.stdout.write(json.dumps(sheets))


if __name__ == "__main__":
    main()
