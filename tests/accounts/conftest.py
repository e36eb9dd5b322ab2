"""What the tests of accounts share: rate limits that are on, and a queue that works at once."""

from collections.abc import Iterator

import pytest
from pytest_django.fixtures import Settings

from config.celery import app


@pytest.fixture
def limits(settings: Settings) -> None:
    """Turn the rate limits on."""
    settings.RATE_LIMITS = True


@pytest.fixture
def queue() -> Iterator[None]:
    """Do what is sent to the queue at once."""
    app.conf.task_always_eager = app.conf.task_eager_propagates = True
    yield
    app.conf.task_always_eager = app.conf.task_eager_propagates = False
