"""Feeds of lists and of the network: valid, newest first, and for those who may read the list."""

import json

import feedparser
import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries, DjangoCaptureOnCommitCallbacks
from pytest_django.fixtures import Settings

from accounts.models import User
from bookmarks.models import FeedPing
from readinglists.following import follow
from readinglists.models import ReadingList
from tests.bookmarks.feeds.keeping import FORMS, HOSTILE, get_feed
from tests.bookmarks.feeds.validator import complaints_about
from tests.readinglists.making import add, make_list

pytestmark = pytest.mark.django_db
BASE_URL = "https://marks.example:8443"
LIST = "u:alice/l:maths/"


@pytest.fixture(autouse=True)
def _address(settings: Settings) -> None:
    """Give the site an address that no request names."""
    settings.BASE_URL = BASE_URL


@pytest.fixture
def maths(alice: User) -> ReadingList:
    """Return a list of Alice's with two items."""
    reading_list = make_list(alice, "Maths")
    add(reading_list, "Derive it", note="On paper.", tags="exercise")
    add(reading_list, "Essence", url="https://x.example/essence?a=b|c")
    return reading_list


def titles(content: bytes) -> list[str]:
    return [entry.title for entry in feedparser.parse(content).entries]


@pytest.mark.usefixtures("maths")
def test_new_items_come_first_with_their_notes() -> None:
    feed = json.loads(get_feed("json", LIST).content)
    assert feed["title"] == "Softmarks: Maths"
    assert feed["home_page_url"] == f"{BASE_URL}/{LIST}"
    essence, derive = feed["items"]
    assert (essence["title"], derive["title"]) == ("Essence", "Derive it")
    assert essence["external_url"] == "https://x.example/essence?a=b%7Cc"
    assert (derive["content_html"], derive["content_text"]) == ("<p>On paper.</p>", "On paper.")
    assert derive["tags"] == ["exercise"]
    assert derive["external_url"] == derive["url"]
    assert derive["url"].startswith(f"{BASE_URL}/{LIST}i:")


@pytest.mark.parametrize("form", FORMS)
def test_feeds_are_valid_whatever_is_in_them(alice: User, bob: User, form: str) -> None:
    reading_list = make_list(alice, HOSTILE[1])
    for words in HOSTILE:
        add(reading_list, words, note=words, tags="a&b")
        add(reading_list, note=f"Note. {words}")
    follow(bob, reading_list)
    public = f"u:alice/l:{reading_list.slug}/"
    answer = get_feed(form, public)
    assert answer.status_code == 200
    assert complaints_about(form, answer.content, f"{BASE_URL}/feeds/{form}/{public}") == []
    own = get_feed(form, "u:bob/network/", bob.feed_key)
    address = f"{BASE_URL}/feeds/{form}/secret:{bob.feed_key}/u:bob/network/"
    assert complaints_about(form, own.content, address) == []
    assert len(titles(own.content)) == 2 * len(HOSTILE) or form == "json"


def test_a_reader_who_has_it_is_told_so(maths: ReadingList) -> None:
    etag = get_feed("atom", LIST).headers["ETag"]
    assert get_feed("atom", LIST, headers={"If-None-Match": etag}).status_code == 304
    add(maths, "New")
    assert get_feed("atom", LIST, headers={"If-None-Match": etag}).status_code == 200


def test_a_hub_is_told_of_public_lists_that_change(
    maths: ReadingList,
    alice: User,
    settings: Settings,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    settings.WEBSUB_HUB = "https://hub.example/"
    hidden = make_list(alice, "Hidden", visibility="private")
    with django_capture_on_commit_callbacks(execute=True):
        for reading_list in (maths, hidden, maths):
            add(reading_list, "New")
    topics = [f"{BASE_URL}/feeds/{form}/{LIST}" for form in ("atom", "json", "rss")]
    assert list(FeedPing.objects.order_by("topic").values_list("topic", flat=True)) == topics
    for form, topic in zip(("atom", "json", "rss"), topics, strict=True):
        answer = get_feed(form, LIST)
        assert answer.headers["Link"] == f'<https://hub.example/>; rel="hub", <{topic}>; rel="self"'
        assert b"https://hub.example/" in answer.content
    for address in (f"{LIST}before:9000000000/", hidden_path := f"u:alice/l:{hidden.slug}/"):
        answer = get_feed("atom", address, alice.feed_key if address == hidden_path else "")
        assert answer.status_code == 200
        assert "Link" not in answer.headers


def test_a_feed_goes_on_where_its_page_ends(maths: ReadingList) -> None:
    for number in range(49):
        add(maths, f"{number}")
    first = get_feed("atom", LIST)
    (link,) = [one.href for one in feedparser.parse(first.content).feed.links if one.rel == "next"]
    second = Client().get(link.removeprefix(BASE_URL))
    assert len(titles(first.content)) == 50
    assert titles(second.content) == ["Derive it"]


def test_a_private_list_has_a_feed_for_its_owner_alone(
    maths: ReadingList, alice: User, bob: User, alice_client: Client
) -> None:
    make_list(bob, "Maths")
    ReadingList.objects.filter(pk=maths.pk).update(visibility="private")
    refused = [
        get_feed("atom", LIST),
        get_feed("atom", LIST, client=alice_client),
        get_feed("atom", LIST, bob.feed_key),
        get_feed("atom", "u:alice/l:none/"),
    ]
    assert {(answer.status_code, answer.content) for answer in refused} == {
        (404, refused[-1].content)
    }
    own = get_feed("atom", LIST, alice.feed_key)
    assert titles(own.content) == ["Essence", "Derive it"]
    assert own.headers["Cache-Control"] == "private, no-store"
    page = alice_client.get(f"/{LIST}").content.decode()
    assert f"/feeds/atom/secret:{alice.feed_key}/{LIST}" in page


def test_the_feed_of_an_unlisted_list_is_kept_from_search_engines(maths: ReadingList) -> None:
    ReadingList.objects.filter(pk=maths.pk).update(visibility="unlisted")
    answer = get_feed("atom", LIST)
    assert answer.status_code == 200
    assert answer.headers["X-Robots-Tag"] == "noindex"


def test_the_network_has_a_feed_that_needs_its_key(
    maths: ReadingList, alice: User, bob: User
) -> None:
    follow(bob, maths)
    add(make_list(alice, "Other"), "Not followed")
    assert titles(get_feed("rss", "u:bob/network/", bob.feed_key).content) == [
        "Essence",
        "Derive it",
    ]
    for form in ("feeds/rss", "rss"):
        first = Client().get(f"/{form}/secret:{bob.feed_key}/u:bob/network/?count=1")
        assert titles(first.content) == ["Essence"]
    for path, key in (("u:bob/network/", alice.feed_key), ("u:bob/network/", "")):
        assert get_feed("rss", path, key).status_code == 404
    ReadingList.objects.update(visibility="private")
    assert titles(get_feed("rss", "u:bob/network/", bob.feed_key).content) == []


@pytest.mark.usefixtures("maths")
def test_feeds_cost_few_queries(
    bob: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    follow(bob, ReadingList.objects.get())
    with django_assert_num_queries(3):
        get_feed("atom", LIST)
    with django_assert_num_queries(4):
        get_feed("atom", "u:bob/network/", bob.feed_key)


@pytest.mark.parametrize("place", ["before:x", "before:", "after:5", "before:99999999999999"])
@pytest.mark.usefixtures("maths")
def test_no_place_is_no_feed(place: str) -> None:
    assert get_feed("atom", f"{LIST}{place}/").status_code == 404
