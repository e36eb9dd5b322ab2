"""Publishing never holds up a request, whatever the broker does."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from config import processes
from tests.journeys.reader import Reader
from tests.outside import Outside
from tests.services import free_port, listens, redis_program
from tests.sites import MakeSite
from tests.waiting import wait_for

pytestmark = pytest.mark.once

# A process of its own, for its settings are those of a site with a Redis.
PUBLISH = """
import time
import django
django.setup()
from kombu.exceptions import OperationalError
from config.celery import app
app.amqp
while input():
    began = time.monotonic()
    try:
        app.send_task("nothing", [1])
        outcome = "sent"
    except OperationalError:
        outcome = "not sent"
    print(outcome, time.monotonic() - began, flush=True)
"""


class Publisher:
    """A process that publishes when asked to."""

    def __init__(self, folder: Path, port: int) -> None:
        site = {
            "DATA_DIR": str(folder),
            "REDIS_URL": f"redis://127.0.0.1:{port}/0",
            "DJANGO_SETTINGS_MODULE": "config.settings",
        }
        self.process = subprocess.Popen(
            [sys.executable, "-c", PUBLISH],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=os.environ | site,
        )

    def publish(self) -> tuple[str, float]:
        """Publish once; return what came of it and how long it took."""
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.write("once\n")
        self.process.stdin.flush()
        outcome, seconds = self.process.stdout.readline().rsplit(" ", 1)
        return outcome, float(seconds)


@pytest.fixture
def port() -> int:
    return free_port()


@pytest.fixture
def publisher(tmp_path: Path, port: int) -> Iterator[Publisher]:
    publisher = Publisher(tmp_path, port)
    publisher.publish()  # the first one loads modules
    yield publisher
    with publisher.process as process:
        process.kill()


def start_broker(folder: Path, port: int) -> subprocess.Popen[bytes]:
    command = [redis_program(), "--port", str(port), "--save", "", "--dir", str(folder)]
    server = processes.start(command, output=subprocess.DEVNULL)
    wait_for(lambda: listens(port), what="Redis")
    return server


@pytest.fixture
def broker(tmp_path: Path, port: int) -> Iterator[subprocess.Popen[bytes]]:
    server = start_broker(tmp_path, port)
    yield server
    server.send_signal(signal.SIGCONT)
    processes.stop([server], grace=5)


def test_a_broker_that_is_down_costs_a_publisher_nothing(publisher: Publisher) -> None:
    outcome, seconds = publisher.publish()
    assert outcome == "not sent"
    assert seconds < 0.2


def test_a_broker_that_hangs_costs_a_publisher_little(
    broker: subprocess.Popen[bytes], publisher: Publisher
) -> None:
    assert publisher.publish()[0] == "sent"
    broker.send_signal(signal.SIGSTOP)
    outcome, seconds = publisher.publish()
    assert outcome == "not sent"
    assert seconds < 0.2


def test_a_publisher_finds_its_broker_again(
    broker: subprocess.Popen[bytes], publisher: Publisher
) -> None:
    broker.send_signal(signal.SIGSTOP)
    assert publisher.publish()[0] == "not sent"
    broker.send_signal(signal.SIGCONT)
    wait_for(lambda: publisher.publish()[0] == "sent", 5, "a message that is sent")


def test_a_worker_finds_its_broker_again_though_it_lost_everything(
    make_site: MakeSite,
    outside: Outside,
    broker: subprocess.Popen[bytes],
    tmp_path: Path,
    port: int,
) -> None:
    site = make_site(
        REDIS_URL=f"redis://127.0.0.1:{port}/0",
        FETCH_ALLOW_NETWORKS="127.0.0.0/8",
        FETCH_ALLOW_PORTS=str(outside.port),
    )
    site.start()
    reader = Reader(site.url, "patient").sign_up()

    def save(name: str) -> None:
        reader.save(outside.put(f"/{name}", f"<title>The page {name}</title>"))
        wait_for(lambda: f"The page {name}" in reader.titles("/u:patient/"), 60, name)

    save("before")
    broker.kill()
    broker.wait()
    wait_for(lambda: "Connection to broker lost" in site.log, what="the loss to be seen")
    another = start_broker(tmp_path, port)
    try:
        save("after")
    finally:
        processes.stop([another], grace=5)
