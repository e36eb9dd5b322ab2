"""What many people save now. Import `list_popular`, `count_popular`."""

from django.db.models import OuterRef, Subquery

from bookmarks.cursors import Cursor, Direction
from bookmarks.keyset import read_page
from bookmarks.listing import COUNTED_AT_MOST, ENTRIES_A_PAGE, Count, ListedPage, rows_of
from bookmarks.models import Bookmark, Page

LEAST_SAVES = 2


def list_popular(cursor: Cursor | None = None, size: int = ENTRIES_A_PAGE) -> ListedPage:
    """Return pages that at least two people saved publicly, hottest first.

    Each page is shown by its newest public bookmark. The cursor's time is `Page.hot_at`.
    """
    pages = Page.objects.filter(public_saves__gte=LEAST_SAVES)
    page = read_page(pages, cursor, size, find=_page_named, time="hot_at")
    bookmarks = rows_of(_newest_public_bookmarks([pk for _, pk in page.places]))
    return ListedPage(bookmarks, *page.neighbours(bookmarks, _at))


def count_popular() -> Count:
    """Return how many pages are popular, counted up to 1,000."""
    found = len(
        Page.objects.filter(public_saves__gte=LEAST_SAVES)
        .order_by("-hot_at")
        .values_list("pk")[: COUNTED_AT_MOST + 1]
    )
    return Count(min(found, COUNTED_AT_MOST), or_more=found > COUNTED_AT_MOST)


def _newest_public_bookmarks(page_ids: list[int]) -> list[int]:
    newest = (
        Bookmark.objects.public().filter(page=OuterRef("pk")).order_by("-saved_at", "-id")
    ).values("pk")
    pages = Page.objects.filter(pk__in=page_ids).annotate(newest=Subquery(newest[:1]))
    found = dict(pages.values_list("pk", "newest"))
    return [found[pk] for pk in page_ids if found.get(pk)]


def _page_named(start_of_key: str) -> int | None:
    # Keys are hex, and "g" follows "f": a range of the index, on both databases.
    pages = Page.objects.filter(key__gte=start_of_key, key__lt=start_of_key + "g")
    return pages.values_list("pk", flat=True).first()


def _at(bookmark: Bookmark, direction: Direction) -> Cursor | None:
    hot_at = bookmark.page.hot_at
    return Cursor(direction, hot_at, bookmark.page.key[:12]) if hot_at else None
