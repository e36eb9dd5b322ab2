"""Who sees what in which feed: the visitor, another person, the owner with a key, a wrong key."""

import json

import pytest
from django.http import HttpResponse
from django.test import Client

from accounts.models import User
from accounts.tokens import renew_feed_key
from bookmarks.links import page_key
from bookmarks.models import Bookmark, Page
from bookmarks.storing import set_flags
from tests.bookmarks.feeds.keeping import FORMS, get_feed, keep, keep_many, show_facts

SHARED = f"url:{page_key('https://papers.example/shared')}/"
HIDDEN = f"url:{page_key('https://papers.example/hidden')}/"
WRONG_KEY = "0" * 20

# What of Alice's things a path shows to everyone, and what to Alice with her key (None: nothing,
# a 404). "open" is public, "hidden" private, "shared" public and saved by Bob too.
MATRIX: dict[str, tuple[set[str] | None, set[str] | None]] = {
    "recent/": ({"open", "shared"}, None),
    "popular/": ({"shared"}, None),
    "t:bayes/": ({"open", "shared"}, None),
    "t:bayes/t:mcmc/": ({"open", "shared"}, None),
    "t:.secret/": (set(), None),
    "t:bayes/t:.secret/": (set(), None),
    "t:unused/": (set(), None),
    SHARED: ({"shared"}, None),
    HIDDEN: (None, None),
    "url:" + "0" * 40 + "/": (None, None),
    "u:alice/": ({"open", "shared"}, {"open", "shared", "hidden"}),
    "u:alice/t:bayes/": ({"open", "shared"}, {"open", "shared", "hidden"}),
    "u:alice/t:bayes/t:mcmc/": ({"open", "shared"}, {"open", "shared", "hidden"}),
    "u:alice/t:.secret/": (set(), {"open", "shared", "hidden"}),
    "u:alice/t:unused/": (set(), set()),
    "u:alice/public/": ({"open", "shared"}, {"open", "shared"}),
    "u:alice/t:bayes/public/": ({"open", "shared"}, {"open", "shared"}),
    "u:alice/private/": (None, {"hidden"}),
    "u:alice/unread/": (None, {"open", "hidden"}),
    "u:alice/starred/": (None, {"open", "hidden"}),
    "u:alice/untagged/": (None, set()),
    "u:alice/t:bayes/unread/": (None, {"open", "hidden"}),
    "u:nobody/": (None, None),
    "u:nobody/private/": (None, None),
}


@pytest.fixture
def shelves(alice: User, bob: User) -> User:
    """Return Alice, who has one bookmark of each kind; Bob shares one."""
    tags = "bayes mcmc .secret"
    set_flags(keep(alice, "open", tags=tags, unread=True), starred=True)
    set_flags(keep(alice, "hidden", tags=tags, unread=True, private=True), starred=True)
    keep(alice, "shared", tags=tags)
    keep(bob, "shared", tags=tags)
    return alice


@pytest.mark.parametrize("form", FORMS)
def test_a_visitor_sees_what_is_public(shelves: User, form: str) -> None:
    for path, (public, _) in MATRIX.items():
        assert (path, alices_names_in(form, get_feed(form, path))) == (path, public)


@pytest.mark.parametrize("form", FORMS)
def test_a_visitor_sees_no_private_tag(shelves: User, form: str) -> None:
    for path, (public, _) in MATRIX.items():
        if public:
            assert b".secret" not in get_feed(form, path).content
    assert b".secret" in get_feed(form, "u:alice/", shelves.feed_key).content


@pytest.mark.parametrize("form", FORMS)
def test_cookies_are_ignored(shelves: User, form: str, alice_client: Client) -> None:
    for path in MATRIX:
        owner, visitor = get_feed(form, path, client=alice_client), get_feed(form, path)
        assert owner.content == visitor.content
        assert dict(owner.headers) == dict(visitor.headers)
        assert not owner.cookies
        assert "Cookie" not in owner.headers.get("Vary", "")


@pytest.mark.parametrize("form", FORMS)
def test_the_owner_with_a_key_sees_everything_of_theirs(shelves: User, form: str) -> None:
    for path, (_, own) in MATRIX.items():
        response = get_feed(form, path, shelves.feed_key)
        assert (path, alices_names_in(form, response)) == (path, own)


@pytest.mark.parametrize("whose", ["wrong", "bob's", "none", "old", "longer"])
def test_any_other_key_opens_nothing_and_says_nothing(shelves: User, bob: User, whose: str) -> None:
    old = shelves.feed_key
    renew_feed_key(shelves)
    key = {
        "wrong": WRONG_KEY,
        "bob's": bob.feed_key,
        "none": "",
        "old": old,
        "longer": f"{shelves.feed_key}0",
    }[whose]
    unknown = get_feed("atom", "u:nobody/")
    for path in MATRIX:
        response = Client().get(f"/feeds/atom/secret:{key}/{path}")
        assert (path, response.status_code) == (path, 404)
        assert response.content == unknown.content
        assert dict(response.headers) == dict(unknown.headers)


def test_a_renewed_key_opens_at_once_and_keeps_all_names(shelves: User) -> None:
    before = get_feed("atom", "u:alice/", shelves.feed_key).content
    old = shelves.feed_key
    renew_feed_key(shelves)
    after = get_feed("atom", "u:alice/", shelves.feed_key).content

    assert after == before.replace(old.encode(), shelves.feed_key.encode())


