"""The groups that a person is in. Import `groups_of`, `GroupSummary`."""

from dataclasses import dataclass
from datetime import UTC, datetime

from django.db.models import Count, OuterRef, Subquery
from django.utils import timezone

from accounts.models import User
from readinglists.groups.paths import group_path
from readinglists.groups.zones import day_and_time
from readinglists.models import GroupMember, GroupSession, ReadingList, StudyGroup

SHOWN = 200
FAR = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True)
class GroupSummary:
    """A group in one line; `when` is its next session, empty when there is none."""

    title: str
    path: str
    members: int
    when: str
    owned: bool


def groups_of(user: User, reading_list: ReadingList | None = None) -> list[GroupSummary]:
    """Return the groups of a person, or those that read one list, what meets next first.

    One query.
    """
    now = timezone.now()
    ahead = GroupSession.objects.filter(group=OuterRef("pk"), starts_at__gt=now)
    people = GroupMember.objects.filter(group=OuterRef("pk")).values("group")
    groups = StudyGroup.objects.of_member(user).annotate(
        next_at=Subquery(ahead.order_by("starts_at").values("starts_at")[:1]),
        people=Subquery(people.annotate(number=Count("pk")).values("number")),
    )
    if reading_list:
        groups = groups.filter(reading_list=reading_list)
    found = groups.order_by("-changed_at", "-pk")[:SHOWN]
    # What meets never again stands last, the newest of it first.
    in_order = sorted(found, key=lambda group: vars(group)["next_at"] or FAR)
    return [_summary(group, user) for group in in_order]


def _summary(group: StudyGroup, user: User) -> GroupSummary:
    next_at, people = vars(group)["next_at"], vars(group)["people"]
    return GroupSummary(
        title=group.title,
        path=group_path(group.key),
        members=people,
        when=day_and_time(next_at, group) if next_at else "",
        owned=group.owner_id == user.pk,
    )
