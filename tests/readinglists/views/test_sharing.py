"""A list on other sites: its card, its JSON, its page for a frame."""

import json

import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from readinglists.items import set_prerequisites
from readinglists.lists import add_section
from readinglists.models import ReadingList
from readinglists.progress import set_progress
from tests.readinglists.making import add, make_list

pytestmark = pytest.mark.django_db
PATH = "/u:alice/l:maths/"
HOSTILE = "</script><script>alert(1)</script><!-- & \"'"


@pytest.fixture
def maths(alice: User) -> ReadingList:
    """Return a list of Alice's with a section in a section."""
    reading_list = make_list(alice, "Maths", description="What you need.", tags="basics")
    outer = add_section(reading_list, "Outer", note="Pictures first.")
    inner = add_section(reading_list, "Inner", parent=outer)
    first = add(reading_list, "Before all", minutes=10)
    link = {"url": "https://github.com/a/b", "label": "code"}
    second = add(reading_list, HOSTILE, section=inner, url="https://x.example/2", alternates=[link])
    set_prerequisites(second, [first.pk])
    return reading_list


@pytest.mark.usefixtures("maths")
def test_a_shared_list_has_a_card(visitor_client: Client) -> None:
    page = BeautifulSoup(visitor_client.get(PATH).content, "lxml")
    found = {tag["property"]: tag["content"] for tag in page.select("meta[property]")}
    assert found["og:title"] == "Maths"
    assert found["og:description"] == "What you need."
    assert found["og:url"] == f"{settings.BASE_URL}{PATH}"
    assert len(page.select("script:not([src])")) == 1
    said = json.loads(page.select("script[type='application/ld+json']")[0].text)
    assert (said["@type"], said["numberOfItems"]) == ("ItemList", 2)
    assert [(one["position"], one["name"]) for one in said["itemListElement"]] == [
        (1, "Before all"),
        (2, HOSTILE),
    ]
    assert said["itemListElement"][1]["url"] == "https://x.example/2"


def test_a_private_list_has_no_card(maths: ReadingList, alice_client: Client) -> None:
    ReadingList.objects.filter(pk=maths.pk).update(visibility="private")
    assert b"og:" not in alice_client.get(PATH).content


def test_a_list_is_read_as_json(maths: ReadingList, visitor_client: Client) -> None:
    answer = visitor_client.get(f"{PATH}list.json")
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    said = answer.json()
    assert (said["title"], said["owner"], said["tags"]) == ("Maths", "alice", ["basics"])
    (first,), (outer,) = said["items"], said["sections"]
    assert (first["title"], first["url"], first["minutes"]) == ("Before all", "", 10)
    assert (outer["title"], outer["note"], outer["items"]) == ("Outer", "Pictures first.", [])
    (second,) = outer["sections"][0]["items"]
    assert second["after"] == [first["id"]]
    assert second["alternates"] == [
        {"url": "https://github.com/a/b", "role": "code", "label": "code"}
    ]
    ReadingList.objects.filter(pk=maths.pk).update(visibility="private")
    assert visitor_client.get(f"{PATH}list.json").status_code == 404


def test_a_private_list_as_json_is_its_owners(
    maths: ReadingList, alice_client: Client, bob_client: Client
) -> None:
    ReadingList.objects.filter(pk=maths.pk).update(visibility="private")
    answer = alice_client.get(f"{PATH}list.json")
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert "Access-Control-Allow-Origin" not in answer.headers
    assert bob_client.get(f"{PATH}list.json").status_code == 404


def test_a_page_for_frames_is_the_same_for_everyone(
    maths: ReadingList, alice: User, alice_client: Client, visitor_client: Client
) -> None:
    set_progress(alice, maths.items.all()[0], "read")
    alices, visitors = (one.get(f"{PATH}embed/") for one in (alice_client, visitor_client))
    assert alices.content == visitors.content
    assert "Before all" in alices.content.decode()
    for answer in (alices, visitors):
        assert "X-Frame-Options" not in answer.headers
        policy = answer.headers["Content-Security-Policy"]
        assert "frame-ancestors *" in policy
        assert "default-src 'none'" in policy
        assert "Cookie" not in answer.headers.get("Vary", "")
        assert not answer.cookies
        assert answer.headers["Cache-Control"] == "public, max-age=300"
    assert b"<script" not in alices.content


@pytest.mark.parametrize("visibility", ["private", "unlisted"])
def test_only_public_lists_go_into_frames(
    maths: ReadingList, alice_client: Client, visibility: str
) -> None:
    ReadingList.objects.filter(pk=maths.pk).update(visibility=visibility)
    assert alice_client.get(f"{PATH}embed/").status_code == 404
    assert alice_client.get("/u:%00/l:maths/embed/").status_code == 404


@pytest.mark.usefixtures("maths")
def test_other_pages_stay_out_of_frames(visitor_client: Client) -> None:
    answer = visitor_client.get(PATH)
    assert answer.headers["X-Frame-Options"] == "DENY"
    assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]


def test_json_and_frames_cost_few_queries(
    maths: ReadingList, visitor_client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(60):
        add(maths, f"{number}", url=f"https://x.example/{number}")
    with django_assert_num_queries(6):
        visitor_client.get(f"{PATH}embed/")
    with django_assert_num_queries(5):  # what is known of every item is kept for a minute
        visitor_client.get(f"{PATH}list.json")
