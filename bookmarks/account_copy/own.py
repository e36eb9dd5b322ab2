"""The parts of an account that are kept here: SETTINGS, BOOKMARKS, TAGS, NOTES, BUNDLES."""

from collections.abc import Iterator
from datetime import UTC, datetime

from django.utils import timezone

from accounts.models import User
from bookmarks.account_copy.fields import Record, number, past, word
from bookmarks.account_copy.part import Part, Told, Ways, created, each, refused, skipped
from bookmarks.bundles import LAST, TooManyBundles, make_bundle
from bookmarks.formats.values import flag, text
from bookmarks.formats.writing.entry import Entry
from bookmarks.formats.writing.full_json import bookmark_record
from bookmarks.models import Bookmark, Bundle, Note, OwnerCount, OwnerTagCount
from bookmarks.notes import TooManyNotes, add_note, all_notes, make_note_draft
from bookmarks.own_tags import IS_THERE, make_own_tag
from bookmarks.tag_names import BadTags, fold_tag, split_tags

SWITCHES = ("private_by_default", "fetch_pages", "fetch_private")
SEARCH = ("search", "any_tags", "all_tags", "excluded_tags")
FILTERS = ("filter_unread", "filter_shared")
BATCH = 1000
HERE = "You have this."
IN_USE = "Settings are only taken into a new account; yours stay."


def _write_settings(owner: User) -> Record:
    return {name: getattr(owner, name) for name in SWITCHES}


def _restore_settings(owner: User, record: Record, _ways: Ways) -> Told:
    """Take over settings where nobody has chosen any: what one chose, least of all to be private,
    is not undone by a file."""
    if not all(isinstance(record.get(name), bool) for name in SWITCHES):
        return refused("These are no settings.")
    said = {name: record[name] for name in SWITCHES}
    current = User.objects.get(pk=owner.pk)
    if _write_settings(current) == said:
        return skipped(HERE)
    counts = OwnerCount.objects.filter(owner=owner).first()
    if _write_settings(current) != _write_settings(User()) or (counts and counts.total):
        return skipped(IN_USE)
    User.objects.filter(pk=owner.pk).update(**said)
    for name in SWITCHES:
        setattr(owner, name, said[name])
    return created()


def _write_bookmarks(owner: User) -> Iterator[Record]:
    """Yield all bookmarks, the oldest first, so that those of one moment keep their order.

    They are read by the index of their owner, a batch at a time.
    """
    mine = Bookmark.objects.filter(owner=owner).order_by("saved_at", "id")
    fields = ("id", "saved_at", "updated_at", "url", "title", "description", "labels_text")
    flags = ("private", "unread", "starred", "archived", "source", "own_facts")
    at, last = datetime(1, 1, 1, tzinfo=UTC), 0
    while True:
        later = mine.filter(saved_at__gte=at).exclude(saved_at=at, id__lte=last)
        rows = list(later.values_list(*fields, *flags, named=True)[:BATCH])
        for row in rows:
            yield bookmark_record(
                Entry(
                    url=row.url,
                    title="",
                    saved_at=row.saved_at,
                    updated_at=row.updated_at,
                    description=row.description,
                    labels=tuple(row.labels_text.split()),
                    private=row.private,
                    unread=row.unread,
                    starred=row.starred,
                    own_title=row.title,
                    archived=row.archived,
                    source=row.source,
                    own_facts=row.own_facts or {},
                )
            )
        if len(rows) < BATCH:
            return
        at, last = rows[-1].saved_at, rows[-1].id


def _no_bookmarks(*_: object) -> list[Told]:
    raise AssertionError("bookmarks are taken in as those of any file are")


def _write_tags(owner: User) -> Iterator[Record]:
    """Yield how each tag is written, and since when it is there where no bookmark is needed."""
    rows = OwnerTagCount.objects.filter(IS_THERE, owner=owner)
    # Sorted here: databases do not agree on the order of texts.
    for _, label, made_at in sorted(
        rows.values_list("tag__name", "label", "made_at"), key=lambda row: row[0]
    ):
        yield {"label": label, "made_at": made_at.isoformat() if made_at else None}


