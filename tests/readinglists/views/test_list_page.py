"""The page of a list: what it shows, what it loads, what it costs."""

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from readinglists.drafts import make_item_draft
from readinglists.items import add_items, delete_item, set_prerequisites
from readinglists.lists import add_section
from readinglists.ordering import move_item
from readinglists.outline import LOADED, LOADED_AT_MOST, WINDOW
from readinglists.paths import list_path
from tests.readinglists.making import add, make_list

pytestmark = pytest.mark.django_db
PATH = "/u:alice/l:learning-to-rank/"
FETCH = {"X-Requested-With": "fetch"}


def page_of(client: Client, path: str, **headers: str) -> BeautifulSoup:
    answer = client.get(path, headers=headers)
    assert answer.status_code == 200
    return BeautifulSoup(answer.content, "lxml")


def test_a_list_shows_its_sections_and_items_in_order(alice: User, visitor_client: Client) -> None:
    reading_list = make_list(alice, "Maths", description="What you <need>.", tags="maths basics")
    first = add_section(reading_list, "Linear algebra", note="Pictures first.")
    inner = add_section(reading_list, "Norms", parent=first)
    add(reading_list, "Before all")
    add(reading_list, "Essence", section=first, url="https://example.org/essence")
    add(reading_list, "Deep", section=inner)
    page = page_of(visitor_client, "/u:alice/l:maths/")
    assert [h.get_text(" ", strip=True) for h in page.select("main :is(h1, h2, h3)")] == [
        "Maths",
        "1 Linear algebra",
        "1.1 Norms",
    ]
    titles = page.select(".item :is(a.bookmark_title, strong)")
    assert [title.text for title in titles] == ["Before all", "Essence", "Deep"]
    assert [n.text for n in page.select(".gutter .number")] == ["1", "2", "3"]
    assert "What you <need>." in page.select(".list-head .prose")[0].text
    assert [tag.text for tag in page.select(".list-head .tag")] == ["maths", "basics"]


def test_an_item_shows_all_that_its_list_says_of_it(alice: User, visitor_client: Client) -> None:
    reading_list = make_list(alice)
    basics = add(reading_list, "Basics")
    item = add(
        reading_list,
        "Attention",
        url="https://arxiv.org/abs/1706.03762",
        authors_text="Vaswani et al.",
        venue="NeurIPS",
        year=2017,
        note="Read it **twice**.",
        tags="nlp",
        stars=3,
        need="optional",
        level="core",
        reading_pass="study",
        minutes=90,
        alternates=[{"url": "https://example.org/a.pdf"}, {"url": "https://github.com/a/b"}],
    )
    set_prerequisites(item, [basics.pk])
    shown = page_of(visitor_client, "/u:alice/l:learning-to-rank/").select_one(f"#i-{item.pk}")
    assert shown is not None
    text = " ".join(shown.get_text(" ").split())
    for words in ("Vaswani et al. · 2017 · NeurIPS", "1 h 30", "★★★", "optional core study it"):
        assert words in text
    assert [a["data-role"] for a in shown.select("a.alternate")] == ["pdf", "code"]
    link = shown.select_one("a.bookmark_title")
    assert link is not None
    assert link["href"] == "https://arxiv.org/abs/1706.03762"
    assert set(link["rel"]) == {"noreferrer", "noopener", "nofollow", "ugc"}
    assert [a.text for a in shown.select(f"a[href='#i-{basics.pk}']")] == ["Basics"]


def test_words_alone_have_no_link(alice: User, visitor_client: Client) -> None:
    add(make_list(alice), "Derive it on paper")
    shown = page_of(visitor_client, "/u:alice/l:learning-to-rank/").select_one(".item")
    assert shown is not None
    assert shown.select("a:not([data-copy])") == []


