"""A page comes into a list from a bookmark, by an address, or as it is saved."""

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from bookmarks.models import Bookmark
from readinglists.drafts import make_item_draft
from readinglists.items import add_items
from readinglists.lists import add_section, delete_section
from readinglists.models import Item, ReadingList
from tests.bookmarks.keeping import keep
from tests.bookmarks.views.saving_steps import form_values
from tests.readinglists.making import add, fork_of, make_list

pytestmark = pytest.mark.django_db
URL = "https://example.org/a"


def soup(client: Client, path: str) -> BeautifulSoup:
    return BeautifulSoup(client.get(path).content, "lxml")


def choices(page: BeautifulSoup) -> list[str]:
    return [one.text for one in page.select("select[name=to_list] option")]


def chosen(page: BeautifulSoup) -> str:
    one = page.select_one("select[name=to_list] option[selected]")
    return one.text if one else ""


def test_every_entry_leads_to_the_lists_of_who_is_logged_in(
    alice: User, bob_client: Client, alice_client: Client, visitor_client: Client
) -> None:
    kept = keep(alice, URL, "bayes", title="A page")
    link = f'a[href="/lists/add/?b={kept.slug}"]'
    for path in (
        "/u:alice/",
        "/t:bayes/",
        "/u:alice/t:bayes/",
        "/recent/",
        f"/u:alice/b:{kept.slug}/",
    ):
        assert len(soup(alice_client, path).select(link)) == 1, path
        assert len(soup(bob_client, path).select(link)) == 1, path
        assert not soup(visitor_client, path).select(link)
    assert "A page" in soup(bob_client, f"/lists/add/?b={kept.slug}").text


def test_a_bookmark_is_put_into_a_section_with_a_note(alice: User, alice_client: Client) -> None:
    made = make_list(alice, "First")
    inner = add_section(made, "Inner", parent=add_section(made, "Outer"))
    kept = keep(alice, URL, title="A page")
    page = soup(alice_client, f"/lists/add/?b={kept.slug}")
    assert choices(page) == ["First", "First › Outer", "First › – Inner"]
    form = form_values(str(page).encode()) | {"to_list": f"{made.pk}-{inner.pk}", "note": "Why"}
    answer = alice_client.post("/lists/add/", form)
    item = Item.objects.get()
    assert answer.headers["Location"] == f"/u:alice/l:first/?open={inner.pk}#i-{item.pk}"
    assert (item.url, item.title, item.note, item.section) == (URL, "A page", "Why", inner)
    page = soup(alice_client, f"/lists/add/?b={kept.slug}")
    assert "has it already" in page.text
    assert not choices(page)
    assert alice_client.post("/lists/add/", form).status_code == 422
    assert Item.objects.count() == 1


def test_the_list_used_last_comes_first(alice: User, alice_client: Client) -> None:
    used = make_list(alice, "Used")
    section = add_section(used, "Part")
    add(used, "Words", section=section)
    make_list(alice, "Newer")
    page = soup(alice_client, f"/lists/add/?url={URL}")
    assert choices(page) == ["Used", "Used › Part", "Newer"]
    assert chosen(page) == "Used › Part"
    links = [str(one["href"]) for one in page.select("article a")]
    assert links[0].endswith(f"&section={section.pk}")


def test_a_fork_is_no_list_that_was_used(alice: User, bob: User, alice_client: Client) -> None:
    theirs = make_list(bob, "Theirs")
    add(theirs, "Item")
    add(make_list(alice, "Used"), "Item")
    fork_of(theirs, alice)
    assert chosen(soup(alice_client, "/add?url=https://example.org/&tolist=yes")) == "Used"


def test_a_page_is_saved_and_put_on_a_list_in_one_form(alice: User, alice_client: Client) -> None:
    made = make_list(alice)
    section = add_section(made, "Part")
    page = soup(alice_client, f"/add?url={URL}&title=A+page")
    assert choices(page) == ["on no list", "Learning to rank", "Learning to rank › Part"]
    assert chosen(page) == ""
    form = form_values(str(page).encode())
    alice_client.post("/add", form)
    assert not Item.objects.exists()
    form["to_list"] = f"{made.pk}-{section.pk}"
    refused = alice_client.post("/add", form | {"url": "ftp://x/"})
    assert chosen(BeautifulSoup(refused.content, "lxml")) == "Learning to rank › Part"
    told = alice_client.post("/add", form, follow=True)
    assert "Added to the list “Learning to rank”." in told.content.decode()
    item = Item.objects.get()
    assert (item.title, item.section, item.page) == ("A page", section, Bookmark.objects.get().page)
    told = alice_client.post("/add", form, follow=True)
    assert "It is on the list “Learning to rank” already." in told.content.decode()
    assert "it is there already" in choices(soup(alice_client, f"/add?url={URL}"))[1]
    assert Item.objects.count() == 1


def test_the_bookmarklet_for_lists_has_the_last_one_chosen(
    alice: User, alice_client: Client
) -> None:
    asked = f"/add?url={URL}&jump=close&tolist=yes"
    assert "no list yet" in soup(alice_client, asked).text
    make_list(alice, "Older")
    make_list(alice, "Newer")
    assert chosen(soup(alice_client, asked)) == "Newer"


@pytest.mark.parametrize("place", ["{theirs}", "{own}-{section}", "none", "1-", "9" * 19, "\0"])
def test_a_place_that_is_none_costs_no_bookmark(
    alice: User, bob: User, alice_client: Client, place: str
) -> None:
    own, theirs = make_list(alice), make_list(bob, "Of Bob")
    section = add_section(own, "Gone")
    place = place.format(own=own.pk, section=section.pk, theirs=theirs.pk)
    delete_section(section)
    answer = alice_client.post("/add", {"url": URL, "to_list": place}, follow=True)
    assert "It is on no list." in answer.content.decode()
    assert Bookmark.objects.count() == 1
    assert alice_client.post("/lists/add/", {"url": URL, "to_list": place}).status_code == 422
    assert not Item.objects.exists()


def test_bookmarks_and_lists_of_others_are_not_told(alice: User, bob_client: Client) -> None:
    make_list(alice)
    kept = keep(alice, "https://example.org/secret", private=True)
    answer = bob_client.get(f"/lists/add/?b={kept.slug}")
    assert b"secret" not in answer.content
    assert b"Learning to rank" not in answer.content


def test_a_choice_costs_as_much_for_many_lists(
    alice: User, alice_client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(20):
        made = make_list(alice, f"List {number}")
        add_section(made, "Part")
        if number in (0, 19):
            items = [make_item_draft(title="x"), make_item_draft(url=URL)]
            add_items(ReadingList.objects.get(pk=made.pk), items, alice)
            with django_assert_num_queries(
                7
            ):  # session, person, lists, used, page, items, sections
                soup(alice_client, f"/lists/add/?url={URL}")