def test_a_key_and_a_name_are_read_in_any_case(shelves: User) -> None:
    plain = get_feed("json", "u:alice/", shelves.feed_key)
    shouted = get_feed("json", "u:ALICE/", shelves.feed_key.upper())

    assert shouted.content == plain.content


def test_all_that_is_not_there_is_one_answer(shelves: User) -> None:
    unknown = get_feed("rss", "u:nobody/")
    for path in (path for path, (public, _) in MATRIX.items() if public is None):
        response = get_feed("rss", path)
        assert (path, response.status_code) == (path, 404)
        assert (path, response.content) == (path, unknown.content)
        assert b"Check how the name is spelled" in response.content
        assert response["Content-Type"] == "text/plain; charset=utf-8", path


def test_somebody_who_left_the_site_has_no_feed(shelves: User) -> None:
    User.objects.filter(pk=shelves.pk).update(is_active=False)

    assert get_feed("atom", "u:alice/").status_code == 404
    assert get_feed("atom", "u:alice/", shelves.feed_key).status_code == 404


@pytest.mark.parametrize(
    "path",
    [
        "t:a%00b/",
        "t:%2500/",
        "t:two%20words/",
        "t:..../",
        "t:" + "x" * 300 + "/",
        "t:a/t:b/t:c/t:d/",
        "/".join(f"t:{number}" for number in range(150)) + "/",
        "recent/before:yesterday/",
        "recent/before:999999999999999/",
        "u:alice/before:1e9/",
    ],
)
def test_nonsense_is_not_there(alice: User, path: str) -> None:
    response = get_feed("atom", path)

    assert response.status_code == 404


def test_one_hundred_private_saves_change_no_byte_of_any_public_feed(
    shelves: User, bob: User
) -> None:
    paths = [path for path, (public, _) in MATRIX.items() if public is not None]
    before = [snapshot(form, path) for path in paths for form in FORMS]
    keep_many(bob, 98, private=True, tags="bayes mcmc unused")
    keep(bob, "open", private=True, tags="bayes mcmc unused")
    keep(bob, "hidden", private=True, tags="bayes mcmc unused")
    theirs = Bookmark.objects.get(owner=bob, url__endswith="/open")
    Page.objects.filter(pk=theirs.page_id).update(title="Read in private", excerpt="Read")

    assert [snapshot(form, path) for path in paths for form in FORMS] == before


def test_a_page_read_by_a_private_save_lends_no_title_to_its_feed(alice: User, bob: User) -> None:
    show_facts(keep(bob, "shared", private=True), title="Read in private")
    Bookmark.objects.filter(pk=keep(alice, "shared").pk).update(facts_at=None)

    assert b"Read in private" not in get_feed("atom", SHARED).content


def test_what_is_made_private_is_gone_at_once(shelves: User) -> None:
    set_flags(Bookmark.objects.get(owner=shelves, url__endswith="/open"), private=True)

    for path in ("recent/", "t:bayes/", "u:alice/", "u:alice/t:bayes/"):
        assert alices_names_in("atom", get_feed("atom", path)) == {"shared"}


@pytest.mark.parametrize("form", FORMS)
def test_a_private_feed_is_kept_out_of_caches_searches_and_referrers(
    shelves: User, form: str
) -> None:
    etag = get_feed(form, "u:alice/", shelves.feed_key)["ETag"]
    answers = [
        get_feed(form, "u:alice/", shelves.feed_key),
        get_feed(form, "u:alice/", shelves.feed_key, headers={"If-None-Match": etag}),
        get_feed(form, "u:alice/", WRONG_KEY),
    ]

    assert [answer.status_code for answer in answers] == [200, 304, 404]
    for answer in answers:
        assert answer["Cache-Control"] == "private, no-store"
        assert answer["X-Robots-Tag"] == "noindex"
        assert answer["Referrer-Policy"] == "no-referrer"
        assert "Access-Control-Allow-Origin" not in answer


@pytest.mark.parametrize("form", FORMS)
def test_a_public_feed_may_be_cached_and_read_from_everywhere(shelves: User, form: str) -> None:
    etag = get_feed(form, "recent/")["ETag"]
    for answer in (
        get_feed(form, "recent/"),
        get_feed(form, "recent/", headers={"If-None-Match": etag}),
    ):
        assert answer["Cache-Control"] == "public, max-age=60"
        assert answer["Access-Control-Allow-Origin"] == "*"
        assert "X-Robots-Tag" not in answer


def test_the_addresses_are_those_of_the_settings_whatever_host_was_asked(shelves: User) -> None:
    for form in FORMS:
        content = get_feed(form, "u:alice/", headers={"Host": "localhost"}).content
        assert b"localhost" not in content
        assert b"https://marks.example:8443/u:alice/b:" in content


def snapshot(form: str, path: str) -> tuple[bytes, dict[str, str]]:
    """Return all that an answer says."""
    response = get_feed(form, path)
    return response.content, dict(response.headers)


def alices_names_in(form: str, response: HttpResponse) -> set[str] | None:
    """Return the names of the pages in a feed that Alice saved; None when there is no feed."""
    if response.status_code == 404:
        return None
    text = response.content.decode()
    if form == "json":
        items = json.loads(text)["items"]
        return {item["external_url"].rpartition("/")[2] for item in items}
    names = ("open", "hidden", "shared")
    return {name for name in names if f"https://papers.example/{name}" in text}
