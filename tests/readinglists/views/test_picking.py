"""Bookmarks are looked through by words and tags, ticked, and become items of a list."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from readinglists import picking
from readinglists.lists import add_section
from readinglists.models import Item
from tests.bookmarks.keeping import SOME_DAY, keep
from tests.readinglists.making import add, make_list

pytestmark = pytest.mark.django_db
PATH = "/u:alice/l:learning-to-rank/pick/"


def found(client: Client, query: str = "") -> tuple[list[str], str]:
    """Return the titles that are shown, and where the page leads on to."""
    page = BeautifulSoup(client.get(PATH + query).content, "lxml")
    earlier = page.select_one("button[name=from]")
    titles = [one.text for one in page.select(".picking .bookmark_title")]
    return titles, str(earlier["value"]) if earlier else ""


def test_words_and_tags_narrow_what_is_shown(alice: User, bob: User, alice_client: Client) -> None:
    make_list(alice)
    keep(alice, "https://example.org/a", "bayes", title="Priors for Weights", description="STAN")
    keep(alice, "https://example.org/b", "bayes mcmc", title="Chains")
    keep(bob, "https://example.org/c", "bayes", title="Priors of Bob")
    assert found(alice_client)[0] == ["Chains", "Priors for Weights"]
    assert found(alice_client, "?words=weights+stan")[0] == ["Priors for Weights"]
    assert found(alice_client, "?tags=bayes+mcmc")[0] == ["Chains"]
    assert found(alice_client, "?tags=bayes&words=nothing") == ([], "")
    assert found(alice_client, "?tags=never-used&from=before:junk") == ([], "")
    assert alice_client.get(PATH, {"tags": "a b c d"}).status_code == 422
    assert alice_client.get(PATH, {"tags": "\0", "words": "\0"}).status_code < 500


def test_the_next_page_goes_on_where_words_were_looked_for(
    alice: User, alice_client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_list(alice)
    for name, value in {"SHOWN": 2, "LOOKED_AT": 4, "READ_AT_ONCE": 4}.items():
        monkeypatch.setattr(picking, name, value)
    for number in range(7):
        at = SOME_DAY - timedelta(hours=number)
        keep(alice, title=f"{'odd' if number % 2 else 'even'} {number}", saved_at=at)
    assert (shown := found(alice_client, "?words=even"))[0] == ["even 0", "even 2"]
    assert (shown := found(alice_client, f"?words=even&from={shown[1]}"))[0] == ["even 4", "even 6"]
    assert shown[1] == ""


def test_what_is_ticked_comes_into_the_section_once(
    alice: User, bob: User, alice_client: Client
) -> None:
    made = make_list(alice)
    section = add_section(made, "Part")
    add(made, url="https://example.org/known")
    known = keep(alice, "https://example.org/known", title="Known")
    first = keep(alice, "https://example.org/1", title="First", private=True)
    second = keep(alice, "https://example.org/2", title="")
    theirs = keep(bob, "https://example.org/3", title="Of Bob")
    ticked = [second.slug, known.slug, first.slug, theirs.slug, "none", "\0"]
    page = BeautifulSoup(alice_client.get(PATH).content, "lxml")
    assert page.select_one(f"#b-{known.slug}[disabled]")
    answer = alice_client.post(PATH, {"b": ticked, "section": section.pk}, follow=True)
    assert b"2 items added." in answer.content
    items = Item.objects.filter(section=section).order_by("rank")
    assert list(items.values_list("title", "url")) == [
        ("", "https://example.org/2"),
        ("First", "https://example.org/1"),
    ]
    again = alice_client.post(PATH, {"b": ticked, "section": section.pk})
    assert again.status_code == 422
    assert Item.objects.count() == 3


def test_ticks_are_kept_on_the_way_to_the_next_page(
    alice: User, alice_client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = make_list(alice)
    monkeypatch.setattr(picking, "SHOWN", 1)
    kept = [
        keep(alice, title=title, saved_at=SOME_DAY - timedelta(hours=at))
        for at, title in enumerate(("First", "Second", "Third"))
    ]
    ticked, place = [kept[0].slug], found(alice_client)[1]
    for shown, tick in (("Second", False), ("Third", True)):
        answer = alice_client.post(PATH, {"b": ticked, "from": place, "at": ""})
        page = BeautifulSoup(answer.content, "lxml")
        assert [one.text for one in page.select(".picking .bookmark_title")] == [shown]
        ticked = [str(one["value"]) for one in page.select("input[type=hidden][name=b]")]
        assert "1 ticked that is not shown here" in page.text
        if tick:
            ticked.append(kept[2].slug)
        elif button := page.select_one("button[name=from]"):
            place = str(button["value"])
    looked = {"b": ticked, "at": place, "look": "yes", "words": "second"}
    for asked in (looked, looked | {"words": "", "tag": "none"}):
        page = BeautifulSoup(alice_client.post(PATH, asked).content, "lxml")
        assert [one.text for one in page.select(".picking .bookmark_title")] == (
            [] if "tag" in asked else ["Second"]
        )
        kept_ticks = [one["value"] for one in page.select("input[type=hidden][name=b]")]
        assert kept_ticks == ticked
    alice_client.post(PATH, {"b": ticked})
    titles = Item.objects.filter(reading_list=made).order_by("rank").values_list("title", flat=True)
    assert list(titles) == ["First", "Third"]


def test_a_page_of_bookmarks_costs_few_queries(
    alice: User, alice_client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    make_list(alice)
    for _ in range(30):
        keep(alice, tags="bayes")
    # session, person, list, places, bookmarks, items, sections, tags
    with django_assert_num_queries(8):
        assert len(found(alice_client, "?words=example")[0]) == 30
