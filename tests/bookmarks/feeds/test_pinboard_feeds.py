"""Pinboard's feeds at /rss/ and /json/: its shapes, valid, and private what is private."""

import json
from typing import Any
from xml.etree import ElementTree

import feedparser
import pytest
from django.test import Client

from accounts.models import User
from bookmarks.storing import set_flags
from tests.bookmarks.feeds.conftest import BASE_URL
from tests.bookmarks.feeds.keeping import HOSTILE, START, keep, keep_many, show_facts

RSS = "{http://purl.org/rss/1.0/}"
RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
DC = "{http://purl.org/dc/elements/1.1/}"
TAXO = "{http://purl.org/rss/1.0/modules/taxonomy/}"
# Which of Alice's bookmarks a visitor finds, and which she with her key; None for 404.
MATRIX: dict[str, tuple[set[str] | None, set[str] | None]] = {
    "recent/": ({"open", "shared"}, {"open", "shared"}),
    "t:bayes": ({"open", "shared"}, {"open", "shared"}),
    "t:bayes/t:mcmc/": ({"open", "shared"}, {"open", "shared"}),
    "t:.secret/": (set(), set()),
    "u:alice": ({"open", "shared"}, {"open", "hidden", "shared"}),
    "u:alice/public/": ({"open", "shared"}, {"open", "shared"}),
    "u:alice/t:bayes/t:MCMC/": ({"open", "shared"}, {"open", "hidden", "shared"}),
    "u:alice/t:.secret/": (set(), {"open", "hidden", "shared"}),
    "u:alice/private/": (None, {"hidden"}),
    "u:alice/unread/": (None, {"open", "hidden"}),
    "u:alice/toread": (None, {"open", "hidden"}),
    "u:alice/unread/t:bayes/": (None, {"open", "hidden"}),
    "u:alice/starred/": (None, {"open", "hidden"}),
    "u:alice/untagged/": (None, set()),
    "u:alice/network/": (None, set()),
    "u:alice/t:a/t:b/t:c/t:d/": (None, None),
    "u:nobody/": (None, None),
    "nothing/": (None, None),
}


def get(path: str, client: Client | None = None, **headers: str) -> Any:
    return (client or Client()).get(path, headers=headers)


@pytest.fixture
def shelves(alice: User, bob: User) -> User:
    """Return Alice, who has one bookmark of each kind; Bob shares one."""
    tags = "bayes mcmc .secret"
    set_flags(keep(alice, "open", tags=tags, unread=True), starred=True)
    set_flags(keep(alice, "hidden", tags=tags, unread=True, private=True), starred=True)
    keep(alice, "shared", tags=tags)
    keep(bob, "shared", tags=tags)
    return alice


def names_in(form: str, response: Any) -> set[str] | None:
    """Return the last segments of the addresses of Alice's bookmarks, None for a 404."""
    if response.status_code == 404:
        return None
    if form == "json":
        return {one["u"].rsplit("/")[-1] for one in json.loads(response.content) if is_hers(one)}
    items = ElementTree.fromstring(response.content).findall(f"{RSS}item")
    hers = [item for item in items if item.findtext(f"{DC}creator") == "alice"]
    return {str(item.findtext(f"{RSS}link")).rsplit("/")[-1] for item in hers}


def is_hers(item: dict[str, Any]) -> bool:
    return bool(item["a"] == "alice")


