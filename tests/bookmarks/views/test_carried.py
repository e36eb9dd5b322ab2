"""The form filled by what a bookmarklet posts from the tab of another site."""

import json
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client

from accounts.models import Session, User
from bookmarks.carried import MAX_BYTES
from bookmarks.models import Bookmark, Page
from tests.bookmarks.views.saving_steps import form_values, save, soup

URL = "https://papers.example/42"
PAYLOAD = json.dumps(
    {
        "url": URL,
        "title": "Reader 3.1",
        "meta": [
            ["citation_title", "A Note on Engines"],
            ["citation_author", "Lovelace, Ada"],
            ["citation_publication_date", "2016/09/01"],
        ],
    }
)
POSTED = {
    "url": URL,
    "title": "Reader 3.1",
    "description": "Some “words” <b>selected</b>.",
    "jump": "close",
    "source": "bookmarklet",
    "carried": PAYLOAD,
}
AUTHORS = {"authors": ["Ada Lovelace"], "published": "2016-09-01"}


def kept(bookmark: Bookmark) -> dict[str, object]:
    own = bookmark.own_facts or {}
    return {name: own.get(name) for name in AUTHORS}


def test_a_request_without_cookies_is_answered_with_a_form_that_repeats_it(
    alice_client: Client, visitor_client: Client
) -> None:
    answer = visitor_client.post("/add/carried", POSTED)
    assert answer.status_code == 200
    page = soup(answer.content)
    form = page.select_one("form[data-carry][method=post]")
    assert form
    assert form["action"] == "/add/carried"
    assert form.select_one("button")  # for browsers without scripts
    assert form_values(answer.content) == POSTED | {"again": "yes"}
    assert page.select_one('script[src*="js/carry"]')
    assert "form-action 'self'" in answer.headers["Content-Security-Policy"]
    assert "no-store" in answer.headers["Cache-Control"]
    shown = alice_client.post("/add/carried", form_values(answer.content))
    assert form_values(shown.content)["title"] == "A Note on Engines"


def test_it_needs_no_token_and_keeps_nothing(alice: User) -> None:
    client = Client(enforce_csrf_checks=True)
    assert client.post("/add/carried", POSTED).status_code == 200
    client.force_login(alice)
    sessions = Session.objects.count()
    assert client.post("/add/carried", POSTED).status_code == 200
    assert not Bookmark.objects.exists()
    assert not Page.objects.exists()
    assert Session.objects.count() == sessions
    refused = client.post("/add", POSTED)
    assert refused.status_code == 403


def test_the_form_is_filled_and_shows_what_was_seen(alice_client: Client) -> None:
    answer = alice_client.post("/add/carried", POSTED)
    values = form_values(answer.content)
    assert (values["url"], values["title"]) == (URL, "A Note on Engines")
    assert values["description"] == POSTED["description"]
    assert values["jump"] == "close"
    seen = soup(answer.content).select_one("details.brought")
    assert seen
    text = " ".join(seen.get_text(" ").split())
    assert "Ada Lovelace from its citation tags" in text


def test_saving_keeps_what_was_carried(alice_client: Client) -> None:
    form = form_values(alice_client.post("/add/carried", POSTED).content)
    alice_client.post("/add", form)
    bookmark = Bookmark.objects.get()
    assert kept(bookmark) == AUTHORS
    assert bookmark.title == "A Note on Engines"
    assert bookmark.page.authors == []


def test_a_refused_form_keeps_what_was_carried(alice_client: Client) -> None:
    form = form_values(alice_client.post("/add/carried", POSTED).content)
    refused = alice_client.post("/add", form | {"tags": "x" * 300})
    assert refused.status_code == 422
    alice_client.post("/add", form_values(refused.content) | {"tags": "x"})
    assert kept(Bookmark.objects.get()) == AUTHORS


def test_what_was_kept_before_stays_and_what_was_carried_is_added(alice_client: Client) -> None:
    save(alice_client, URL, title="Mine", tags="a")
    form = form_values(alice_client.post("/add/carried", POSTED).content)
    assert (form["title"], form["tags"].split()) == ("Mine", ["a"])
    alice_client.post("/add", form)
    bookmark = Bookmark.objects.get()
    assert (bookmark.title, kept(bookmark)) == ("Mine", AUTHORS)


def test_it_is_not_kept_of_another_page(alice_client: Client) -> None:
    form = form_values(alice_client.post("/add/carried", POSTED).content)
    alice_client.post("/add", form | {"url": "https://other.example/"})
    assert Bookmark.objects.get().own_facts is None


BAD = {"too large": ("x" * (MAX_BYTES + 1), 413), "no JSON": ("{", 422), "no object": ("[]", 422)}


@pytest.mark.parametrize(("text", "status"), BAD.values(), ids=BAD.keys())
@pytest.mark.parametrize("who", ["alice_client", "visitor_client"])
def test_what_cannot_be_read_is_said_and_the_address_goes_on(
    request: pytest.FixtureRequest, alice_client: Client, who: str, text: str, status: int
) -> None:
    client: Client = request.getfixturevalue(who)
    answer = client.post("/add/carried", POSTED | {"carried": text})
    assert answer.status_code == status
    page = soup(answer.content)
    assert page.select_one("[role=alert]")
    assert not page.select("script[src*=carry]")
    form = page.select_one("form[method=get]")
    assert form
    assert form["action"] == "/add"
    plain = alice_client.get("/add", form_values(answer.content))
    assert form_values(plain.content)["title"] == "Reader 3.1"


def test_a_payload_that_was_tampered_with_on_the_way_costs_only_itself(
    alice_client: Client,
) -> None:
    for text in ("{", "x" * (MAX_BYTES + 1), "\x00"):
        answer = alice_client.post("/add", {"url": URL, "carried": text}, follow=True)
        assert "left out" in soup(answer.content).get_text()
    assert Bookmark.objects.get().own_facts is None


def test_a_visitor_logs_in_and_has_the_form_without_what_was_carried(
    visitor_client: Client,
) -> None:
    answer = visitor_client.post("/add/carried", POSTED | {"again": "yes"})
    assert answer.status_code == 302
    [back] = parse_qs(urlsplit(answer.headers["Location"]).query)["next"]
    asked = {name: values[0] for name, values in parse_qs(urlsplit(back).query).items()}
    assert urlsplit(back).path == "/add"
    assert asked == {name: text for name, text in POSTED.items() if name != "carried"}


def test_its_address_without_a_form_leads_to_the_plain_form(alice_client: Client) -> None:
    answer = alice_client.get("/add/carried", {"url": URL, "title": "T"}, follow=True)
    assert form_values(answer.content)["url"] == URL


def test_markup_in_what_was_carried_is_shown_as_text(alice_client: Client) -> None:
    nasty = "<img src=x onerror=alert(1)>"
    said = json.dumps({"url": URL, "title": nasty, "meta": [["citation_author", nasty]]})
    for client in (alice_client, Client()):
        answer = client.post("/add/carried", POSTED | {"carried": said, "title": nasty})
        assert not soup(answer.content).select("img")
