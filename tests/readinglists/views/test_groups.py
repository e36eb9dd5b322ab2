"""Study groups as pages: who sees what, joining, reading together."""

import re
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import User
from readinglists.groups.membership import join
from readinglists.groups.talk import ask, write_note
from readinglists.models import (
    GroupMember,
    GroupNote,
    GroupQuestion,
    GroupSession,
    ReadingList,
    StudyGroup,
)
from readinglists.progress import set_progress
from tests.people import signed_in
from tests.readinglists.groups.grouping import entries, make_group, member, session
from tests.readinglists.making import add, make_list

pytestmark = pytest.mark.django_db

NEW = {
    "title": "Tuesdays",
    "note": "",
    "question_hours": "24",
    "start": "2030-03-05",
    "at": "18:30",
    "time_zone": "Europe/Berlin",
    "skip": "2030-03-12",
    "items_each": "1",
    "minutes_each": "",
    "sessions": "",
    "lasts": "60",
    "place": "",
}


@pytest.fixture
def carol(db: None) -> User:
    return User.objects.create_user("carol", None, "carol@example.org")


def page(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def test_a_group_is_made_in_one_form(alice: User, bob: User, bob_client: Client) -> None:
    reading_list = make_list(alice)
    for title in ("one", "two"):
        add(reading_list, title)
    path = f"/u:alice/l:{reading_list.slug}/groups/new/"
    assert "Read together" in page(bob_client, f"/u:alice/l:{reading_list.slug}/")
    assert 'name="items_each"' in page(bob_client, path)
    answer = bob_client.post(path, NEW)
    group = StudyGroup.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, f"/g:{group.key}/")
    assert group.owner == bob
    shown = page(bob_client, f"/g:{group.key}/")
    assert "Tue 5 March 2030, 18:30" in shown
    assert "Tue 19 March 2030, 18:30" in shown
    assert "Tuesdays" in page(bob_client, "/groups/")


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"title": " "}, "title"),
        ({"start": "soon"}, "start"),
        ({"start": "9999-12-31"}, "start"),
        ({"at": "25:00"}, "at"),
        ({"time_zone": "Mars"}, "time_zone"),
        ({"skip": "Christmas"}, "skip"),
        ({"items_each": "many"}, "items_each"),
        ({"minutes_each": "60"}, "minutes_each"),
        ({"sessions": "0"}, "sessions"),
        ({"lasts": ""}, "lasts"),
        ({"question_hours": "x"}, "question_hours"),
        ({"note": "x" * 20_001}, "note"),
    ],
)
def test_a_refused_form_tells_at_its_field(
    alice: User, alice_client: Client, wrong: dict[str, str], field: str
) -> None:
    reading_list = make_list(alice)
    add(reading_list, "one")
    path = f"/u:alice/l:{reading_list.slug}/groups/new/"
    answer = alice_client.post(path, NEW | wrong)
    text = answer.content.decode()
    assert answer.status_code == 422
    assert f'id="id_{field}_error" role="alert"' in text
    assert 'aria-invalid="true"' in text
    assert not StudyGroup.objects.exists()


def test_a_private_list_says_why_it_is_not_read_together(
    alice: User, alice_client: Client, bob_client: Client
) -> None:
    reading_list = make_list(alice, visibility="private")
    add(reading_list, "one")
    path = f"/u:alice/l:{reading_list.slug}/groups/new/"
    assert "must make it unlisted or public first" in page(alice_client, path)
    assert alice_client.post(path, NEW).status_code == 422
    assert bob_client.get(path).status_code == bob_client.post(path, NEW).status_code == 404
    assert not StudyGroup.objects.exists()


SHOWN = ("", "s:1/")
MEMBERS = (*SHOWN, "settings/", "leave/", "s:1/note/", "s:1/e:{entry}/note/")
OWNERS = ("delete/", "again/", "shift/", "s:1/edit/")
POSTS = ("s:1/present/", "s:1/swap/", "s:1/e:{entry}/ask/", "feeds/")
OWNERS_POSTS = ("turns/", "link/", "about/", "m:bob/remove/", "m:bob/owner/", "s:1/e:{entry}/move/")


