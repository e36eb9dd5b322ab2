"""Reading pages in processes of their own, which pages may break."""

import os
import select
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import pytest

from bookmarks.fetching import reader
from bookmarks.fetching.errors import Unreadable
from bookmarks.fetching.reader import Readers, read_page, stop_readers
from tests.bookmarks.fetching.extract import URL
from tests.bookmarks.fetching.pdf import Text, make_pdf
from tests.waiting import wait_for

MODULE = "tests.bookmarks.fetching.misbehaving_child"


@pytest.fixture
def readers() -> Iterator[Readers]:
    """One child that does as its pages say."""
    running = Readers(MODULE, most=1)
    yield running
    running.stop()


def title(readers: Readers, body: bytes) -> str:
    return readers.read(body, URL, "text/html").title


def open_files() -> int:
    return len(os.listdir("/proc/self/fd"))


def children() -> set[int]:
    """Return the ids of our children, dead ones that nobody waited for included."""
    found: set[int] = set()
    for task in Path("/proc/self/task").iterdir():
        with suppress(FileNotFoundError):  # a thread that has just ended
            found.update(map(int, (task / "children").read_text().split()))
    return found


def test_a_page_is_read_in_another_process() -> None:
    try:
        facts = read_page("<title>Ünï</title>".encode(), URL, "text/html; charset=utf-8")
        assert (facts.title, facts.authors, facts.charset) == ("Ünï", (), "utf-8")
    finally:
        stop_readers()


def test_an_address_of_any_kind_is_no_trouble() -> None:
    try:
        assert read_page(b"<title>x</title>", "http://[\ud800", "text/\ud800").title == "x"
        assert read_page(b"", "", "").title == ""
    finally:
        stop_readers()


def test_the_same_process_reads_the_next_page(readers: Readers) -> None:
    first = title(readers, b"pid")
    assert first != str(os.getpid())
    assert title(readers, b"pid") == first


def test_a_process_is_replaced_after_so_many_pages(
    readers: Readers, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reader, "PAGES_A_CHILD", 2)
    before = open_files()
    pids = [title(readers, b"pid") for _ in range(4)]
    assert pids[0] == pids[1] != pids[2] == pids[3]
    assert open_files() == before
    assert not children() & set(map(int, pids))


@pytest.mark.parametrize(
    ("page", "code", "cause", "retry"),
    [
        (b"kill", "crash", "ended with -9", True),
        (b"crash", "crash", "ended with -11", False),
        (b"busy", "slow", "used up its processor time", False),
        (b"memory", "memory", "memory", False),
        (b"raise", "crash", "LookupError: no such thing", False),
        (b"open", "crash", "OSError: [Errno 24] Too many open files: '/dev/null'", False),
    ],
    ids=["killed", "crashed", "used up", "memory", "raised", "files"],
)
def test_a_page_that_breaks_its_reader_breaks_nothing_else(
    readers: Readers, page: bytes, code: str, cause: str, retry: bool
) -> None:
    pid = int(title(readers, b"pid"))
    before = open_files()
    with pytest.raises(Unreadable) as caught:
        readers.read(page, URL, "text/html")
    error = caught.value
    assert (error.code, error.cause, error.retry) == (code, cause, retry)
    assert error.sentence == "The page could not be read."
    assert pid not in children()
    assert title(readers, b"<title>The next</title>") == "The next"
    assert open_files() == before


@pytest.mark.parametrize("page", [b"loop", b"sleep"])
def test_a_page_that_takes_too_long_is_given_up(page: bytes) -> None:
    readers = Readers(MODULE, most=1, seconds=0.2)
    before = children()
    with pytest.raises(Unreadable) as caught:
        readers.read(page, URL, "text/html")
    assert (caught.value.code, caught.value.retry) == ("slow", True)
    assert children() == before


def test_a_process_killed_while_it_waits_is_replaced(readers: Readers) -> None:
    pid = int(title(readers, b"pid"))
    os.kill(pid, signal.SIGKILL)
    os.waitid(os.P_PID, pid, os.WEXITED | os.WNOWAIT)
    assert title(readers, b"<title>The next</title>") == "The next"
    assert pid not in children()


def test_what_stops_the_worker_lets_the_page_be_finished(readers: Readers) -> None:
    pid = int(title(readers, b"pid"))
    for ending in (signal.SIGINT, signal.SIGTERM):
        os.kill(pid, ending)
    assert title(readers, b"pid") == str(pid)


def test_a_page_that_calls_its_site_by_a_book_is_no_trouble(readers: Readers) -> None:
    name = "é" * 300_000
    page = f'<script type="application/ld+json">{{"@type":"WebSite","name":"{name}"}}</script>'
    assert len(readers.read(page.encode(), URL, "text/html").site_name) == 200


