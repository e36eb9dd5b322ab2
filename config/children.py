"""Children that are forks of this process, and so share its memory. Import `fork`."""

import os
import signal
import sys
import traceback
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from config.processes import death_signal_setter


@dataclass
class Child:
    """A child process; it leads a process group of its own, under its own number."""

    pid: int
    status: int | None = None  # once ended: its exit status, or the signal's number negated

    def has_ended(self) -> bool:
        """Tell whether the child has ended; then `status` says how."""
        if self.status is None:
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                self.status = os.waitstatus_to_exitcode(status)
        return self.status is not None

    def send(self, number: int) -> None:
        """Send a signal to the child, unless it has ended."""
        if not self.has_ended():
            os.kill(self.pid, number)


def fork(run: Callable[[], object], not_for_child: Sequence[int] = ()) -> Child:
    """Start a child that does `run` and ends; it is told to stop when we die.

    Descriptors `not_for_child` are closed in it; it has all others. Call this from a process with
    one thread and no open database connection.
    """
    set_death_signal = death_signal_setter(signal.SIGTERM)
    sys.stdout.flush()
    sys.stderr.flush()
    if pid := os.fork():
        return Child(pid)
    status = 1
    try:
        for descriptor in not_for_child:
            os.close(descriptor)
        os.setsid()  # Ctrl-C at the terminal is for the supervisor
        forget_signals()
        if set_death_signal:
            set_death_signal()
        status = run_to_status(run)
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(status)  # the parent's stack, with what it would clean up, is not ours


def forget_signals() -> None:
    """Have no signal handler of the parent's."""
    signal.set_wakeup_fd(-1)
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGCHLD):
        signal.signal(number, signal.SIG_DFL)


def run_to_status(run: Callable[[], object]) -> int:
    """Run a main function; return the exit status it means."""
    try:
        run()
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else int(end.code is not None)
    except BaseException:  # noqa: BLE001 - this is the last place before the process ends
        traceback.print_exc()
        return 1
    return 0
