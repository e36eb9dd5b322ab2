"""Several programs run as one until it is told to stop; standard library only, to stay small.

`python -m config.supervisor PLAN` runs a `Plan` written as JSON. Ctrl-C, SIGTERM and SIGHUP stop
everything; a second one does so at once. A program that ends by itself is started again, later
each time.
"""

import os
import select
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass, field
from types import FrameType

from config import processes
from config.plan import Plan, Program
from config.watchman import Watchman

STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
FIRST_DELAY, LONGEST_DELAY = 0.5, 30.0
LONG_LIFE = 60.0  # seconds after which a program's next start is not held back


@dataclass
class Keeper:
    """Keeps one program running."""

    program: Program
    child: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    delay: float = FIRST_DELAY
    due: float = 0.0  # when to start it (again)

    def start(self) -> int:
        """Start the program; return its process id, which is also that of its group."""
        self.child = processes.start(self.program.command)
        self.started = time.monotonic()
        return self.child.pid

    def plan_restart(self) -> None:
        """Choose the time of the next start: soon after a long life, later after each short one."""
        lived_long = time.monotonic() - self.started > LONG_LIFE
        self.delay = FIRST_DELAY if lived_long else min(self.delay * 2, LONGEST_DELAY)
        self.due = time.monotonic() + self.delay
        self.child = None


@dataclass
class Supervisor:
    """Runs a plan."""

    plan: Plan
    signals: list[int] = field(default_factory=list)
    announced: bool = False

    def __post_init__(self) -> None:
        self.watchman = Watchman(self.plan.grace)
        self.keepers = [Keeper(program) for program in self.plan.programs]
        self.wake = self._listen_to_signals()

    def run(self) -> int:
        """Run until stopped; return the exit status, 0 when stopping was asked for."""
        try:
            while not self.signals:
                self._start_what_is_due()
                if not self.announced and self._first_answer():
                    self.announced = True
                    say(self.plan.announcement)
                self._sleep()
                if not self._reap():
                    return 1
        finally:
            self._stop()
        return 0

    def _listen_to_signals(self) -> int:
        """Note signals as they come; return a descriptor that can be read when one came."""
        wake, waker = os.pipe()
        for end in (wake, waker):
            os.set_blocking(end, False)
        signal.set_wakeup_fd(waker, warn_on_full_buffer=False)
        signal.signal(signal.SIGCHLD, lambda _number, _frame: None)  # just to be woken
        for number in STOP_SIGNALS:
            if number != signal.SIGHUP or signal.getsignal(number) != signal.SIG_IGN:  # nohup
                signal.signal(number, self._note)
        return wake

    def _note(self, number: int, _frame: FrameType | None) -> None:
        self.signals.append(number)

    def _start_what_is_due(self) -> None:
        for keeper in self.keepers:
            if keeper.child is None and time.monotonic() >= keeper.due:
                self.watchman.started(keeper.start())

    def _reap(self) -> bool:
        """Note which children ended; return False when going on is of no use."""
        for keeper in self.keepers:
            if keeper.child is None or keeper.child.poll() is None:
                continue
            processes.kill_group(keeper.child.pid)  # what it had started holds the port, say
            self.watchman.ended(keeper.child.pid)
            status = keeper.child.returncode
            name = keeper.program.name
            if keeper.program.essential and not self.announced:
                say(f"The {name} could not start; the reason is in the lines above.")
                return False
            keeper.plan_restart()
            say(f"The {name} ended ({describe(status)}); starting it again in {keeper.delay:g} s.")
        return True

    def _sleep(self) -> None:
        """Wait for a signal, or until something is due."""
        pauses = [keeper.due - time.monotonic() for keeper in self.keepers if not keeper.child]
        if not self.announced:
            pauses.append(0.05)
        self._wait(max(0.0, min(pauses)) if pauses else None)

    def _wait(self, seconds: float | None) -> None:
        """Wait for a signal, at most so long."""
        if select.select([self.wake], [], [], seconds)[0]:
            os.read(self.wake, 1000)

    def _first_answer(self) -> bool:
        """Tell whether the web server answers yet."""
        family = socket.AF_INET6 if ":" in self.plan.host else socket.AF_INET
        with socket.socket(family) as probe:
            probe.settimeout(2)
            try:
                probe.connect((self.plan.host, self.plan.port))
                probe.sendall(b"GET /health HTTP/1.0\r\nHost: localhost\r\n\r\n")
                return probe.recv(5) == b"HTTP/"
            except OSError:
                return False  # not yet; the caller asks again, or sees that its process ended

    def _stop(self) -> None:
        running = [keeper.child for keeper in self.keepers if keeper.child]
        say("Stopping ...")
        deadline = time.monotonic() + self.plan.grace
        heard = len(self.signals)
        for child in running:
            child.send_signal(signal.SIGTERM)
        while any(child.poll() is None for child in running):
            if time.monotonic() > deadline or len(self.signals) > heard:
                break
            self._wait(0.2)
        processes.stop(running, grace=0)
        # The watchman ends with us, after what may be left of their groups.


def describe(status: int) -> str:
    """Return a child's exit status in words."""
    return f"exit status {status}" if status >= 0 else signal.Signals(-status).name


def say(sentence: str) -> None:
    """Print a line; a terminal that is gone must not keep us from stopping what runs."""
    try:
        print(sentence, flush=True)
    except OSError:
        pass


if __name__ == "__main__":
    sys.exit(Supervisor(Plan.from_json(sys.argv[1])).run())