def test_a_reader_that_does_not_start_is_told_like_one_that_crashed() -> None:
    with pytest.raises(Unreadable) as caught:
        Readers("tests.no_such_module").read(b"", URL, "")
    assert caught.value.cause == "ended with 1"


def test_what_a_parser_prints_is_no_answer(readers: Readers) -> None:
    assert title(readers, b"print <title>Clean</title>") == "Clean"


def test_the_process_is_told_no_secrets(readers: Readers, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_KEY", "secret")
    monkeypatch.setenv("DATABASE_URL", "postgres://u:p@h/d")
    assert not {"SECRET_KEY", "DATABASE_URL"} & set(title(readers, b"environment").split())


def test_threads_use_as_many_processes_as_there_may_be_and_mix_up_no_answers() -> None:
    readers = Readers(MODULE, most=3)
    before, files = children(), open_files()
    pages = [f"<title>Page {number}</title>".encode() for number in range(60)]
    pages[7::20] = [b"kill"] * 3

    def read(page: bytes) -> str:
        try:
            return title(readers, page)
        except Unreadable as error:
            return error.code

    with ThreadPoolExecutor(8) as threads:
        titles = list(threads.map(read, pages))
    assert len(children() - before) <= 3
    readers.stop()
    expected = [f"Page {number}" for number in range(60)]
    expected[7::20] = ["crash"] * 3
    assert titles == expected
    assert (children(), open_files()) == (before, files)


def threads_of_ours() -> int:
    return sum(isinstance(thread, threading.Timer) for thread in threading.enumerate())


def test_children_with_nothing_to_read_are_ended_and_leave_no_thread() -> None:
    before, files, threads = children(), open_files(), threads_of_ours()
    readers = Readers(MODULE, most=3, idle=0.2)
    with ThreadPoolExecutor(3) as pool:
        pids = set(pool.map(lambda _: title(readers, b"together pid"), range(3)))
    assert len(pids) == 3
    assert threads_of_ours() == threads + 1
    wait_for(lambda: children() == before, what="the end of the idle children")
    wait_for(lambda: threads_of_ours() == threads, what="the end of the thread")
    assert open_files() == files
    assert title(readers, b"<title>The next</title>") == "The next"
    readers.stop()
    wait_for(lambda: threads_of_ours() == threads, what="the end of the thread")
    assert (children(), open_files()) == (before, files)


def test_a_child_in_use_is_kept_while_spare_ones_end() -> None:
    readers = Readers(MODULE, most=2, idle=0.3)
    with ThreadPoolExecutor(2) as pool:
        pids = set(pool.map(lambda _: title(readers, b"together pid"), range(2)))
    last = title(readers, b"pid")
    (spare,) = map(int, pids - {last})

    def is_over() -> bool:
        assert title(readers, b"pid") == last
        return spare not in children()

    wait_for(is_over, what="the end of the spare child")
    readers.stop()


def test_a_pdf_is_read_and_its_process_replaced() -> None:
    readers = Readers(MODULE, most=1)
    pid = int(title(readers, b"pid"))
    facts = readers.read(make_pdf([[Text("x")]], {"Title": "A PDF"}), URL, "text/html")
    assert (facts.title, facts.page_count) == ("A PDF", 1)
    assert pid not in children()
    readers.stop()


def test_pypdf_comes_with_the_first_pdf_only() -> None:
    source = "import sys, bookmarks.fetching.reading_child; assert 'pypdf' not in sys.modules"
    subprocess.run([sys.executable, "-c", source], check=True, timeout=60)


def test_a_fork_takes_no_part_in_the_conversation() -> None:
    source = (
        "import os\n"
        "from bookmarks.fetching.reader import read_page\n"
        "def read(): return read_page(b'<title>x</title>', '', 'text/html').title\n"
        "read()\n"
        "pid = os.fork()\n"
        "titles = [read() for _ in range(20)]\n"
        "assert titles == ['x'] * 20, titles\n"
        "if pid: assert os.waitpid(pid, 0)[1] == 0\n"
    )
    subprocess.run([sys.executable, "-W", "error", "-c", source], check=True, timeout=60)


def test_the_process_ends_with_the_one_that_started_it() -> None:
    source = (
        "import os, signal\n"
        "from bookmarks.fetching.reader import Readers\n"
        f"print(Readers({MODULE!r}).read(b'pid', '', '').title, flush=True)\n"
        "os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    starter = subprocess.run(
        [sys.executable, "-c", source], check=False, capture_output=True, timeout=60
    )
    pid = int(starter.stdout)
    end = os.pidfd_open(pid) if Path(f"/proc/{pid}").exists() else None
    if end is not None:
        assert select.select([end], [], [], 10)[0]
        os.close(end)


def test_the_process_knows_no_django() -> None:
    source = "import sys, bookmarks.fetching.reading_child; assert 'django' not in sys.modules"
    subprocess.run([sys.executable, "-c", source], check=True, timeout=60)
