"""What a reader has of pages and of other people's lists: OTHER_LISTS, PROGRESS, CITATION_KEYS."""

from collections.abc import Callable, Iterator, Sequence
from functools import partial

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from accounts.models import User
from bookmarks.account_copy import Part, Record, Told, Ways
from bookmarks.account_copy.fields import past, word
from bookmarks.account_copy.part import created, each, refused, skipped
from bookmarks.bulk_pages import pages_at
from bookmarks.formats.values import text
from bookmarks.links import BadUrl, clean_url, page_address
from bookmarks.models import Page
from readinglists.account_copy.list_records import progress_record
from readinglists.account_copy.lists import progress_of_record
from readinglists.account_copy.references import list_named, name_of
from readinglists.following import TooMany, follow
from readinglists.models import CitationKey, Item, ListFollow, ListReading, Progress, ReadingList

HERE = "You have this."
GONE = "There is no such list here any more, or you may not see it."
NO_STATE = "This is no state of reading."
KEY = frozenset("abcdefghijklmnopqrstuvwxyz0123456789")
CHUNK = 500
Restore = Callable[[User, list[tuple[Page, Record]]], list[Told]]


def _write_other_lists(owner: User) -> Iterator[Record]:
    """Yield the lists of others that a person follows or reads, and may still see."""
    follows = dict(
        ListFollow.objects.filter(user=owner).values_list("reading_list_id", "followed_at")
    )
    readings = ListReading.objects.filter(reader=owner)
    read = dict(readings.values_list("reading_list_id", "last_at"))
    lists = ReadingList.objects.readable_by(owner).exclude(owner=owner).select_related("owner")
    known = lists.filter(Q(follows__user=owner) | Q(readings__reader=owner)).distinct()
    for one in sorted(known, key=lambda one: (one.owner.username, one.slug)):
        times = {"followed_at": follows.get(one.pk), "read_last_at": read.get(one.pk)}
        yield name_of(one) | {name: at.isoformat() for name, at in times.items() if at}


def _restore_other_list(owner: User, record: Record, _ways: Ways) -> Told:
    found = list_named(record, owner)
    if found is None:
        return refused(GONE)
    followed_at, last_at = past(record, "followed_at"), past(record, "read_last_at")
    new = False
    try:
        if followed_at and follow(owner, found):
            new = True
            mine = ListFollow.objects.filter(user=owner, reading_list=found)
            mine.update(followed_at=followed_at)
    except TooMany as error:
        return refused(str(error))
    if last_at:
        _, fresh = ListReading.objects.get_or_create(
            reader=owner, reading_list=found, defaults={"last_at": last_at}
        )
        new = new or fresh
    return created() if new else skipped(HERE)


def _write_progress(owner: User) -> Iterator[Record]:
    """Yield how far a person is, the first noted first; items of their own lists are told there."""
    rows = Progress.objects.filter(reader=owner).exclude(item__reading_list__owner=owner)
    rows = rows.select_related("page", "item__reading_list__owner")
    for one in rows.order_by("changed_at", "pk").iterator(chunk_size=CHUNK):
        if one.page:
            yield {"url": one.page.url, **progress_record(one)}
        elif one.item and _is_readable(one.item.reading_list, owner):
            place = {**name_of(one.item.reading_list), "item": one.item_id}
            yield place | progress_record(one)


def _is_readable(reading_list: ReadingList, owner: User) -> bool:
    return ReadingList.objects.readable_by(owner).filter(pk=reading_list.pk).exists()


def _by_page(restore: Restore, owner: User, records: Sequence[Record], _ways: Ways) -> list[Told]:
    """Take in records that are of pages, some hundreds at once."""
    told: list[Told] = []
    for start in range(0, len(records), CHUNK):
        some = records[start : start + CHUNK]
        urls = [_url(one) for one in some]
        with transaction.atomic():
            addresses = {url: page_address(url) for url in urls if url}
            pages = pages_at({one.key: one for one in addresses.values()})
            found = [
                (pages[addresses[url].key], one) for url, one in zip(urls, some, strict=True) if url
            ]
            results = iter(restore(owner, found))
        told += [next(results) if url else refused("This is no address.") for url in urls]
    return told


