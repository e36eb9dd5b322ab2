"""Puts the sample site into the database. Import `fill`.

Bookmarks go through `store_bookmark` like any other. Their pages are then marked as read, with the
facts of the sample, so that a newcomer's machine does not set out to fetch them all.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils.module_loading import import_string

from accounts.models import User
from accounts.signup import SignUpRefused, add_account
from bookmarks.links import page_key
from bookmarks.models import Bookmark, FetchJob, Page
from bookmarks.sample_data.reading import Sample, SamplePage, SampleSave
from bookmarks.storing import store_bookmark

# Tells a sample person from a real one of the same name; nobody can have an address there
# (RFC 2606, 2).
ADDRESS = "{name}@sample.invalid"

Progress = Callable[[Sequence[SampleSave]], Iterable[SampleSave]]


class NameInUse(Exception):
    """Somebody real has, or lately had, the name of a sample person; `str()` is that name."""


@dataclass(frozen=True)
class Filled:
    """How much was put in; `more` are sentences about what other apps added."""

    people: int
    bookmarks: int
    pages: int
    more: tuple[str, ...] = ()


@transaction.atomic
def fill(sample: Sample, password: str, now: datetime, progress: Progress = iter) -> Filled:
    """Store the sample, all of it or nothing; what is there already from an earlier time is kept.

    All its people get the password. Pages that the site knows already keep their own facts.
    Raises `NameInUse`.
    """
    people = {name: _person(name, password) for name in sample.people}
    keys = [page_key(page.url) for page in sample.pages]
    known = set(Page.objects.filter(key__in=keys).values_list("key", flat=True))
    saves = sample.saves()
    for save in progress(saves):
        store_bookmark(people[save.by], replace(save.draft, saved_at=now - save.age))
    for page in sample.pages:
        if page_key(page.url) not in known:
            mark_as_read(page, now)
    more = [import_string(step)(people, now) for step in settings.SAMPLE_DATA_STEPS]
    return Filled(len(people), len(saves), len(sample.pages), tuple(filter(None, more)))


def mark_as_read(sample_page: SamplePage, now: datetime) -> None:
    """Give a new page its sample facts, show them on its bookmarks, take back its fetch job.

    Needs the transaction that made the page: no worker may have seen the job.
    """
    page = Page.objects.get(key=page_key(sample_page.url))
    Page.objects.filter(pk=page.pk).update(
        **sample_page.facts,
        sources={name: "sample" for name, value in sample_page.facts.items() if value},
        state=Page.State.FETCHED,
        fetched_at=now,
        tried_at=now,
        changed_at=now,
    )
    Bookmark.objects.filter(page=page, facts_at=None).update(facts_at=now)
    FetchJob.objects.filter(page=page).delete()


def _person(name: str, password: str) -> User:
    user = User.objects.filter(username=name).first()
    if user is None:
        try:
            return add_account(name, password, ADDRESS.format(name=name))
        except SignUpRefused as error:
            raise NameInUse(name) from error
    if user.email != ADDRESS.format(name=name):
        raise NameInUse(name)
    user.set_password(password)
    user.save(update_fields=["password"])
    return user
