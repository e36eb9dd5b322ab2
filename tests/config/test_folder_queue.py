"""The embedded queue loses nothing and gives nothing to two processes at once."""

import logging
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from queue import Empty

import pytest
from kombu import Connection
from kombu.simple import SimpleQueue

from config import processes
from config.message_folder import MessageFolder
from tests.config.queue_peer import connect
from tests.waiting import wait_for

pytestmark = pytest.mark.once

MESSAGES = 2000


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[Connection]:
    with connect(tmp_path) as connection:
        yield connection


@pytest.fixture
def jobs(connection: Connection) -> Iterator[SimpleQueue]:
    with connection.SimpleQueue("jobs") as queue:
        yield queue


def files(root: Path) -> list[str]:
    """Return the names of all messages under a folder, wherever they are."""
    return sorted(place.name for place in root.rglob("*.msg"))


def peer(*words: object) -> subprocess.Popen[bytes]:
    return processes.start(
        [sys.executable, "-m", "tests.config.queue_peer", *map(str, words)],
        death_signal=signal.SIGKILL,
    )


def test_messages_come_in_the_order_in_which_they_were_published(jobs: SimpleQueue) -> None:
    for number in range(20):
        jobs.put({"number": number})
    assert [jobs.get(block=False).payload["number"] for _ in range(20)] == list(range(20))


def test_an_acknowledged_message_leaves_no_file(jobs: SimpleQueue, tmp_path: Path) -> None:
    jobs.put({"number": 1})
    jobs.get(block=False).ack()
    assert files(tmp_path) == []


def test_a_message_refused_for_good_leaves_no_file(jobs: SimpleQueue, tmp_path: Path) -> None:
    jobs.put({"number": 1})
    jobs.get(block=False).reject()
    assert files(tmp_path) == []


def test_a_requeued_message_comes_again(jobs: SimpleQueue) -> None:
    jobs.put({"number": 1})
    jobs.get(block=False).requeue()
    assert jobs.get(block=False).payload == {"number": 1}


def test_a_closed_consumer_gives_its_messages_back(tmp_path: Path) -> None:
    with connect(tmp_path) as connection, connection.SimpleQueue("jobs") as queue:
        queue.put({"number": 1})
        queue.get(block=False)
    with connect(tmp_path) as connection, connection.SimpleQueue("jobs") as queue:
        assert queue.get(block=False).payload == {"number": 1}


def test_a_queue_without_acknowledgements_keeps_no_file(
    connection: Connection, tmp_path: Path
) -> None:
    with connection.SimpleQueue("jobs", no_ack=True) as queue:
        queue.put({"number": 1})
        assert queue.get(block=False).payload == {"number": 1}
    assert files(tmp_path) == []


def test_queues_are_separate_and_can_be_counted_and_emptied(connection: Connection) -> None:
    with connection.SimpleQueue("a.b/c") as one, connection.SimpleQueue("c") as other:
        one.put({"number": 1})
        one.put({"number": 2})
        other.put({"number": 3})
        assert (one.qsize(), other.qsize()) == (2, 1)
        assert one.clear() == 2
        assert other.get(block=False).payload == {"number": 3}
        with pytest.raises(Empty):
            one.get(block=False)


@pytest.mark.parametrize(
    "text", [b"", b"{", b"[]", b"{}", b'{"properties": {}}', b'{"body": "=", "properties": 1}']
)
def test_an_unreadable_message_is_set_aside_and_the_next_one_comes(
    text: bytes, jobs: SimpleQueue, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    MessageFolder(tmp_path).put("jobs", text)
    jobs.put({"number": 1})
    assert jobs.get(block=False).payload == {"number": 1}
    [aside] = (tmp_path / "unreadable").iterdir()
    assert aside.read_bytes() == text
    assert [record.levelno for record in caplog.records] == [logging.ERROR]


def test_drafts_that_were_never_published_are_cleared_after_an_hour(tmp_path: Path) -> None:
    folder = MessageFolder(tmp_path)
    old, new = folder.drafts / "old.msg", folder.drafts / "new.msg"
    for draft in (old, new):
        draft.write_bytes(b"half")
    os.utime(old, (time.time() - 4000, time.time() - 4000))
    folder.claim("jobs")
    assert [draft.name for draft in folder.drafts.iterdir()] == ["new.msg"]


def test_the_claims_of_a_living_process_stay_with_it(tmp_path: Path) -> None:
    journal = tmp_path / "journal"
    consumer = peer("consume", tmp_path, journal)
    folder = MessageFolder(tmp_path)
    try:
        wait_for(lambda: list(folder.claims.iterdir()), what="the consumer's claim folder")
        folder.recover()
        assert len(list(folder.claims.iterdir())) == 1
    finally:
        processes.stop([consumer], grace=0)
    folder.recover()
    assert list(folder.claims.iterdir()) == []


def test_a_disk_that_takes_no_message_is_an_error_of_the_connection(
    connection: Connection, jobs: SimpleQueue, tmp_path: Path
) -> None:
    (tmp_path / "drafts").rmdir()
    (tmp_path / "drafts").touch()
    with pytest.raises(connection.connection_errors):
        jobs.put({"number": 1})


def test_nothing_is_lost_when_consumers_are_killed(tmp_path: Path) -> None:
    queue = tmp_path / "queue"
    journals = [tmp_path / f"journal-{number}" for number in range(3)]

    def seen() -> list[int]:
        texts = [journal.read_text() for journal in journals if journal.exists()]
        return [int(line) for text in texts for line in text.split("\n")[:-1]]

    children = [
        peer("publish", queue, 0, MESSAGES // 2),
        peer("publish", queue, MESSAGES // 2, MESSAGES),
        peer("consume", queue, journals[0]),
        peer("consume", queue, journals[1]),
    ]
    try:
        wait_for(lambda: len(seen()) > MESSAGES // 4, what="a quarter of the messages")
        children[2].kill()
        children.append(peer("consume", queue, journals[2]))
        wait_for(lambda: set(seen()) == set(range(MESSAGES)), 40, "every message")
    finally:
        processes.stop(children, grace=0)
    # Only what the killed one had claimed and noted, but not acknowledged, comes twice.
    assert len(seen()) - MESSAGES <= 16
