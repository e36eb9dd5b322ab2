"""What kills cost an import of a list. Run `.venv/bin/python -m bench.list_kills [databases]`.

A file of 1,500 entries becomes a list on SQLite and on PostgreSQL, each time on a throwaway site,
by processes that are killed with signal 9 three times, each after it stored something. All entries
must be there once, in the order of the file, with their other links, and the counters right.
"""

import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bench.imports import ROOT, Site, site_of

ENTRIES, A_SECTION, KILLS = 1500, 50, 3
# A process may store for so long after its first batch.
STORING_FOR = 0.35
# What is run in the site's processes; a lease of one that was killed is over at once.
WORK = """
import django; django.setup()
from datetime import timedelta
from django.utils import timezone
from readinglists.importing import lease, run_import
from readinglists.models import ListImport
ListImport.objects.update(leased_until=timezone.now() - timedelta(seconds=1))
run_import(lease(ListImport.objects.get().pk), lambda done, total: print(done, flush=True))
"""
ASK = """
import django; django.setup()
from pathlib import Path
import sys
from accounts.models import User
from readinglists.importing import request_run, start_import
text = Path(sys.argv[1]).read_text()
request_run(start_import(User.objects.get(username="ada"), text=text))
"""
LOOK = """
import django; django.setup()
from readinglists.models import ListImport
row = ListImport.objects.get()
print(row.done, row.state)
"""
COUNT = """
import django; django.setup()
from readinglists.models import ItemAlternate, ReadingList
one = ReadingList.objects.get()
titles = list(one.items.order_by("section__rank", "rank").values_list("title", flat=True))
wanted = [f"Entry {number} of the ponds" for number in range(len(titles))]
print(len(titles), "entries,", "in order," if titles == wanted else "OUT OF ORDER,",
      ItemAlternate.objects.count(), "other links, counted as", one.item_count,
      "in", one.sections.count(), "sections")
"""


def main() -> None:
    """Import, kill, go on, and print what is there."""
    with tempfile.TemporaryDirectory(prefix="softmarks-bench-") as name:
        file = Path(name) / "list.md"
        file.write_text(text_of(ENTRIES))
        for vendor in sys.argv[1:] or ("SQLite", "PostgreSQL"):
            with site_of(vendor, Path(name) / vendor) as site:
                began = time.monotonic()
                output(site, ASK, str(file))
                kills = sum(work_and_kill(site) for _ in range(KILLS))
                start(site).communicate()
                seconds = time.monotonic() - began
                print(f"{vendor}: killed {kills} times, {seconds:.1f} s in all")
                print(f"  {output(site, LOOK)}: {output(site, COUNT)}")


def text_of(number: int) -> str:
    """Return a file of so many entries, each with a note and another link."""
    lines = ["# Ponds\n"]
    for n in range(number):
        if n % A_SECTION == 0:
            lines.append(f"\n## Pond {n // A_SECTION}\n\n")
        address = f"https://example.org/p/{n}"
        lines.append(f"- [Entry {n} of the ponds]({address}) ([pdf]({address}.pdf)) - frogs\n")
    return "".join(lines)


def start(site: Site) -> subprocess.Popen[bytes]:
    """Start a process that works on the import."""
    settings = site.environment | {"DJANGO_SETTINGS_MODULE": "config.settings"}
    words = [sys.executable, "-c", WORK]
    return subprocess.Popen(words, cwd=ROOT, env=settings, stdout=subprocess.PIPE)  # noqa: S603


def output(site: Site, code: str, *words: str) -> str:
    """Return what code prints that is run in a process of the site."""
    settings = site.environment | {"DJANGO_SETTINGS_MODULE": "config.settings"}
    command = [sys.executable, "-c", code, *words]
    done = subprocess.run(  # noqa: S603 - code of our own
        command, cwd=ROOT, env=settings, stdout=subprocess.PIPE, text=True, check=True
    )
    return done.stdout.strip()


def work_and_kill(site: Site) -> bool:
    """Let a process work until it tells that it stored something, then kill it; tell whether."""
    process = start(site)
    if process.stdout is not None and process.stdout.readline():
        time.sleep(STORING_FOR)
    process.kill()
    return process.wait() == -9


if __name__ == "__main__":
    main()
