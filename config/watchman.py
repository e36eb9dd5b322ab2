"""A process that ends the children of a supervisor that died. Import `Watchman`; standard library.

It reads a pipe whose other end the supervisor holds. When the supervisor ends, by whatever cause,
the pipe does too; what then still runs is asked to stop, and killed when it does not.
"""

import os
import signal
import time
from pathlib import Path

from config.processes import LINUX


class Watchman:
    """The supervisor's end of the pipe, and the process at the other end."""

    def __init__(self, grace: float) -> None:
        reader, self.pipe = os.pipe()
        self.pid = os.fork()
        if not self.pid:
            os.close(self.pipe)
            _keep_watch(reader, grace)
        os.close(reader)

    def started(self, group: int) -> None:
        """Tell of a child, which leads a process group of its own."""
        self._tell(f"+{group}\n")

    def ended(self, group: int) -> None:
        """Tell that a child has ended, before its number can be given to another process."""
        self._tell(f"-{group}\n")

    def has_ended(self) -> bool:
        """Tell whether the process is gone, so that another one is needed."""
        pid, _ = os.waitpid(self.pid, os.WNOHANG)
        if pid:
            os.close(self.pipe)
        return bool(pid)

    def _tell(self, line: str) -> None:
        try:
            os.write(self.pipe, line.encode())
        except BrokenPipeError:
            pass  # it was killed; the supervisor will see that and tell the next one everything


def _keep_watch(reader: int, grace: float) -> None:
    """Be the watchman; never return."""
    os.setsid()  # Ctrl-C at the terminal is for the supervisor
    os.closerange(3, reader)  # the site's lock, above all: it ends with those who serve
    os.closerange(reader + 1, min(os.sysconf("SC_OPEN_MAX"), 65536))
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in range(3):
        os.dup2(nowhere, stream)  # whoever reads our output is not kept waiting
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    groups: set[int] = set()
    with os.fdopen(reader) as lines:
        for line in lines:
            group = int(line)
            groups.add(group) if group > 0 else groups.discard(-group)
    _end(groups, grace)
    os._exit(0)


def _end(groups: set[int], grace: float) -> None:
    """Ask process groups to stop; after `grace` seconds kill those that did not."""
    deadline = time.monotonic() + grace
    left = {group for group in groups if _signal(group, signal.SIGTERM)}
    while left and time.monotonic() < deadline:
        time.sleep(0.1)
        left = {group for group in left if _signal(group, 0) and not _is_dead(group)}
    for group in left:
        _signal(group, signal.SIGKILL)


def _signal(group: int, number: int) -> bool:
    """Signal a process group; tell whether there is anybody in it."""
    try:
        os.killpg(group, number)
    except ProcessLookupError:
        return False
    return True


def _is_dead(group: int) -> bool:
    """Tell whether all in a group have ended, and wait for a slow or missing init to see it."""
    if not LINUX:
        return False
    states: dict[int, set[str]] = {}
    for place in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, _, its_group = place.read_text().rpartition(")")[2].split()[:3]
        except (FileNotFoundError, ProcessLookupError):
            continue  # it is gone meanwhile
        states.setdefault(int(its_group), set()).add(state)
    return states.get(group, set()) <= {"Z", "X"}