@pytest.mark.parametrize("form", ["rss", "json"])
def test_what_is_private_needs_its_owners_key(
    shelves: User, bob: User, form: str, alice_client: Client
) -> None:
    key = shelves.feed_key
    for path, (public, own) in MATRIX.items():
        visited = get(f"/{form}/{path}", alice_client)
        assert (path, names_in(form, visited)) == (path, public)
        assert b".secret" not in visited.content or "t:.secret" in path
        if path.startswith("u:"):
            opened = get(f"/{form}/secret:{key}/{path}")
            assert (path, names_in(form, opened)) == (path, own)
            for wrong in ("0" * 20, bob.feed_key, "", key[:-1]):
                refused = get(f"/{form}/secret:{wrong}/{path}")
                assert refused.status_code == 404
    private = get(f"/{form}/secret:{key}/u:alice/")
    assert private["Cache-Control"] == "private, no-store"
    assert b".secret" in private.content
    assert key.encode() not in private.content
    assert get(f"/{form}/u:alice/")["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize("form", ["rss", "json"])
def test_a_reader_that_has_it_is_told_so(alice: User, form: str) -> None:
    keep(alice, "0")
    first = get(f"/{form}/u:alice/")
    again = get(f"/{form}/u:alice/", **{"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    keep(alice, "1")
    assert get(f"/{form}/u:alice/", **{"If-None-Match": first["ETag"]}).status_code == 200


def test_json_has_pinboards_shape(alice: User) -> None:
    said = {"title": "A & <B>", "description": "é\nwords", "tags": "ml C++"}
    keep(alice, "0", saved_at=START, **said)
    response = get("/json/u:alice/")
    assert response["Content-Type"] == "application/json; charset=utf-8"
    assert response.content.decode() == (
        r'[{"u":"https:\/\/papers.example\/0","d":"A & <B>","n":"\u00e9\nwords",'
        r'"dt":"2024-05-01T12:30:15Z","a":"alice","t":["ml","C++"]}]'
    )
    assert get("/json/t:unused/").content == b"[]"


def test_json_calls_the_function_that_is_named_and_no_other_words(alice: User) -> None:
    keep(alice, "0")
    plain = get("/json/recent/").content.decode()
    for name in ("show", "_my.$items[0].show"):
        response = get(f"/json/recent/?cb={name}&count=5")
        assert response.content.decode() == f"{name}({plain});"
        assert response["Content-Type"] == "text/javascript; charset=utf-8"
        assert response["X-Content-Type-Options"] == "nosniff"
    for bad in ("alert(1)//", "a b", "<script>", "1a", "a.", "a[b]", "é", "a%0A", "x" * 101):
        assert get(f"/json/recent/?cb={bad}").status_code == 400
    assert get("/json/recent/?cb=").content.decode() == plain
    assert get("/json/secret:bad/u:alice/?cb=show").status_code == 404
    first = get("/json/recent/?cb=show")
    assert get("/json/recent/?cb=show", **{"If-None-Match": first["ETag"]}).status_code == 304


def test_rss_is_what_pinboards_readers_know(alice: User) -> None:
    said = {"title": "A & B", "description": "Words & <more>", "tags": "ml C++"}
    kept = keep(alice, "0?a=1&b=2", saved_at=START, **said)
    response = get("/rss/u:alice/")
    item = ElementTree.fromstring(response.content).find(f"{RSS}item")
    assert item is not None
    assert item.get(f"{RDF}about") == "https://papers.example/0?a=1&b=2"
    texts = {part.tag: part.text for part in item}
    assert texts[f"{DC}date"] == "2024-05-01T12:30:15+00:00"
    assert texts[f"{DC}subject"] == "ml C++"
    assert texts[f"{DC}source"] == f"{BASE_URL}/"
    assert texts[f"{DC}identifier"] == f"{BASE_URL}/u:alice/b:{kept.slug}/"
    assert texts[f"{RSS}description"] == "Words & <more>"
    topics = [li.get(f"{RDF}resource") for li in item.iter(f"{RDF}li")]
    assert topics == [f"{BASE_URL}/u:alice/t:ml", f"{BASE_URL}/u:alice/t:C++"]
    [entry] = feedparser.parse(response.content).entries
    assert (entry.link, entry.author) == ("https://papers.example/0?a=1&b=2", "alice")


def test_counts_are_pinboards(alice: User) -> None:
    keep_many(alice, 75)
    for asked, number in (("", 70), ("?count=400", 75), ("?count=9999", 75), ("?count=x", 70)):
        assert len(json.loads(get(f"/json/u:alice/{asked}").content)) == number


def test_rss_is_valid_whatever_is_in_it(alice: User, bob: User) -> None:
    labels = ["bayes", "mcmc", "C++", "a/b", "%", "機械學習", "it's", "a:b", "\ufffe"]
    for number, words in enumerate(HOSTILE):
        kept = keep(alice, f"{number}", title=words, description=words, tags=labels)
        keep(bob, f"{number}", title=words)
        show_facts(kept, excerpt=words.replace("\x00", ""))
    keep(alice, f"{BASE_URL}/recent/", title="The page itself")
    keep(alice, "https://papers.example/?q=a|b^c[0]", tags="bayes")
    secret = f"secret:{alice.feed_key}/"
    for path in ("recent/", "popular/", "u:alice/", f"{secret}u:alice/", "t:bayes/", "t:none/"):
        content = get(f"/rss/{path}").content
        assert feedparser.parse(content).bozo == 0
        assert_rss_1_0(content)


def assert_rss_1_0(content: bytes) -> None:
    """Hold a document to what the specification asks for."""
    root = ElementTree.fromstring(content)
    assert root.tag == f"{RDF}RDF"
    [channel] = root.findall(f"{RSS}channel")
    for name in ("title", "link", "description"):
        assert (channel.findtext(f"{RSS}{name}") or "").strip()
    [sequence] = channel.findall(f"{RSS}items/{RDF}Seq")
    listed = [li.get(f"{RDF}resource") for li in sequence]
    items = root.findall(f"{RSS}item")
    names = [item.get(f"{RDF}about") for item in items]
    assert listed == names
    all_names = [*names, channel.get(f"{RDF}about")]
    assert len(set(all_names)) == len(all_names)
    for item in items:
        for name in (f"{RSS}title", f"{RSS}link", f"{DC}date", f"{DC}creator", f"{DC}identifier"):
            [part] = item.findall(name)
            assert (part.text or "").strip(), name
        link = item.findtext(f"{RSS}link") or ""
        assert link.startswith(("http://", "https://"))
        assert link.isascii()
        for topic in item.findall(f"{TAXO}topics/{RDF}Bag/{RDF}li"):
            assert str(topic.get(f"{RDF}resource")).isascii()
