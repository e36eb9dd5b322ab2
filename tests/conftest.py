"""What all tests share: the people, a real running site, a browser."""

import pytest

pytest_plugins = ["tests.people", "tests.sites", "tests.browsers"]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what needs a browser, so that `-m "not browser"` leaves it out."""
    for item in items:
        if "browser" in getattr(item, "fixturenames", ()):
            item.add_marker("browser")