def _restore_tag(owner: User, record: Record, _ways: Ways) -> Told:
    try:
        [label] = split_tags([text(record, "label")])
    except (BadTags, ValueError):
        return refused("This is no tag.")
    mine = OwnerTagCount.objects.filter(owner=owner, tag__name=fold_tag(label))
    made_at, row = past(record, "made_at"), mine.first()
    if row is None or (row.total <= 0 and row.made_at is None):
        row = OwnerTagCount.objects.get(pk=make_own_tag(owner, label).pk)
        mine.update(made_at=made_at or row.made_at)
        return created()
    if row.label == label and bool(row.made_at) == bool(made_at):
        return skipped(HERE)
    mine.update(label=label, made_at=row.made_at or made_at)
    return "merged", "It is written as in the file."


def _write_notes(owner: User) -> Iterator[Record]:
    for note in all_notes(owner):
        yield {
            "id": note.key,
            "title": note.title,
            "text": note.text,
            "private": note.private,
            "created_at": note.created_at.isoformat(),
            "updated_at": note.updated_at.isoformat(),
        }


def _restore_note(owner: User, record: Record, ways: Ways) -> Told:
    """Keep a note under the key it had, if nobody else's has that now."""
    private = bool(flag(record, "private")) or ways.all_private
    draft = make_note_draft(text(record, "title"), text(record, "text"), private=private)
    key, at = word(record, "id", 20), past(record, "created_at") or timezone.now()
    mine = Note.objects.filter(owner=owner)
    same = mine.filter(created_at=at, title=draft.title).defer("text")
    if mine.filter(key=key).exists() or same.exists():
        return skipped(HERE)
    try:
        note = add_note(owner, draft)
    except TooManyNotes as error:
        return refused(str(error))
    fields: dict[str, str | datetime] = {"created_at": at}
    fields["updated_at"] = past(record, "updated_at") or at
    is_key = len(key) == 20 and not set(key) - set("0123456789abcdef")
    if is_key and not Note.objects.filter(key=key).exists():
        fields["key"] = key
    Note.objects.filter(pk=note.pk).update(**fields)
    return created()


def _write_bundles(owner: User) -> Iterator[Record]:
    for one in Bundle.objects.filter(owner=owner).order_by("order", "created_at", "pk"):
        yield {
            **{name: getattr(one, name) for name in ("name", *SEARCH, *FILTERS, "order")},
            "created_at": one.created_at.isoformat(),
            "updated_at": one.updated_at.isoformat(),
        }


def _restore_bundle(owner: User, record: Record, _ways: Ways) -> Told:
    name, at = word(record, "name", 256), past(record, "created_at") or timezone.now()
    if not name:
        return refused("A bundle needs a name.")
    if Bundle.objects.filter(owner=owner, name=name, created_at=at).exists():
        return skipped(HERE)
    kept: dict[str, str | int | datetime] = {one: word(record, one, 1000) for one in SEARCH}
    for one in FILTERS:
        said = text(record, one)
        kept[one] = said if said in Bundle.Filter.values else Bundle.Filter.OFF.value
    kept |= {"name": name, "order": number(record, "order", range(LAST + 1), 0)}
    kept |= {"created_at": at, "updated_at": past(record, "updated_at") or at}
    try:
        make_bundle(owner, kept)
    except TooManyBundles as error:
        return refused(str(error))
    return created()


SETTINGS = Part(_write_settings, each(_restore_settings))
BOOKMARKS = Part(_write_bookmarks, _no_bookmarks)
TAGS = Part(_write_tags, each(_restore_tag))
NOTES = Part(_write_notes, each(_restore_note))
BUNDLES = Part(_write_bundles, each(_restore_bundle))
