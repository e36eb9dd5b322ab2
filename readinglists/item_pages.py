"""The pages of items, and the facts that are theirs to show. Import `give_pages`,
`show_public_facts`.
"""

from collections.abc import Sequence
from functools import partial

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from bookmarks.bulk_pages import pages_at, with_public_facts
from bookmarks.jobs import request_fetches
from bookmarks.links import page_address
from bookmarks.models import Bookmark, FetchJob, Page
from bookmarks.tasks import hint_at
from readinglists.models import Item

# Workers are told of so many pages at once; a sweep tells of the rest, at the pace of the queue.
HINTED = 10


def give_pages(items: Sequence[Item], by: User | None) -> None:
    """Give items that are about to be stored the pages of their addresses.

    An item whose page is another than before shows its facts at once where they are public, and
    else from when they are read; a fetch is asked for in the name of `by`. Without
    anybody nothing is asked: the items stand as they were written. Needs a transaction; at most
    some hundreds at once, in a few queries.
    """
    addresses = [page_address(item.url) if item.url else None for item in items]
    pages = pages_at({address.key: address for address in addresses if address})
    fresh = []
    for item, address in zip(items, addresses, strict=True):
        page = pages[address.key] if address else None
        if item.page_id != (page.pk if page else None):
            item.page = page
            if by:
                item.asked_at = item.facts_at = None
            fresh.append((item, page))
    if by:
        _ask_for_facts([(item, page) for item, page in fresh if page], by)


def _ask_for_facts(items: Sequence[tuple[Item, Page]], by: User) -> None:
    """Show the pages' facts at once where they are public, else ask for a fetch."""
    told = with_public_facts(page for _, page in items)
    now = timezone.now()
    wanted: dict[int, Page] = {}
    for item, page in items:
        item.asked_at = now
        if page.pk in told:
            item.facts_at = now
        elif by.fetch_pages:
            wanted[page.pk] = page
    if not wanted:
        return
    request_fetches([wanted[pk] for pk in sorted(wanted)], by)
    first = sorted(wanted)[:HINTED]
    jobs = FetchJob.objects.filter(page__in=first, state__in=FetchJob.OPEN)
    for job_id in jobs.values_list("pk", flat=True):
        transaction.on_commit(partial(hint_at, job_id))


def show_public_facts(items: Sequence[Item], *, ask: bool) -> None:
    """Let stored items show facts that are public, and with `ask` those that are read from now on.

    Their pages are asked for elsewhere, if at all, so no worker is told of them here. At most some
    hundreds at once.
    """
    now = timezone.now()
    known = Bookmark.objects.public().filter(facts_at__isnull=False)
    told = known.filter(page__in=[item.page_id for item in items], page__fetched_at__isnull=False)
    shown = set(told.order_by().values_list("page", flat=True).distinct())
    mine = Item.objects.filter(pk__in=[item.pk for item in items])
    mine.filter(page__in=shown).update(facts_at=now)
    if ask:
        mine.update(asked_at=now)
