"""Saving a page through the form at /add."""

from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client

from accounts.models import User
from bookmarks.models import Bookmark, FetchJob
from tests.bookmarks.views.saving_steps import form_values, save, soup
from tests.people import PASSWORD

PAPER = "https://arxiv.org/abs/1706.03762"


def test_it_keeps_everything_the_form_says(alice: User, alice_client: Client) -> None:
    save(
        alice_client,
        PAPER,
        title="Attention",
        description="Read “twice”.\nThen <b>again</b>.",
        tags="Transformers, nlp .mine",
        private="on",
        toread="on",
    )
    bookmark = Bookmark.objects.get(owner=alice)
    assert bookmark.url == PAPER
    assert bookmark.title == "Attention"
    assert bookmark.description == "Read “twice”.\nThen <b>again</b>."
    assert bookmark.labels == ["Transformers", "nlp", ".mine"]
    assert (bookmark.private, bookmark.unread) == (True, True)


def test_it_queues_a_fetch_of_the_page(alice: User, alice_client: Client) -> None:
    bookmark = save(alice_client, PAPER)
    assert FetchJob.objects.get().page == bookmark.page


def test_it_leads_to_ones_own_bookmarks(alice_client: Client) -> None:
    answer = alice_client.post("/add", {"url": PAPER}, follow=True)
    assert answer.redirect_chain == [("/u:alice/", 302)]
    assert "Saved." in soup(answer.content).get_text()


def test_it_replaces_an_address_saved_before_and_keeps_its_time(alice_client: Client) -> None:
    first = save(alice_client, PAPER, title="one", tags="a")
    second = save(alice_client, PAPER + "?utm_source=feed", title="two", tags="b")
    assert (second.pk, second.saved_at, second.slug) == (first.pk, first.saved_at, first.slug)
    assert (second.title, second.labels) == ("two", ["b"])
    assert Bookmark.objects.count() == 1


def test_it_shows_an_address_saved_before_for_editing(alice_client: Client) -> None:
    save(alice_client, PAPER, title="Mine", description="Words.", tags="b a", toread="on")
    answer = alice_client.get("/add", {"url": PAPER, "title": "Theirs"})
    values = form_values(answer.content)
    assert (values["title"], values["description"]) == ("Mine", "Words.")
    assert values["tags"].split() == ["b", "a"]
    assert "toread" in values


def test_it_adds_selected_words_to_the_description_kept(alice_client: Client) -> None:
    save(alice_client, PAPER, description="Words.")
    answer = alice_client.get("/add", {"url": PAPER, "description": "A selection."})
    assert form_values(answer.content)["description"] == "Words.\n\nA selection."


def test_it_does_not_show_what_others_saved(alice_client: Client, bob_client: Client) -> None:
    save(alice_client, PAPER, title="Hers", description="Her words.")
    values = form_values(bob_client.get("/add", {"url": PAPER, "title": "Page"}).content)
    assert (values["title"], values["description"]) == ("Page", "")


def test_it_fills_the_form_from_the_address(alice_client: Client) -> None:
    asked = {
        "url": PAPER,
        "title": "Títle & more",
        "description": "“quoted” <i>words</i>",
        "tags": "a b",
        "private": "yes",
        "toread": "yes",
    }
    values = form_values(alice_client.get("/add", asked).content)
    for name in ("url", "title", "description", "tags"):
        assert values[name] == asked[name]
    assert {"private", "toread"} <= values.keys()


def test_it_ticks_private_for_those_who_save_all_in_private(
    alice: User, alice_client: Client
) -> None:
    User.objects.filter(pk=alice.pk).update(private_by_default=True)
    assert "private" in form_values(alice_client.get("/add", {"url": PAPER}).content)


@pytest.mark.parametrize("path", ["/add", "/add/"])
def test_it_answers_with_and_without_slash(alice_client: Client, path: str) -> None:
    assert alice_client.get(path).status_code == 200


