"""Several programs run as one until it is told to stop. Import `Program` and `Supervisor`.

Ctrl-C, SIGTERM and SIGHUP stop everything; a second one does so at once. A program that ends by
itself is started again, later each time.
"""

import os
import select
import signal
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from types import FrameType

from config import processes
from config.children import Child, fork
from config.watchman import Watchman

STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
FIRST_DELAY, LONGEST_DELAY = 0.5, 30.0
LONG_LIFE = 60.0  # seconds after which a program's next start is not held back


@dataclass(frozen=True)
class Program:
    """A main function by name; without an `essential` one at the start, going on is of no use."""

    name: str
    main: Callable[[], object]
    essential: bool = False


class Keeper:
    """Keeps one program running."""

    def __init__(self, program: Program) -> None:
        self.program = program
        self.child: Child | None = None
        self.started = 0.0
        self.delay = FIRST_DELAY / 2
        self.due = 0.0  # when to start it (again)

    def start(self, not_for_child: Sequence[int]) -> Child:
        """Start the program."""
        self.child = fork(self.program.main, not_for_child)
        self.started = time.monotonic()
        return self.child

    def plan_restart(self) -> None:
        """Choose the time of the next start: soon after a long life, later after each short one."""
        lived_long = time.monotonic() - self.started > LONG_LIFE
        self.delay = FIRST_DELAY if lived_long else min(self.delay * 2, LONGEST_DELAY)
        self.due = time.monotonic() + self.delay
        self.child = None


class Supervisor:
    """Runs programs; when `is_up` says so, it calls `announce`, once.

    Stopping takes at most `grace` seconds.
    """

    def __init__(
        self,
        programs: Sequence[Program],
        is_up: Callable[[], bool],
        announce: Callable[[], None],
        grace: float,
    ) -> None:
        self.is_up, self.announce, self.grace = is_up, announce, grace
        self.keepers = [Keeper(program) for program in programs]
        self.announced = False
        self.signals: list[int] = []

    def run(self) -> int:
        """Run until stopped; return the exit status, 0 when stopping was asked for."""
        self.watchman = Watchman(self.grace)
        self.wake_pipe = self._listen_to_signals()
        try:
            while not self.signals:
                self._start_what_is_due()
                if not self.announced and self.is_up():
                    self.announced = True
                    self.announce()
                self._sleep()
                if not self._restart_what_ended():
                    return 1
        finally:
            self._stop()
        return 0

    def _listen_to_signals(self) -> tuple[int, int]:
        """Note signals as they come; return a pipe that can be read when one came."""
        wake, waker = os.pipe()
        for end in (wake, waker):
            os.set_blocking(end, False)
        signal.set_wakeup_fd(waker, warn_on_full_buffer=False)
        signal.signal(signal.SIGCHLD, lambda _number, _frame: None)  # just to be woken
        for number in STOP_SIGNALS:
            if number != signal.SIGHUP or signal.getsignal(number) != signal.SIG_IGN:  # nohup
                signal.signal(number, self._note)
        return wake, waker

    def _note(self, number: int, _frame: FrameType | None) -> None:
        self.signals.append(number)

    def _start_what_is_due(self) -> None:
        for keeper in self.keepers:
            if keeper.child is None and time.monotonic() >= keeper.due:
                # A copy of the watchman's pipe would keep it from seeing that we are gone.
                child = keeper.start((self.watchman.pipe, *self.wake_pipe))
                self.watchman.started(child.pid)

    def _restart_what_ended(self) -> bool:
        """Plan the restart of what ended; return False when going on is of no use."""
        if self.watchman.has_ended():
            self._replace_watchman()
        for keeper in self.keepers:
            if keeper.child is None or not keeper.child.has_ended():
                continue
            processes.kill_group(keeper.child.pid)  # what it had started may hold the port
            self.watchman.ended(keeper.child.pid)
            name, how = keeper.program.name, describe(keeper.child.status)
            if keeper.program.essential and not self.announced:
                say(f"The {name} could not start; the reason is in the lines above.")
                return False
            keeper.plan_restart()
            say(f"The {name} ended ({how}); starting it again in {keeper.delay:g} s.")
        return True

    def _replace_watchman(self) -> None:
        self.watchman = Watchman(self.grace)
        for keeper in self.keepers:
            if keeper.child:
                self.watchman.started(keeper.child.pid)

    def _sleep(self) -> None:
        """Wait for a signal, or until something is due."""
        pauses = [keeper.due - time.monotonic() for keeper in self.keepers if not keeper.child]
        if not self.announced:
            pauses.append(0.05)
        self._wait(max(0.0, min(pauses)) if pauses else None)

    def _wait(self, seconds: float | None) -> None:
        """Wait for a signal, at most so long."""
        wake, _ = self.wake_pipe
        if select.select([wake], [], [], seconds)[0]:
            os.read(wake, 1000)

    def _stop(self) -> None:
        """Ask everything to stop; kill what has not when time is up or a second signal comes."""
        say("Stopping ...")
        running = [keeper.child for keeper in self.keepers if keeper.child]
        deadline = time.monotonic() + self.grace
        heard = len(self.signals)
        for child in running:
            child.send(signal.SIGTERM)
        while running and time.monotonic() < deadline and len(self.signals) == heard:
            self._wait(0.2)
            running = [child for child in running if not child.has_ended()]
        for child in running:
            processes.kill_group(child.pid)
        # The watchman ends with us, and ends what may be left of their groups.


def describe(status: int | None) -> str:
    """Return in words how a child ended."""
    if status is not None and status < 0:
        return signal.Signals(-status).name
    return f"exit status {status}"


def say(sentence: str) -> None:
    """Print a line; a terminal that is gone must not keep us from stopping what runs."""
    try:
        print(sentence, flush=True)
    except OSError:
        pass
