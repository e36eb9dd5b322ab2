"""Makes one page of two that turned out to be one. Import `merge_pages`, `begin_merge`,
`finish_merge`, `finish_merges`.

A merge begins with one small write: the page that goes points to the one that stays, and whoever
looks for it finds that one (`Page.objects.at`). Its bookmarks, with the addresses they were saved
under, then move in batches, each a transaction of its own; a merge that was cut short goes on where
it stopped. Rows are locked as everywhere: jobs, bookmarks, pages, each by id.
"""

from collections import Counter
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.module_loading import import_string

from bookmarks.counting import move_pages
from bookmarks.health import mark_gone
from bookmarks.jobs import request_fetch
from bookmarks.models import Alternate, Bookmark, FetchJob, Page, PageText

BATCH = 500
MERGES_A_RUN = 1000
# How often a merge starts over because somebody saved the page that goes just then.
TRIES = 5
FACTS = (
    *("title", "excerpt", "authors", "site_name", "published", "modified", "language"),
    *("canonical_url", "image", "kind", "word_count", "cjk_count"),
)


def merge_pages(kept: Page, dropped: Page, source: str = "") -> Page:
    """Make one page of two and return it, with all bookmarks, counts, facts and addresses.

    From now on the address of `dropped` leads to `kept`; `source` says what told us so.
    """
    begin_merge(kept.pk, dropped.pk, source)
    finish_merge(dropped.pk)
    return Page.objects.get(pk=kept.pk)


@transaction.atomic
def begin_merge(kept_id: int, dropped_id: int, source: str = "") -> bool:
    """Let whoever looks for the page that goes find the one that stays; return whether they differ.

    Nothing else is moved: `finish_merge` does that after the commit.
    """
    onwards = Page.objects.filter(pk=kept_id).values_list("merged_into", flat=True).first()
    kept_id = onwards or kept_id
    locked = Page.objects.select_for_update().filter(pk__in=(kept_id, dropped_id))
    pages = {page.pk: page for page in locked.order_by("pk")}
    kept, dropped = pages.get(kept_id), pages.get(dropped_id)
    if kept is None or dropped is None or kept is dropped or kept.merged_into_id:
        return False
    Page.objects.filter(merged_into=dropped).update(merged_into=kept)
    Page.objects.filter(pk=dropped.pk).update(merged_into=kept)
    Alternate.objects.filter(key=dropped.key, same=True).delete()
    Alternate.objects.update_or_create(
        page=kept,
        key=dropped.key,
        defaults={"url": dropped.url, "role": Alternate.Role.SAME, "same": True, "source": source},
    )
    return True


def finish_merges() -> int:
    """Go on with merges that were cut short; return with how many."""
    waiting = Page.objects.filter(merged_into__isnull=False).order_by("merged_into", "pk")
    ids = list(waiting.values_list("pk", flat=True)[:MERGES_A_RUN])
    for dropped_id in ids:
        finish_merge(dropped_id)
    return len(ids)


def finish_merge(dropped_id: int) -> None:
    """Move what a page that goes still has, and drop it. Does nothing for any other page."""
    for _ in range(TRIES):
        while _move_bookmarks(dropped_id):
            pass
        try:
            _drop(dropped_id)
        except IntegrityError:  # saved once more by somebody who found it before
            continue
        return


@transaction.atomic
def _move_bookmarks(dropped_id: int) -> int:
    """Move some bookmarks with their share of the counts; return how many."""
    kept = Page.objects.filter(pk=_destination(dropped_id) or 0).first()
    if kept is None:
        return 0
    rows = Bookmark.objects.select_for_update().filter(page=dropped_id).order_by("pk")[:BATCH]
    found = dict(rows.values_list("pk", "private"))
    Bookmark.objects.filter(pk__in=found).update(page=kept, gone_at=None)
    if kept.state == Page.State.GONE:
        mark_gone(kept.pk, timezone.now())
    public = Counter(found.values())[False]
    if public:
        move_pages({dropped_id: -public, kept.pk: public})
    return len(found)


def _destination(dropped_id: int) -> int | None:
    return Page.objects.filter(pk=dropped_id).values_list("merged_into", flat=True).first()


@transaction.atomic
def _drop(dropped_id: int) -> None:
    """Hand over what else a page without bookmarks has, and delete it.

    Apps that refer to pages name a function of both ids in PAGE_MERGE_STEPS.
    """
    kept_id = _destination(dropped_id)
    if kept_id is None:
        return
    _hand_over_jobs(kept_id, dropped_id)
    for step in settings.PAGE_MERGE_STEPS:
        import_string(step)(kept_id, dropped_id)
    locked = Page.objects.select_for_update().filter(pk__in=(kept_id, dropped_id))
    pages = {page.pk: page for page in locked.order_by("pk")}
    if len(pages) < 2 or pages[dropped_id].merged_into_id != kept_id:
        return
    if Bookmark.objects.filter(page=dropped_id).exists():
        raise IntegrityError(f"page {dropped_id} was saved meanwhile")
    kept, dropped = pages[kept_id], pages[dropped_id]
    Page.objects.filter(pk=kept_id).update(**_joined(kept, dropped))
    if not PageText.objects.filter(page=kept_id).exists():
        PageText.objects.filter(page=dropped_id).update(page=kept_id)
    known = Alternate.objects.filter(page=kept_id).values_list("key", flat=True)
    theirs = Alternate.objects.filter(page=dropped_id)
    theirs.exclude(key__in=[kept.key, *known]).update(page=kept_id)
    for step in settings.PAGE_MERGE_STEPS:
        import_string(step)(kept_id, dropped_id)
    dropped.delete()


def _hand_over_jobs(kept_id: int, dropped_id: int) -> None:
    """Let the page that stays be fetched for those who waited for the other one."""
    waiting = FetchJob.objects.filter(page=dropped_id, state__in=FetchJob.OPEN)
    job = waiting.select_for_update(of=("self",)).select_related("owner").first()
    if job:
        scheduled = job.scheduled_at is not None
        request_fetch(Page.objects.get(pk=kept_id), job.owner, scheduled=scheduled)
        waiting.delete()


def _joined(kept: Page, dropped: Page) -> dict[str, Any]:
    """Return the columns of the page that stays: its own facts, and the other's where it has none.

    A page that was never read takes over how the other stands. The time of reading is the later
    one: the earlier may be that of somebody's private save.
    """
    columns: dict[str, Any] = {
        name: getattr(kept, name) or getattr(dropped, name)
        for name in FACTS
        if getattr(dropped, name) not in ("", [], None)
    }
    columns["details"] = {**dropped.details, **kept.details}
    columns["sources"] = {**dropped.sources, **kept.sources}
    if dropped.fetched_at is None:
        return columns
    if kept.fetched_at is None:
        columns |= {
            name: getattr(dropped, name)
            for name in ("state", "reason", "http_status", "tried_at", "retry_at")
        }
    columns["fetched_at"] = max(dropped.fetched_at, kept.fetched_at or dropped.fetched_at)
    columns["changed_at"] = timezone.now()
    return columns
