"""The pages of many addresses at once. Import `pages_at`, `with_public_facts`.

The same as `Page.objects.of` and `Bookmark.objects.shows_facts_of` come to one by one.
"""

from collections.abc import Collection, Iterable, Mapping

from bookmarks.inserting import insert_rows
from bookmarks.links import PageAddress
from bookmarks.models import Alternate, Bookmark, Page

# As much as is read of a page.
OF_PAGES = ("key", "url", "state", "fetched_at", "merged_into")


def pages_at(addresses: Mapping[str, PageAddress]) -> dict[str, Page]:
    """Return the page of each key, making those that are missing; a few queries however many.

    Needs a transaction. At most some hundreds at once.
    """
    pages = _known_pages(addresses)
    missing = [addresses[key] for key in sorted(addresses.keys() - pages.keys())]
    if missing:
        rows = [(one.key, one.url, one.identity, one.kind) for one in missing]
        insert_rows(Page, ("key", "url", "identity", "kind"), rows, skip_known=True)
        pages |= _known_pages([one.key for one in missing])
    return pages


def _known_pages(keys: Collection[str]) -> dict[str, Page]:
    """Return the pages there are by key, as `Page.objects.at` finds one."""
    pages = {page.key: page for page in Page.objects.filter(key__in=keys).only(*OF_PAGES)}
    others = Alternate.objects.filter(key__in=set(keys) - pages.keys(), same=True)
    pages |= {one.key: one.page for one in others.select_related("page")}
    return {key: page.merged_into or page for key, page in pages.items()}


def with_public_facts(pages: Iterable[Page]) -> set[int]:
    """Return the ids of those pages whose facts somebody's public bookmark shows."""
    ids = {page.pk for page in pages if page.fetched_at}
    told = Bookmark.objects.public().filter(page_id__in=ids, facts_at__isnull=False)
    return set(told.order_by().values_list("page_id", flat=True).distinct())
