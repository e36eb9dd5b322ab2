"""linkding's API: what its lists can be asked for."""

from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest

from accounts.models import User
from bookmarks.api.linkding.query import BadQuery, parse_query
from bookmarks.finding import Candidate
from bookmarks.models import Bookmark, OwnerCount
from bookmarks.own_facts import clean_own_facts
from tests.bookmarks.api.linkding import Client
from tests.bookmarks.keeping import SOME_DAY, keep

ONE = Candidate("https://example.org/paper\nattention is all\nélan", frozenset({"ml", "c++"}), True)
BARE = Candidate("x", frozenset(), False)


@pytest.mark.parametrize(
    ("query", "passes"),
    [
        ("", True),
        ("Attention ALL", True),
        ("attention none", False),
        ('"is all"', True),
        ("'all is'", False),
        ("ÉLAN", True),
        ("e\u0301lan", True),
        ("example.org/pap", True),
        ("#ML", True),
        ("#c++ attention", True),
        ("#m", False),
        ("not #ml", False),
        ("not not #ml", True),
        ("none or attention", True),
        ("none or nothing", False),
        ("none or attention not all", False),
        ("(none or attention) and all", True),
        ("not (none or attention)", False),
        ("all and (none or (not nothing))", True),
        ("!unread", True),
        ("!untagged", False),
        ("!UNREAD all", True),
        ("none or !unread", True),
        ("and", True),
        ("or", True),
        ("not", False),
        ("()", True),
        ("((((all", True),
        ("all) is)", True),
        ('"is', True),
        ("#", False),
        ("(" * 45 + "all", True),
    ],
)
def test_a_search_means_what_it_does_at_linkding(query: str, passes: bool) -> None:
    assert meets(query, ONE) is passes


def meets(text: str, one: Candidate) -> bool:
    query = parse_query(text)
    known = {label.casefold() for label in query.labels} <= one.names
    states = (one.unread or not query.unread) and not (query.untagged and one.names)
    return known and states and (query.test is None or query.test(one))


def test_a_search_has_an_end() -> None:
    assert meets("!untagged not !unread x", BARE)
    with pytest.raises(BadQuery):
        parse_query("a " * 51)


@pytest.mark.django_db
def test_lists_are_asked_for_words_tags_and_states(alice: User) -> None:
    keep(alice, "https://example.org/a", "ml", title="Attention", unread=True, saved_at=SOME_DAY)
    hour = timedelta(hours=1)
    keep(alice, "https://example.org/b", "ML Vision", private=True, saved_at=SOME_DAY + hour)
    found = clean_own_facts({"title": "élan"}, {"title": "you"})
    keep(alice, "https://example.org/c", own_facts=found, saved_at=SOME_DAY + 2 * hour)
    notes = "x\n\n---\n\nUnder the line"
    keep(alice, "https://example.org/d", ".own", description=notes, saved_at=SOME_DAY + 3 * hour)
    client = Client(alice)
    for q, expected in (
        ("", "dcba"),
        ("ATTENTION", "a"),
        ("ÉLAN", "c"),
        ("line", "d"),
        ("org/b", "b"),
        ("#ml", "ba"),
        ("#ml #vision", "b"),
        ("#ml not #vision", "a"),
        ("#ml or #.own", "dba"),
        ("#unknown", ""),
        ("#a,b", ""),
        ("!unread", "a"),
        ("!untagged", "c"),
        ("!untagged #ml", ""),
        ("\0", ""),
        ("%", ""),
    ):
        assert "".join(client.urls(q=q)) == expected, q
    for name, value, expected in (
        ("unread", "yes", "a"),
        ("unread", "no", "dcb"),
        ("unread", "maybe", "dcba"),
        ("shared", "no", "b"),
        ("shared", "yes", "dca"),
        ("sort", "added_asc", "abcd"),
        ("sort", "title_asc", "abdc"),
        ("sort", "title_desc", "cdba"),
        ("sort", "modified_desc", "dcba"),
        ("sort", "odd", "dcba"),
        ("added_since", "2024-05-17T13:00:00Z", "dc"),
        ("added_since", "2024-05-17T14:00:00+01:00", "dc"),
        ("added_since", "nonsense", "dcba"),
        ("modified_since", "2999-01-01T00:00:00Z", ""),
        ("modified_since", "2024-05-17T13:00:00Z", "dcba"),
    ):
        assert "".join(client.urls(**{name: value})) == expected, (name, value)
    assert client.urls(q="#ml", sort="modified_asc") == ["a", "b"]
    assert client.urls(q="!unread", unread="no") == []
    assert client.call("GET", "bookmarks/", q="a " * 60).status_code == 400
    assert client.call("GET", "bookmarks/", q="a" * 2000).status_code == 400


