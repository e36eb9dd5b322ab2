"""The whole suite, as bin/test runs it: checks, then pytest on SQLite and on PostgreSQL with Redis.

The last line counts over everything; the exit status is 0 when nothing failed.
"""

import os
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from config import processes
from tests import chromium, services
from tests.audit import audit
from tests.tally import FAILED, PASSED, SKIPPED, Tally, read_report

ROOT = Path(__file__).resolve().parent.parent
# What a person set for a site of theirs must not reach the tests.
SITE_VARIABLES = """
    ALLOWED_HOSTS BASE_URL CHECKS_A_MINUTE DATABASE_REPLICA_URL DATABASE_URL DATA_DIR DEBUG
    EMAIL_FROM EMAIL_URL FETCH FETCH_ALLOW_NETWORKS FETCH_ALLOW_PORTS HOST PORT PROXIES RATE_LIMITS
    REDIS_URL REGISTRATION SECRET_KEY WEB_THREADS WEB_WORKERS WORKER_THREADS
"""
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
    fast = "--fast" in arguments
    selection = [word for word in arguments if word != "--fast"]
    if not selection:
        selection = ["-n", "2"]
        total = run_checks(with_audit=not fast)
    else:
        total = Tally()
    if fast:
        total += run_tests("SQLite, without browser", ["-m", "not browser", *selection], {})
    else:
        total += run_tests_everywhere(selection)
    print(total)
    return 1 if total.failed else 0


def run_checks(with_audit: bool) -> Tally:
    """Run all that is not pytest."""
    total = Tally()
    with tempfile.TemporaryDirectory(prefix="softmarks-checks-") as folder:
        environment = os.environ | PUBLISHED | {"DATA_DIR": folder}
        for name, command in checks().items():
            began = time.monotonic()
            status = processes.run(command, env=environment)
            say(name, "failed" if status else "passed", time.monotonic() - began)
            total += FAILED if status else PASSED
    return total + audit_requirements() if with_audit else total


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


def run_tests_everywhere(selection: Sequence[str]) -> Tally:
    """Run the tests in both settings, with a browser where there is one."""
    chromium.provide()
    browser = chromium.find()
    if browser:
        os.environ["CHROMIUM"] = browser
    total = run_tests("SQLite and the embedded queue", selection, {})
    with services.postgres() as database, services.redis() as broker:
        environment = {"DATABASE_URL": database, "REDIS_URL": broker}
        total += run_tests("PostgreSQL and Redis", ["-m", "not once", *selection], environment)
    if not browser:
        print("NO BROWSER TEST WAS RUN: no Chromium was found. Set CHROMIUM to the path of one.")
    return total


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
