"""Forking a list by its form, and the page of what the upstream did since."""

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from readinglists.drafts import make_item_draft, make_list_draft
from readinglists.items import add_items, delete_item
from readinglists.lists import (
    add_section,
    delete_list,
    edit_list,
    edit_section,
    set_editors,
)
from readinglists.models import Item, ReadingList, Section
from readinglists.paths import list_path
from tests.readinglists.making import add, fork_of, make_list, outline_of

pytestmark = pytest.mark.django_db
PATH = "/u:alice/l:learning-to-rank/"
MINE = "/u:bob/l:learning-to-rank/"


def page_of(client: Client, path: str) -> BeautifulSoup:
    answer = client.get(path, follow=True)
    assert answer.status_code == 200
    return BeautifulSoup(answer.content, "lxml")


def text_of(client: Client, path: str) -> str:
    return " ".join(page_of(client, path).select("main")[0].get_text(" ").split())


def test_a_reader_forks_a_list_from_its_page(alice: User, bob_client: Client) -> None:
    add(make_list(alice), "one")
    form = page_of(bob_client, PATH).select("main a[href$='fork/']")
    page = page_of(bob_client, str(form[0]["href"]))
    assert page.select("input[name=visibility][value=public][checked]")
    said = {"title": "Mine", "visibility": "private"}
    answer = bob_client.post(f"{PATH}fork/", said)
    assert answer.headers["Location"] == "/u:bob/l:mine/"
    assert "Forked from Learning to rank by alice" in text_of(bob_client, "/u:bob/l:mine/")
    assert ReadingList.objects.get(slug="mine").item_count == 1


def test_a_visitor_logs_in_first(alice: User, visitor_client: Client) -> None:
    make_list(alice)
    for path in (f"{PATH}fork/", f"{PATH}upstream/"):
        assert "login" in visitor_client.get(path).headers["Location"]


def test_headings_and_notes_changed_upstream_are_told_and_taken(
    alice: User, bob: User, bob_client: Client
) -> None:
    upstream = make_list(alice)
    first, second = (add_section(upstream, title, note="Old") for title in ("First", "Second"))
    fork = fork_of(upstream, bob)
    ours = {one.upstream_id: one for one in Section.objects.filter(reading_list=fork)}
    edit_section(ours[first.pk], title="First", note="Bob’s own")
    edit_section(first, title="Begin", note="Old")
    edit_section(second, title="Second", note="New")
    text = text_of(bob_client, f"{MINE}upstream/")
    assert "Take all 2" in text
    assert "heading First Begin" in text
    assert "note Old New" in text
    assert "Bob’s own" not in text
    bob_client.post(f"{MINE}upstream/", {"take": f"sections-{first.pk}"})
    ours[first.pk].refresh_from_db()
    assert (ours[first.pk].title, ours[first.pk].note) == ("Begin", "Bob’s own")
    bob_client.post(f"{MINE}upstream/", {"leave": f"sections-{second.pk}"})
    ours[second.pk].refresh_from_db()
    assert ours[second.pk].note == "Old"
    assert "Nothing that you have not seen." in text_of(bob_client, f"{MINE}upstream/")
    Section.objects.filter(reading_list=fork).update(seen={})  # of a fork older than digests
    edit_section(second, title="Second", note="Newer")
    assert "note Old Newer" in text_of(bob_client, f"{MINE}upstream/")


