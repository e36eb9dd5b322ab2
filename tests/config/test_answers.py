"""What the machine room answers itself: health, robots, requests that cannot be read."""

import pytest
from django.test import Client
from pytest_django.fixtures import Settings


def test_health_tells_clients_which_api_level_is_spoken(visitor_client: Client) -> None:
    said = visitor_client.get("/health").json()
    assert said["status"] == "healthy"
    assert tuple(map(int, said["version"].split("."))) >= (1, 22, 0)
    assert said["softmarks"]
    assert Client(enforce_csrf_checks=True).post("/health").status_code == 405


def test_robots_are_kept_from_forms(visitor_client: Client) -> None:
    answer = visitor_client.get("/robots.txt")
    assert answer.headers["Content-Type"].startswith("text/plain")
    assert b"Disallow: /add\n" in answer.content


@pytest.fixture
def quiet_client() -> Client:
    """Return a browser that shows error pages instead of raising."""
    return Client(raise_request_exception=False)


@pytest.mark.django_db
def test_a_body_beyond_all_measure_is_a_page_that_says_so(
    quiet_client: Client, settings: Settings
) -> None:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000
    answer = quiet_client.post("/login/", {"username": "x" * 2000})
    assert answer.status_code == 400
    assert b"Nothing was changed" in answer.content


@pytest.mark.django_db
def test_a_request_for_another_host_is_refused_with_the_same_page(quiet_client: Client) -> None:
    answer = quiet_client.get("/recent/", headers={"Host": "evil.example"})
    assert answer.status_code == 400
    assert b"evil.example" not in answer.content
