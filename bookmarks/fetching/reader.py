"""Reading a page in a process of its own, so that no page can harm this one; import `read_page`.

A few children (bookmarks.fetching.reading_child) stand ready; each reads one page at a time and is
replaced after a failure, after a PDF, or after a few hundred pages, so that memory stays flat. One
that has nothing to read for a minute is ended. All end when this process does, however it ends:
their input is closed by that.
"""

import atexit
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

from bookmarks.fetching.errors import Unreadable
from bookmarks.fetching.extract.facts import PageFacts
from bookmarks.fetching.reading_child import ANSWER, QUESTION
from bookmarks.fetching.sniff import is_pdf

MOST_CHILDREN = 4
PAGES_A_CHILD = 500
# By the clock: for one page, and for a child to start, which takes long on a busy machine only.
SECONDS = 5.0
SECONDS_TO_START = 20.0
SECONDS_TO_END = 2.0
# So long a child may stand ready with nothing to read: each holds 25 MB.
IDLE_SECONDS = 60.0
SHORTEST_LOOK = 0.01
LONGEST_ANSWER = 4 * 1024 * 1024

# Somebody else, or the system for want of memory, ended the child.
FROM_OUTSIDE = (signal.SIGKILL, signal.SIGTERM, signal.SIGINT)

CHILD = "bookmarks.fetching.reading_child"
ROOT = Path(__file__).resolve().parents[2]
# All a child is told of the environment; there are keys and passwords in it.
TOLD = ("PATH", "LANG", "LC_ALL", "LD_LIBRARY_PATH", "PYTHONHOME")


def read_page(body: bytes, url: str, content_type: str) -> PageFacts:
    """The facts of the page in `body`, fetched from `url`, sent as `content_type`.

    Waits for a free child when all are busy. Raises Unreadable when the page breaks the one that
    reads it, or takes longer than five seconds.
    """
    return _readers.read(body, url, content_type)


def stop_readers() -> None:
    """End the children that stand ready; the next page starts a new one."""
    _readers.stop()


class Readers:
    """At most `most` children, each used by one thread at a time.

    `module` is what they run, `seconds` the time by the clock that a page may take, `idle` how
    long one may stand ready unused before it is ended.
    """

    def __init__(
        self,
        module: str = CHILD,
        *,
        most: int = MOST_CHILDREN,
        seconds: float = SECONDS,
        idle: float = IDLE_SECONDS,
    ) -> None:
        self._module = module
        self._seconds = seconds
        self._idle = idle
        self._free = threading.BoundedSemaphore(most)
        self._lock = threading.Lock()
        self._ready: list[_Child] = []  # the one used last is the last
        self._timer: threading.Timer | None = None

    def read(self, body: bytes, url: str, content_type: str) -> PageFacts:
        """See `read_page`."""
        with self._free:
            child = self._take()
            try:
                facts = child.read(body, url, content_type, self._seconds)
            except BaseException:
                child.kill()
                raise
            # What a PDF leaves behind in memory is a multiple of what a page does.
            if child.pages < PAGES_A_CHILD and not is_pdf(body):
                self._put_back(child)
            else:
                child.kill()
            return facts

    def stop(self) -> None:
        """End the children that stand ready."""
        with self._lock:
            ready, self._ready = self._ready, []
            if self._timer:
                self._timer.cancel()
                self._timer = None
        for child in ready:
            child.kill()

    def forget(self) -> None:
        """After a fork: they belong to the other process, and so does their conversation."""
        for child in self._ready:
            child.disown()

    def _take(self) -> "_Child":
        while (child := self._pop()) is not None:
            if child.is_alive():
                return child
            child.kill()
        return _Child(self._module)

    def _pop(self) -> "_Child | None":
        with self._lock:
            return self._ready.pop() if self._ready else None

    def _put_back(self, child: "_Child") -> None:
        with self._lock:
            child.ready_since = time.monotonic()
            self._ready.append(child)
            if self._timer is None:
                self._look_in(self._idle)

    def _look_in(self, seconds: float) -> None:
        """Look for idle children later; there is one such look at a time, and no thread without."""
        self._timer = threading.Timer(seconds, self._end_idle)
        self._timer.daemon = True
        self._timer.start()

    def _end_idle(self) -> None:
        with self._lock:
            if threading.current_thread() is not self._timer:  # stopped meanwhile
                return
            since = time.monotonic() - self._idle
            idle = [child for child in self._ready if child.ready_since <= since]
            self._ready = [child for child in self._ready if child.ready_since > since]
            self._timer = None
            if self._ready:
                self._look_in(max(self._ready[0].ready_since - since, SHORTEST_LOOK))
        for child in idle:
            child.kill()


