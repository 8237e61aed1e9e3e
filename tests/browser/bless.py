"""Take the present look of the reports as the one to be kept: python -m tests.browser.bless

Only what looks different is written; every picture written is to be looked at before it is committed.
"""

from __future__ import annotations

from PIL import Image

from tests.browser.chromium import chromium
from tests.browser.pictures import FOLDER, REPORTS, difference, keep, pictures_of


def main() -> None:
    """Write the pictures that look different, take away those of no section, and say which."""
    seen, same = set(), 0
    with chromium() as browser:
        for company, year in REPORTS:
            for path, picture in pictures_of(browser, company, year):
                seen.add(path)
                found = difference(Image.open(path), picture) if path.is_file() else None
                if path.is_file() and found is None:
                    same += 1
                    continue
                print(path.relative_to(FOLDER), found.words if found else "new", flush=True)
                keep(path, picture)
        (FOLDER / "chromium.txt").write_text(f"{browser.version}\n", encoding="utf-8")
    for path in sorted(set(FOLDER.rglob("*.png")) - seen):
        print(path.relative_to(FOLDER), "removed")
        path.unlink()
    print(f"{same} of {len(seen)} look the same")


if __name__ == "__main__":
    main()