def test_a_group_is_there_for_its_members_alone(
    alice: User, bob: User, carol: User, bob_client: Client, visitor_client: Client
) -> None:
    group = make_group(alice, bob)
    entry = entries(group)[0].pk
    stranger, owner = signed_in(carol), signed_in(alice)
    none = stranger.get(f"/g:{'0' * 20}/")
    for action in (*MEMBERS, *OWNERS):
        path = f"/g:{group.key}/{action.format(entry=entry)}"
        assert owner.get(path).status_code == 200, path
        assert bob_client.get(path).status_code == (404 if action in OWNERS else 200), path
        assert visitor_client.get(path)["Location"].startswith("/login/")
        answer = stranger.get(path)
        assert answer.status_code == none.status_code == 404, path
        assert "Tuesdays" not in answer.content.decode()
        said = {"text": "x", "seen": "0"}
        assert stranger.post(path, said).status_code == (405 if action in SHOWN else 404), path
    for action in (*POSTS, *OWNERS_POSTS):
        path = f"/g:{group.key}/{action.format(entry=entry)}"
        assert stranger.post(path, {"text": "x", "other": "2"}).status_code == 404, path
        assert visitor_client.post(path)["Location"].startswith("/login/")
        if action in OWNERS_POSTS:
            assert bob_client.post(path, {"other": "2"}).status_code == 404, path
    assert stranger.get("/groups/").context["groups"] == []
    assert {one.user_id for one in GroupMember.objects.all()} == {alice.pk, bob.pk}
    assert not GroupNote.objects.exists()
    assert not GroupQuestion.objects.exists()


def test_editors_of_the_list_do_not_own_its_groups(
    alice: User, bob: User, bob_client: Client
) -> None:
    group = make_group(bob, reading_list=_list_of(alice))
    assert bob_client.get(f"/g:{group.key}/shift/").status_code == 200
    assert signed_in(alice).get(f"/g:{group.key}/").status_code == 404


def _list_of(owner: User) -> ReadingList:
    reading_list = make_list(owner)
    add(reading_list, "one")
    return reading_list


def test_whoever_has_the_join_link_sees_the_title_and_may_join(
    alice: User, bob_client: Client, visitor_client: Client
) -> None:
    group = make_group(alice)
    path = f"/g:{group.key}/join/{group.join_key}/"
    shown = page(visitor_client, path)
    assert "Tuesdays" in shown
    assert "example.org/one" not in shown
    assert visitor_client.post(path)["Location"].startswith("/login/")
    assert "Join the group" in page(bob_client, path)
    # Without a referrer browsers send "Origin: null" with the form, which is refused.
    assert bob_client.get(path)["Referrer-Policy"] == "same-origin"
    assert bob_client.post(path)["Location"] == f"/g:{group.key}/"
    assert bob_client.get(f"/g:{group.key}/").status_code == 200
    assert bob_client.get(path)["Location"] == f"/g:{group.key}/"
    for wrong in (group.key, "0" * 20):
        assert bob_client.get(f"/g:{group.key}/join/{wrong}/").status_code == 404


def test_joining_gives_no_right_to_a_list_that_became_private(
    alice: User, bob: User, bob_client: Client
) -> None:
    group = make_group(alice, bob)
    entry = entries(group)[0]
    item = entry.item
    assert item is not None
    item_path = f"i:{item.pk}/"
    assert item_path in page(bob_client, f"/g:{group.key}/s:1/")
    ReadingList.objects.update(visibility="private")
    type(item).objects.filter(pk=item.pk).update(title="written since")
    for path in (f"/g:{group.key}/", f"/g:{group.key}/s:1/"):
        shown = page(bob_client, path)
        assert "one" in shown
        assert item_path not in shown
        assert "written since" not in shown
        assert "written since" in page(signed_in(alice), path)


def test_a_session_shows_what_was_asked_and_noted_as_text(
    alice: User, bob: User, bob_client: Client
) -> None:
    group = make_group(alice, bob)
    path = f"/g:{group.key}/s:1/"
    entry = entries(group)[0]
    bob_client.post(f"{path}e:{entry.pk}/ask/", {"text": "<script>alert(1)</script>"})
    bob_client.post(f"{path}e:{entry.pk}/note/", {"text": "<b onclick=x>so</b>", "seen": "0"})
    shown = page(bob_client, path)
    assert "&lt;script&gt;alert(1)" in shown
    assert "<script>alert" not in shown
    assert "onclick=x>" not in shown
    assert GroupNote.objects.get().by == bob
    refused = bob_client.post(f"{path}e:{entry.pk}/ask/", {"text": " "})
    assert refused.status_code == 422
    assert f'id="q{entry.pk}_text_error"' in refused.content.decode()


