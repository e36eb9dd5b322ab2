"""Groups for the tests. Import `make_group`, `session`, `entries`, `member`,
`events_in`, `START`."""

from datetime import date, time
from typing import Any

from icalendar import Calendar

from accounts.models import User
from readinglists.groups.drafts import make_group_draft, make_layout_draft
from readinglists.groups.layout import create_group
from readinglists.groups.membership import join
from readinglists.models import GroupMember, GroupSession, ReadingList, SessionEntry, StudyGroup
from tests.readinglists.making import add, make_list

START = date(2030, 3, 5)  # a Tuesday; summer time begins in Berlin on the 31st


def make_group(
    owner: User,
    *members: User,
    reading_list: ReadingList | None = None,
    titles: tuple[str, ...] = ("one", "two", "three", "four"),
    **said: Any,
) -> StudyGroup:
    """Return a group that reads a list two items a week from START on, on Tuesdays at 18:30."""
    if reading_list is None:
        reading_list = make_list(owner)
        for title in titles:
            add(reading_list, title, url=f"https://example.org/{title}")
    asked: dict[str, Any] = {
        "start": START,
        "at": time(18, 30),
        "time_zone": "Europe/Berlin",
        "items_each": 2,
    }
    layout = make_layout_draft(**asked | said)
    group = create_group(reading_list, owner, make_group_draft("Tuesdays"), layout).group
    for member in members:
        join(group, group.join_key, member)
    return group


def session(group: StudyGroup, number: int = 1) -> GroupSession:
    """Return a session as it is stored now."""
    return GroupSession.objects.get(group=group, number=number)


def entries(group: StudyGroup, number: int = 1) -> list[SessionEntry]:
    """Return what is read for a session."""
    return list(SessionEntry.objects.filter(session__group=group, session__number=number))


def member(group: StudyGroup, user: User) -> GroupMember:
    """Return somebody in a group as they are stored now."""
    return GroupMember.objects.get(group=group, user=user)


def events_in(body: bytes) -> list[Any]:
    """Return the events of a calendar file."""
    return list(Calendar.from_ical(body).walk("VEVENT"))
