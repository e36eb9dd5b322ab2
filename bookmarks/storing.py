"""The only writer of bookmarks, with bookmarks.bulk_storing for many at once. Import
`store_bookmark`, `edit_bookmark`, `set_flags`, `delete_bookmark`, `restore_bookmark`,
`merge_bookmarks`.

Each is one transaction that writes page, bookmark, tags with their feed rows, counters and, where
facts are wanted, the fetch job. The owner's counter row is locked first, so that one person's
writes happen one after the other.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from accounts.models import User
from bookmarks.counting import Standing, move_counts
from bookmarks.drafts import MAX_DESCRIPTION_LENGTH, Draft
from bookmarks.jobs import request_fetch
from bookmarks.links import page_address, url_key
from bookmarks.models import (
    Bookmark,
    DeletedBookmark,
    OwnerCount,
    Page,
    TaggedBookmark,
    new_slug,
)
from bookmarks.own_facts import merge_own_facts, without_tab
from bookmarks.tag_names import BadTags, is_private_tag, split_tags
from bookmarks.tags import intern_tags

FACTS_STAY_FRESH = timedelta(days=30)
KEPT_WHEN_DELETED = (
    *("url", "title", "description", "labels_text", "private", "unread", "starred", "source"),
    *("archived", "saved_at", "created_at", "facts_at", "gone_at", "own_facts"),
)

# What changes nothing that others see, and so must not make a feed look newer.
OWN_AFFAIRS = frozenset({"unread", "starred", "archived"})


class AlreadySaved(Exception):
    """The person has another bookmark of that URL; it is `bookmark`."""

    def __init__(self, bookmark: Bookmark) -> None:
        super().__init__(bookmark.slug)
        self.bookmark = bookmark


class CannotMerge(Exception):
    """These bookmarks cannot become one; `str()` is a sentence for the person."""


@dataclass(frozen=True)
class Merged:
    """What several bookmarks became, those that went, and whether it was public and is not now."""

    bookmark: Bookmark
    deleted: tuple[DeletedBookmark, ...]
    hidden: bool


@dataclass(frozen=True)
class Stored:
    """What a write came to. `job_id` is the fetch job that now waits, if one does.

    `before` and `after` are how the bookmark stood and stands, None where nothing was written.
    """

    bookmark: Bookmark
    created: bool
    job_id: int | None
    before: Standing | None = None
    after: Standing | None = None


@transaction.atomic
def store_bookmark(owner: User, draft: Draft) -> Stored:
    """Keep what the draft says; a bookmark of the same URL is replaced and keeps its time.

    Facts that the draft brings join those kept before, by the rank of their sources.
    """
    lock_owner(owner)
    key = url_key(draft.url)
    bookmark = Bookmark.objects.select_for_update().filter(owner=owner, url_key=key).first()
    if bookmark is None:
        bookmark = Bookmark(owner=owner, slug=new_slug(), source=draft.source)
    fields = _fields_of(draft)
    if draft.saved_at:
        fields["saved_at"] = draft.saved_at
    if draft.own_facts is not None:
        fields["own_facts"] = merge_own_facts(bookmark.own_facts, draft.own_facts)
    return _write(bookmark, fields, draft.labels)


@transaction.atomic
def edit_bookmark(bookmark: Bookmark, draft: Draft) -> Stored:
    """Change a bookmark to what the draft says, its URL and own facts included.

    Facts seen in a tab go when the address becomes that of another page.

    Raises `AlreadySaved` when the person has another bookmark of the new URL, and
    `Bookmark.DoesNotExist` when this one is gone.
    """
    current = _locked(bookmark)
    same_url = Bookmark.objects.filter(owner=current.owner, url_key=url_key(draft.url))
    other = same_url.exclude(pk=current.pk).first()
    if other:
        raise AlreadySaved(other)
    fields = _fields_of(draft)
    if draft.saved_at:
        fields["saved_at"] = draft.saved_at
    own = current.own_facts if draft.own_facts is None else draft.own_facts
    moved = page_address(draft.url).key != page_address(current.url).key
    fields["own_facts"] = (without_tab(own) if moved else own) or None
    return _write(current, fields, draft.labels)


@transaction.atomic
def set_flags(bookmark: Bookmark, **flags: bool) -> Bookmark:
    """Set `private`, `unread`, `starred` or `archived`, and return the bookmark as it is now.

    Raises `Bookmark.DoesNotExist` when it is gone.
    """
    current = _locked(bookmark)
    return _write(current, flags, tuple(current.labels)).bookmark


@transaction.atomic
def delete_bookmark(bookmark: Bookmark) -> DeletedBookmark:
    """Delete a bookmark and return what is kept of it, so that it can be restored.

    Raises `Bookmark.DoesNotExist` when it is gone.
    """
    current = _locked(bookmark)
    before = standing_of(current)
    deleted = _put_away(current)
    move_counts(current.owner_id, before, None)
    return deleted


def _put_away(current: Bookmark) -> DeletedBookmark:
    """Delete a locked bookmark's rows and keep what restores it; counters are the caller's."""
    fields = {name: getattr(current, name) for name in KEPT_WHEN_DELETED}
    fields = {
        name: value.isoformat() if isinstance(value, datetime) else value
        for name, value in fields.items()
    }
    deleted, _ = DeletedBookmark.objects.update_or_create(
        slug=current.slug, defaults={"owner": current.owner, "fields": fields}
    )
    TaggedBookmark.objects.filter(content_object=current).delete()
    Bookmark.objects.filter(pk=current.pk).delete()
    return deleted


@transaction.atomic
def restore_bookmark(deleted: DeletedBookmark) -> Stored:
    """Bring a deleted bookmark back under its old slug.

    When its URL was saved anew meanwhile, the newer bookmark stays as it is and is returned.
    """
    lock_owner(deleted.owner)
    fields = dict(deleted.fields)
    labels = tuple(fields.pop("labels_text").split())
    existing = Bookmark.objects.filter(owner=deleted.owner, url_key=url_key(fields["url"])).first()
    DeletedBookmark.objects.filter(pk=deleted.pk).delete()
    if existing:
        return Stored(existing, created=False, job_id=None)
    for name in ("saved_at", "facts_at", "gone_at"):
        at = fields.get(name)
        fields[name] = parse_datetime(at) if at else None
    # What was deleted before this moment was kept tells only when it was saved.
    fields["created_at"] = parse_datetime(fields.get("created_at") or "") or fields["saved_at"]
    return _write(Bookmark(owner=deleted.owner, slug=deleted.slug), fields, labels)


@transaction.atomic
def merge_bookmarks(kept: Bookmark, others: Sequence[Bookmark]) -> Merged:
    """Make one of several bookmarks that a person has of one page; the others can be restored.

    It keeps its address and gets the earliest time, all tags in order, and all that was said. It
    is private if any was: what was said in private stays so. It is unread only if all were. Raises
    `CannotMerge` when they are no longer of one page, or are too long together.
    """
    lock_owner(kept.owner)
    ids = {kept.pk, *(other.pk for other in others)}
    rows = Bookmark.objects.select_for_update().filter(owner=kept.owner, pk__in=ids)
    found = {row.pk: row for row in rows.order_by("pk").select_related("owner")}
    if len(found) < len(ids) or len({row.page_id for row in found.values()}) > 1 or len(ids) < 2:
        raise CannotMerge("These are not bookmarks of one page any more.")
    current = found.pop(kept.pk)
    rest = sorted(found.values(), key=lambda row: (row.saved_at, row.pk))
    fields, labels = _together([current, *rest])
    hidden = fields["private"] and not current.private
    gone = [standing_of(row) for row in rest]
    deleted = tuple(_put_away(row) for row in rest)
    return Merged(_write(current, fields, labels, gone).bookmark, deleted, hidden)


def _together(rows: Sequence[Bookmark]) -> tuple[dict[str, Any], tuple[str, ...]]:
    """Return the fields and labels of one bookmark made of several, the first one's first."""
    description = "\n\n".join(dict.fromkeys(row.description for row in rows if row.description))
    if len(description) > MAX_DESCRIPTION_LENGTH:
        raise CannotMerge("Their descriptions are too long together. Shorten one of them.")
    try:
        labels = split_tags([row.labels_text for row in rows])
    except BadTags as error:
        raise CannotMerge(f"{error} Take some away first.") from None
    own_facts = rows[0].own_facts
    for row in rows[1:]:
        own_facts = merge_own_facts(row.own_facts, own_facts)
    fields = {
        "title": next((row.title for row in rows if row.title), ""),
        "description": description,
        "private": any(row.private for row in rows),
        "unread": all(row.unread for row in rows),
        "starred": any(row.starred for row in rows),
        "archived": all(row.archived for row in rows),
        "saved_at": min(row.saved_at for row in rows),
        "facts_at": min((row.facts_at for row in rows if row.facts_at), default=None),
        "own_facts": own_facts,
    }
    return fields, labels


