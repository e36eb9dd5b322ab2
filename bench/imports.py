"""What importing costs. Run `.venv/bin/python -m bench.imports [rows [databases]]`.

It takes some minutes. A file of 100,000 bookmarks is imported on SQLite and on PostgreSQL, each
time into a throwaway site: once undisturbed, and once by a command that is killed with signal 9 ten
times at random. Both must come to the same export, with every counter right, and the same file
once more changes nothing.
"""

import contextlib
import hashlib
import json
import os
import random
import resource
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from subprocess import DEVNULL, PIPE, Popen, run

import psutil

from tests.services import postgres

ROWS, KILLS, SEED = 100_000, 10, 5
ROOT = Path(__file__).resolve().parent.parent
MANAGE = (sys.executable, "manage.py")


@dataclass
class Site:
    """A throwaway site: a folder and a database, as the environment of its commands."""

    folder: Path
    database: str

    @property
    def environment(self) -> dict[str, str]:
        """Where its commands find it."""
        return os.environ | {"DATA_DIR": str(self.folder), "DATABASE_URL": self.database}

    def manage(self, *words: str | Path) -> str:
        """Run a command of the site and return what it printed."""
        done = run(  # noqa: S603 - words of our own
            [*MANAGE, *words], cwd=ROOT, env=self.environment, stdout=PIPE, text=True, check=True
        )
        return done.stdout.strip()

    def start(self, file: Path) -> Popen[bytes]:
        """Start an import that may be killed."""
        words = [*MANAGE, "import_bookmarks", "ada", str(file)]
        return Popen(words, cwd=ROOT, env=self.environment, stdout=DEVNULL, stderr=DEVNULL)  # noqa: S603

    def fingerprint(self) -> str:
        """Return a hash of all that was imported: the export, but for when rows were written."""
        out = self.folder / "export.json"
        self.manage("export_bookmarks", "ada", "--format", "json", "--output", out)
        kept = json.loads(out.read_text())
        for bookmark in kept["bookmarks"]:
            bookmark.pop("updated_at", None)
        rows = sorted(json.dumps(one, sort_keys=True) for one in kept["bookmarks"])
        return f"{len(rows):,} bookmarks, {hashlib.sha256(''.join(rows).encode()).hexdigest()[:16]}"


def main() -> None:
    """Import, kill, compare, and print what was seen."""
    number = int(sys.argv[1]) if len(sys.argv) > 1 else ROWS
    with tempfile.TemporaryDirectory(prefix="softmarks-bench-") as name:
        file = Path(name) / "bookmarks.json"
        write_file(file, number)
        print(f"{number:,} bookmarks, {file.stat().st_size / 1e6:.0f} MB")
        for vendor in sys.argv[2:] or ("SQLite", "PostgreSQL"):
            with site_of(vendor, Path(name) / f"{vendor}-1") as site:
                seconds, busy, peak = import_once(site, file)
                print(f"{vendor}: {seconds:.1f} s ({busy:.1f} s busy), at most {peak:.0f} MB")
                wanted = site.fingerprint()
                again, _, _ = import_once(site, file)
                same = "nothing changed" if site.fingerprint() == wanted else "CHANGED"
                print(f"  once more: {again:.1f} s, {same}")
            with site_of(vendor, Path(name) / f"{vendor}-2") as site:
                kills, whole = import_killed(site, file, seconds)
                equal = "equal" if site.fingerprint() == wanted else "DIFFERENT"
                print(f"  killed {kills} times: {whole:.1f} s in all, {equal} ({wanted})")
                print(f"  {site.manage('recount', '--check')}")


@contextlib.contextmanager
def site_of(vendor: str, folder: Path) -> Iterator[Site]:
    """Yield an empty site on a database of that kind, with an account."""
    folder.mkdir()
    with contextlib.ExitStack() as stack:
        sqlite = f"sqlite:///{folder}/site.sqlite3"
        database = sqlite if vendor == "SQLite" else stack.enter_context(postgres())
        site = Site(folder, database)
        (folder / "password").write_text("never used by anybody 7\n")
        site.manage("migrate", "-v0")
        site.manage("add_user", "ada", "--password-file", folder / "password")
        yield site


def import_once(site: Site, file: Path) -> tuple[float, float, float]:
    """Import a file; return the seconds it took, those it was busy, and its most memory in MB."""
    began, before = time.monotonic(), busy_seconds()
    process = site.start(file)
    peak = 0.0
    while process.poll() is None:
        with contextlib.suppress(psutil.NoSuchProcess):
            peak = max(peak, psutil.Process(process.pid).memory_info().rss / 1e6)
        time.sleep(0.1)
    return time.monotonic() - began, busy_seconds() - before, peak


def busy_seconds() -> float:
    """Return how long processes that ended have kept the processors busy."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def import_killed(site: Site, file: Path, seconds: float) -> tuple[int, float]:
    """Import a file by processes that are killed; return how many were, and the seconds in all."""
    chance = random.Random(SEED)  # noqa: S311 - for play
    began, kills = time.monotonic(), 0
    while kills < KILLS:
        process = site.start(file)
        time.sleep(chance.uniform(1, max(2, seconds / 6)))
        process.kill()
        kills += process.wait() == -9
    site.start(file).wait()
    return kills, time.monotonic() - began


def write_file(file: Path, number: int) -> None:
    """Write a backup as Pinboard makes them: papers, code and pages, with tags and notes."""
    chance = random.Random(SEED)  # noqa: S311 - for play
    words, tags = [f"word{n}" for n in range(3000)], [f"tag{n}" for n in range(2000)]
    with file.open("w") as out:
        for n in range(number):
            url = chance.choice(
                [
                    f"arxiv.org/abs/{chance.randrange(1500, 2400)}.{chance.randrange(1, 20000):05}",
                    f"github.com/someone{n % 900}/thing{n}",
                    f"example{n % 5000}.org/p/{n}?x={n}",
                    f"www.site{n % 300}.example/{chance.choice(words)}/{n}",
                ]
            )
            noted = chance.random() < 0.4
            post = {
                "href": f"https://{url}",
                "description": " ".join(chance.choices(words, k=8)),
                "extended": " ".join(chance.choices(words, k=20)) if noted else "",
                "time": f"20{chance.randrange(5, 26):02}-{chance.randrange(1, 13):02}"
                f"-{chance.randrange(1, 28):02}T{chance.randrange(24):02}:00:{n % 60:02}Z",
                "shared": chance.choice(["yes", "no"]),
                "toread": chance.choice(["yes", "no"]),
                "tags": " ".join(chance.sample(tags, int(chance.expovariate(1 / 3)) % 10)),
            }
            out.write(f"{',' if n else '['}\n{json.dumps(post)}")
        out.write("\n]\n")


if __name__ == "__main__":
    main()
