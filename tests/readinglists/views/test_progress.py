"""The buttons of progress, the page of what one is reading, and whom they are for."""

import pytest
from bs4 import BeautifulSoup, Tag
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from readinglists.lists import add_section
from readinglists.models import Item, Progress, ReadingList
from readinglists.progress import set_progress
from tests.readinglists.making import add, make_list

pytestmark = pytest.mark.django_db
PATH = "/u:alice/l:maths/"
FETCH = {"X-Requested-With": "fetch"}


@pytest.fixture
def maths(alice: User) -> ReadingList:
    """Return a list of Alice's with a section and one below it, each with items."""
    reading_list = make_list(alice, "Maths")
    outer = add_section(reading_list, "Outer")
    inner = add_section(reading_list, "Inner", parent=outer)
    add(reading_list, "First", section=outer, minutes=60, url="https://x.example/1")
    add(reading_list, "Second", section=inner, minutes=100, url="https://x.example/2")
    add(reading_list, "Third", section=inner)
    return reading_list


def item(title: str) -> Item:
    return Item.objects.get(title=title)


def found(page: BeautifulSoup, selector: str) -> Tag:
    tag = page.select_one(selector)
    assert tag is not None, f"no {selector}"
    return tag


def words(tag: Tag) -> str:
    return " ".join(tag.get_text(" ").split())


def page_of(client: Client, path: str = PATH) -> BeautifulSoup:
    answer = client.get(path)
    assert answer.status_code == 200
    return BeautifulSoup(answer.content, "lxml")


def press(client: Client, title: str, state: str, **headers: str) -> BeautifulSoup:
    path = f"{PATH}i:{item(title).pk}/progress/"
    answer = client.post(path, {"state": state}, headers=headers)
    assert answer.status_code == (200 if headers else 302)
    return BeautifulSoup(answer.content, "lxml")


@pytest.mark.usefixtures("maths")
def test_a_reader_sees_how_far_they_are_and_what_is_next(bob_client: Client) -> None:
    press(bob_client, "First", "read")
    page = page_of(bob_client)
    progress = words(found(page, "#progress"))
    assert "1 of 3 read about 1 h 40 left, and 1 item of unknown length" in progress
    assert "Next up Second" in progress
    assert found(page, ".ring .done")["stroke-dasharray"] == "33 100"
    assert [words(tag) for tag in page.select(".part-progress")] == ["1 of 3 read", "0 of 2 read"]
    assert found(page, ".next-up")["id"] == f"i-{item('Second').pk}"
    button = found(page, f"#i-{item('First').pk} .status")
    assert (button["aria-pressed"], button["value"]) == ("true", "")


@pytest.mark.usefixtures("maths")
def test_a_visitor_sees_no_progress_and_gets_no_cookie(visitor_client: Client, bob: User) -> None:
    set_progress(bob, item("First"), "read")
    answer = visitor_client.get(PATH)
    page = BeautifulSoup(answer.content, "lxml")
    assert page.select("#progress, .states, .part-progress, .next-up") == []
    assert not answer.cookies
    sent = visitor_client.post(f"{PATH}i:{item('First').pk}/progress/", {"state": "read"})
    assert sent.headers["Location"].startswith("/login/")


@pytest.mark.usefixtures("maths")
def test_a_button_leads_back_to_its_item(bob_client: Client) -> None:
    third = item("Third")
    path = f"{PATH}i:{third.pk}/progress/"
    answer = bob_client.post(path, {"state": "skimmed"})
    assert answer.headers["Location"] == f"{PATH}?open={third.section_id}#i-{third.pk}"
    answer = bob_client.post(path, {"state": "", "next": "/lists/reading/"})
    assert answer.headers["Location"] == "/lists/reading/"
    assert not Progress.objects.exists()


@pytest.mark.usefixtures("maths")
def test_a_script_gets_just_what_changed(bob_client: Client) -> None:
    second = item("Second")
    parts = press(bob_client, "Second", "reading", **FETCH)
    assert not parts.select("h1, .item")
    assert [tag["id"] for tag in parts.select("[id]")] == [
        "progress",
        f"p-{second.pk}",
        *(f"{bar}-{second.section_id}" for bar in ("sp", "sc")),
        *(f"{bar}-{second.section.parent_id if second.section else 0}" for bar in ("sp", "sc")),
    ]
    assert found(parts, "#progress")["data-next"] == str(second.pk)
    assert "reading" in found(parts, ".status")["class"]