class _Child:
    """One reading process and the line to it."""

    def __init__(self, module: str) -> None:
        self.pages = 0
        self.ready_since = 0.0
        self._line, theirs = socket.socketpair()
        with theirs:
            self._process = subprocess.Popen(  # noqa: S603 - every word is our own
                [sys.executable, "-m", module],
                stdin=theirs.fileno(),
                stdout=theirs.fileno(),
                stderr=subprocess.DEVNULL,
                cwd=ROOT,
                env={name: os.environ[name] for name in TOLD if name in os.environ},
            )

    def is_alive(self) -> bool:
        return self._process.poll() is None

    def read(self, body: bytes, url: str, content_type: str, seconds: float) -> PageFacts:
        """Put one question and wait for the answer, for so many seconds at most."""
        parts = [url.encode("utf-8", "replace"), content_type.encode("utf-8", "replace"), body]
        try:
            if not self.pages:  # the first thing it says is that it has started
                self._receive(ANSWER.size, time.monotonic() + SECONDS_TO_START)
            self.pages += 1
            deadline = time.monotonic() + seconds
            self._line.settimeout(seconds)
            self._line.sendall(QUESTION.pack(*map(len, parts)) + b"".join(parts))
            (size,) = ANSWER.unpack(self._receive(ANSWER.size, deadline))
            answer = json.loads(self._receive(min(size, LONGEST_ANSWER), deadline))
        except TimeoutError:
            raise Unreadable(f"no answer in {seconds} s", code="slow", retry=True) from None
        except (OSError, EOFError, ValueError) as error:
            raise self._ended(error) from error
        return _facts(answer)

    def _receive(self, size: int, deadline: float) -> bytes:
        received = bytearray()
        while len(received) < size:
            left = deadline - time.monotonic()
            if left <= 0:
                raise TimeoutError
            self._line.settimeout(left)
            piece = self._line.recv(min(size - len(received), 1 << 16))
            if not piece:
                raise EOFError
            received += piece
        return bytes(received)

    def _ended(self, error: Exception) -> Unreadable:
        """Why it hung up; what ended it from outside may not be the page's fault."""
        try:
            status = self._process.wait(SECONDS_TO_END)
        except subprocess.TimeoutExpired:
            return Unreadable(f"no answer: {error!r}")
        if status == -signal.SIGXCPU:
            return Unreadable("used up its processor time", code="slow")
        return Unreadable(f"ended with {status}", retry=-status in FROM_OUTSIDE)

    def kill(self) -> None:
        """End it at once: it has nothing to lose."""
        self._line.close()
        self._process.kill()
        self._process.wait()

    def disown(self) -> None:
        self._line.close()
        self._process.returncode = 0  # the other process waits for it


def _facts(answer: dict[str, Any]) -> PageFacts:
    if error := answer.get("error"):
        raise Unreadable(error, code=answer.get("code", ""))
    facts: dict[str, Any] = answer["facts"]
    lists = {name: tuple(value) for name, value in facts.items() if isinstance(value, list)}
    return PageFacts(**facts | lists)


_readers = Readers()


def _after_fork() -> None:
    global _readers  # noqa: PLW0603 - one set of children a process
    _readers.forget()
    _readers = Readers()


os.register_at_fork(after_in_child=_after_fork)
atexit.register(stop_readers)