def test_a_refused_fork_says_why(
    alice: User, bob_client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_list(alice)
    said = {"title": "", "visibility": "private"}
    assert bob_client.post(f"{PATH}fork/", said).status_code == 422
    monkeypatch.setattr("readinglists.forking.MOST_AN_HOUR", 0)
    answer = bob_client.post(f"{PATH}fork/", {**said, "title": "Mine"})
    assert answer.status_code == 422
    assert "forks within an hour" in answer.content.decode()


@pytest.mark.parametrize("visibility", ["private", "unlisted"])
def test_a_hidden_upstream_is_told_to_nobody_else(
    alice: User, bob: User, bob_client: Client, visitor_client: Client, visibility: str
) -> None:
    upstream = make_list(alice, "Secret plans", visibility=visibility)
    set_editors(upstream, [bob])
    page = page_of(bob_client, list_path("alice", upstream.slug, "fork"))
    assert page.select("input[name=visibility][value=private][checked]")
    copy = fork_of(upstream, bob)
    edit_list(copy, make_list_draft("Mine"))
    path = list_path("bob", copy.slug)
    assert "Forked from Secret plans" in text_of(bob_client, path)
    carol = Client()
    carol.force_login(User.objects.create_user("carol"))
    for client in (visitor_client, carol):
        body = client.get(path).content.decode()
        assert "Secret plans" not in body
        assert "Forked from" not in body
        assert "upstream" not in body
        assert upstream.slug not in body.replace(path, "")


def test_only_editors_of_the_fork_see_what_the_upstream_did(
    alice: User, alice_client: Client, bob: User
) -> None:
    fork_of(make_list(alice), bob)
    assert alice_client.get(f"{MINE}upstream/").status_code == 404
    assert alice_client.post(f"{MINE}upstream/", {"take": "all"}).status_code == 404
    assert alice_client.get(f"{PATH}upstream/").status_code == 404
    assert f"{MINE}upstream/" not in alice_client.get(MINE).content.decode()


def test_changes_are_taken_and_left_by_plain_buttons(
    alice: User, bob: User, bob_client: Client
) -> None:
    upstream = make_list(alice)
    gone, kept = add(upstream, "gone"), add(upstream, "kept")
    copy = fork_of(upstream, bob)
    new = add(upstream, "new", note="Read <b>this</b>.")
    delete_item(gone)
    assert "2 changes upstream" in text_of(bob_client, MINE)
    page = page_of(bob_client, f"{MINE}upstream/")
    assert [button["value"] for button in page.select("button[form=change][name=take]")] == [
        f"added-{new.pk}",
        f"removed-{Item.objects.get(reading_list=copy, title='gone').pk}",
    ]
    assert "Read <b>this</b>." in page.get_text()
    told = bob_client.post(f"{MINE}upstream/", {"take": f"added-{new.pk}"}, follow=True)
    assert "1 change taken over." in told.content.decode()
    again = bob_client.post(f"{MINE}upstream/", {"take": f"added-{new.pk}"}, follow=True)
    assert "That was done already." in again.content.decode()
    upstream.refresh_from_db()
    bob_client.post(f"{MINE}upstream/", {"leave": "all", "version": upstream.version})
    assert outline_of(copy) == [("", ["gone", "kept", "new"])]
    assert "Nothing that you have not seen." in text_of(bob_client, f"{MINE}upstream/")
    assert kept.title in text_of(bob_client, MINE)


@pytest.mark.parametrize(
    "said",
    [
        {},
        {"take": ""},
        {"take": "all"},
        {"leave": "all", "version": "x"},
        {"take": "all", "version": "²"},
        {"take": "all", "version": "9" * 30},
        {"take": "added-x\x00"},
    ],
)
def test_nonsense_takes_nothing(
    alice: User, bob: User, bob_client: Client, said: dict[str, str]
) -> None:
    upstream = make_list(alice)
    copy = fork_of(upstream, bob)
    add(upstream, "new")
    assert bob_client.post(f"{MINE}upstream/", said, follow=True).status_code == 200
    assert outline_of(copy) == [("", [])]


def test_an_upstream_that_went_or_was_hidden_is_said_to_be_gone(
    alice: User, bob: User, bob_client: Client
) -> None:
    upstream = make_list(alice)
    copy = fork_of(upstream, bob)
    add(upstream, "new")
    edit_list(upstream, make_list_draft("Secret plans", visibility="private"))
    hidden = text_of(bob_client, f"{MINE}upstream/")
    assert "is gone: deleted, or not open to you any more" in hidden
    assert "Secret" not in hidden
    assert bob_client.post(f"{MINE}upstream/", {"take": "all"}, follow=True).status_code == 200
    assert outline_of(copy) == [("", [])]
    delete_list(upstream)
    assert text_of(bob_client, f"{MINE}upstream/") == hidden


def test_a_great_many_changes_are_taken_in_steps(
    alice: User, bob: User, bob_client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    upstream = make_list(alice)
    fork = fork_of(upstream, bob)
    add_items(upstream, [make_item_draft(title=f"{n}") for n in range(5)], alice)
    monkeypatch.setattr("readinglists.views.forking.STEP", 2)
    assert page_of(bob_client, f"{MINE}upstream/").select("form[data-steps] [role=status]")
    upstream.refresh_from_db()
    asked = {"take": "all", "version": upstream.version}
    text = bob_client.post(f"{MINE}upstream/", asked, follow=True).content.decode()
    assert "2 changes taken over. 3 more wait: press again." in text
    script = {"X-Requested-With": "fetch"}
    left = [bob_client.post(f"{MINE}upstream/", asked, headers=script) for _ in range(2)]
    assert [answer.content for answer in left] == [b"1", b"0"]
    assert "All of that is taken over." in text_of(bob_client, f"{MINE}upstream/")
    assert outline_of(fork) == outline_of(upstream)
    stale = bob_client.post(f"{MINE}upstream/", asked | {"version": 1}, headers=script)
    assert (stale.status_code, b"Look once more" in stale.content) == (409, True)


def test_the_pages_cost_the_same_queries_however_much_changed(
    alice: User,
    bob: User,
    bob_client: Client,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    upstream = make_list(alice)
    fork_of(upstream, bob)
    for number in range(2):
        drafts = [make_item_draft(url=f"https://example.org/{number}/{one}") for one in range(9)]
        add_items(upstream, drafts, alice, ask=False)
        with django_assert_num_queries(11):
            bob_client.get(f"{MINE}upstream/")
