"""The plan of a list: pictures, and the same in words; progress for its reader alone."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup, Tag
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from readinglists.items import set_prerequisites
from readinglists.lists import add_section
from readinglists.models import Progress, ReadingList
from readinglists.ordering import move_section
from readinglists.progress import set_progress
from tests.readinglists.making import add, make_list

pytestmark = pytest.mark.django_db
PATH = "/u:alice/l:maths/plan/"


@pytest.fixture
def maths(alice: User) -> ReadingList:
    """Return a list whose last section was moved to the front."""
    reading_list = make_list(alice, "Maths")
    late, early = (add_section(reading_list, name) for name in ("Late", "Early"))
    move_section(early, None)
    third = add(reading_list, "Third <b>", section=late, url="https://x.example/3")
    second = add(reading_list, "Second", section=early, minutes=90, url="https://x.example/2")
    first = add(reading_list, "First", minutes=60)
    set_prerequisites(second, [first.pk])
    set_prerequisites(third, [second.pk])
    reading_list.refresh_from_db()
    return reading_list


def page_of(client: Client, path: str = PATH) -> BeautifulSoup:
    answer = client.get(path)
    assert answer.status_code == 200
    return BeautifulSoup(answer.content, "lxml")


def words(tag: Tag | None) -> str:
    assert tag is not None
    return " ".join(tag.get_text(" ").split())


def weeks(page: BeautifulSoup) -> list[str]:
    return [words(row.select_one("ul")) for row in page.select(".weeks tbody tr")]


@pytest.mark.usefixtures("maths")
def test_weeks_are_filled_in_the_order_of_the_list(visitor_client: Client) -> None:
    page = page_of(visitor_client, f"{PATH}?hours=2")
    assert weeks(page) == ["First begin Second", "finish Second Third <b>"]
    assert "All of it takes 2 weeks" in words(page.select_one(".lede"))
    assert "1 item of unknown length is taken for 30 min." in words(page.select_one(".lede"))
    bars = [(bar["x"], bar["width"]) for bar in page.select(".week-bar .done")]
    assert bars == [("0", "200"), ("200", "200"), ("0", "100"), ("100", "100")]


def test_formulas_are_plain_in_the_picture(maths: ReadingList, visitor_client: Client) -> None:
    maths.items.filter(title="First").update(title=r"First $\alpha$")
    page = page_of(visitor_client)
    assert words(page.select_one(".graph text")) == "First α"
    assert words(page.select(".as-table tbody tr")[0]) == "Second First α"
    assert page.select(".weeks li math")


@pytest.mark.usefixtures("maths")
def test_what_is_read_after_what_is_drawn_and_told(visitor_client: Client) -> None:
    page = page_of(visitor_client)
    labels = [words(label) for label in page.select(".graph text")]
    assert labels == ["First", "Second", "Third <b>"]
    assert len(page.select(".graph path")) == 2
    rows = [words(row) for row in page.select(".as-table tbody tr")]
    assert rows == ["Second First", "Third <b> Second"]


def test_a_reader_plans_what_is_left(maths: ReadingList, bob: User, bob_client: Client) -> None:
    first, second = (maths.items.get(title=title) for title in ("First", "Second"))
    set_progress(bob, first, "read")
    set_progress(bob, second, "dropped")
    page = page_of(bob_client)
    assert weeks(page) == ["Third <b>"]
    assert "What is left takes 1 week" in words(page.select_one(".lede"))


def test_a_reader_sees_what_they_read_by_week(
    maths: ReadingList, bob: User, bob_client: Client, alice_client: Client, visitor_client: Client
) -> None:
    elsewhere = add(make_list(bob, "Other"), "Elsewhere")
    for item in (*maths.items.all(), elsewhere):
        set_progress(bob, item, "read")
    old = Progress.objects.filter(item=maths.items.get(title="First"))
    old.update(read_at=timezone.now() - timedelta(weeks=3))
    page = page_of(bob_client)
    assert "Nothing is left to read." in page.text
    assert "3 items of this list in the last 26 weeks" in page.text
    heights = [int(str(bar["height"])) for bar in page.select(".columns rect")]
    assert len(heights) == 26
    assert [heights[-4], heights[-1], sum(heights)] == [40, 80, 120]
    for other in (alice_client, visitor_client):
        assert page_of(other).select(".columns") == []


@pytest.mark.parametrize("hours", ["", "0", "-1", "99999", "x", "٣", "61"])
@pytest.mark.usefixtures("maths")
def test_other_hours_mean_four(visitor_client: Client, hours: str) -> None:
    page = page_of(visitor_client, f"{PATH}?hours={hours}")
    assert words(page.select_one("option[selected]")) == "4"


def test_an_empty_list_has_an_empty_plan(alice: User, visitor_client: Client) -> None:
    make_list(alice, "Maths")
    page = page_of(visitor_client)
    assert "Nothing in this list yet." in page.text
    assert page.select("svg.graph, .weeks") == []


def test_a_private_plan_is_not_there(maths: ReadingList, bob_client: Client) -> None:
    ReadingList.objects.filter(pk=maths.pk).update(visibility="private")
    assert bob_client.get(PATH).status_code == 404


def test_a_plan_costs_the_same_queries_whatever_its_length(
    maths: ReadingList, bob_client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(30):
        add(maths, f"{number}", minutes=30, url=f"https://x.example/more/{number}")
    with django_assert_num_queries(14):
        page_of(bob_client)
