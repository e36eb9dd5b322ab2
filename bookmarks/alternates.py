"""Keeps what other addresses a page has. Import `learn_alternates`.

What `other_addresses` found is written in the transaction that keeps a page's facts. Where the page
turns out to be another one that is kept too, the two are merged after the commit.

An address is learned to be the same page only from a page that somebody saved publicly: else the
next person who saves it would see that it is known here.
"""

from collections.abc import Sequence
from functools import partial

from django.db import IntegrityError, transaction

from bookmarks.jobs import request_fetch
from bookmarks.merging import begin_merge, finish_merge
from bookmarks.models import Alternate, Bookmark, Page
from bookmarks.other_addresses import OtherAddress

MOST_A_PAGE = 30


def learn_alternates(page_id: int, found: Sequence[OtherAddress], title: str = "") -> None:
    """Keep the other addresses of a page that was just read under this title.

    Needs a transaction in which jobs and bookmarks were written already and the page was not:
    pages are locked by id.
    """
    page = Page.objects.filter(pk=page_id, merged_into=None).first() if found else None
    if page is None:
        return
    hints = [one for one in found if not (one.same and page.public_saves)]
    if len(hints) < len(found):
        _learn_same(page, found[0], title)
    known = set(Alternate.objects.filter(page=page).values_list("key", flat=True)[:MOST_A_PAGE])
    Alternate.objects.bulk_create(
        [
            Alternate(
                page=page,
                key=one.address.key,
                url=one.address.url,
                role=one.role,
                source=one.source,
            )
            for one in hints[: MOST_A_PAGE - len(known)]
            if one.address.key not in known
        ],
        ignore_conflicts=True,
    )


def _learn_same(page: Page, one: OtherAddress, title: str) -> None:
    other = Page.objects.at(one.address.key)
    try:
        with transaction.atomic():
            if other is None and one.through and not page.identity:
                _readdress(page, one)
            elif other is None:
                Alternate.objects.update_or_create(
                    page=page,
                    key=one.address.key,
                    defaults={
                        "url": one.address.url,
                        "role": Alternate.Role.SAME,
                        "same": True,
                        "source": one.source,
                    },
                )
            elif other != page and not _in_doubt(page, one, other, title):
                _merge(page, one, other)
    except IntegrityError:  # that address is being saved this moment; the next reading learns it
        pass


def _in_doubt(page: Page, one: OtherAddress, other: Page, title: str) -> bool:
    """Return whether a page and the one it claims to be are called differently."""
    ours, theirs = title or page.title, other.title
    return one.source == "canonical" and bool(theirs) and ours.casefold() != theirs.casefold()


def _merge(page: Page, one: OtherAddress, other: Page) -> None:
    """Merge a page into what it led to, unless it alone has a name of its own.

    What only private bookmarks know goes instead, or whoever saved this page would see that from
    the address it has then.
    """
    named = page.identity and not other.identity
    hidden = not (other.public_saves or (one.through and not page.identity))
    kept, dropped = (page, other) if named or hidden else (other, page)
    if begin_merge(kept.pk, dropped.pk, one.source):
        transaction.on_commit(partial(finish_merge, dropped.pk))


def _readdress(page: Page, one: OtherAddress) -> None:
    """Let a page whose address only led elsewhere stand for what is there, and be read anew."""
    waiting = Bookmark.objects.filter(page=page, unfetched_at=None).select_related("owner")
    reader = waiting.order_by("pk").first()
    if reader:
        page.url, old_url = one.address.url, page.url
        request_fetch(page, reader.owner, scheduled=True)
        page.url = old_url
    Page.objects.filter(pk=page.pk).update(
        key=one.address.key, url=one.address.url, identity=one.address.identity
    )
    Alternate.objects.create(
        page=page, key=page.key, url=page.url, role="same", same=True, source=one.source
    )
