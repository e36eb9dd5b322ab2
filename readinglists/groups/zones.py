"""The clock of a group. Import `zone_of`, `local`, `day_and_time`, `last_zone`,
`DIGEST_AT`.
"""

from datetime import datetime, time
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from accounts.models import User
from bookmarks.wording import MONTHS
from readinglists.models import StudyGroup

# When the weekly mail is due, on Mondays.
DIGEST_AT = time(8)
DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def zone_of(group: StudyGroup) -> ZoneInfo:
    """Return a group's time zone; UTC where this machine does not know it any more."""
    try:
        return ZoneInfo(group.time_zone)
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo("UTC")


def last_zone(user: User) -> str:
    """Return the time zone of the group that a person came into last, "" where there is none."""
    groups = StudyGroup.objects.filter(members__user=user).order_by("-members__pk")
    return groups.values_list("time_zone", flat=True).first() or ""


def local(at: datetime, group: StudyGroup) -> datetime:
    """Return a time by the clock of a group."""
    return at.astimezone(zone_of(group))


def day_and_time(at: datetime, group: StudyGroup) -> str:
    """Return a time as a group says it: "Tue 1 December 2026, 18:30"."""
    here = local(at, group)
    month = MONTHS[here.month - 1].capitalize()
    return f"{DAYS[here.weekday()]} {here.day} {month} {here.year}, {here:%H:%M}"
