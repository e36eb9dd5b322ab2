"""Waiting for what other processes do. Import `wait_for` and `is_alive`."""

import time
from collections.abc import Callable
from typing import TypeVar

import psutil

Value = TypeVar("Value")


def wait_for(
    look: Callable[[], Value], seconds: float = 15, what: str = "what the test waits for"
) -> Value:
    """Call `look` until it returns something true, and return that.

    It looks often at first and then every quarter of a second, for looking takes time from what
    it waits for.
    Raises AssertionError, naming `what`, when `seconds` have passed.
    """
    deadline = time.monotonic() + seconds
    pause = 0.02
    while not (found := look()):
        assert time.monotonic() < deadline, f"{what} did not come within {seconds} seconds"
        time.sleep(pause)
        pause = min(pause * 1.2, 0.25)
    return found


def is_alive(process: psutil.Process) -> bool:
    """Tell whether a process has not ended; one that waits to be seen ended has."""
    try:
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False
