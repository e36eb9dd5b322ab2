"""What all tests share: the people, a real running site, a browser."""

import hypothesis
import pytest

# The same examples every time, and no judgement of how fast this machine is just now.
hypothesis.settings.register_profile("suite", deadline=None, derandomize=True, database=None)
hypothesis.settings.load_profile("suite")

pytest_plugins = ["tests.people", "tests.sites", "tests.browsers"]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what needs a browser, so that `-m "not browser"` leaves it out."""
    for item in items:
        if "browser" in getattr(item, "fixturenames", ()):
            item.add_marker("browser")
