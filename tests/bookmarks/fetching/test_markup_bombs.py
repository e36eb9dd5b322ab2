"""Pages of many megabytes, far above what the fetcher lets through, in the process that reads them.

What each costs is measured from outside, by what the system counts for that process.
"""

from collections.abc import Callable, Iterator

import psutil
import pytest

from bookmarks.fetching.errors import Unreadable
from bookmarks.fetching.reader import Readers
from tests.bookmarks.fetching.extract import URL

pytestmark = pytest.mark.once

MODULE = "tests.bookmarks.fetching.misbehaving_child"
TITLE = b"<!doctype html><title>On priors</title>"
# On an idle machine 0.6 seconds and 130 MB.
SECONDS, MEGABYTES = 2.0, 300.0

BOMBS: dict[str, Callable[[], bytes]] = {
    "a text node of 30 MB": lambda: TITLE + b"<p>" + b"word " * 6_000_000,
    "200,000 attributes": lambda: (
        TITLE + b"<p " + b" ".join(b"a%d=1" % n for n in range(200_000)) + b">x</p>"
    ),
    "200,000 attributes before the title": lambda: (
        b"<html " + b" ".join(b"a%d=1" % n for n in range(200_000)) + b">" + TITLE
    ),
    "nesting of 100,000": lambda: TITLE + b"<div>" * 100_000 + b"x" + b"</div>" * 100_000,
    "nesting of 100,000 kinds": lambda: TITLE + b"<div><b><table><tr><td>" * 20_000,
    "a script of 21 MB": lambda: TITLE + b"<script>" + b"x = 1;" * 3_500_000 + b"</script>",
    "an attribute of 10 MB": lambda: TITLE + b'<img src="data:' + b"A" * 10_000_000 + b'">',
    "3,000,000 angle brackets": lambda: TITLE + b"<" * 3_000_000,
    "600,000 entities": lambda: TITLE + b"<p>" + b"&hearts;" * 600_000,
    "a comment without end": lambda: TITLE + b"<!--" + b" x" * 2_500_000,
}


@pytest.fixture
def readers() -> Iterator[Readers]:
    running = Readers(MODULE, most=1, seconds=60)
    yield running
    running.stop()


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_of_markup_costs_little_and_its_title_is_read(name: str, readers: Readers) -> None:
    process = psutil.Process(int(readers.read(b"pid", URL, "").title))
    before = process.cpu_times()
    facts = readers.read(BOMBS[name](), URL, "text/html; charset=utf-8")
    after = process.cpu_times()
    assert facts.title == "On priors"
    assert after.user + after.system - before.user - before.system < SECONDS
    assert peak(process) < MEGABYTES


def peak(process: psutil.Process) -> float:
    """Return the most memory a process ever had, in MB (proc(5), VmHWM)."""
    with open(f"/proc/{process.pid}/status") as status:
        (line,) = (line for line in status if line.startswith("VmHWM:"))
    return int(line.split()[1]) / 1024


@pytest.mark.parametrize("page", [b"kill", b"busy", b"memory", b"raise"])
def test_a_page_that_cannot_be_read_is_refused_in_words(page: bytes, readers: Readers) -> None:
    with pytest.raises(Unreadable) as caught:
        readers.read(page, URL, "")
    assert caught.value.sentence == "The page could not be read."
    assert caught.value.cause
