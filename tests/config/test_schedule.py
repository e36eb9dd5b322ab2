"""Beat under a clock that is put back."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from config.celery import app
from config.schedule import Scheduler
from tests.bookmarks.keeping import SOME_DAY

pytestmark = pytest.mark.once


class Beat(Scheduler):
    """Notes what it sends and when, by a clock that the test moves."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        self.sent: list[str] = []
        super().__init__(*arguments, **options)

    def apply_async(self, entry: Any, *arguments: Any, **options: Any) -> Any:
        """Note it."""
        self.sent.append(entry.name)

    def run(self, seconds: int) -> set[str]:
        """Let time pass, and return what was sent."""
        self.sent = []
        for _ in range(seconds // 10):
            now[0] += timedelta(seconds=10)
            for _ in range(5):  # one entry a tick
                self.tick()
        return set(self.sent)


now: list[datetime] = [SOME_DAY]


@pytest.fixture
def beat(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Beat]:
    now[0] = SOME_DAY
    monkeypatch.setattr(app, "now", lambda: now[0])
    running = Beat(app=app, schedule_filename=str(tmp_path / "beat"))
    yield running
    running.close()


@pytest.mark.parametrize("days", [1, 3650])
def test_tasks_go_on_when_the_clock_is_put_back(beat: Beat, days: int) -> None:
    often = {"sweep", "sweep bookmark imports", "sweep imports", "check links"}
    assert often <= beat.run(120)
    now[0] += timedelta(days=days)
    assert often <= beat.run(120)
    now[0] -= timedelta(days=days)
    assert beat.run(120) == often
