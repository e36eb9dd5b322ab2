"""Real running sites for tests. Import the fixtures `site` and `make_site` by naming them.

`site` is shared by the tests of one run, so each test brings people and pages with names of its
own; `make_site` starts one that is the test's own, with the variables it asks for. A site is
`manage.py up` with its own folder and port; when the run is on PostgreSQL and Redis, it has a
database of its own there. The migrations are applied once a run: `prepared` is the installation
of which all others, and the databases of the tests themselves, are copies.
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
from django.db import connection as test_connection
from django.test.utils import setup_databases, teardown_databases
from psycopg2.extensions import connection as PostgresConnection  # noqa: N812 - it is a class
from pytest_django import DjangoDbBlocker

from config import processes
from config.locks import take_lock
from config.settings import parse_database
from tests.outside import Outside
from tests.services import free_port
from tests.waiting import wait_for

ROOT = Path(__file__).resolve().parent.parent
KEPT = ("HOME", "LANG", "PATH", "TMPDIR")
PREPARED = "softmarks_prepared"
WORKER = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
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
    """Makes sites out of the one that is prepared, so that none needs time for migrations."""

    folder: Path
    prepared: Site

    def make(self, stack: ExitStack, **variables: str) -> Site:
        """Return a new site, not yet started; `stack` ends it."""
        name = f"site_{WORKER}_{next(numbers)}"
        folder = self.folder / name
        shutil.copytree(self.prepared.folder, folder)
        if database := os.environ.get("DATABASE_URL"):
            copy = new_database(database, name, like=PREPARED)
            variables["DATABASE_URL"] = stack.enter_context(copy)
            if "REDIS_URL" not in variables:
                variables["REDIS_URL"] = stack.enter_context(own_redis())
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
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """Return the installation that is up to date; the first process of the run prepares it."""
    folder = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        folder = folder.parent  # that of the whole run
    database = os.environ.get("DATABASE_URL")
    variables = {"DATABASE_URL": beside(database, PREPARED)} if database else {}
    site = Site(folder / "prepared", variables)
    lock = take_lock(folder / "prepared.lock", seconds=300)
    try:
        if not site.folder.exists():
            if database:
                create_database(database, PREPARED)
            site.command("prepare")
    finally:
        os.close(lock)
    return site


def pytest_unconfigure() -> None:
    """Drop the database that was prepared for the run, when all its processes are done."""
    database = os.environ.get("DATABASE_URL")
    if database and "PYTEST_XDIST_WORKER" not in os.environ:
        drop_database(database, PREPARED)


@pytest.fixture(scope="session")
def django_db_setup(
    prepared: Site,
    django_test_environment: None,
    django_db_modify_db_settings: None,
    django_db_blocker: DjangoDbBlocker,
) -> Iterator[None]:
    """Give the tests of this process a copy of the prepared database; this is pytest-django's."""
    name = test_connection.settings_dict["TEST"]["NAME"]
    with ExitStack() as stack:
        if database := os.environ.get("DATABASE_URL"):
            stack.enter_context(new_database(database, name, like=PREPARED))
        else:
            shutil.copy(prepared.folder / "softmarks.sqlite3", name)
            stack.callback(os.unlink, name)
        with django_db_blocker.unblock():
            made = setup_databases(verbosity=0, interactive=False, keepdb=True)
        yield
        with django_db_blocker.unblock():
            teardown_databases(made, verbosity=0, keepdb=True)


@pytest.fixture(scope="session")
def site_maker(tmp_path_factory: pytest.TempPathFactory, prepared: Site) -> SiteMaker:
    """Return what makes sites that are copies of the prepared one."""
    return SiteMaker(tmp_path_factory.mktemp("sites"), prepared)


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
    create_database(url, name, like)
    try:
        yield beside(url, name)
    finally:
        drop_database(url, name)


def create_database(url: str, name: str, like: str = "template1") -> None:
    """Make a database beside the one in the URL, in the place of an earlier one."""
    drop_database(url, name)
    run_alone(url, f'CREATE DATABASE "{name}" TEMPLATE "{like}"')


def drop_database(url: str, name: str) -> None:
    """Drop a database beside the one in the URL if it exists, whoever uses it."""
    run_alone(url, f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def run_alone(url: str, statement: str) -> None:
    """Run a statement that cannot be part of a transaction."""
    with closing(connect(url)) as connection:
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute(statement)


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


# Redis has sixteen databases. The first is that of the tests; five are left for each of three
# processes.
free_redis_numbers = [1 + WORKER % 3 * 5 + number for number in range(5)]


@contextmanager
def own_redis() -> Iterator[str]:
    """Yield the URL of an emptied Redis database that no other test of now uses."""
    number = free_redis_numbers.pop(0)
    url = beside(os.environ["REDIS_URL"], str(number))
    with redis.Redis.from_url(url) as server:
        server.flushdb()
    try:
        yield url
    finally:
        free_redis_numbers.append(number)