def lock_owner(owner: User) -> None:
    """Wait for the person's other writes to end; holds until the end of the transaction.

    Notes the time too, by which programs see that something changed: a deletion leaves no other.
    """
    OwnerCount.objects.get_or_create(owner=owner)
    OwnerCount.objects.filter(owner=owner).update(changed_at=timezone.now())


def _locked(bookmark: Bookmark) -> Bookmark:
    """Return the bookmark as it is now; a worker who has facts for it waits for our end."""
    lock_owner(bookmark.owner)
    return Bookmark.objects.select_for_update().get(pk=bookmark.pk)


def _fields_of(draft: Draft) -> dict[str, Any]:
    fields: dict[str, Any] = {
        "url": draft.url,
        "title": draft.title,
        "description": draft.description,
        "private": draft.private,
        "unread": draft.unread,
    }
    if draft.starred is not None:
        fields["starred"] = draft.starred
    if draft.archived is not None:
        fields["archived"] = draft.archived
    return fields


def _write(
    bookmark: Bookmark,
    fields: dict[str, Any],
    labels: tuple[str, ...],
    gone: Sequence[Standing] = (),
) -> Stored:
    """Write a new or locked bookmark with its page, job, tags and counters.

    `gone` is what other bookmarks of its owner added to the counters that were deleted with this.
    """
    created = bookmark.pk is None
    before = None if created else standing_of(bookmark)
    old_page_id = bookmark.page_id
    for name, value in fields.items():
        setattr(bookmark, name, value)
    bookmark.url_key = url_key(bookmark.url)
    bookmark.labels_text = " ".join(labels)
    if created or not fields.keys() <= OWN_AFFAIRS:
        bookmark.updated_at = timezone.now()
    bookmark.page = Page.objects.of(bookmark.url)
    job_id = None
    had_facts = bookmark.page.fetched_at and fields.get("facts_at")  # before it was deleted
    if bookmark.page_id != old_page_id and not had_facts:
        job_id = _ask_for_facts(bookmark)
    if bookmark.page_id != old_page_id:
        bookmark.gone_at = gone_since(bookmark, fields.get("gone_at"))
    bookmark.save()
    tag_ids = _sync_tags(bookmark, labels)
    after = standing_of(bookmark, tag_ids)
    move_counts(bookmark.owner_id, before, after, gone)
    return Stored(bookmark, created, job_id, before, after)


