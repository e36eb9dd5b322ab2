"""Keeps citation keys. Import `keyed_records`.

A key belongs to the owner of a list or of bookmarks and to a page. It is made when that page is
first cited, by whoever asks, and never again: neither another title nor another author changes it.

Citations are asked for by GET, and making a key writes. That is no change anybody asked for or
could notice (RFC 9110, 9.2.1): the first answer and all later ones are the same. What can be
written that way is bounded by what the owner keeps: one short row a page.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from django.db import IntegrityError, transaction

from accounts.models import User
from bookmarks.models import Page
from readinglists.citations.keys import key_base, numbered
from readinglists.citations.record import CitationRecord
from readinglists.citations.works import Cited
from readinglists.models import CitationKey

BATCH = 200
# Rounds in which keys are looked for; each finds one for every page, unless others take it.
ROUNDS = 40


def keyed_records(owner: User, works: Iterable[Cited]) -> Iterator[CitationRecord]:
    """Yield the records of works under the owner's keys, each page once."""
    seen: set[int | str] = set()
    tried: dict[str, int] = {}
    waiting = iter(works)
    while batch := list(islice(waiting, BATCH)):
        keys = _keys_of(owner, batch, tried)
        for work in batch:
            key = keys.get(work.page_id, "") if work.page_id else work.fixed_key
            it = work.page_id or work.fixed_key
            if key and it not in seen:
                seen.add(it)
                yield work.keyed(key)


def _keys_of(owner: User, works: Sequence[Cited], tried: dict[str, int]) -> dict[int | None, str]:
    """Return the keys by page, those made now that were missing.

    `tried` counts how many keys of a base have been tried, and goes on counting.
    """
    page_ids = {work.page_id for work in works if work.page_id}
    keys = _kept(owner, page_ids)
    missing = {
        work.page_id: key_base(work.names_it())
        for work in works
        if work.page_id and work.page_id not in keys
    }
    for _ in range(ROUNDS):
        if not missing:
            return keys
        _claim(owner, missing, tried)
        keys |= _kept(owner, missing)
        missing = {page_id: base for page_id, base in missing.items() if page_id not in keys}
    # So many works of one name: the page's number is one that nobody else has.
    last = {page_id: f"{base}x{page_id}" for page_id, base in missing.items()}
    _write(owner, last)
    return keys | _kept(owner, missing)


def _claim(owner: User, missing: dict[int, str], tried: dict[str, int]) -> None:
    """Try to give each page the next key of its base that is not taken."""
    wanted: dict[str, int] = {}
    for page_id, base in missing.items():
        number = tried.get(base, 0)
        tried[base] = number + 1
        wanted[numbered(base, number)] = page_id
    mine = CitationKey.objects.filter(owner=owner)
    taken = set(mine.filter(key__in=list(wanted)).values_list("key", flat=True))
    _write(owner, {page_id: key for key, page_id in wanted.items() if key not in taken})


def _write(owner: User, keys: dict[int, str]) -> None:
    """Store keys; where somebody else stored one of them or for one of the pages, theirs stays."""
    # In one order, so that two who write at once do not wait for each other.
    in_order = sorted(keys.items())
    rows = [CitationKey(owner=owner, page_id=page_id, key=key) for page_id, key in in_order]
    try:
        with transaction.atomic():
            CitationKey.objects.bulk_create(rows, ignore_conflicts=True)
    except IntegrityError:  # one of the pages went meanwhile: it is cited no more
        there = set(Page.objects.filter(pk__in=list(keys)).values_list("pk", flat=True))
        rest = [row for row in rows if row.page_id in there]
        CitationKey.objects.bulk_create(rest, ignore_conflicts=True)


def _kept(owner: User, page_ids: Iterable[int]) -> dict[int | None, str]:
    rows = CitationKey.objects.filter(owner=owner, page__in=list(page_ids))
    return dict(rows.values_list("page_id", "key"))
