"""Which pages search engines may list: people and tags with public bookmarks. Import `Pages`,
`PEOPLE`, `TAGS`, `SIZE`.

Pages go by ranges of ids, so that each part of a sitemap is one range of an index whatever the size
of the site, and what is public comes from counters. Nothing private moves the end of the ranges.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef

from accounts.models import User
from bookmarks.models import OwnerCount, Tag, TagCount
from bookmarks.paths import list_path

# Ids a part; the protocol allows 50,000 addresses (https://www.sitemaps.org/protocol.html).
SIZE = 5000

PublicPage = tuple[str, datetime | None]


@dataclass(frozen=True)
class Pages:
    """Pages of a kind: `last` finds the greatest id, `between` the paths of a range of ids.

    Each path comes with the time of its last change, None where that would tell of what is private.
    """

    last: Callable[[], int | None]
    between: Callable[[int, int], Iterable[PublicPage]]


def _last_person() -> int | None:
    found = OwnerCount.objects.filter(public__gt=0).order_by("-pk")
    return found.values_list("pk", flat=True).first()


def _people_between(start: int, end: int) -> Iterable[PublicPage]:
    public = OwnerCount.objects.filter(owner=OuterRef("pk"), public__gt=0)
    people = User.objects.filter(Exists(public), pk__gte=start, pk__lt=end, is_active=True)
    for name in people.order_by("pk").values_list("username", flat=True):
        yield list_path(name), None


def _last_tag() -> int | None:
    found = TagCount.objects.filter(public__gt=0).order_by("-tag_id", "-shard")
    return found.values_list("tag_id", flat=True).first()


def _tags_between(start: int, end: int) -> Iterable[PublicPage]:
    public = TagCount.objects.filter(tag=OuterRef("pk"), public__gt=0)
    tags = Tag.objects.filter(Exists(public), pk__gte=start, pk__lt=end)
    for name in tags.order_by("pk").values_list("name", flat=True):
        yield list_path(labels=[name]), None


PEOPLE = Pages(_last_person, _people_between)
TAGS = Pages(_last_tag, _tags_between)
