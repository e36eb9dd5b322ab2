"""A process that publishes to, or consumes from, a folder queue, for tests with several of them.

    python -m tests.config.queue_peer publish FOLDER FIRST LAST
    python -m tests.config.queue_peer consume FOLDER JOURNAL

The consumer writes every message to its journal, then acknowledges it.
"""

import sys
from pathlib import Path
from typing import Any

from kombu import Connection, Consumer, Message, Queue

import config.celery  # noqa: F401 - it makes `folder://` known to kombu

QUEUE = Queue("jobs")


def connect(folder: Path) -> Connection:
    """Return a connection to the queue in a folder."""
    return Connection("folder://", transport_options={"folder": str(folder)})


def publish(folder: Path, numbers: range) -> None:
    """Publish a message a number."""
    with connect(folder) as connection:
        producer = connection.Producer()
        for number in numbers:
            producer.publish({"number": number}, routing_key=QUEUE.name, declare=[QUEUE])


def consume(folder: Path, journal: Path) -> None:
    """Note the number of every message in the journal until killed."""
    with connect(folder) as connection, journal.open("a") as lines:

        def note(body: dict[str, int], message: Message) -> None:
            lines.write(f"{body['number']}\n")
            lines.flush()
            message.ack()

        with Consumer(connection, [QUEUE], callbacks=[note], prefetch_count=16):
            while True:
                connection.drain_events()


def main(role: str, folder: str, *rest: Any) -> None:
    """Play a role."""
    if role == "publish":
        publish(Path(folder), range(int(rest[0]), int(rest[1])))
    else:
        consume(Path(folder), Path(rest[0]))


if __name__ == "__main__":
    main(*sys.argv[1:])
