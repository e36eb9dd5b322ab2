"""What tests of reading lists share."""

import pytest
from django.core.cache import cache


@pytest.fixture(autouse=True)
def empty_cache() -> None:
    """Keep a list of one test from being taken for one of another."""
    cache.clear()
