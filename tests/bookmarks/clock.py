"""A clock that stands still until a test moves it. Import the fixture `clock`."""

from datetime import datetime, timedelta

import pytest
from django.apps import apps
from django.utils import timezone

from tests.bookmarks.keeping import SOME_DAY


class Clock:
    """What django.utils.timezone.now() says."""

    def __init__(self) -> None:
        self.now = SOME_DAY

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **amount: float) -> None:
        """Let time pass."""
        self.now += timedelta(**amount)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """Return the clock by which the test runs, columns that default to now included."""
    clock, real = Clock(), timezone.now
    for model in apps.get_app_config("bookmarks").get_models():
        for field in model._meta.concrete_fields:
            if getattr(field, "default", None) is real:
                monkeypatch.setattr(field, "_get_default", clock)
    monkeypatch.setattr(timezone, "now", clock)
    return clock
