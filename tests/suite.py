"""The whole suite, as bin/test runs it: checks, and pytest on SQLite and on PostgreSQL with Redis.

The checks run beside the tests on SQLite, and are reported after these. Tests wait for servers and
browsers now and then, so there are three processes of them on two processors. The last line counts
over everything; the exit status is 0 when nothing failed.
"""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

from config import processes
from tests import chromium, services
from tests.audit import audit
from tests.tally import FAILED, PASSED, SKIPPED, Tally, read_report

ROOT = Path(__file__).resolve().parent.parent
# What a person set for a site of theirs must not reach the tests.
SITE_VARIABLES = """
    ALLOWED_HOSTS BASE_URL CHECKS_A_MINUTE DATABASE_REPLICA_URL DATABASE_URL DATA_DIR DEBUG
    EMAIL_FROM EMAIL_URL FETCH FETCH_ALLOW_NETWORKS FETCH_ALLOW_PORTS HOST
    MAIL_DOMAIN PINBOARD_TAG_COUNTS PORT PROXIES RATE_LIMITS
    REDIS_URL REGISTRATION SECRET_KEY WEB_THREADS WEBSUB_HUB WEB_WORKERS WORKER_THREADS
"""
NO_BROWSER = "NO BROWSER TEST WAS RUN: no Chromium was found. Set CHROMIUM to the path of one."
PUBLISHED = {"BASE_URL": "https://softmarks.example", "SECRET_KEY": "k3y-" + "0123456789abcdef" * 4}


def checks() -> Mapping[str, Sequence[str]]:
    """Return the checks by name."""
    templates = [str(path) for path in sorted((ROOT / "templates").rglob("*.html"))]
    manage = (sys.executable, "manage.py")
    return {
        "lint": (program("ruff"), "check", "."),
        "format": (program("ruff"), "format", "--check", "."),
        "templates": (program("djade"), "--check", "--target-version", "5.2", *templates),
        "migrations": (*manage, "makemigrations", "--check", "--dry-run"),
        "deployment": (*manage, "check", "--deploy", "--fail-level", "WARNING"),
        "types": (sys.executable, "-m", "mypy", "."),
    }


def program(name: str) -> str:
    """Return the path of a program that requirements-test.txt installed."""
    return str(Path(sys.executable).with_name(name))


def main(arguments: Sequence[str]) -> int:
    """Run what was asked for and return the exit status."""
    os.chdir(ROOT)
    for name in SITE_VARIABLES.split():
        os.environ.pop(name, None)
    # Hundreds of processes are started, and pytest rewrites every test: compile them once.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    fast = "--fast" in arguments
    selection = [word for word in arguments if word != "--fast"]
    total = Tally()
    with ExitStack() as stack:
        report: Callable[[], Tally] = Tally
        if not selection:
            selection = ["-n", "3"]
            report = stack.enter_context(running_checks())
            total += Tally() if fast else audit_requirements()
        if fast:
            total += run_tests("SQLite, without browser", ["-m", "not browser", *selection], {})
            total += report()
        else:
            provide_browser()
            total += run_tests("SQLite and the embedded queue", selection, {})
            total += report()
            total += run_tests_on_servers(selection)
            if "CHROMIUM" not in os.environ:
                print(NO_BROWSER)
    print(total)
    return 1 if total.failed else 0


@contextmanager
def running_checks() -> Iterator[Callable[[], Tally]]:
    """Run all that is not pytest in the background; yield what waits for it and reports it."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="softmarks-checks-")))
        environment = os.environ | PUBLISHED | {"DATA_DIR": str(folder)}
        running: dict[str, subprocess.Popen[bytes]] = {}
        stack.callback(lambda: processes.stop(list(running.values()), grace=5))
        for name, command in checks().items():
            with (folder / name).open("wb") as output:
                running[name] = processes.start(command, env=environment, output=output)

        def report() -> Tally:
            total = Tally()
            for name, process in running.items():
                status = process.wait()
                print((folder / name).read_text(errors="replace"), end="")
                print(f"{name}: {'failed' if status else 'passed'}", flush=True)
                total += FAILED if status else PASSED
            return total

        yield report


def audit_requirements() -> Tally:
    """Fail on a vulnerability that is publicly known; say how much could be looked up."""
    began = time.monotonic()
    found = audit(ROOT / "requirements.txt")
    for line in found.vulnerable:
        print(line)
    outcome = "failed" if found.vulnerable else "passed"
    if not found.looked_up:
        outcome = "skipped: the database of vulnerabilities cannot be reached from here"
    elif found.looked_up < found.asked:
        outcome += f", {found.looked_up} of {found.asked} packages looked up"
    say("audit", outcome, time.monotonic() - began)
    if found.vulnerable:
        return FAILED
    return PASSED if found.looked_up else SKIPPED


def provide_browser() -> None:
    """Name a browser to the tests if there is one."""
    chromium.provide()
    if browser := chromium.find():
        os.environ["CHROMIUM"] = browser


def run_tests_on_servers(selection: Sequence[str]) -> Tally:
    """Run the tests on PostgreSQL and Redis, but for those that would do the same again."""
    with services.postgres() as database, services.redis() as broker:
        environment = {"DATABASE_URL": database, "REDIS_URL": broker}
        return run_tests("PostgreSQL and Redis", ["-m", "not once", *selection], environment)


def run_tests(label: str, selection: Sequence[str], variables: Mapping[str, str]) -> Tally:
    """Run pytest with the given variables set."""
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="softmarks-test-") as folder:
        report = Path(folder) / "report.xml"
        status = processes.run(
            [sys.executable, "-m", "pytest", f"--junit-xml={report}", *selection],
            env=os.environ | variables | {"DATA_DIR": folder},
        )
        total = read_report(report, status)
    say(label, str(total), time.monotonic() - began)
    return total


def say(name: str, outcome: str, seconds: float) -> None:
    """Print the result of one part."""
    print(f"{name}: {outcome} ({seconds:.1f} s)", flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
