"""A supervisor of three programs that do nothing, for tests that kill it.

    python -m tests.config.supervised [stubborn | broken | dying | plain] [GRACE]

It says `up` when it is. One program has a child process of its own; with `stubborn` one ignores
SIGTERM, with `broken` the essential one fails at once, with `dying` another fails again and again.
"""

import signal
import subprocess
import sys
import time
from collections.abc import Callable

from config.supervisor import Program, Supervisor, say


def sleep() -> None:
    """Do nothing until stopped."""
    time.sleep(3600)


def sleep_with_child() -> None:
    """Start a process in the same group, then do nothing."""
    subprocess.Popen(["sleep", "3600"])
    sleep()


def ignore_stopping() -> None:
    """Do nothing, and do not stop when asked to."""
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    sleep()


def fail() -> None:
    """Break."""
    raise SystemExit(7)


def main(kind: str = "plain", grace: str = "1") -> int:
    """Run the supervisor."""
    second: dict[str, Callable[[], None]] = {"stubborn": ignore_stopping, "dying": fail}
    programs = (
        Program("web server", fail if kind == "broken" else sleep, essential=True),
        Program("worker", second.get(kind, sleep)),
        Program("beat", sleep_with_child),
    )
    return Supervisor(
        programs,
        is_up=lambda: kind != "broken",
        announce=lambda: say("up"),
        grace=float(grace),
    ).run()


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
