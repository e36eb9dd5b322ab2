"""Which lists search engines may list. Import `LISTS`; see bookmarks.public_pages."""

from collections.abc import Iterable

from bookmarks.public_pages import Pages, PublicPage
from readinglists.models import ReadingList
from readinglists.paths import list_path


def _last_list() -> int | None:
    found = ReadingList.objects.listed().order_by("-pk")
    return found.values_list("pk", flat=True).first()


def _lists_between(start: int, end: int) -> Iterable[PublicPage]:
    lists = ReadingList.objects.listed().filter(pk__gte=start, pk__lt=end, owner__is_active=True)
    rows = lists.order_by("pk").values_list("owner__username", "slug", "updated_at")
    for name, slug, updated_at in rows:
        yield list_path(name, slug), updated_at


LISTS = Pages(_last_list, _lists_between)
