"""Many writers at the same time, each with a connection of its own."""

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import TypeVar

import pytest
from django.db import OperationalError, connection, transaction

from accounts.models import User
from bookmarks.forgetting import forget_owner
from bookmarks.models import Bookmark, FetchJob, Page
from bookmarks.recounting import recount
from bookmarks.saving import save_bookmark
from bookmarks.storing import delete_bookmark, set_flags
from tests.bookmarks.judge import assert_counters_are_exact
from tests.bookmarks.keeping import asked, keep
from tests.bookmarks.working import lease_job

pytestmark = pytest.mark.django_db(transaction=True)

URL = "https://example.org/"


Result = TypeVar("Result")


def at_once(works: Iterable[Callable[[], Result]], writers: int = 8) -> list[Result]:
    """Do all works on several threads and return what they return; raise what one raises."""

    def closing(work: Callable[[], Result]) -> Result:
        try:
            return work()
        finally:
            connection.close()

    with ThreadPoolExecutor(writers) as pool:
        return list(pool.map(closing, works))


@pytest.fixture(autouse=True)
def no_hints(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bookmarks.saving.hint_at", lambda _job_id: None)


@pytest.fixture
def people(db: None) -> list[User]:
    return [User.objects.create_user(f"person{number}") for number in range(8)]


def test_fifty_saves_of_one_address_by_one_person_make_one_bookmark(alice: User) -> None:
    drafts = [asked(URL, f"a tag{number}", title=str(number)) for number in range(50)]
    stored = at_once([partial(save_bookmark, alice, draft) for draft in drafts])
    assert len({one.bookmark.pk for one in stored}) == 1
    assert [one.created for one in stored].count(True) == 1
    assert FetchJob.objects.count() == Page.objects.count() == 1
    kept = Bookmark.objects.get()
    assert kept.labels == ["a", f"tag{kept.title}"]
    assert_counters_are_exact()


def test_many_people_save_one_page_with_the_same_tags_in_any_order(people: list[User]) -> None:
    tags = ["a b c", "c b a", "b c a", "C B A"]
    at_once(
        [
            partial(save_bookmark, person, asked(URL, tags[(number + person.pk) % 4]))
            for number in range(5)
            for person in people
        ]
    )
    assert Bookmark.objects.count() == len(people)
    assert Page.objects.get().public_saves == len(people)
    assert FetchJob.objects.count() == 1
    assert_counters_are_exact()


def test_all_that_can_happen_at_once_leaves_the_counters_exact(people: list[User]) -> None:
    kept = {person: keep(person, URL, "a b") for person in people}

    def life(person: User, number: int) -> None:
        bookmark = kept[person]
        set_flags(bookmark, private=number % 2 == 0)
        save_bookmark(person, asked(f"https://example.org/{number}", "b a c"))
        delete_bookmark(
            save_bookmark(person, asked(f"https://example.org/x{number}", "c a")).bookmark
        )

    at_once([partial(life, person, number) for number in range(3) for person in people])
    assert_counters_are_exact()


def test_people_leave_while_others_save_the_same_pages(people: list[User]) -> None:
    urls = [f"https://example.org/{number}" for number in range(6)]
    for person in people:
        for url in urls[:3]:
            keep(person, url, "a b")
    staying, leaving = people[:4], people[4:]
    works: list[Callable[[], object]]
    works = [
        *(partial(forget_owner, person) for person in leaving),
        *(
            partial(save_bookmark, person, asked(url, "b a c"))
            for url in reversed(urls)
            for person in staying
        ),
    ]
    at_once(works)
    assert Bookmark.objects.count() == len(staying) * len(urls)
    assert not Bookmark.objects.filter(owner__in=leaving).exists()
    assert_counters_are_exact()


def all_counted() -> None:
    for _ in recount(change=True):
        pass


def test_a_recount_while_people_save_leaves_the_counters_exact(people: list[User]) -> None:
    for person in people:
        keep(person, URL, "a b")
    works: list[Callable[[], object]]
    works = [
        all_counted,
        *(
            partial(save_bookmark, person, asked(f"https://example.org/{number}", "b a c"))
            for number in range(4)
            for person in people
        ),
        all_counted,
    ]
    at_once(works)
    assert_counters_are_exact()


def test_a_job_is_leased_to_one_worker_however_many_ask(alice: User) -> None:
    keep(alice, URL)
    job_id = FetchJob.objects.get().pk
    leases = at_once([partial(lease_job, job_id)] * 24)
    assert len(list(filter(None, leases))) == 1
    assert FetchJob.objects.get().attempts == 1


@pytest.mark.skipif(
    not connection.features.has_select_for_update_nowait,
    reason="on SQLite every writer waits for the one before",
)
def test_a_worker_with_facts_waits_for_whoever_changes_the_bookmark(alice: User) -> None:
    """Else the change would write back that there are none."""
    bookmark = keep(alice, URL)

    def look() -> None:
        with transaction.atomic():
            Bookmark.objects.select_for_update(nowait=True).get()

    with transaction.atomic():
        set_flags(bookmark)  # changes nothing, and still holds the row it read
        with pytest.raises(OperationalError):
            at_once([look])
