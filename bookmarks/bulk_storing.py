"""Writes many bookmarks of one person at once. Import `store_many`, `Arrival`, `Result`, `retag`.

What arrives joins what is there and takes nothing away: an import can be repeated, and comes to
the same in whatever pieces it is done. Everything else is as bookmarks.storing has it, of which
this is the wholesale door: one transaction with a few statements for a batch.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from operator import attrgetter, itemgetter
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from bookmarks.bulk_pages import pages_at, with_public_facts
from bookmarks.counting import Move, Standing, move_many_counts
from bookmarks.drafts import MAX_DESCRIPTION_LENGTH, Draft
from bookmarks.formats.linkding_notes import LINE
from bookmarks.inserting import insert_rows, rewrite
from bookmarks.jobs import request_fetches
from bookmarks.links import page_address, url_key
from bookmarks.models import Bookmark, Page, Tag, TaggedBookmark, new_slug
from bookmarks.own_facts import merge_own_facts
from bookmarks.storing import FACTS_STAY_FRESH, OWN_AFFAIRS, gone_since, lock_owner, wants_fetch
from bookmarks.tag_names import MAX_TAGS, fold_tag, is_private_tag
from bookmarks.tags import intern_tags

AT_ONCE = 500
LABELS_AT_ONCE = 2000
PARAGRAPHS = re.compile(r"\n(?:[ \t]*\n)+")
MERGED = (
    *("title", "description", "labels_text", "private", "unread", "starred", "saved_at"),
    *("own_facts", "updated_at"),
)
STORED = tuple(
    field.attname for field in Bookmark._meta.local_concrete_fields if not field.primary_key
)
_values = attrgetter(*STORED)


@dataclass(frozen=True, slots=True)
class Arrival:
    """A draft, and what its sender said of privacy and reading: None where nothing.

    A bookmark that is new is as the draft says; one that is there changes only by what was said.
    `updated_at` is when a new one was last changed, where that is known.
    """

    draft: Draft
    private: bool | None = None
    unread: bool | None = None
    updated_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Result:
    """What an arrival came to. Not `created` and nothing `changed`: all of it was there before."""

    created: bool
    changed: tuple[str, ...] = ()


@transaction.atomic
def store_many(owner: User, arrivals: Sequence[Arrival], *, fetch: bool = False) -> list[Result]:
    """Store some arrivals (a thousand at most), in order, and return what each came to.

    A bookmark of the URL gets what it lacks: title, words of the description, tags, star, facts,
    and the earlier time; it is private if either is, and unread unless the sender says it is
    read. With `fetch`, pages without fresh facts are queued, where the owner wishes that in
    general; no hint is sent, so that a large import is read at the pace of the queue.
    """
    lock_owner(owner)
    keys = [url_key(arrival.draft.url) for arrival in arrivals]
    found = Bookmark.objects.filter(owner=owner, url_key__in=set(keys)).order_by("pk")
    have = {bookmark.url_key: bookmark for bookmark in found.select_for_update()}
    there = {key: _label_names(bookmark.labels) for key, bookmark in have.items()}
    old = {key: _said(bookmark) for key, bookmark in have.items()}
    fresh: dict[str, Bookmark] = {}
    results = []
    for key, arrival in zip(keys, arrivals, strict=True):
        if key in have:
            results.append(Result(False, _join(have[key], arrival)))
        else:
            have[key] = fresh[key] = _bookmark_of(owner, key, arrival)
            results.append(Result(created=True))
    changed = {key: have[key] for key in old if _said(have[key]) != old[key]}
    for key, bookmark in changed.items():
        if {name for name in MERGED if getattr(bookmark, name) != old[key][name]} - OWN_AFFAIRS:
            bookmark.updated_at = timezone.now()
    _give_pages(list(fresh.values()), owner, fetch=fetch)
    tags = _tags([*fresh.values(), *changed.values()])
    before = {key: _standing(old[key], have[key], there[key], tags) for key in changed}
    _insert(owner, fresh)
    _rewrite(changed.values())
    _write_feed_rows(fresh.values(), changed.values(), tags)
    moves: list[Move] = [(None, _standing_now(one, tags)) for one in fresh.values()]
    moves += [(before[key], _standing_now(one, tags)) for key, one in changed.items()]
    if moves:
        move_many_counts(owner.pk, moves)
    return results


@transaction.atomic
def retag(owner: User, name: str, label: str = "") -> int:
    """Put a label in the place of one tag on up to `AT_ONCE` bookmarks, and return on how many.

    Without a label the tag goes. `name` is the folded name of the tag, and the label that of
    another. Whoever wants all of them calls again until none is left.
    """
    lock_owner(owner)
    rows = TaggedBookmark.objects.filter(owner=owner, tag__name=name)
    ids = list(rows.order_by("pk").values_list("content_object_id", flat=True)[:AT_ONCE])
    found = Bookmark.objects.filter(pk__in=ids).order_by("pk").select_for_update()
    bookmarks = list(found)
    tags = _tags(bookmarks)
    before = [_standing_now(bookmark, tags) for bookmark in bookmarks]
    for bookmark in bookmarks:
        bookmark.labels_text = " ".join(_retagged(bookmark.labels, name, label))
        bookmark.updated_at = timezone.now()
    Bookmark.objects.bulk_update(bookmarks, ["labels_text", "updated_at"])
    tags |= _tags(bookmarks)
    _write_feed_rows([], bookmarks, tags)
    after = [_standing_now(bookmark, tags) for bookmark in bookmarks]
    move_many_counts(owner.pk, list(zip(before, after, strict=True)))
    return len(bookmarks)


def _retagged(labels: Sequence[str], name: str, label: str) -> list[str]:
    """Return the labels with one exchanged, unless the new one is among them already."""
    others = {fold_tag(one) for one in labels} - {name}
    new = label if fold_tag(label) not in others else ""
    return [one for one in (new if fold_tag(old) == name else old for old in labels) if one]


def _bookmark_of(owner: User, key: str, arrival: Arrival) -> Bookmark:
    """Return a bookmark that is not stored yet, without its page."""
    draft, now = arrival.draft, timezone.now()
    return Bookmark(
        owner=owner,
        slug=new_slug(),
        url=draft.url,
        url_key=key,
        title=draft.title,
        description=draft.description,
        labels_text=" ".join(draft.labels),
        private=draft.private,
        unread=draft.unread,
        starred=bool(draft.starred),
        archived=bool(draft.archived),
        saved_at=draft.saved_at or now,
        updated_at=arrival.updated_at or now,
        source=draft.source,
        own_facts=draft.own_facts,
    )


def _insert(owner: User, bookmarks: Mapping[str, Bookmark]) -> None:
    """Insert new bookmarks, given by their URL keys, and tell them their ids."""
    insert_rows(Bookmark, STORED, [_values(one) for one in bookmarks.values()])
    rows = Bookmark.objects.filter(owner=owner, url_key__in=bookmarks.keys())
    for key, pk in rows.values_list("url_key", "pk"):
        bookmarks[key].pk = pk


def _rewrite(bookmarks: Collection[Bookmark]) -> None:
    """Write what joining may have changed."""
    rows = [(*(getattr(one, name) for name in MERGED), one.pk) for one in bookmarks]
    rewrite(Bookmark, MERGED, sorted(rows, key=itemgetter(-1)))


def _said(bookmark: Bookmark) -> dict[str, Any]:
    return {name: getattr(bookmark, name) for name in MERGED}


def _join(bookmark: Bookmark, arrival: Arrival) -> tuple[str, ...]:
    """Let a bookmark take in an arrival, and return the names of what that changed."""
    draft, before = arrival.draft, _said(bookmark)
    bookmark.title = bookmark.title or draft.title
    bookmark.description = _together(bookmark.description, draft.description)
    have = _label_names(bookmark.labels)
    labels = [*bookmark.labels, *(one for one in draft.labels if fold_tag(one) not in have)]
    bookmark.labels_text = " ".join(labels[:MAX_TAGS])
    bookmark.private = bookmark.private or bool(arrival.private)
    bookmark.unread = bookmark.unread and arrival.unread is not False
    bookmark.starred = bookmark.starred or bool(draft.starred)
    if draft.saved_at:
        bookmark.saved_at = min(bookmark.saved_at, draft.saved_at)
    bookmark.own_facts = merge_own_facts(draft.own_facts, bookmark.own_facts)
    names = {"labels_text": "tags", "saved_at": "time", "own_facts": "facts"}
    return tuple(
        names.get(name, name) for name in MERGED if getattr(bookmark, name) != before[name]
    )


def _together(present: str, arriving: str) -> str:
    """Return the present text with the paragraphs of the other that it lacks.

    It stays as it is where they are too long together.
    """
    if not present:
        return arriving
    known = set(PARAGRAPHS.split(present))
    new = [one for one in PARAGRAPHS.split(arriving) if one and one not in known]
    if new[-1:] == [LINE]:
        new.pop()  # what stood below it is there already
    both = "\n\n".join([present, *new])
    return present if len(both) > MAX_DESCRIPTION_LENGTH else both


def _label_names(labels: Sequence[str]) -> dict[str, str]:
    return {fold_tag(label): label for label in labels}


def _give_pages(bookmarks: Sequence[Bookmark], owner: User, *, fetch: bool) -> None:
    """Give new bookmarks their pages, with the facts that are theirs to show, as one save does."""
    addresses = [page_address(bookmark.url) for bookmark in bookmarks]
    pages = pages_at({address.key: address for address in addresses})
    shown = with_public_facts(pages.values())
    now = timezone.now()
    wanted: dict[int, Page] = {}
    for bookmark, address in zip(bookmarks, addresses, strict=True):
        page = bookmark.page = pages[address.key]
        at = page.fetched_at if page.pk in shown else None
        bookmark.facts_at = now if at else None
        bookmark.unfetched_at = None if fetch and wants_fetch(bookmark) else now
        bookmark.gone_at = gone_since(bookmark, None)
        if not bookmark.unfetched_at and not _is_fresh(bookmark, at, now):
            wanted[page.pk] = page
    if wanted:
        request_fetches([wanted[pk] for pk in sorted(wanted)], owner)


def _is_fresh(bookmark: Bookmark, at: datetime | None, now: datetime) -> bool:
    stays: timedelta = FACTS_STAY_FRESH
    return at is not None and (bookmark.private or at > now - stays)


def _tags(bookmarks: Collection[Bookmark]) -> dict[str, Tag]:
    """Return the tags of all labels by their folded names, making those that are missing."""
    names = sorted({fold_tag(label) for bookmark in bookmarks for label in bookmark.labels})
    tags: dict[str, Tag] = {}
    for start in range(0, len(names), LABELS_AT_ONCE):
        tags |= intern_tags(names[start : start + LABELS_AT_ONCE])
    return tags


def _write_feed_rows(
    fresh: Collection[Bookmark], changed: Collection[Bookmark], tags: Mapping[str, Tag]
) -> None:
    """Write the feed rows of new bookmarks, and anew those of changed ones."""
    TaggedBookmark.objects.filter(content_object__in=changed).delete()
    rows = [
        (
            tags[fold_tag(label)].pk,
            bookmark.pk,
            bookmark.owner_id,
            bookmark.saved_at,
            not bookmark.private and not is_private_tag(label),
        )
        for bookmark in (*fresh, *changed)
        for label in bookmark.labels
    ]
    names = ("tag_id", "content_object_id", "owner_id", "saved_at", "is_public")
    insert_rows(TaggedBookmark, names, rows)


def _standing_now(bookmark: Bookmark, tags: Mapping[str, Tag]) -> Standing:
    return _standing(_said(bookmark), bookmark, _label_names(bookmark.labels), tags)


def _standing(
    said: Mapping[str, Any], bookmark: Bookmark, labels: Mapping[str, str], tags: Mapping[str, Tag]
) -> Standing:
    """Return what a bookmark adds to the counters when it says this."""
    return Standing(
        owner_id=bookmark.owner_id,
        page_id=bookmark.page_id,
        saved_at=said["saved_at"],
        private=said["private"],
        unread=said["unread"],
        starred=said["starred"],
        archived=bookmark.archived,
        labels={tags[name].pk: label for name, label in labels.items()},
    )
