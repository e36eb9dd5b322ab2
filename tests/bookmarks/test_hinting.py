"""A hint to the workers: it may fail, and whoever saves must not notice."""

import socket
import threading
import time
from collections.abc import Iterator
from datetime import timedelta

import pytest
from pytest_django import DjangoCaptureOnCommitCallbacks

from accounts.models import User
from bookmarks import jobs, pages, tasks
from bookmarks.models import FetchJob
from bookmarks.saving import change_bookmark, fetch_again, save_bookmark, undo_delete
from bookmarks.storing import delete_bookmark
from bookmarks.turns import Lease
from config.celery import Application
from tests.bookmarks.clock import Clock
from tests.bookmarks.keeping import asked, keep


@pytest.fixture
def dead_broker(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let hints go to a broker that refuses connections."""
    with socket.socket() as unheard:
        unheard.bind(("127.0.0.1", 0))
        send_to(unheard.getsockname()[1], monkeypatch)
        yield


@pytest.fixture
def hanging_broker(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let hints go to a broker that takes connections and never says a word."""
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        send_to(silent.getsockname()[1], monkeypatch)
        yield


def send_to(port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    app = Application("test", set_as_current=False)
    app.config_from_object("django.conf:settings", namespace="CELERY")
    app.conf.update(broker_url=f"redis://127.0.0.1:{port}/0")

    @app.task(name="stand_in", shared=False)
    def refresh_page(job_id: int) -> None:
        """Stand for the real one; it is sent, never run."""

    monkeypatch.setattr(tasks, "refresh_page", refresh_page)
    monkeypatch.setattr(tasks, "_quiet_until", 0.0)


@pytest.mark.once
@pytest.mark.parametrize("broker", ["dead_broker", "hanging_broker"])
def test_a_hint_to_a_broker_that_is_away_costs_little_and_raises_nothing(
    broker: str, request: pytest.FixtureRequest
) -> None:
    request.getfixturevalue(broker)
    began = time.monotonic()
    tasks.hint_at(1)
    assert time.monotonic() - began < 1
    assert tasks._quiet_until > began


@pytest.mark.once
@pytest.mark.usefixtures("hanging_broker")
def test_after_a_failed_hint_the_next_ones_cost_nothing() -> None:
    tasks.hint_at(1)
    began = time.monotonic()
    for job_id in range(100):
        tasks.hint_at(job_id)
    assert time.monotonic() - began < 0.05


@pytest.mark.usefixtures("dead_broker")
def test_a_save_is_kept_with_its_job_though_the_broker_is_away(
    alice: User, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        stored = save_bookmark(alice, asked())
    assert FetchJob.objects.get().pk == stored.job_id


@pytest.fixture
def hints(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Return the list of jobs that were hinted at."""
    sent: list[int] = []
    monkeypatch.setattr("bookmarks.saving.hint_at", sent.append)
    return sent


def test_every_door_hints_once_the_job_is_committed(
    alice: User,
    hints: list[int],
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        bookmark = save_bookmark(alice, asked()).bookmark
        assert hints == []
    assert len(hints) == 1
    with django_capture_on_commit_callbacks(execute=True):
        change_bookmark(bookmark, asked())
    assert len(hints) == 2
    deleted = delete_bookmark(bookmark)
    with django_capture_on_commit_callbacks(execute=True):
        undo_delete(deleted)
        fetch_again(bookmark)
    assert len(hints) == 4
    assert set(hints) == set(FetchJob.objects.values_list("pk", flat=True))


def test_what_asks_for_nothing_hints_at_nothing(
    alice: User,
    hints: list[int],
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    bookmark = keep(alice, "https://example.org/")
    with django_capture_on_commit_callbacks(execute=True):
        change_bookmark(bookmark, asked("https://example.org/", title="New"))
    assert hints == []


def test_the_sweep_hints_at_every_job_that_waits(
    alice: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent: list[int] = []
    monkeypatch.setattr(tasks, "hint_at", sent.append)
    keep(alice)
    tasks.sweep_fetch_jobs()
    assert sent == []
    FetchJob.objects.update(sent_at="2020-01-01T00:00:00Z")
    tasks.sweep_fetch_jobs()
    assert sent == [FetchJob.objects.get().pk]


@pytest.fixture
def hinted(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Return the list of jobs that a task hinted at; nothing is sent."""
    sent: list[int] = []
    monkeypatch.setattr(tasks, "hint_at", sent.append)
    return sent


@pytest.fixture
def fetched(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the hosts of the pages that workers took; nothing is fetched."""
    hosts: list[str] = []

    def refresh_page(lease: Lease) -> None:
        hosts.append(lease.host)
        jobs.finish_job(lease)

    monkeypatch.setattr(pages, "refresh_page", refresh_page)
    return hosts


def test_a_worker_goes_on_with_whatever_waits(
    alice: User, hinted: list[int], fetched: list[str]
) -> None:
    for host in "abc":
        keep(alice, f"https://{host}.example/")
    tasks.refresh_page(FetchJob.objects.order_by("pk")[1].pk)
    assert sorted(fetched) == ["a.example", "b.example", "c.example"]
    assert hinted == []
    tasks.refresh_page(12345)
    assert len(fetched) == 3


def test_a_worker_that_stops_with_work_left_hints_at_it(
    alice: User, hinted: list[int], fetched: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tasks, "WORK_SECONDS", -1.0)
    keep(alice)
    job_id = FetchJob.objects.get().pk
    tasks.refresh_page(job_id)
    assert (fetched, hinted) == ([], [job_id])


def test_a_worker_that_is_told_to_stop_begins_nothing_new(
    alice: User, hinted: list[int], fetched: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("celery.worker.state.should_stop", 0)
    keep(alice)
    tasks.refresh_page(FetchJob.objects.get().pk)
    assert fetched == []
    assert len(hinted) == 1


def test_a_hint_that_finds_everybody_at_work_leaves_its_job_to_them(
    alice: User, hinted: list[int], fetched: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tasks, "_places", threading.BoundedSemaphore(1))
    keep(alice)
    with tasks._places:
        tasks.refresh_page(FetchJob.objects.get().pk)
    assert (fetched, hinted) == ([], [])
    assert FetchJob.objects.get().turn


def test_a_worker_waits_for_a_host_that_is_free_soon(
    alice: User,
    clock: Clock,
    hinted: list[int],
    fetched: list[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("time.sleep", lambda seconds: clock.forward(seconds=seconds))
    for number in range(3):
        keep(alice, f"https://example.org/{number}")
    began = clock.now
    tasks.refresh_page(FetchJob.objects.order_by("pk")[0].pk)
    assert (len(fetched), clock.now - began) == (3, timedelta(seconds=2))