def _url(record: Record) -> str:
    try:
        return clean_url(text(record, "url"))
    except BadUrl:
        return ""


def _restore_progress(owner: User, records: Sequence[Record], ways: Ways) -> list[Told]:
    """Note what a person has not noted yet, of pages and of words in other people's lists."""
    of_words = {at: one for at, one in enumerate(records) if "item" in one}
    of_pages = [one for at, one in enumerate(records) if at not in of_words]
    pages = iter(_by_page(_note_pages, owner, of_pages, ways))
    words = iter(each(_note_words)(owner, list(of_words.values()), ways))
    return [next(words if at in of_words else pages) for at in range(len(records))]


def _note_pages(owner: User, found: list[tuple[Page, Record]]) -> list[Told]:
    mine = Progress.objects.filter(reader=owner, page__in=[page for page, _ in found])
    known = set(mine.values_list("page_id", flat=True))
    rows, told = [], []
    for page, record in found:
        row = progress_of_record(record)
        if row is None:
            told.append(refused(NO_STATE))
        elif page.pk in known:
            told.append(skipped(HERE))
        else:
            known.add(page.pk)
            row.reader, row.page = owner, page
            rows.append(row)
            told.append(created())
    Progress.objects.bulk_create(rows, ignore_conflicts=True)
    return told


def _note_words(owner: User, record: Record, _ways: Ways) -> Told:
    found, pk, row = list_named(record, owner), record.get("item"), progress_of_record(record)
    if row is None:
        return refused(NO_STATE)
    if found is None or type(pk) is not int or not 0 < pk < 2**62:
        return refused(GONE)
    item = Item.objects.filter(reading_list=found, pk=pk, page=None).first()
    if item is None:
        return refused("The list does not have this item any more.")
    if Progress.objects.filter(reader=owner, item=item).exists():
        return skipped(HERE)
    row.reader, row.item = owner, item
    row.save(force_insert=True)
    return created()


def _write_citation_keys(owner: User) -> Iterator[Record]:
    rows = CitationKey.objects.filter(owner=owner).order_by("made_at", "pk")
    for key, url, made_at in rows.values_list("key", "page__url", "made_at").iterator():
        yield {"key": key, "url": url, "made_at": made_at.isoformat()}


def _keep_keys(owner: User, found: list[tuple[Page, Record]]) -> list[Told]:
    """Keep keys of pages that have none yet, where no other page has the key."""
    mine = CitationKey.objects.filter(owner=owner)
    keys = {word(record, "key", 81) for _, record in found}
    taken = set(mine.filter(key__in=keys).values_list("key", flat=True))
    cited = set(mine.filter(page__in=[page for page, _ in found]).values_list("page_id", flat=True))
    rows, told = [], []
    for page, record in found:
        key = word(record, "key", 81)
        if not key or len(key) > 80 or set(key) - KEY:
            told.append(refused("This is no key to cite by."))
        elif page.pk in cited:
            told.append(skipped(HERE))
        elif key in taken:
            told.append(refused("You cite something else by this key."))
        else:
            taken.add(key)
            cited.add(page.pk)
            at = past(record, "made_at") or timezone.now()
            rows.append(CitationKey(owner=owner, page=page, key=key, made_at=at))
            told.append(created())
    CitationKey.objects.bulk_create(rows, ignore_conflicts=True)
    return told


OTHER_LISTS = Part(_write_other_lists, each(_restore_other_list))
PROGRESS = Part(_write_progress, _restore_progress)
CITATION_KEYS = Part(_write_citation_keys, partial(_by_page, _keep_keys))
