"""What exporting costs. Run `.venv/bin/python -m bench.exports [rows [databases]]`.

It takes some minutes. An account with 100,000 bookmarks is written by `export_bookmarks` in every
format, on SQLite and on PostgreSQL; in BibTeX twice, since the first time the keys are made. Of
memory there is told what the process held at most, and how much of that was its own: the rest are
pages of files that the system lends it, those of SQLite's database above all.
"""

import contextlib
import sys
import tempfile
import time
from pathlib import Path
from subprocess import Popen

import psutil

from bench.imports import MANAGE, ROOT, ROWS, Site, busy_seconds, import_once, site_of, write_file

CITATIONS = ("bibtex", "biblatex", "ris", "csl-json")
FORMATS = (
    *("json", "pinboard_json", "pinboard_xml", "netscape", "csv", "markdown", "opml"),
    *("bibtex", *CITATIONS),
)


def main() -> None:
    """Import, export, and print what was seen."""
    number = int(sys.argv[1]) if len(sys.argv) > 1 else ROWS
    with tempfile.TemporaryDirectory(prefix="softmarks-bench-") as name:
        file = Path(name) / "bookmarks.json"
        write_file(file, number)
        for vendor in sys.argv[2:] or ("SQLite", "PostgreSQL"):
            with site_of(vendor, Path(name) / vendor) as site:
                import_once(site, file)
                print(f"{vendor}, {number:,} bookmarks")
                for form in FORMATS:
                    seconds, busy, peak, own = export_once(site, form)
                    size = (site.folder / "export").stat().st_size / 1e6
                    print(
                        f"  {form:14}{seconds:6.1f} s ({busy:.1f} s busy),"
                        f" {number / seconds:,.0f} a second, {size:.0f} MB written,"
                        f" at most {peak:.0f} MB held, {own:.0f} MB own"
                    )


def export_once(site: Site, form: str) -> tuple[float, float, float, float]:
    """Export all; return seconds, those it was busy, the most memory in MB, and that of its own."""
    words = (*MANAGE, "export_bookmarks", "ada", "--format", form, "--output")
    began, before = time.monotonic(), busy_seconds()
    process = Popen(  # noqa: S603 - words of our own
        [*words, str(site.folder / "export")], cwd=ROOT, env=site.environment
    )
    peak = own = 0.0
    while process.poll() is None:
        with contextlib.suppress(psutil.NoSuchProcess):
            held = psutil.Process(process.pid).memory_info()
            peak, own = max(peak, held.rss / 1e6), max(own, (held.rss - held.shared) / 1e6)
        time.sleep(0.05)
    if process.returncode:
        raise RuntimeError(f"exporting {form} failed")
    return time.monotonic() - began, busy_seconds() - before, peak, own


if __name__ == "__main__":
    main()
