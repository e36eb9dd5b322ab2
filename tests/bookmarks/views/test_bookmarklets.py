"""The bookmarklets and what they ask of /add."""

from urllib.parse import unquote

import pytest
from django.test import Client

from bookmarks.models import Bookmark
from tests.bookmarks.views.saving_steps import form_values, save, soup

PAGE = "https://example.com/page?a=1&b=2#part"


def test_they_carry_the_address_of_this_site(alice_client: Client) -> None:
    answer = alice_client.get("/bookmarklets/", headers={"Host": "localhost:8123"})
    links = [str(a["href"]) for a in soup(answer.content).select("a[href^='javascript:']")]
    assert len(links) == 6
    assert all('"http://localhost:8123/add"' in unquote(link) for link in links)


def test_they_are_shown_to_visitors_too(visitor_client: Client) -> None:
    assert visitor_client.get("/bookmarklets/").status_code == 200


def test_a_popup_closes_after_saving(alice_client: Client) -> None:
    form = form_values(alice_client.get("/add", {"url": PAGE, "jump": "close"}).content)
    answer = alice_client.post("/add", form)
    assert answer.status_code == 200
    assert Bookmark.objects.get().url == PAGE
    assert soup(answer.content).select_one("[data-close]")


def test_the_same_window_comes_back_to_the_page(alice_client: Client) -> None:
    form = form_values(alice_client.get("/add", {"url": PAGE, "next": "same"}).content)
    answer = alice_client.post("/add", form)
    assert (answer.status_code, answer.headers["Location"]) == (302, PAGE)


@pytest.mark.parametrize("url", ["https://evil.example/", "//evil.example", "/%2Fevil.example"])
def test_it_comes_back_to_no_other_site(alice_client: Client, url: str) -> None:
    answer = alice_client.post("/add", {"url": PAGE, "next": url})
    assert answer.headers["Location"] == "/"


def test_it_goes_on_to_a_page_of_this_site(alice_client: Client) -> None:
    answer = alice_client.post("/add", {"url": PAGE, "next": "/recent/"})
    assert answer.headers["Location"] == "/recent/"


def test_with_tags_it_shows_ones_own_tags(alice_client: Client) -> None:
    save(alice_client, "https://example.com/", tags="bayes .mine")
    answer = alice_client.get("/add", {"url": PAGE, "showtags": "yes"})
    assert "bayes" in {tag.get_text(strip=True) for tag in soup(answer.content).select("a, button")}


LATER = {"later": "yes", "noui": "yes", "jump": "close", "url": PAGE, "title": "Page"}


def test_read_later_writes_nothing_before_the_click(alice_client: Client) -> None:
    answer = alice_client.get("/add", LATER)
    assert answer.status_code == 200
    assert not Bookmark.objects.exists()


def test_read_later_saves_with_one_click(alice_client: Client) -> None:
    form = form_values(alice_client.get("/add", LATER).content)
    assert alice_client.post("/add", form).status_code == 200
    bookmark = Bookmark.objects.get()
    assert (bookmark.url, bookmark.title, bookmark.unread) == (PAGE, "Page", True)


def test_read_later_changes_nothing_else_of_a_page_saved_before(alice_client: Client) -> None:
    save(alice_client, PAGE, title="Mine", tags="a", description="Words.", private="on")
    form = form_values(alice_client.get("/add", LATER).content)
    alice_client.post("/add", form)
    bookmark = Bookmark.objects.get()
    assert (bookmark.title, bookmark.labels, bookmark.description) == ("Mine", ["a"], "Words.")
    assert (bookmark.unread, bookmark.private) == (True, True)


def test_read_later_of_no_address_shows_the_error(alice_client: Client) -> None:
    answer = alice_client.get("/add", LATER | {"url": "javascript:alert(1)"})
    assert answer.status_code == 422
    assert soup(answer.content).select_one("[aria-invalid=true]")


@pytest.mark.parametrize("wanted", ["http://[", "//[", "http://[::1", "http://a℀b", "\\\\evil"])
def test_a_next_that_is_no_address_leads_home(alice_client: Client, wanted: str) -> None:
    answer = alice_client.post("/add", {"url": PAGE, "next": wanted})
    assert answer.headers["Location"] == "/"


def test_a_form_that_leads_back_elsewhere_is_let_through_by_its_policy(
    alice_client: Client,
) -> None:
    leads_back = alice_client.get("/add", {"url": PAGE, "next": "same"})
    assert "form-action 'self' http: https:;" in leads_back.headers["Content-Security-Policy"]
    stays = alice_client.get("/add", {"url": PAGE})
    assert "form-action 'self';" in stays.headers["Content-Security-Policy"]


def test_a_refused_popup_keeps_its_tags(alice_client: Client) -> None:
    save(alice_client, "https://example.com/", tags="bayes")
    form = form_values(alice_client.get("/add", {"url": PAGE, "showtags": "yes"}).content)
    refused = alice_client.post("/add", form | {"url": "ftp://x/"})
    assert "bayes" in {button.get_text() for button in soup(refused.content).select("button")}
