"""The process in which pages are read; started by bookmarks.fetching.reader, run with -m.

What it reads was written by strangers, and the parsers are C code: a page may crash them, keep
them busy or make them ask for all memory there is. Here it brings down a process that holds
nothing, whose memory, processor time and files are limited, and which knows no secrets.

A question on stdin is three lengths (4 bytes each, big-endian) and an address, a media type and a
body of these lengths; an answer on stdout is one length and that many bytes of JSON: `facts` or
`error`, with a `code` where the reason is known. It ends with its input.
"""

import json
import os
import resource
import signal
import struct
import sys
import time
from collections.abc import Callable
from dataclasses import asdict
from typing import BinaryIO

from bookmarks.fetching.errors import Unreadable
from bookmarks.fetching.extract import PageFacts, extract
from bookmarks.fetching.pdf import extract_pdf
from bookmarks.fetching.sniff import is_pdf

MEMORY = 1024**3
# Of processor time; whoever started this process does not wait longer than five by the clock.
SECONDS_A_PAGE = 5
OPEN_FILES = 16
# More of a page than this is not looked at; the fetcher lets through less.
MOST_MARKUP = 4 * 1024 * 1024

QUESTION = struct.Struct(">III")
ANSWER = struct.Struct(">I")
LIMITS = {
    resource.RLIMIT_AS: MEMORY,
    resource.RLIMIT_CORE: 0,
    resource.RLIMIT_FSIZE: 0,
    resource.RLIMIT_NOFILE: OPEN_FILES,
}

Read = Callable[[bytes, str, str], PageFacts]


def serve(read: Read, stdin: BinaryIO, stdout: BinaryIO) -> None:
    """Say that it can begin, then answer one question after the other until there are no more."""
    stdout.write(ANSWER.pack(0))
    stdout.flush()
    while len(head := stdin.read(QUESTION.size)) == QUESTION.size:
        url, content_type, body = (stdin.read(size) for size in QUESTION.unpack(head))
        _limit_processor_time()
        answer = _answer(read, body, url.decode(), content_type.decode())
        stdout.write(ANSWER.pack(len(answer)) + answer)
        stdout.flush()


def _answer(read: Read, body: bytes, url: str, content_type: str) -> bytes:
    answer: dict[str, object]
    try:
        answer = {"facts": asdict(read(body, url, content_type))}
    except MemoryError:
        answer = {"error": "memory", "code": "memory"}
    except Unreadable as error:
        answer = {"error": error.cause, "code": error.code}
    except Exception as error:  # noqa: BLE001 - whatever it is, it is told to who asked
        answer = {"error": f"{type(error).__name__}: {error}"[:500]}
    return json.dumps(answer).encode()


def _limit_processor_time() -> None:
    """Count from now: the limit is one on all that the process ever used."""
    _, most = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (int(time.process_time()) + SECONDS_A_PAGE + 1, most))


def set_limits() -> None:
    """Give up what reading a page never needs."""
    for limit, value in LIMITS.items():
        try:
            resource.setrlimit(limit, (value, value))
        except (ValueError, OSError):  # not every system has every limit; the clock holds anyway
            continue


def read_any(body: bytes, url: str, content_type: str) -> PageFacts:
    """The facts of a page or a PDF, whichever it is by its first bytes."""
    if is_pdf(body):
        return extract_pdf(body, url)
    return extract(body[:MOST_MARKUP], url, content_type)


def main(read: Read = read_any) -> None:
    """Serve on stdin and stdout, which nothing else may print to."""
    # Ctrl-C and a supervisor's stop reach it too; a page begun is finished, then its input ends.
    for ending in (signal.SIGINT, signal.SIGTERM):
        signal.signal(ending, signal.SIG_IGN)
    stdin, stdout = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    sys.stdout = sys.stderr
    set_limits()
    serve(read, stdin, stdout)


if __name__ == "__main__":
    main()
