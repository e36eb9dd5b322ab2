"""Ending what takes too long with whatever it has found so far; import `time_limit`."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType


class _TimeIsUp(BaseException):
    """No Exception, so that no parser takes it for one of its own and goes on."""


@contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """Leave the block when it has run for so many seconds; what it has stored meanwhile stays.

    Signals reach the main thread alone; in any other the block runs as long as it likes.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGALRM, _stop)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    except _TimeIsUp:
        pass
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def _stop(_number: int, _frame: FrameType | None) -> None:
    raise _TimeIsUp
