"""What the tests of feeds share: the site's address, and a page whose facts were read."""

import pytest
from pytest_django.fixtures import Settings

BASE_URL = "https://marks.example:8443"


@pytest.fixture(autouse=True)
def _address(settings: Settings) -> None:
    """Give the site an address that no request names."""
    settings.BASE_URL = BASE_URL