def test_it_sends_a_visitor_to_log_in_and_back(visitor_client: Client) -> None:
    answer = visitor_client.get("/add", {"url": PAPER, "title": "A & B"})
    assert answer.status_code == 302
    assert "login" in urlsplit(answer.headers["Location"]).path
    back = parse_qs(urlsplit(answer.headers["Location"]).query)["next"][0]
    assert parse_qs(urlsplit(back).query) == {"url": [PAPER], "title": ["A & B"]}


def test_it_keeps_what_was_typed_when_the_session_has_ended(visitor_client: Client) -> None:
    answer = visitor_client.post("/add", {"url": PAPER, "title": "Typed", "tags": "a b"})
    assert answer.status_code == 302
    back = parse_qs(urlsplit(answer.headers["Location"]).query)["next"][0]
    assert parse_qs(urlsplit(back).query)["title"] == ["Typed"]
    assert not Bookmark.objects.exists()


REFUSED = {
    "script": "javascript:alert(1)",
    "script in capitals": "JaVaScRiPt:alert(1)",
    "script behind a tab": "java\tscript:alert(1)",
    "script behind a blank": " \x01javascript:alert(1)",
    "data": "data:text/html,<script>alert(1)</script>",
    "file": "file:///etc/passwd",
    "ftp": "ftp://example.com/",
    "vbscript": "vbscript:msgbox(1)",
    "blob": "blob:https://example.com/1",
    "mail": "mailto:ada@example.org",
    "line break": "https://example.com/\r\nX: y",
    "NUL": "https://example.com/\x00",
    "user name": "https://ada@example.com/",
    "password": "https://ada:secret@example.com/",
    "too long": "https://example.com/" + "x" * 10_240,
    "empty": "",
    "blanks": "   ",
    "no host": "https:///path",
    "dots": "https://../",
    "empty label": "https://a..b/",
    "dash": "https://-example.com/",
    "bad number": "https://999.1.1.1/",
    "short number": "https://127.1/",
    "hex number": "https://0x7f000001/",
    "no number": "https://[::g]/",
    "open bracket": "https://[",
    "blank in host": "https://exa mple.com/",
    "bad port": "https://example.com:99999/",
    "port zero": "https://example.com:0/",
    "word": "attention",
    "backslash": "https://example.com\\@evil.example/",
}


@pytest.mark.parametrize("url", REFUSED.values(), ids=REFUSED.keys())
def test_it_refuses_what_is_no_web_address(alice_client: Client, url: str) -> None:
    typed = {"url": url, "title": "Typed title", "description": "Typed words", "tags": "a b"}
    answer = alice_client.post("/add", typed | {"private": "on"})
    assert answer.status_code == 422
    page = soup(answer.content)
    field = page.select_one("input[name=url]")
    assert field
    assert field["aria-invalid"] == "true"
    error = page.find(id=str(field["aria-describedby"]).split()[0])
    assert error
    assert error["role"] == "alert"
    assert len(error.get_text(strip=True)) > 20
    values = form_values(answer.content)
    assert (values["title"], values["description"]) == ("Typed title", "Typed words")
    assert values["tags"] == "a b"
    assert "private" in values
    assert not Bookmark.objects.exists()
    assert not FetchJob.objects.exists()


def test_it_cuts_a_long_title_and_says_so(alice_client: Client) -> None:
    answer = alice_client.post("/add", {"url": PAPER, "title": "é" * 300}, follow=True)
    assert Bookmark.objects.get().title == "é" * 255
    assert "cut to 255" in soup(answer.content).get_text()


def test_it_refuses_a_description_that_is_too_long_and_keeps_it(alice_client: Client) -> None:
    long = "x" * 65_537
    answer = alice_client.post("/add", {"url": PAPER, "description": long})
    assert answer.status_code == 422
    assert form_values(answer.content)["description"] == long
    assert not Bookmark.objects.exists()


