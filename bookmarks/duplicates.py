"""What a person has of one page under several addresses. Import `bookmark_of_page`,
`related_bookmark`, `list_duplicates`.

Only ever reads one person's own bookmarks.
"""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Count

from accounts.models import User
from bookmarks.models import Alternate, Bookmark, Page

GROUPS_A_PAGE = 50
# A page may be kept under many fragments of one address; so many are shown of it.
BOOKMARKS_A_GROUP = 20
BOOKMARKS_READ = 1000
ALTERNATES_READ = 100


@dataclass(frozen=True)
class Related:
    """A bookmark of a page to which an address has to do, and what is found there: its code."""

    bookmark: Bookmark
    role: str


@dataclass(frozen=True)
class Duplicates:
    """Groups of bookmarks, each of one page, the oldest first; `more` says that there are more."""

    groups: list[list[Bookmark]]
    more: bool


def bookmark_of_page(owner: User, key: str) -> Bookmark | None:
    """Return the person's oldest bookmark of the page of a key, under whichever address."""
    page = Page.objects.at(key)
    mine = Bookmark.objects.filter(owner=owner, page=page).select_related("page", "owner")
    return mine.order_by("saved_at", "pk").first() if page else None


def related_bookmark(owner: User, key: str) -> Related | None:
    """Return the person's bookmark of a page that named the page of this key as its PDF or code."""
    named = Alternate.objects.filter(key=key, same=False).exclude(role=Alternate.Role.SAME)
    roles = dict(named.order_by("pk").values_list("page", "role")[:ALTERNATES_READ])
    mine = Bookmark.objects.filter(owner=owner, page__in=roles, facts_at__isnull=False)
    bookmark = mine.select_related("page", "owner").order_by("saved_at", "pk").first()
    if bookmark is None:
        return None
    return Related(bookmark, str(Alternate.Role(roles[bookmark.page_id]).label))


def list_duplicates(owner: User) -> Duplicates:
    """Return the pages that a person has several bookmarks of, from the index of both."""
    mine = Bookmark.objects.filter(owner=owner)
    counted = mine.order_by("page").values("page").annotate(number=Count("pk"))
    pages = list(counted.filter(number__gt=1).values_list("page", flat=True)[: GROUPS_A_PAGE + 1])
    groups: dict[int, list[Bookmark]] = defaultdict(list)
    rows = mine.filter(page__in=pages[:GROUPS_A_PAGE]).select_related("page", "owner")
    for bookmark in rows.order_by("page", "saved_at", "pk")[:BOOKMARKS_READ]:
        groups[bookmark.page_id].append(bookmark)
    return Duplicates(
        [group[:BOOKMARKS_A_GROUP] for group in groups.values() if len(group) > 1],
        more=len(pages) > GROUPS_A_PAGE,
    )
