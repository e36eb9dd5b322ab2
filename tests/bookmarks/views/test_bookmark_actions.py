"""The buttons beside a bookmark, its edit form and its permalink."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from bookmarks.models import Bookmark, FetchJob, Page
from bookmarks.paths import bookmark_path
from tests.bookmarks.views.saving_steps import form_values, save, soup, titles

URL = "https://example.com/"


def without_token(body: bytes) -> str:
    """Return a page without the token against forged forms, which is another each time."""
    page = soup(body)
    for field in page.select("[name=csrfmiddlewaretoken]"):
        field.decompose()
    return str(page)


def path_of(bookmark: Bookmark, action: str = "") -> str:
    return bookmark_path("alice", bookmark.slug, action)


BUTTONS = [
    ("star", "starred", True),
    ("unstar", "starred", False),
    ("read", "unread", False),
    ("unread", "unread", True),
    ("publish", "private", False),
    ("hide", "private", True),
]


@pytest.mark.parametrize(("action", "name", "value"), BUTTONS)
def test_a_button_sets_one_thing(alice_client: Client, action: str, name: str, value: bool) -> None:
    bookmark = save(alice_client, URL, tags="a b", description="Words.", toread="on")
    Bookmark.objects.filter(pk=bookmark.pk).update(**{name: not value})
    answer = alice_client.post(path_of(bookmark, action), {"next": "/u:alice/unread/"})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/u:alice/unread/")
    now = Bookmark.objects.get()
    assert getattr(now, name) is value
    assert (now.labels, now.description) == (["a", "b"], "Words.")


def test_a_script_gets_the_entry_alone(alice_client: Client) -> None:
    bookmark = save(alice_client, URL, title="Title")
    answer = alice_client.post(path_of(bookmark, "hide"), headers={"X-Requested-With": "fetch"})
    assert answer.status_code == 200
    page = soup(answer.content)
    assert page.select_one(f"article.bookmark.private#b-{bookmark.slug}")
    assert not page.select("header, title")


ALL_ACTIONS = [action for action, _, _ in BUTTONS] + ["fetch", "delete", "restore"]


@pytest.mark.parametrize("action", ALL_ACTIONS)
def test_a_button_needs_post(alice_client: Client, action: str) -> None:
    bookmark = save(alice_client, URL)
    assert alice_client.get(path_of(bookmark, action)).status_code == 405


@pytest.mark.parametrize("action", [*ALL_ACTIONS, "edit"])
def test_others_cannot_touch_it(alice_client: Client, bob_client: Client, action: str) -> None:
    bookmark = save(alice_client, URL, title="Hers", toread="on")
    before = Bookmark.objects.values().get()
    answer = bob_client.post(path_of(bookmark, action), {"url": URL, "title": "His"})
    assert answer.status_code == 404
    assert Bookmark.objects.values().get() == before


@pytest.mark.parametrize("action", ["", "edit", "star"])
def test_a_private_one_is_as_unknown_as_any(
    alice_client: Client, bob_client: Client, action: str
) -> None:
    bookmark = save(alice_client, URL, private="on")
    private = bob_client.post(path_of(bookmark, action))
    unknown = bob_client.post(bookmark_path("alice", "0" * 12, action))
    assert private.status_code == unknown.status_code == 404
    assert without_token(private.content) == without_token(unknown.content)


def test_a_visitor_is_asked_to_log_in(alice_client: Client, visitor_client: Client) -> None:
    bookmark = save(alice_client, URL)
    answer = visitor_client.post(path_of(bookmark, "star"))
    assert "login" in answer.headers["Location"]


def test_fetch_asks_for_the_page_again(alice_client: Client) -> None:
    bookmark = save(alice_client, URL)
    FetchJob.objects.update(state="failed", reason="x")
    alice_client.post(path_of(bookmark, "fetch"))
    assert FetchJob.objects.filter(state="queued", attempts=0).count() == 1


def test_a_deleted_one_is_gone_and_can_be_brought_back(alice_client: Client) -> None:
    bookmark = save(alice_client, URL, title="T", tags="b a .c", toread="on", description="D")
    before = Bookmark.objects.values().get()
    answer = alice_client.post(path_of(bookmark, "delete"), follow=True)
    assert not Bookmark.objects.exists()
    undo = soup(answer.content).select_one("[formaction$='restore/'], form[action$='restore/']")
    assert undo
    alice_client.post(str(undo.get("formaction") or undo["action"]))
    after = Bookmark.objects.values().get()
    ignored = {"id", "updated_at"}
    assert {k: v for k, v in after.items() if k not in ignored} == {
        k: v for k, v in before.items() if k not in ignored
    }
    assert titles(alice_client, "/u:alice/t:a/") == ["T"]


def test_deleting_on_its_own_page_leads_to_the_list(alice_client: Client) -> None:
    bookmark = save(alice_client, URL)
    answer = alice_client.post(path_of(bookmark, "delete"), {"next": path_of(bookmark)})
    assert answer.headers["Location"] == "/u:alice/"


def test_deleting_twice_is_a_404(alice_client: Client) -> None:
    bookmark = save(alice_client, URL)
    alice_client.post(path_of(bookmark, "delete"))
    assert alice_client.post(path_of(bookmark, "delete")).status_code == 404


def test_editing_changes_what_the_form_says(alice_client: Client) -> None:
    bookmark = save(alice_client, URL, title="One", tags="a")
    form = form_values(alice_client.get(path_of(bookmark, "edit")).content)
    assert (form["url"], form["title"], form["tags"].split()) == (URL, "One", ["a"])
    changed = form | {"title": "Two", "tags": "c b", "url": "https://example.org/"}
    assert alice_client.post(path_of(bookmark, "edit"), changed).status_code == 302
    now = Bookmark.objects.get()
    assert (now.url, now.title, now.labels) == ("https://example.org/", "Two", ["c", "b"])
    assert (now.slug, now.saved_at) == (bookmark.slug, bookmark.saved_at)


def test_editing_to_an_address_one_has_is_refused(alice_client: Client) -> None:
    save(alice_client, "https://example.org/", title="The other")
    bookmark = save(alice_client, URL)
    answer = alice_client.post(path_of(bookmark, "edit"), {"url": "https://example.org/"})
    assert answer.status_code == 422
    assert "The other" in soup(answer.content).get_text()
    assert Bookmark.objects.count() == 2


def test_a_refused_edit_keeps_what_was_typed(alice_client: Client) -> None:
    bookmark = save(alice_client, URL, title="One")
    typed = {"url": "ftp://a.b/", "title": "Typed", "description": "Words", "tags": "x"}
    answer = alice_client.post(path_of(bookmark, "edit"), typed)
    assert answer.status_code == 422
    assert form_values(answer.content).items() >= typed.items()
    assert Bookmark.objects.get().title == "One"


def test_a_script_gets_the_edit_form_alone(alice_client: Client) -> None:
    bookmark = save(alice_client, URL)
    answer = alice_client.get(path_of(bookmark, "edit"), headers={"X-Requested-With": "fetch"})
    assert soup(answer.content).select_one("form")
    assert not soup(answer.content).select("header, title")


def test_the_permalink_shows_the_whole_bookmark(
    alice_client: Client, visitor_client: Client
) -> None:
    bookmark = save(alice_client, URL, title="T <b>", tags="a .hidden", description="D & d")
    text = soup(visitor_client.get(path_of(bookmark)).content).get_text()
    assert "T <b>" in text
    assert "D & d" in text
    assert ".hidden" not in text
    assert ".hidden" in soup(alice_client.get(path_of(bookmark)).content).get_text()


def test_the_permalink_of_another_owner_is_a_404(alice_client: Client, bob_client: Client) -> None:
    bookmark = save(alice_client, URL)
    assert bob_client.get(bookmark_path("bob", bookmark.slug)).status_code == 404


@pytest.mark.parametrize("action", ["star", "read", "hide", "delete", "edit"])
def test_what_another_window_deleted_meanwhile_is_a_404(
    alice_client: Client, action: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    bookmark = save(alice_client, URL)
    found = Bookmark.objects.select_related("owner", "page").get()
    alice_client.post(path_of(bookmark, "delete"))
    monkeypatch.setattr("bookmarks.views.bookmark._own", lambda *_: found)
    assert alice_client.post(path_of(bookmark, action), {"url": URL}).status_code == 404


ELSEWHERE = ["javascript:alert(1)", "//evil.example", "https://evil.example/", "/\\evil.example"]


@pytest.mark.parametrize("wanted", ELSEWHERE)
def test_cancel_leads_to_no_other_site(alice_client: Client, wanted: str) -> None:
    bookmark = save(alice_client, URL)
    page = soup(alice_client.get(path_of(bookmark, "edit"), {"next": wanted}).content)
    cancel = page.select_one("a.cancel")
    assert cancel
    assert cancel["href"] == "/"


def test_a_button_pressed_after_logging_out_leads_back_to_where_it_was(
    alice_client: Client, visitor_client: Client
) -> None:
    bookmark = save(alice_client, URL)
    answer = visitor_client.post(path_of(bookmark, "star"), {"next": "/u:alice/unread/"})
    assert answer.headers["Location"].endswith("next=/u%3Aalice/unread/")


@pytest.mark.parametrize(("hours", "asked"), [(23, False), (25, True)])
def test_what_was_read_is_read_again_once_it_is_a_day_old(
    alice_client: Client, hours: int, asked: bool
) -> None:
    bookmark = save(alice_client, URL)
    FetchJob.objects.update(state="done")
    read_at = timezone.now() - timedelta(hours=hours)
    Page.objects.update(state="fetched", fetched_at=read_at)
    Bookmark.objects.update(facts_at=read_at)
    path = path_of(bookmark)
    assert ("fetch again" in soup(alice_client.get(path).content).get_text()) is asked
    answer = alice_client.post(path_of(bookmark, "fetch"), {"next": path}, follow=True)
    assert FetchJob.objects.filter(state="queued").exists() is asked
    assert ("waits for its turn" in soup(answer.content).get_text()) is asked


def test_a_script_is_told_that_the_page_was_asked_for(alice_client: Client) -> None:
    bookmark = save(alice_client, URL)
    Page.objects.update(state="failed", reason="x", tried_at=timezone.now())
    answer = alice_client.post(path_of(bookmark, "fetch"), headers={"X-Requested-With": "fetch"})
    state = soup(answer.content).select_one(".state")
    assert state
    assert state.get_text(strip=True) == "asked for once more, it waits for its turn"


def test_deleting_the_last_of_a_tag_leads_to_an_empty_list(alice_client: Client) -> None:
    bookmark = save(alice_client, URL, tags="lonely")
    there = {"next": "/u:alice/t:lonely/"}
    answer = alice_client.post(path_of(bookmark, "delete"), there, follow=True)
    assert answer.status_code == 200
    assert soup(answer.content).select("[formaction$='restore/'], form[action$='restore/']")