def gone_since(bookmark: Bookmark, before: datetime | None) -> datetime | None:
    """Return since when to tell that its page is gone; `before` it was deleted it may have been.

    Where the facts are not this person's to see, that the page is gone is not either.
    """
    state = bookmark.page.state
    if state == Page.State.GONE:
        return before or (timezone.now() if bookmark.facts_at else None)
    return None if state == Page.State.FETCHED else before


def _ask_for_facts(bookmark: Bookmark) -> int | None:
    """Show the page's facts at once where they are public, else or if they are old ask for a fetch.

    Facts that came by somebody's private save stay hidden until this person's own fetch is done:
    otherwise they would tell of that save. For the same reason a private save does not renew
    facts that everyone sees. Who wishes no fetch gets none, and is told so.
    """
    page, now = bookmark.page, timezone.now()
    fetched_at = page.fetched_at if Bookmark.objects.shows_facts_of(page) else None
    bookmark.facts_at = now if fetched_at else None
    fresh = fetched_at and (bookmark.private or fetched_at > now - FACTS_STAY_FRESH)
    bookmark.unfetched_at = None if wants_fetch(bookmark) else now
    if fresh or bookmark.unfetched_at:
        return None
    return request_fetch(page, bookmark.owner)


def wants_fetch(bookmark: Bookmark) -> bool:
    """Tell whether the owner wishes that pages such as this one are fetched."""
    owner = bookmark.owner
    return owner.fetch_pages and (owner.fetch_private or not bookmark.private)


def _sync_tags(bookmark: Bookmark, labels: tuple[str, ...]) -> dict[int, str]:
    """Make the feed rows of a bookmark say what it says; return its labels by tag id."""
    tags = {tag.pk: label for label, tag in intern_tags(labels).items()}
    rows = TaggedBookmark.objects.filter(content_object=bookmark)
    have = {row.tag_id: row for row in rows}
    if have.keys() - tags.keys():
        rows.filter(tag_id__in=have.keys() - tags.keys()).delete()
    missing = []
    for tag_id, label in tags.items():
        says = {
            "saved_at": bookmark.saved_at,
            "is_public": not bookmark.private and not is_private_tag(label),
        }
        row = have.get(tag_id)
        if row is None:
            missing.append(
                TaggedBookmark(tag_id=tag_id, content_object=bookmark, owner=bookmark.owner, **says)
            )
        elif says != {name: getattr(row, name) for name in says}:
            rows.filter(pk=row.pk).update(**says)
    TaggedBookmark.objects.bulk_create(missing)
    return tags


def standing_of(bookmark: Bookmark, tag_ids: dict[int, str] | None = None) -> Standing:
    if tag_ids is None:
        tag_ids = {tag.pk: label for label, tag in intern_tags(bookmark.labels).items()}
    return Standing(
        owner_id=bookmark.owner_id,
        page_id=bookmark.page_id,
        saved_at=bookmark.saved_at,
        private=bookmark.private,
        unread=bookmark.unread,
        starred=bookmark.starred,
        archived=bookmark.archived,
        labels=tag_ids,
    )
