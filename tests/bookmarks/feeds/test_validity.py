"""Feeds of every kind are well-formed and valid, whatever is in them."""

import json
from datetime import timedelta

import feedparser
import pytest

from accounts.models import User
from bookmarks.links import page_key
from bookmarks.models import Bookmark, Page
from tests.bookmarks.feeds.conftest import BASE_URL
from tests.bookmarks.feeds.keeping import (
    FORMS,
    HOSTILE,
    START,
    get_feed,
    keep,
    keep_many,
    show_facts,
)
from tests.bookmarks.feeds.validator import complaints_about

PATHS = (
    "recent/",
    "popular/",
    "t:bayes/",
    "t:bayes/t:mcmc/",
    "u:alice/",
    "u:alice/public/",
    "u:alice/t:bayes/",
    "u:alice/t:bayes/t:mcmc/public/",
    f"url:{page_key('https://papers.example/0')}/",
    "recent",
    "u:alice/t:bayes",
    "recent/?count=3",
    "u:alice/before:1714566600/",
    "t:C++/",
    "t:c%23/",
    "t:a%252Fb/",
    "t:%2525/",
    "t:%E6%A9%9F%E6%A2%B0%E5%AD%B8%E7%BF%92/",
    "t:it%27s/",
    "t:nobody-used-this/",
)
OWN_PATHS = (
    "u:alice/",
    "u:alice/private/",
    "u:alice/public/",
    "u:alice/unread/",
    "u:alice/starred/",
    "u:alice/untagged/",
    "u:alice/t:.secret/",
    "u:alice/t:bayes/unread/",
)
URLS = (
    "https://papers.example/?q=a|b^c[0]&r=`x`#one#two",
    "https://bücher.example:8080/straße?q=ü#ä",
    "HTTP://Papers.Example/100%/50%zz/%2F",
    "http://papers.example/?",
    "https://papers.example/'quoted'&copy=1;<b>",
)


@pytest.fixture
def shelves(alice: User, bob: User) -> User:
    """Return Alice, whose shelves and tags all hold something hostile."""
    labels = ["bayes", "mcmc", "C++", "c#", "a/b", "%", "機械學習", "it's", ".secret", "\ufffe"]
    for number, words in enumerate(HOSTILE):
        bookmark = keep(alice, f"{number}", title=words, description=words, tags=labels)
        keep(bob, f"{number}", title=words, tags=labels)
        show_facts(bookmark, excerpt=words.replace("\x00", ""), title="\x01\ufffe")
    for number, words in enumerate(HOSTILE):
        untitled = keep(alice, f"own/{number}", private=True, unread=True, starred=True)
        show_facts(untitled, excerpt=words.replace("\x00", ""), title=words.replace("\x00", ""))
    for url in URLS:
        keep(alice, url, tags="bayes", unread=True)
    return alice


@pytest.mark.parametrize("form", FORMS)
def test_every_public_feed_is_valid_under_hostile_data(shelves: User, form: str) -> None:
    for path in PATHS:
        assert_valid(form, path)


@pytest.mark.parametrize("form", FORMS)
def test_every_private_feed_is_valid_under_hostile_data(shelves: User, form: str) -> None:
    for path in OWN_PATHS:
        assert_valid(form, path, shelves.feed_key)


@pytest.mark.parametrize("form", FORMS)
def test_an_empty_feed_is_valid(alice: User, form: str) -> None:
    for path in ("recent/", "popular/", "t:bayes/", "u:alice/", "u:alice/t:x/"):
        assert_valid(form, path)


@pytest.mark.parametrize("form", FORMS)
def test_a_bookmark_without_any_words_still_says_something(alice: User, form: str) -> None:
    keep(alice, "wordless")

    assert_valid(form, "recent/")


def test_hostile_titles_come_through_as_text(shelves: User) -> None:
    feed = json.loads(get_feed("json", "u:alice/").content)
    titles = {item["title"] for item in feed["items"]}

    assert "]]></title><script>alert(1)</script>" in titles
    assert "NUL and BEL and and here" in {" ".join(title.split()) for title in titles}
    assert "x" * 255 in titles


def test_markup_in_descriptions_is_shown_not_run(alice: User) -> None:
    keep(alice, "0", description="One\ntwo\n\n<script>alert(1)</script> & more")
    item = json.loads(get_feed("json", "recent/").content)["items"][0]

    assert item["content_html"] == (
        "<p>One<br>two</p>\n\n<p>&lt;script&gt;alert(1)&lt;/script&gt; &amp; more</p>"
    )


def test_the_excerpt_is_quoted_once_facts_may_be_shown(alice: User) -> None:
    bookmark = keep(alice, "0", description="Mine")
    assert "blockquote" not in get_feed("atom", "recent/").content.decode()
    show_facts(bookmark, excerpt="Theirs", title="Its title")

    item = json.loads(get_feed("json", "recent/").content)["items"][0]
    assert item["content_html"] == "<p>Mine</p><blockquote><p>Theirs</p></blockquote>"
    assert item["content_text"] == "Mine\n\n> Theirs"
    assert item["title"] == "Its title"