def test_it_takes_the_longest_description_and_the_most_tags(alice_client: Client) -> None:
    tags = " ".join(f"{n}" + "ü" * (255 - len(str(n))) for n in range(100))
    bookmark = save(alice_client, PAPER, description="ü" * 65_536, tags=tags)
    assert len(bookmark.description) == 65_536
    assert bookmark.labels == tags.split()


@pytest.mark.parametrize("tags", [" ".join(f"t{n}" for n in range(101)), "x" * 256])
def test_it_refuses_too_many_and_too_long_tags(alice_client: Client, tags: str) -> None:
    answer = alice_client.post("/add", {"url": PAPER, "tags": tags})
    assert answer.status_code == 422
    field = soup(answer.content).select_one("input[name=tags]")
    assert field
    assert field["aria-invalid"] == "true"
    assert field["value"] == tags


def test_it_names_every_wrong_field_at_once(alice_client: Client) -> None:
    answer = alice_client.post("/add", {"url": "ftp://a.b/", "tags": "x" * 256})
    assert len(soup(answer.content).select("[aria-invalid=true]")) == 2


def test_it_refuses_a_form_without_token() -> None:
    assert Client(enforce_csrf_checks=True).post("/add", {"url": PAPER}).status_code == 403


def test_it_refuses_other_methods(alice_client: Client) -> None:
    assert alice_client.put("/add").status_code == 405


AGENTS = {
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X)": "iphone",
    "Mozilla/5.0 (iPad; CPU OS 18_0 like Mac OS X)": "ipad",
    "Mozilla/5.0 (Linux; Android 15)": "android",
    "Mozilla/5.0 (X11; Linux x86_64)": "bookmarklet",
}


@pytest.mark.parametrize(("agent", "source"), AGENTS.items())
def test_it_notes_where_a_bookmark_came_from(alice_client: Client, agent: str, source: str) -> None:
    fields = {"url": PAPER, "source": "bookmarklet"}
    alice_client.post("/add", fields, headers={"User-Agent": agent})
    assert Bookmark.objects.get().source == source


def test_it_does_not_let_a_form_invent_a_source(alice_client: Client) -> None:
    assert save(alice_client, PAPER, source="<b>the moon</b>").source == "form"


FORMS_OF_ONE_PAPER = [
    "https://arxiv.org/pdf/1706.03762v5",
    "http://www.arxiv.org/abs/1706.03762?s=09",
    "https://huggingface.co/papers/1706.03762",
    "https://ar5iv.org/abs/1706.03762",
]


@pytest.mark.parametrize("url", FORMS_OF_ONE_PAPER)
def test_it_says_that_one_has_the_paper_under_another_address(
    alice_client: Client, url: str
) -> None:
    first = save(alice_client, PAPER, title="Attention")
    page = soup(alice_client.get("/add", {"url": url}).content)
    assert page.select_one(f"main a[href$='{first.slug}/']")
    second = save(alice_client, url)
    assert second.pk != first.pk
    assert second.page == first.page
    assert second.page.url == PAPER


@pytest.mark.parametrize(
    "name", ["url", "title", "description", "tags", "source", "next", "jump", "showtags"]
)
def test_it_refuses_nul_in_any_field(alice_client: Client, name: str) -> None:
    answer = alice_client.post("/add", {"url": PAPER, name: "https://example.com/a\x00b"})
    assert answer.status_code == 422
    assert not Bookmark.objects.exists()


LONG = {
    "url": PAPER,
    "title": "Títle",
    "tags": "a b",
    "description": "日本語 " * 900,
    "jump": "close",
}


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_long_selection_survives_logging_in(
    alice: User, visitor_client: Client, method: str
) -> None:
    answer = getattr(visitor_client, method)("/add", LONG)
    assert "login" in urlsplit(answer.headers["Location"]).path
    secret = {"username": "alice", "password": PASSWORD}
    form = visitor_client.post(answer.headers["Location"], secret, follow=True)
    values = form_values(form.content)
    assert {name: values[name] for name in LONG} == LONG
