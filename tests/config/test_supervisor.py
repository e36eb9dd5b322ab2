"""Whatever happens to the supervisor, nothing of it stays behind."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import psutil
import pytest

from config import processes
from tests.waiting import is_alive, wait_for

pytestmark = pytest.mark.once


@dataclass
class Running:
    """A supervisor in a process of its own, and every process that was seen under it."""

    process: subprocess.Popen[bytes]
    output: Path
    family: dict[int, psutil.Process] = field(default_factory=dict)

    @property
    def text(self) -> str:
        return self.output.read_text()

    def meet(self) -> list[psutil.Process]:
        """Return the processes under the supervisor, and remember them."""
        children = psutil.Process(self.process.pid).children(recursive=True)
        self.family |= {child.pid: child for child in children}
        return children

    def left(self) -> list[psutil.Process]:
        """Return who is still alive of all that were seen."""
        return [child for child in self.family.values() if is_alive(child)]


Start = Callable[..., Running]


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    """Return what starts a supervisor and waits until its programs run."""
    started: list[Running] = []

    def start(kind: str = "plain", grace: float = 1) -> Running:
        output = tmp_path / "output"
        with output.open("wb") as lines:
            process = processes.start(
                [sys.executable, "-m", "tests.config.supervised", kind, str(grace)],
                output=lines,
                death_signal=signal.SIGKILL,
            )
        running = Running(process, output)
        started.append(running)
        # The watchman, three programs, and the child of one.
        size = 4 if kind == "dying" else 5
        wait_for(lambda: len(running.meet()) >= size and "up" in running.text, what="all of it")
        return running

    yield start
    for running in started:
        for child in running.left():
            child.kill()
        processes.stop([running.process], grace=0)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_stops_everything(start: Start, number: int) -> None:
    running = start()
    running.process.send_signal(number)
    assert running.process.wait(10) == 0
    wait_for(lambda: not running.left(), 5, "the end of every process")


def test_a_killed_supervisor_leaves_no_orphan(start: Start) -> None:
    running = start()
    running.process.kill()
    running.process.wait()
    wait_for(lambda: not running.left(), 5, "the end of every process")


def test_a_killed_supervisor_leaves_no_program_that_ignores_stopping(start: Start) -> None:
    running = start("stubborn")
    running.process.kill()
    running.process.wait()
    wait_for(lambda: not running.left(), 10, "the end of every process")


@pytest.mark.skipif(not processes.LINUX, reason="only Linux tells a child of its parent's death")
def test_a_supervisor_killed_with_its_watchman_leaves_no_program(start: Start) -> None:
    running = start()
    programs = [child for child in running.family.values() if child.name() != "sleep"]
    watchman = min(running.family)  # it is forked first
    os.kill(watchman, signal.SIGKILL)
    running.process.kill()
    running.process.wait()
    wait_for(lambda: not any(is_alive(program) for program in programs), 5, "the programs' end")


def test_a_killed_watchman_is_replaced(start: Start) -> None:
    running = start()
    first = running.family[min(running.family)]
    first.kill()
    wait_for(lambda: not is_alive(first) and len(running.meet()) == 5, what="another watchman")
    running.process.kill()
    running.process.wait()
    wait_for(lambda: not running.left(), 5, "the end of every process")


def test_a_program_that_ignores_stopping_is_killed_in_time(start: Start) -> None:
    running = start("stubborn")
    running.process.terminate()
    assert running.process.wait(10) == 0
    wait_for(lambda: not running.left(), 5, "the end of every process")


def test_a_second_signal_stops_at_once(start: Start) -> None:
    running = start("stubborn", grace=60)
    running.process.terminate()
    wait_for(lambda: "Stopping" in running.text, what="the first signal to arrive")
    running.process.terminate()
    assert running.process.wait(20) == 0


def test_a_killed_program_starts_again_and_what_it_had_started_goes(start: Start) -> None:
    running = start()
    # What was begun carries the name of its parent until it is the program it will be.
    [sleeper] = wait_for(
        lambda: [child for child in running.meet() if child.name() == "sleep"], what="the sleeper"
    )
    beat = sleeper.parent()
    assert beat
    beat.kill()
    wait_for(lambda: not is_alive(sleeper), what="the end of the killed program's child")
    wait_for(lambda: len(running.meet()) == 5, what="the new program")
    assert "The beat ended (SIGKILL); starting it again in 0.5 s." in running.text


def test_a_program_that_fails_again_and_again_is_started_ever_later(start: Start) -> None:
    running = start("dying")
    wait_for(lambda: "again in 2 s" in running.text, what="the third failure")
    lines = [line for line in running.text.splitlines() if line.startswith("The worker")]
    assert lines == [
        f"The worker ended (exit status 7); starting it again in {delay} s."
        for delay in ("0.5", "1", "2")
    ]


def test_without_its_essential_program_it_gives_up() -> None:
    command = [sys.executable, "-m", "tests.config.supervised", "broken"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=20, check=False)
    assert done.returncode == 1
    assert "The web server could not start; the reason is in the lines above." in done.stdout