@pytest.mark.django_db
def test_what_changed_since_is_found_wherever_it_stands(
    alice: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`b` changed last and `c` before it; of `a` and `d` that is long ago."""
    for n, name in enumerate("abcd"):
        tags, title = "ml" if name in "ab" else "", f"Title {9 - n}"
        at = SOME_DAY + timedelta(hours=n)
        one = keep(alice, f"https://example.org/{name}", tags, title=title, saved_at=at)
        changed = SOME_DAY + timedelta(days={"b": 3, "c": 2}.get(name, 0))
        Bookmark.objects.filter(pk=one.pk).update(updated_at=changed)
    since, client = "2024-05-18T00:00:00Z", Client(alice)
    for many in (10_000, 1):  # when many changed, they are looked for by when they were saved
        monkeypatch.setattr("bookmarks.finding.LOOKED_AT", many)
        for order, urls in (("added_asc", "bc"), ("added_desc", "cb"), ("modified_desc", "bc")):
            assert "".join(client.urls(modified_since=since, sort=order)) == urls
        assert client.urls(q="#ml", modified_since=since) == ["b"]
        assert client.urls(modified_since=since, unread="yes") == []
        assert client.urls(modified_since=since, limit=1, offset=1) == ["b"]
        assert client.get("bookmarks/", modified_since=since, limit=1)["count"] == 2
    monkeypatch.setattr("bookmarks.finding.LOOKED_AT", 10_000)
    assert client.urls(modified_since=since, sort="title_asc") == ["c", "b"]
    assert client.urls(modified_since=since, q="8", sort="title_asc") == ["b"]


@pytest.mark.django_db
def test_lists_come_in_parts(alice: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bookmarks.api.linkding.searching.READ_AT_ONCE", 2)
    for n in range(5):
        keep(alice, f"https://example.org/{n}", "t", saved_at=SOME_DAY + timedelta(hours=n))
    client = Client(alice)
    for asked in ({}, {"q": "#t"}, {"q": "example"}):
        whole = client.get("bookmarks/", **asked)
        assert [whole[name] for name in ("count", "next", "previous")] == [5, None, None]
        seen, following = [], {"limit": "2", **asked}
        while following:
            part = client.get("bookmarks/", **following)
            seen += part["results"]
            assert part["count"] == 5
            address = part["next"]
            assert not address or address.startswith("http://testserver/api/bookmarks/?")
            following = {k: v[0] for k, v in parse_qs(urlsplit(address or "").query).items()}
        assert seen == whole["results"]
        assert part["previous"].endswith("offset=2")
    assert client.urls(limit="0") == client.urls(limit="99999999999") == client.urls(limit="x")
    assert client.urls(offset="-1") == client.urls(offset="") == client.urls()
    beyond = client.get("bookmarks/", offset="99999999999999999999", limit=1)
    assert beyond["results"] == whole["results"][:1]
    beyond = client.get("bookmarks/", offset=10**17)
    assert (beyond["results"], beyond["count"], beyond["next"]) == ([], 5, None)


@pytest.mark.django_db
def test_what_is_read_has_an_end(alice: User, monkeypatch: pytest.MonkeyPatch) -> None:
    for n in range(5):
        keep(alice, f"https://example.org/{n}", "t", saved_at=SOME_DAY + timedelta(hours=n))
    monkeypatch.setattr("bookmarks.finding.LOOKED_AT", 3)
    monkeypatch.setattr("bookmarks.finding.READ_AT_ONCE", 2)
    monkeypatch.setattr("bookmarks.finding.COUNTED_AT_MOST", 2)
    client = Client(alice)
    assert client.urls(q="example") == ["4", "3", "2"]
    assert client.get("bookmarks/", q="#t", limit=1, shared="yes")["count"] == 2
    assert client.get("bookmarks/", q="#t", limit=1, offset=3, shared="yes")["count"] == 5
    # Without a filter a counter says it.
    OwnerCount.objects.filter(owner=alice).update(total=77)
    assert client.get("bookmarks/", limit=1)["count"] == 77


@pytest.mark.django_db
def test_bundles_are_searches_that_are_kept(alice: User, bob: User) -> None:
    for url, tags in (("a", "ml vision"), ("b", "ml"), ("c", "vision"), ("d", "")):
        keep(alice, f"https://example.org/{url}", tags, unread=url == "b", private=url == "c")
    client = Client(alice)
    made = client.send("POST", "bundles/", {"name": " One ", "all_tags": "ML"}, 201)
    said = {"search": "", "any_tags": "", "excluded_tags": "", "filter_unread": "off"}
    times = {name: made[name] for name in ("date_created", "date_modified")}
    assert made == (
        {"id": made["id"], "name": "One", "all_tags": "ML", "filter_shared": "off", "order": 0}
        | said
        | times
    )
    path = f"bundles/{made['id']}/"
    for change, expected in (
        ({}, "ba"),
        ({"excluded_tags": "vision x"}, "b"),
        ({"excluded_tags": "", "search": "org/a or org/d"}, "a"),
        ({"search": "", "filter_unread": "yes"}, "b"),
        ({"all_tags": "", "any_tags": "vision other", "filter_unread": "no"}, "ca"),
        ({"filter_shared": "yes"}, "a"),
    ):
        changed = client.send("PATCH", path, change)
        assert change.items() <= changed.items()
        assert "".join(client.urls(bundle=made["id"])) == expected, change
    assert client.send("POST", "bundles/", {"name": "Two"}, 201)["order"] == 1
    client.send("PUT", path, {"name": "One", "order": 5})
    assert [one["name"] for one in client.get("bundles/")["results"]] == ["Two", "One"]
    for body in ({}, {"name": " "}, {"name": "x" * 300}, {"name": "x", "order": -1}):
        client.send("POST", "bundles/", body, 400)
    client.send("PATCH", path, {"filter_unread": "perhaps"}, 400)
    client.send("PATCH", path, {"search": "a " * 60}, 400)
    for method in ("GET", "DELETE", "PATCH"):
        Client(bob).send(method, path, {}, 404)
    assert Client(bob).call("GET", "bookmarks/", bundle=made["id"]).status_code == 404
    client.send("DELETE", path, status=204)
    assert client.call("GET", "bookmarks/", bundle=made["id"]).status_code == 404
    assert Bookmark.objects.count() == 4
