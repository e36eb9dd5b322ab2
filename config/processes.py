"""Child processes that never outlive their parent. Import `start` or `run`; standard library only.

On Linux the kernel signals the child when the parent dies, by whatever cause (prctl(2),
PR_SET_PDEATHSIG). Elsewhere `config.watchman` does it, see there.
"""

import ctypes
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import FrameType
from typing import IO

PR_SET_PDEATHSIG = 1
LINUX = sys.platform == "linux"


def death_signal_setter(number: int) -> Callable[[], None] | None:
    """Return what a child calls before exec so that it gets signal `number` when we die."""
    if not LINUX:
        return None
    prctl = ctypes.CDLL(None).prctl  # looked up now: between fork and exec little is safe
    parent = os.getpid()

    def set_death_signal() -> None:
        prctl(PR_SET_PDEATHSIG, number, 0, 0, 0)
        if os.getppid() != parent:  # it died between the fork and prctl; nobody will tell us
            os._exit(1)

    return set_death_signal


def start(  # noqa: PLR0913 - all but one by name
    command: Sequence[str | Path],
    *,
    cwd: Path | None = None,
    env: Mapping[str, str] | None = None,
    output: IO[bytes] | int | None = None,
    user: tuple[int, int] | None = None,
    death_signal: int = signal.SIGTERM,
) -> subprocess.Popen[bytes]:
    """Start a command in a session of its own and return it; call from the main thread only.

    Ctrl-C in the terminal reaches us, not the child: we decide how it stops. `user` is a pair
    of user and group id to run as. The kernel ties the child to the *thread* that started it.
    """
    return subprocess.Popen(
        [str(word) for word in command],
        cwd=cwd,
        env=env,
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=output and subprocess.STDOUT,
        start_new_session=True,
        preexec_fn=death_signal_setter(death_signal),  # noqa: PLW1509 - one thread, see above
        user=user and user[0],
        group=user and user[1],
        extra_groups=[] if user else None,
    )


def stop(
    children: Sequence[subprocess.Popen[bytes]], grace: float, ask: int = signal.SIGTERM
) -> None:
    """Ask the children to stop; after `grace` seconds in all, kill those left with their groups."""
    for child in children:
        if child.poll() is None:
            child.send_signal(ask)
    try:
        for child in children:
            child.wait(grace)
    except subprocess.TimeoutExpired:
        for child in children:
            if child.poll() is None:
                kill_group(child.pid)
                child.wait()


def kill_group(group: int) -> None:
    """Kill what is left of the process group that a child of ours led."""
    try:
        os.killpg(group, signal.SIGKILL)
    except ProcessLookupError:
        pass  # nothing is left


def run(command: Sequence[str | Path], *, env: Mapping[str, str] | None = None) -> int:
    """Run a command to its end and return its exit status; a signal to us stops it first."""
    child = start(command, env=env)

    def pass_on(number: int, _frame: FrameType | None) -> None:
        raise SystemExit(128 + number)

    earlier = {
        number: signal.signal(number, pass_on)
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    }
    try:
        return child.wait()
    finally:
        stop([child], grace=5)
        for number, handler in earlier.items():
            signal.signal(number, handler)