def test_two_who_write_one_note_are_both_heard(alice: User, bob: User, bob_client: Client) -> None:
    group = make_group(alice, bob)
    write_note(session(group), None, alice, "Her words", seen=0)
    path = f"/g:{group.key}/s:1/note/"
    answer = bob_client.post(path, {"text": "His words", "seen": "0"})
    shown = answer.content.decode()
    assert answer.status_code == 422
    assert "Her words" in shown
    assert "His words" in shown
    seen = re.search(r'name="seen" value="(\d+)"', shown)
    assert seen
    bob_client.post(path, {"text": "Her words, his words", "seen": seen[1]})
    assert GroupNote.objects.get().text == "Her words, his words"


@pytest.mark.parametrize("seen", ["", "x", "-1", "9" * 30])
def test_a_note_form_that_was_tampered_with_is_refused(
    alice: User, alice_client: Client, seen: str
) -> None:
    group = make_group(alice)
    answer = alice_client.post(f"/g:{group.key}/s:1/note/", {"text": "x", "seen": seen})
    assert answer.status_code == 422


def test_nobody_swaps_with_a_session_that_is_over(alice: User, alice_client: Client) -> None:
    group = make_group(alice)
    GroupSession.objects.filter(group=group, number=1).update(
        starts_at=timezone.now() - timedelta(days=1), presenter=alice
    )
    home = f"/g:{group.key}/"
    assert 'id="other"' not in page(alice_client, f"{home}s:2/")
    alice_client.post(f"{home}s:2/swap/", {"other": "1"})
    assert session(group, 1).presenter == alice


def test_the_owner_shifts_and_swaps(alice: User, bob: User, alice_client: Client) -> None:
    group = make_group(alice, bob)
    home = f"/g:{group.key}/"
    alice_client.post(f"{home}turns/")
    alice_client.post(f"{home}s:1/swap/", {"other": "2"})
    assert session(group, 1).presenter == bob
    answer = alice_client.post(f"{home}shift/", {"first": "2", "amount": "1", "unit": "7"})
    assert answer["Location"] == home
    assert "Tue 19 March 2030" in page(alice_client, home)
    for wrong in ({"first": "2", "amount": "-9", "unit": "7"}, {"first": "x"}, {"unit": "365"}):
        assert alice_client.post(f"{home}shift/", wrong).status_code == 422
    for other in ("", "x", "-1", "9" * 18, "9" * 50, "²"):
        assert alice_client.post(f"{home}s:1/swap/", {"other": other}).status_code == 302
    entry = entries(group)[0]
    alice_client.post(f"{home}s:1/e:{entry.pk}/move/", {"other": "2"})
    assert entry in entries(group, 2)
    said = {"day": "2030-03-06", "at": "09:00", "lasts": "30", "title": "", "place": "Room 5"}
    alice_client.post(f"{home}s:1/edit/", said)
    assert "Wed 6 March 2030, 09:00" in page(alice_client, home)


def test_the_owner_changes_the_clock_of_the_group(
    alice: User, bob: User, alice_client: Client, bob_client: Client
) -> None:
    group = make_group(alice, bob)
    said = {"title": "Tuesdays", "note": "", "question_hours": "24"}
    about = f"/g:{group.key}/about/"
    assert bob_client.post(about, said | {"time_zone": "Asia/Tokyo"}).status_code == 404
    assert alice_client.post(about, said | {"time_zone": "Nowhere"}).status_code == 422
    before = session(group).starts_at
    alice_client.post(about, said | {"time_zone": "Asia/Tokyo"})
    assert session(group).starts_at == before - timedelta(hours=8)
    assert "Tue 5 March 2030, 18:30" in page(alice_client, f"/g:{group.key}/")
    form = page(bob_client, f"/u:alice/l:{ReadingList.objects.get().slug}/groups/new/")
    assert '<option value="Asia/Tokyo" selected>' in form


def test_a_new_cohort_begins_by_a_form(alice: User, bob: User, alice_client: Client) -> None:
    group = make_group(alice, bob)
    asked = NEW | {"start": "2031-03-04", "title": "Next year", "skip": ""}
    answer = alice_client.post(f"/g:{group.key}/again/", asked)
    made = StudyGroup.objects.get(title="Next year")
    assert answer["Location"] == f"/g:{made.key}/"
    assert made.members.count() == 1
    assert session(made).starts_at.date() == date(2031, 3, 4)
    assert alice_client.post(f"/g:{group.key}/again/", asked | {"start": ""}).status_code == 422


