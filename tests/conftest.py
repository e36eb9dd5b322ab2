"""What all tests share: the people, a real running site, a browser."""

import gc

import hypothesis
import pytest

# The same examples every time, and no judgement of how fast this machine is just now.
hypothesis.settings.register_profile("suite", deadline=None, derandomize=True, database=None)
hypothesis.settings.load_profile("suite")

pytest_plugins = ["tests.people", "tests.sites", "tests.browsers"]


DATABASE_FIXTURES = {"db", "transactional_db", "site_maker"}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what needs a browser, and what touches no database, so that it can be left out.

    What the scripts of pages do is the same on every database; pages are tested over HTTP on each.
    """
    for item in items:
        fixtures = set(getattr(item, "fixturenames", ()))
        if "browser" in fixtures:
            item.add_marker("browser")
            item.add_marker("once")
        if not fixtures & DATABASE_FIXTURES and not item.get_closest_marker("django_db"):
            item.add_marker("once")


def pytest_collection_finish() -> None:
    """Keep the collector of garbage from looking again and again at what stays to the end."""
    gc.collect()
    gc.freeze()
