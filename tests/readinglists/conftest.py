"""What tests of reading lists share."""

import pytest
from pytest_django.fixtures import Settings

from tests.readinglists.caching import begin_cache


@pytest.fixture(autouse=True)
def empty_cache(settings: Settings) -> None:
    """Keep a list of one test from being taken for one of another."""
    begin_cache(settings)
