"""Where one goes after logging in: `next`."""

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import re_path
from pytest_django.fixtures import Settings

from accounts.destinations import safe_destination
from accounts.models import User
from tests.people import PASSWORD

# A site whose routes answer everything, for the hosts that must be told without their help.
urlpatterns = [re_path("", lambda _: HttpResponse())]

SAFE = [
    "/settings/",
    "/settings/password/",
    "/settings/?a=b&c=https://evil.example/",
    "/settings/?next=//evil.example",
    "/settings/#tokens",
    "/logout/",
]
REFUSED = {
    "": "nothing",
    "https://evil.example/settings/": "another host",
    "http://testserver/settings/": "our host, but absolute",
    "//evil.example/settings/": "no scheme",
    "///evil.example/settings/": "three slashes",
    "////settings/": "four slashes",
    "/\\evil.example/settings/": "a backslash, which browsers read as a slash",
    "\\\\evil.example/": "two backslashes",
    "/%2Fevil.example/settings/": "an encoded slash",
    "/%2fevil.example/": "an encoded slash, small",
    "/%5Cevil.example/": "an encoded backslash",
    "/%09/evil.example": "an encoded tab",
    "/\t/evil.example/settings/": "a tab, which browsers drop",
    "/\n/evil.example/": "a line feed",
    "\x00/settings/": "a NUL first",
    "javascript:alert(1)": "a script",
    "data:text/html,x": "a document in the address",
    "settings/": "a path that is not from the root",
    " /settings/": "a blank first",
    "/settings/ x": "a blank inside",
    "/nowhere/": "no page of ours",
    "/settings/../../evil": "dots",
    "@evil.example": "user info",
    "/login/x": "below a page of ours",
}

PATHS_OF_OURS = ("/%09/evil.example", "/settings/../../evil")  # no page, but no other host either


@pytest.mark.parametrize("text", SAFE)
def test_a_page_of_ours_is_gone_to(text: str) -> None:
    assert safe_destination(text) == text


@pytest.mark.parametrize("text", REFUSED, ids=list(REFUSED.values()))
def test_anything_else_leads_home(text: str) -> None:
    assert safe_destination(text) == "/"


@pytest.mark.parametrize(
    "text", [text for text in REFUSED if "evil" in text and text not in PATHS_OF_OURS]
)
def test_another_host_is_told_even_if_a_route_answers_everything(
    text: str, settings: Settings
) -> None:
    settings.ROOT_URLCONF = __name__
    assert safe_destination("/nowhere/") == "/nowhere/"
    assert safe_destination(text) == "/"


@pytest.mark.parametrize("path", ["/login/", "/signup/"])
@pytest.mark.parametrize(
    ("wanted", "reached"), [("/settings/?a=b", "/settings/?a=b"), ("//evil.example/", "/")]
)
def test_the_way_is_kept_through_the_form(
    client: Client, alice: User, path: str, wanted: str, reached: str
) -> None:
    name = "alice" if path == "/login/" else "eve"
    form = {"username": name, "password": PASSWORD, "next": wanted}
    assert client.post(path, form)["Location"] == reached


@pytest.mark.django_db
@pytest.mark.parametrize(("here", "there"), [("/login/", "/signup/"), ("/signup/", "/login/")])
def test_the_way_is_kept_between_logging_in_and_signing_up(
    client: Client, here: str, there: str
) -> None:
    page = client.get(here, {"next": "/settings/?a=b&c=d"}).content.decode()
    assert f'href="{there}?next=%2Fsettings%2F%3Fa%3Db%26c%3Dd"' in page
    assert 'name="next" value="/settings/?a=b&amp;c=d"' in page
    assert "evil.example" not in client.get(here, {"next": "//evil.example/"}).content.decode()


@pytest.mark.django_db
def test_a_page_for_people_logged_in_sends_a_visitor_to_log_in_and_back(client: Client) -> None:
    answer = client.get("/settings/password/?a=b")
    assert answer["Location"] == "/login/?next=/settings/password/%3Fa%3Db"
