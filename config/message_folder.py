"""A queue of messages in a folder that several processes share. Import `MessageFolder`.

A message is published by writing it aside and renaming it into `new`, and claimed by renaming it
into a folder of the claiming process, so that nobody ever sees half of one and nobody gets one
twice. What a process had claimed when it died goes back, for its lock is free then.
"""

import fcntl
import logging
import os
import time
import uuid
from pathlib import Path
from urllib.parse import quote

logger = logging.getLogger(__name__)

RECOVERY_SECONDS = 10  # how often the claims of dead processes are looked for
DRAFT_SECONDS = 3600  # a message that is not published by then never will be


class MessageFolder:
    """The messages under one folder. Nothing is synced to disk: the database knows every job."""

    # One lock a process and folder. POSIX locks go when *any* descriptor of the file is closed,
    # so our own lock file is never opened a second time.
    _own: dict[tuple[int, Path], Path] = {}

    def __init__(self, root: Path) -> None:
        self.root = root
        self.new, self.drafts, self.claims, self.unreadable = (
            root / name for name in ("new", "drafts", "claims", "unreadable")
        )
        for folder in (self.new, self.drafts, self.claims, self.unreadable):
            folder.mkdir(parents=True, exist_ok=True)
        self._listed: dict[str, list[str]] = {}  # names per queue, newest first
        self._recovered = -float(RECOVERY_SECONDS)

    def put(self, queue: str, message: bytes) -> None:
        """Publish a message; raise OSError when the disk does not take it."""
        name = f"{time.time_ns():020d}-{uuid.uuid4().hex}.{ending(queue)}"
        draft = self.drafts / name
        try:
            draft.write_bytes(message)
            draft.rename(self.new / name)
        except OSError:
            draft.unlink(missing_ok=True)
            raise

    def claim(self, queue: str) -> Path | None:
        """Return the file of the oldest message, now ours, or None when there is none."""
        mine = self._claim_folder()
        if time.monotonic() - self._recovered >= RECOVERY_SECONDS:
            self._recovered = time.monotonic()
            self.recover()
        if not self._listed.get(queue):
            self._listed[queue] = self.names(queue)[::-1]
        while self._listed[queue]:
            name = self._listed[queue].pop()
            try:
                return (self.new / name).rename(mine / name)
            except FileNotFoundError:
                continue  # another process was faster
        return None

    def give_back(self, claimed: Path) -> None:
        """Publish a claimed message again, at its old place in the order."""
        try:
            claimed.rename(self.new / claimed.name)
        except FileNotFoundError:
            pass  # it is given back already

    def set_aside(self, claimed: Path) -> None:
        """Keep a message that nobody can read where nobody meets it again."""
        claimed.rename(self.unreadable / claimed.name)
        logger.error(
            "The message %s cannot be read; it is kept in %s.", claimed.name, self.unreadable
        )

    def names(self, queue: str) -> list[str]:
        """Return the names of the messages that wait in a queue, oldest first."""
        end = ending(queue)
        return sorted(name for name in os.listdir(self.new) if name.partition(".")[2] == end)

    def purge(self, queue: str) -> int:
        """Delete the messages that wait in a queue; return how many there were."""
        count = 0
        for name in self.names(queue):
            try:
                (self.new / name).unlink()
                count += 1
            except FileNotFoundError:
                continue  # claimed meanwhile
        return count

    def recover(self) -> None:
        """Give back what dead processes had claimed, and clear what they never published."""
        for folder in self.claims.iterdir():
            if folder not in self._own.values():
                self._recover_claims(folder)
        for draft in self.drafts.iterdir():
            if is_older(draft, DRAFT_SECONDS):
                draft.unlink(missing_ok=True)

    def _recover_claims(self, folder: Path) -> None:
        try:
            lock = os.open(folder / "lock", os.O_RDWR)
        except FileNotFoundError:
            return  # another process has recovered it
        try:
            fcntl.lockf(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            for claimed in folder.glob("*.msg"):
                self.give_back(claimed)
            (folder / "lock").unlink()
            folder.rmdir()
        except (BlockingIOError, FileNotFoundError):
            pass  # its process lives, or another one recovered it while we opened the lock
        finally:
            os.close(lock)

    def _claim_folder(self) -> Path:
        """Return this process's folder for claims, made and locked on first use."""
        key = (os.getpid(), self.root)
        if key not in self._own:
            name = f"{os.getpid()}-{uuid.uuid4().hex[:8]}"
            folder = self.root / f"starting-{name}"
            folder.mkdir()
            lock = os.open(folder / "lock", os.O_RDWR | os.O_CREAT, 0o600)
            fcntl.lockf(lock, fcntl.LOCK_EX)  # held until the process ends; a fork has none
            # Only now do others see it: an unlocked claim folder is one of a dead process.
            self._own[key] = folder.rename(self.claims / name)
        return self._own[key]


def ending(queue: str) -> str:
    """Return what the names of a queue's messages end with, after the first point."""
    return f"{quote(queue, safe='')}.msg"


def is_older(place: Path, seconds: float) -> bool:
    """Tell whether a file was last changed so many seconds ago."""
    try:
        return time.time() - place.stat().st_mtime > seconds
    except FileNotFoundError:
        return False
