"""The calendar and the feed of a study group, as programs ask for them."""

from datetime import date, time

import feedparser
import pytest
from django.test import Client

from accounts.models import User
from readinglists.groups.drafts import make_session_draft
from readinglists.groups.layout import edit_session
from readinglists.groups.membership import remove_member
from readinglists.groups.talk import ask, write_note
from tests.people import signed_in
from tests.readinglists.groups.grouping import entries, events_in, make_group, member, session

pytestmark = pytest.mark.django_db


def test_the_calendar_tells_the_sessions_until_the_member_goes(
    alice: User, bob: User, visitor_client: Client
) -> None:
    group = make_group(alice, bob)
    path = f"/g:{group.key}/calendar/{member(group, bob).feed_key}.ics"
    answer = visitor_client.get(path)
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer["Cache-Control"] == "private, no-store"
    before = events_in(answer.content)
    assert [str(one["SUMMARY"]) for one in before] == ["Tuesdays: session 1", "Tuesdays: session 2"]
    assert "- one\n- two" in str(before[0]["DESCRIPTION"])
    again = visitor_client.get(path, headers={"If-None-Match": answer["ETag"]})
    assert again.status_code == 304
    edit_session(session(group), make_session_draft(day=date(2030, 3, 6), at=time(9), lasts=60))
    after = events_in(visitor_client.get(path).content)
    assert after[0]["UID"] == before[0]["UID"] != before[1]["UID"]
    assert (before[0]["SEQUENCE"], after[0]["SEQUENCE"]) == (0, 1)
    assert after[0]["DTSTART"].dt.isoformat() == "2030-03-06T08:00:00+00:00"
    remove_member(group, bob.pk)
    assert visitor_client.get(path).status_code == 404


def test_the_feed_tells_what_is_new(alice: User, bob: User, visitor_client: Client) -> None:
    group = make_group(alice, bob)
    ask(entries(group)[0], bob, "Why <b>that</b>?")
    write_note(session(group), None, alice, "So & so.", seen=0)
    path = f"/g:{group.key}/feed/{member(group, alice).feed_key}.atom"
    answer = visitor_client.get(path)
    assert answer["X-Robots-Tag"] == "noindex"
    feed = feedparser.parse(answer.content)
    assert not feed.bozo
    titles = {one.title for one in feed.entries}
    assert {"bob asks about one", "Note: session 1"} <= titles
    assert len({one.id for one in feed.entries}) == len(feed.entries) == 4
    for wrong in (member(group, alice).feed_key[::-1], group.key, group.join_key):
        assert visitor_client.get(f"/g:{group.key}/feed/{wrong}.atom").status_code == 404
    signed_in(alice).post(f"/g:{group.key}/feeds/")
    assert visitor_client.get(path).status_code == 404