def test_a_script_that_moves_an_item_gets_the_figures_of_both_sections(
    maths: ReadingList, alice: User, alice_client: Client
) -> None:
    set_progress(alice, item("Second"), "read")
    empty = add_section(maths, "Empty")
    second = item("Second")
    path = f"{PATH}i:{second.pk}/move/"
    said = {"section": str(empty.pk), "after": ""}
    answer = alice_client.post(path, said, headers=FETCH)
    parts = BeautifulSoup(answer.content, "lxml")
    outer = second.section.parent_id if second.section else 0
    told = {str(tag["id"]): words(tag) for tag in parts.select("small[id]")}
    assert told == {
        f"sp-{second.section_id}": "0 of 1 read",
        f"sc-{second.section_id}": "1",
        f"sp-{outer}": "0 of 2 read",
        f"sc-{outer}": "2",
        f"sp-{empty.pk}": "1 of 1 read",
        f"sc-{empty.pk}": "1",
    }
    assert "1 of 3 read" in words(found(parts, "#progress"))
    page = page_of(alice_client)
    assert {name: words(found(page, f"#{name}")) for name in told} == told


@pytest.mark.usefixtures("maths")
def test_nonsense_is_refused(bob_client: Client) -> None:
    path = f"{PATH}i:{item('First').pk}/progress/"
    assert bob_client.post(path, {"state": "finished"}).status_code == 400
    assert bob_client.post(path, {"state": "\x00"}).status_code == 400
    assert bob_client.get(path).status_code == 405
    assert bob_client.post(f"{PATH}i:999/progress/", {"state": "read"}).status_code == 404
    assert not Progress.objects.exists()


def test_of_a_private_list_nothing_can_be_read(maths: ReadingList, bob_client: Client) -> None:
    ReadingList.objects.update(visibility="private")
    path = f"{PATH}i:{item('First').pk}/progress/"
    assert bob_client.post(path, {"state": "read"}).status_code == 404
    assert bob_client.post(f"{PATH}follow/").status_code == 404


@pytest.mark.usefixtures("maths")
def test_a_note_of_progress_costs_few_queries(
    bob_client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    path = f"{PATH}i:{item('First').pk}/progress/"
    bob_client.post(path, {"state": "reading"}, headers=FETCH)
    with django_assert_num_queries(16):
        bob_client.post(path, {"state": "read"}, headers=FETCH)


def test_my_reading_shows_lists_in_progress(
    maths: ReadingList, alice: User, bob: User, bob_client: Client, visitor_client: Client
) -> None:
    make_list(alice, "Not begun")
    assert "not begun a list yet" in page_of(bob_client, "/lists/reading/").text
    set_progress(bob, item("First"), "read")
    bob_client.post(f"{PATH}follow/")
    page = page_of(bob_client, "/lists/reading/")
    card = words(found(page, ".list-card"))
    assert card.startswith("Maths 1 of 3 read · about 1 h 40 left · by alice")
    assert card.endswith("Next up: Second")
    assert "First in Maths" in words(found(page, "main .plain"))
    assert words(found(page, "aside .plain")) == "Maths by alice"
    assert visitor_client.get("/lists/reading/").status_code == 302
    maths.delete()
    assert "not begun a list yet" in page_of(bob_client, "/lists/reading/").text


def test_my_reading_costs_the_same_queries_however_many_lists(
    alice: User, bob: User, bob_client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(4):
        reading_list = make_list(alice, f"List {number}")
        add_section(reading_list, "Empty")
        for each in range(3):
            one = add(reading_list, f"{number} {each}", url=f"https://x.example/{number}/{each}")
            set_progress(bob, one, "read" if each else "reading")
    with django_assert_num_queries(14):
        page = page_of(bob_client, "/lists/reading/")
    assert len(page.select(".list-card")) == 4
    assert len(page.select("main .plain li")) == 8
