"""Real running sites for tests. Import the fixtures `site` and `make_site` by naming them.

`site` is shared by the tests of one run, so each test brings people and pages with names of its
own; `make_site` starts one that is the test's own, with the variables it asks for. A site is
`manage.py up` with its own folder and port; when the run is on PostgreSQL and Redis, it has a
database of its own there.
"""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Generator, Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg2
import pytest
import redis
from psycopg2.extensions import connection as PostgresConnection  # noqa: N812 - it is a class

from config import processes
from config.settings import parse_database
from tests.outside import Outside
from tests.services import free_port
from tests.waiting import wait_for

ROOT = Path(__file__).resolve().parent.parent
KEPT = ("HOME", "LANG", "PATH", "TMPDIR")
numbers = count(1)


@dataclass
class Site:
    """One installation: its folder, and its processes while it runs."""

    folder: Path
    variables: dict[str, str]
    port: int = field(default_factory=free_port)
    process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """Return the address without a slash at the end."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def environment(self) -> dict[str, str]:
        """Return the variables its processes have."""
        kept = {name: os.environ[name] for name in KEPT if name in os.environ}
        own = {"DATA_DIR": str(self.folder), "PORT": str(self.port), "PYTHONUNBUFFERED": "1"}
        return kept | own | {"PYTHONDONTWRITEBYTECODE": "1"} | self.variables

    @property
    def log(self) -> str:
        """Return what its processes printed since it was started last."""
        place = self.folder / "log"
        return place.read_text() if place.exists() else ""

    def start(self, *words: str) -> None:
        """Start it and wait until it says its address; raise AssertionError with its log if not."""
        command = [sys.executable, "manage.py", "up", *words]
        with (self.folder / "log").open("wb") as log:
            self.process = processes.start(
                command, cwd=ROOT, env=self.environment, output=log, death_signal=signal.SIGKILL
            )
        wait_for(lambda: "Softmarks is at" in self.log or self.has_ended(), 60, "the site")
        assert not self.has_ended(), self.log

    def refusal(self) -> str:
        """Start it, expecting that it cannot be; return why, without surrounding blanks."""
        done = self.run("up")
        assert done.returncode == 1, done.stdout
        return done.stderr.strip()

    def has_ended(self) -> bool:
        """Tell whether its first process is gone."""
        return self.process is None or self.process.poll() is not None

    def stop(self, number: int = signal.SIGTERM) -> int:
        """Signal its first process, wait for its end and return its exit status."""
        assert self.process is not None
        self.process.send_signal(number)
        return self.process.wait(30)

    def command(self, *words: str, text: str = "") -> str:
        """Run a management command on it and return what it prints; raise when it fails."""
        done = self.run(*words, text=text)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def run(self, *words: str, text: str = "") -> subprocess.CompletedProcess[str]:
        """Run a management command on it to its end."""
        return subprocess.run(
            [sys.executable, "manage.py", *words],
            cwd=ROOT,
            env=self.environment,
            input=text,
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )


# Those that run now, so that what they printed can be shown with a test that fails.
running: list[Site] = []


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Add what the sites of a failed test printed to its report."""
    report = yield
    if report.failed:
        report.sections += [
            (f"Printed by {site.folder.name}", site.log[-5000:]) for site in running
        ]
    return report


MakeSite = Callable[..., Site]


@dataclass
class SiteMaker:
    """Makes sites out of one that is prepared, so that each needs no time for its migrations."""

    folder: Path
    prepared: Site

    def make(self, stack: ExitStack, **variables: str) -> Site:
        """Return a new site, not yet started; `stack` ends it."""
        name = f"{self.prepared.folder.name}_{next(numbers)}"
        folder = self.folder / name
        shutil.copytree(self.prepared.folder, folder)
        if database := os.environ.get("DATABASE_URL"):
            copy = new_database(database, name, like=self.prepared.folder.name)
            variables["DATABASE_URL"] = stack.enter_context(copy)
            variables.setdefault("REDIS_URL", own_redis())
        site = Site(folder, {"RATE_LIMITS": "off", **variables})
        running.append(site)
        stack.callback(end, site)
        return site


def end(site: Site) -> None:
    """Stop a site if it runs."""
    running.remove(site)
    if not site.has_ended():
        site.stop()


@pytest.fixture(scope="session")
def site_maker(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SiteMaker]:
    """Prepare the site that others are copies of."""
    worker = os.environ.get("PYTEST_XDIST_WORKER", "gw0")
    folder = tmp_path_factory.mktemp("sites")
    prepared = Site(folder / f"site_{worker}", {})
    with ExitStack() as stack:
        if database := os.environ.get("DATABASE_URL"):
            made = new_database(database, prepared.folder.name)
            prepared.variables["DATABASE_URL"] = stack.enter_context(made)
        prepared.folder.mkdir()
        prepared.command("prepare")
        yield SiteMaker(folder, prepared)


@pytest.fixture(scope="session")
def outside() -> Iterator[Outside]:
    """Serve pages that the shared site is allowed to fetch."""
    with Outside() as server:
        yield server


@pytest.fixture(scope="session")
def site(site_maker: SiteMaker, outside: Outside) -> Iterator[Site]:
    """Start the site that the tests of this process share."""
    with ExitStack() as stack:
        site = site_maker.make(
            stack,
            FETCH_ALLOW_NETWORKS="127.0.0.0/8",
            FETCH_ALLOW_PORTS=f"80,443,{outside.port}",
        )
        site.start()
        yield site


@pytest.fixture
def make_site(site_maker: SiteMaker) -> Iterator[MakeSite]:
    """Return what makes a site of the test's own, to be started by the test."""
    with ExitStack() as stack:

        def make(**variables: str) -> Site:
            return site_maker.make(stack, **variables)

        yield make


@contextmanager
def new_database(url: str, name: str, like: str = "template1") -> Iterator[str]:
    """Make a database beside the one in the URL; yield its own URL, and drop it afterwards."""
    with closing(connect(url)) as connection:
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute(f'DROP DATABASE IF EXISTS "{name}"')
            cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE "{like}"')
        yield beside(url, name)
        with connection.cursor() as cursor:
            cursor.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def connect(url: str) -> PostgresConnection:
    """Connect to the database of a DATABASE_URL."""
    names = {"HOST": "host", "PORT": "port", "USER": "user", "PASSWORD": "password"}
    told = parse_database(url)
    known = {ours: told[theirs] for theirs, ours in names.items() if told.get(theirs)}
    connection: PostgresConnection = psycopg2.connect(dbname=told["NAME"], **known)
    return connection


def beside(url: str, name: str) -> str:
    """Return the URL of another database on the same server."""
    parts = urlsplit(url)
    return urlunsplit(parts._replace(path=f"{parts.path.rpartition('/')[0]}/{name}"))


def own_redis() -> str:
    """Return the URL of an emptied Redis database that no other test of now uses."""
    worker = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
    number = 1 + (worker * 7 + next(numbers) % 7) % 15
    url = beside(os.environ["REDIS_URL"], str(number))
    with redis.Redis.from_url(url) as server:
        server.flushdb()
    return url