def test_later_sections_of_a_long_list_are_brought_as_asked_for(
    alice: User, visitor_client: Client
) -> None:
    reading_list = make_list(alice)
    first = add_section(reading_list, "First")
    second = add_section(reading_list, "Second")
    for number in range(LOADED):
        add(reading_list, f"{number}", section=first)
    item = add(reading_list, "Far down", section=second)
    path = list_path("alice", reading_list.slug)
    page = page_of(visitor_client, path)
    assert not page.select(f"#i-{item.pk}")
    link = page.select_one("a[data-load]")
    assert link is not None
    assert link.text == "Show 1 item"
    opened = page_of(visitor_client, str(link["href"]))
    assert opened.select(f"#i-{item.pk}")
    brought = page_of(visitor_client, str(link["data-load"]), **{"X-Requested-With": "fetch"})
    assert [n.text for n in brought.select(".gutter .number")] == [str(LOADED + 1)]
    assert not brought.select("h1")
    assert visitor_client.get(f"{path}i:{item.pk}/").headers["Location"] == (
        f"{path}?open={second.pk}#i-{item.pk}"
    )


def test_what_comes_next_is_told_by_rank_though_items_leave(
    alice: User, visitor_client: Client
) -> None:
    reading_list = make_list(alice)
    size = LOADED_AT_MOST + 20
    drafts = [make_item_draft(title=f"{number}") for number in range(size)]
    items = add_items(reading_list, drafts, alice)
    link = page_of(visitor_client, PATH).select("a[data-more]")[0]
    other = add_section(reading_list, "Other")
    for item in (items[3], items[WINDOW - 1], items[-1]):
        move_item(item, other)
    for path, headers in ((f"{PATH}{link['href']}", {}), (str(link["data-load"]), FETCH)):
        page = page_of(visitor_client, path, **headers)
        shown = page.select("[data-section='0'] .item")
        assert [one.select(".words")[0].text for one in shown] == [
            f"{number}" for number in range(WINDOW, 2 * WINDOW)
        ]
        assert shown[0].select(".number")[0].text == f"{WINDOW - 1}"
    for item in items[4:30]:
        delete_item(item)  # the section is short now: all of it comes
    brought = page_of(visitor_client, str(link["data-load"]), **FETCH)
    assert len(brought.select(".item")) == size - 29
    for odd in ("x", "--5", "9" * 30, ""):
        assert visitor_client.get(PATH, {"open": "0", "past": odd}).status_code == 200


@pytest.mark.parametrize("open_", ["x", "-1", "9" * 30, "0", "٣"])
def test_nonsense_in_the_address_opens_nothing(
    alice: User, visitor_client: Client, open_: str
) -> None:
    path = list_path("alice", make_list(alice).slug)
    assert visitor_client.get(path, {"open": open_}).status_code == 200


@pytest.mark.parametrize("more", ["i:999999999999999999/", "s:999999999999999999/", "i:5/"])
def test_what_is_not_in_a_list_is_not_found(alice: User, visitor_client: Client, more: str) -> None:
    path = list_path("alice", make_list(alice).slug)
    headers = {"X-Requested-With": "fetch"}
    assert visitor_client.get(path + more, headers=headers).status_code == 404


def test_only_public_lists_are_for_search_engines(alice: User, visitor_client: Client) -> None:
    for visibility, asked in (("public", 0), ("unlisted", 1)):
        one = make_list(alice, visibility=visibility)
        page = page_of(visitor_client, list_path("alice", one.slug))
        assert len(page.select("meta[name=robots][content=noindex]")) == asked


def test_a_list_page_costs_the_same_queries_whatever_its_length(
    alice: User, alice_client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    reading_list = make_list(alice)
    section = add_section(reading_list, "One")
    for number in range(12):
        item = add(reading_list, f"{number}", section=section, url=f"https://example.org/{number}")
    set_prerequisites(item, [item.pk - 1])
    with django_assert_num_queries(13):
        alice_client.get(list_path("alice", reading_list.slug))
