"""Locks between processes of one machine. Import `take_lock`; standard library only."""

import fcntl
import os
import time
from pathlib import Path


class Taken(Exception):
    """Another process holds the lock; `holder` is what it wrote into the file, its process id."""

    def __init__(self, place: Path, holder: str) -> None:
        super().__init__(f"Process {holder} holds {place}.")
        self.holder = holder


def take_lock(place: Path, seconds: float) -> int:
    """Lock a file, waiting up to so many seconds; return its descriptor, which holds the lock.

    The lock ends when every copy of the descriptor is closed, so at the latest with the last
    process that inherited it. Raises Taken, and OSError when the file cannot be written.
    """
    deadline = time.monotonic() + seconds
    lock = os.open(place, os.O_RDWR | os.O_CREAT, 0o600)
    while True:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            holder = os.pread(lock, 20, 0).decode()
            if time.monotonic() > deadline:
                os.close(lock)
                raise Taken(place, holder) from None
            time.sleep(0.05)
        else:
            os.truncate(lock, 0)
            os.pwrite(lock, str(os.getpid()).encode(), 0)
            return lock
