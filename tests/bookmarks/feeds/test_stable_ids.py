"""An entry keeps its name whatever is done to it, so that no reader shows it twice."""

import json
from collections.abc import Callable
from xml.etree import ElementTree

import pytest
from pytest_django.fixtures import Settings

from accounts.models import User
from bookmarks.drafts import make_draft
from bookmarks.models import Bookmark
from bookmarks.storing import delete_bookmark, edit_bookmark, restore_bookmark, set_flags
from tests.bookmarks.feeds.conftest import BASE_URL
from tests.bookmarks.feeds.keeping import FORMS, get_feed, keep, show_facts
from tests.bookmarks.feeds.validator import ATOM

CHANGES: dict[str, Callable[[Bookmark], object]] = {
    "title and tags": lambda old: edit_bookmark(old, make_draft(old.url, title="B", tags="c")),
    "address": lambda old: edit_bookmark(old, make_draft("https://elsewhere.example/")),
    "private and back": lambda old: set_flags(set_flags(old, private=True), private=False),
    "deleted and restored": lambda old: restore_bookmark(delete_bookmark(old)),
    "saved again": lambda old: keep(old.owner, old.url, title="B"),
    "page read": lambda old: show_facts(old, title="B"),
}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("change", CHANGES)
def test_an_entry_keeps_its_name(alice: User, form: str, change: str) -> None:
    bookmark = keep(alice, "0", title="A")
    before = ids_in(form, "u:alice/")
    CHANGES[change](bookmark)

    assert len(before) == 1
    assert ids_in(form, "u:alice/") == before


@pytest.mark.parametrize("form", FORMS)
def test_an_entry_has_one_name_in_all_feeds(alice: User, form: str) -> None:
    keep(alice, "0", tags="bayes")
    names = [ids_in(form, path) for path in ("recent/", "t:bayes/", "u:alice/t:bayes/")]
    names.append(ids_in(form, "u:alice/", alice.feed_key))

    assert names == [names[0]] * 4


def test_another_port_or_scheme_changes_no_name_in_atom(alice: User, settings: Settings) -> None:
    keep(alice, "0")
    before = ids_in("atom", "recent/"), feed_id("recent/")
    settings.BASE_URL = "http://marks.example"

    assert (ids_in("atom", "recent/"), feed_id("recent/")) == before


@pytest.mark.parametrize(
    ("base_url", "host"),
    [
        ("http://127.0.0.1:8000", "127.0.0.1"),
        ("http://[::1]:8000", "0000-0000-0000-0000-0000-0000-0000-0001"),
        ("https://bücher.example", "xn--bcher-kva.example"),
    ],
)
def test_any_host_makes_a_tag_uri(
    alice: User, settings: Settings, base_url: str, host: str
) -> None:
    settings.BASE_URL = base_url

    assert feed_id("recent/") == f"tag:{host},2026:/recent/"


def test_the_pages_of_a_feed_share_its_name_and_a_private_one_has_another(alice: User) -> None:
    public = feed_id("u:alice/")

    assert feed_id("u:alice/?count=3") == feed_id("u:alice/before:1700000000/") == public
    assert feed_id("u:alice/", alice.feed_key) == public.replace(":/", ":private/")
    assert alice.feed_key not in feed_id("u:alice/", alice.feed_key)


def test_the_guid_is_the_permalink(alice: User) -> None:
    bookmark = keep(alice, "0")

    assert ids_in("rss", "recent/") == [f"{BASE_URL}/u:alice/b:{bookmark.slug}/"]


def ids_in(form: str, path: str, key: str = "") -> list[str]:
    """Return the names of the entries of a feed."""
    content = get_feed(form, path, key).content
    if form == "json":
        return [item["id"] for item in json.loads(content)["items"]]
    where = f"{ATOM}entry/{ATOM}id" if form == "atom" else "channel/item/guid"
    return [element.text or "" for element in ElementTree.fromstring(content).findall(where)]


def feed_id(path: str, key: str = "") -> str:
    """Return the name of an Atom feed."""
    root = ElementTree.fromstring(get_feed("atom", path, key).content)
    return root.findtext(f"{ATOM}id") or ""