def test_an_entry_is_as_new_as_what_it_shows(alice: User) -> None:
    bookmark = keep(alice, "0")
    Bookmark.objects.filter(pk=bookmark.pk).update(updated_at=START)
    Page.objects.filter(pk=bookmark.page_id).update(changed_at=START + timedelta(days=1))
    assert modified() == ["2024-05-01T12:30:15Z"]
    Bookmark.objects.filter(pk=bookmark.pk).update(facts_at=START)

    assert modified() == ["2024-05-02T12:30:15Z"]


@pytest.mark.parametrize("form", ["atom", "rss"])
def test_a_reader_finds_everything_where_it_looks(alice: User, form: str) -> None:
    bookmark = keep(alice, "0?a=1&b=2", title="A & B", description="Words", tags="bayes C++")
    parsed = feedparser.parse(get_feed(form, "u:alice/").content)
    entry = parsed.entries[0]

    assert parsed.feed.link == f"{BASE_URL}/u:alice/"
    assert parsed.feed.title == "Softmarks: Bookmarks of alice"
    assert entry.link == "https://papers.example/0?a=1&b=2"
    assert entry.title in ("A & B", "A &amp; B")
    assert entry.author == "alice"
    assert [(tag.term, tag.scheme) for tag in entry.tags] == [
        ("bayes", f"{BASE_URL}/u:alice/"),
        ("C++", f"{BASE_URL}/u:alice/"),
    ]
    assert entry.published_parsed[:6] == bookmark.saved_at.timetuple()[:6]


@pytest.mark.parametrize("form", FORMS)
def test_a_feed_tells_its_type(alice: User, form: str) -> None:
    kind = {"atom": "atom+xml", "rss": "rss+xml", "json": "feed+json"}[form]

    assert get_feed(form, "recent/")["Content-Type"] == f"application/{kind}; charset=utf-8"


@pytest.mark.parametrize(
    ("url", "uri"),
    [
        ("https://papers.example/a?b=c#d", "https://papers.example/a?b=c#d"),
        ("https://papers.example/?", "https://papers.example/?"),
        ("https://bücher.example:80/ü", "https://xn--bcher-kva.example:80/%C3%BC"),
        ("https://papers.example/[1]?a[]=100%", "https://papers.example/%5B1%5D?a%5B%5D=100%25"),
        ("https://papers.example/a#b#c", "https://papers.example/a#b%23c"),
        ("https://[2001:db8::1]:8080/x", "https://[2001:db8::1]:8080/x"),
    ],
)
def test_an_address_is_written_as_a_uri_and_else_as_saved(alice: User, url: str, uri: str) -> None:
    keep(alice, url)
    feed = json.loads(get_feed("json", "recent/").content)

    assert feed["items"][0]["external_url"] == uri


def test_earlier_entries_are_reached_by_the_next_link(alice: User) -> None:
    keep_many(alice, 7)
    seen = []
    url = f"{BASE_URL}/feeds/json/u:alice/?count=3"
    while url:
        feed = json.loads(get_feed("json", url.removeprefix(f"{BASE_URL}/feeds/json/")).content)
        assert feed["feed_url"] == url
        seen += [item["external_url"] for item in feed["items"]]
        url = feed.get("next_url", "")

    assert seen == [f"https://papers.example/{number}" for number in reversed(range(7))]


def test_popular_pages_go_on_too(alice: User, bob: User) -> None:
    keep_many(alice, 5)
    keep_many(bob, 5)
    first = json.loads(get_feed("json", "popular/?count=2").content)
    second = get_feed("json", first["next_url"].removeprefix(f"{BASE_URL}/feeds/json/"))

    assert len(json.loads(second.content)["items"]) == 2
    assert not {item["id"] for item in first["items"]} & {
        item["id"] for item in json.loads(second.content)["items"]
    }


@pytest.mark.parametrize("form", ["atom", "rss"])
def test_atom_and_rss_link_to_their_neighbours(alice: User, form: str) -> None:
    keep_many(alice, 7)
    first = feedparser.parse(get_feed(form, "recent/?count=2").content)
    ways = {link.rel: link.href for link in first.feed.links}
    path = ways["next"].removeprefix(f"{BASE_URL}/feeds/{form}/")
    middle = feedparser.parse(get_feed(form, path).content)

    assert "previous" not in ways
    assert {"next", "previous"} <= {link.rel for link in middle.feed.links}
    assert_valid(form, path)


def test_the_count_is_obeyed_and_nonsense_ignored(alice: User) -> None:
    keep_many(alice, 60)
    wanted = {"7": 7, "400": 60, "9999": 60}
    nonsense = dict.fromkeys(["", "0", "-1", "abc", "1e3", "٣", "9" * 5000, "7%00"], 50)
    for count, number in (wanted | nonsense).items():
        feed = json.loads(get_feed("json", f"recent/?count={count}").content)
        assert (count, len(feed["items"])) == (count, number)


def modified() -> list[str]:
    """Return when the entries of everyone's feed changed."""
    feed = json.loads(get_feed("json", "recent/").content)
    return [item["date_modified"] for item in feed["items"]]


def assert_valid(form: str, path: str, key: str = "") -> None:
    """Fail on anything that the reader or the validator complains about."""
    response = get_feed(form, path, key)
    secret = f"secret:{key}/" if key else ""
    url = f"{BASE_URL}/feeds/{form}/{secret}{path}"

    assert response.status_code == 200
    assert complaints_about(form, response.content, url) == []
    if form != "json":
        assert feedparser.parse(response.content).bozo == 0