def test_members_choose_and_leave(alice: User, bob: User, bob_client: Client) -> None:
    group = make_group(alice, bob)
    home = f"/g:{group.key}/"
    bob_client.post(f"{home}settings/", {"shows_progress": "on"})
    chosen = member(group, bob)
    assert (chosen.shows_progress, chosen.wants_digest) == (True, False)
    assert bob_client.post(f"{home}leave/")["Location"] == "/groups/"
    assert bob_client.get(home).status_code == 404
    owner = signed_in(alice)
    assert owner.post(f"{home}leave/")["Location"] == f"{home}settings/"
    assert owner.post(f"{home}delete/")["Location"] == "/groups/"
    assert not StudyGroup.objects.exists()


def test_pages_cost_the_same_queries_however_much_there_is(
    alice: User, bob: User, carol: User
) -> None:
    def costs(group: StudyGroup) -> list[int]:
        found = []
        client = signed_in(alice)
        for path in (f"/g:{group.key}/", f"/g:{group.key}/s:1/", "/groups/", "calendar", "feed"):
            key = member(group, alice).feed_key
            endings = {"calendar": f"calendar/{key}.ics", "feed": f"feed/{key}.atom"}
            asked = f"/g:{group.key}/{endings[path]}" if path in endings else path
            with CaptureQueriesContext(connection) as queries:
                assert client.get(asked).status_code == 200
            found.append(len(queries))
        return found

    small = make_group(alice, bob)
    ask(entries(small)[0], bob, "a")
    write_note(session(small), entries(small)[0], bob, "a", seen=0)
    before = costs(small)
    titles = tuple("abcdefghijkl")
    big = make_group(alice, bob, titles=titles, items_each="6")
    join(big, big.join_key, carol)
    for entry in entries(big):
        assert entry.item is not None
        ask(entry, bob, "a")
        ask(entry, carol, "a")
        write_note(session(big), entry, bob, "a", seen=0)
        set_progress(carol, entry.item, "read")
    assert costs(big) == before == [10, 13, 3, 3, 7]


def test_what_is_read_is_marked_from_the_session(
    alice: User, bob: User, bob_client: Client
) -> None:
    group = make_group(alice, bob)
    path = f"/g:{group.key}/s:1/"
    entry = entries(group)[0]
    shown = page(bob_client, path)
    action = re.search(r'action="([^"]+progress/)"', shown)
    assert action
    said = {"state": "read", "next": f"{path}#e-{entry.pk}"}
    assert bob_client.post(action[1], said)["Location"] == f"{path}#e-{entry.pk}"
    assert "1 of 2 read it" in page(bob_client, path)


def test_what_is_in_no_session_can_be_added_to_one(
    alice: User, bob: User, alice_client: Client, bob_client: Client
) -> None:
    group = make_group(alice, bob)
    assert group.reading_list is not None
    item = add(group.reading_list, "came later")
    elsewhere = add(make_list(alice, "Other"), "not of this list")
    path = f"/g:{group.key}/s:2/"
    assert "came later" in page(alice_client, path)
    assert "came later" not in page(bob_client, path)
    assert bob_client.post(f"{path}add/", {"item": item.pk}).status_code == 404
    for wrong in (elsewhere.pk, "", "x", "9" * 30, entries(group, 2)[0].item_id):
        alice_client.post(f"{path}add/", {"item": wrong or ""})
    assert len(entries(group, 2)) == 2
    alice_client.post(f"{path}add/", {"item": item.pk})
    assert [one.title for one in entries(group, 2)] == ["three", "four", "came later"]
    assert f'action="{path}add/"' not in page(alice_client, path)


def test_a_list_tells_members_alone_that_it_is_read_together(
    alice: User, bob: User, carol: User, visitor_client: Client
) -> None:
    group = make_group(alice, bob)
    assert group.reading_list is not None
    path = f"/u:alice/l:{group.reading_list.slug}/"
    for client in (signed_in(alice), signed_in(bob)):
        assert f"/g:{group.key}/" in page(client, path)
    for client in (signed_in(carol), visitor_client):
        assert group.key not in page(client, path)
