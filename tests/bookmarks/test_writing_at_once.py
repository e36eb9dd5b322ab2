"""Many writers at the same time, each with a connection of its own."""

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from ipaddress import ip_network
from typing import TypeVar

import pytest
from django.db import OperationalError, connection, transaction
from pytest_django import Settings

from accounts.models import User
from bookmarks import pages
from bookmarks.forgetting import forget_owner
from bookmarks.jobs import claim_address
from bookmarks.models import Bookmark, FetchHost, FetchJob, Page
from bookmarks.outcomes import Outcome
from bookmarks.recounting import recount
from bookmarks.saving import change_bookmark, fetch_again, save_bookmark
from bookmarks.storing import delete_bookmark, set_flags
from bookmarks.turns import lease_next, line_up
from tests.bookmarks.api.calling import Program
from tests.bookmarks.api.linkding import Client
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


def test_programs_of_two_people_at_once_lose_nothing(people: list[User]) -> None:
    """Both APIs write the same bookmarks and tags from eight threads."""
    programs = [(Program(person), Client(person), person) for person in people[:2]]

    def life(number: int) -> None:
        program, client, person = programs[number % 2]
        own = {"url": f"{URL}{person.pk}/{number}", "tag_names": ["a", "b"], "shared": True}
        path = f"bookmarks/{client.send('POST', 'bookmarks/', own, 201)['id']}/"
        for shared in ("yes", "no"):
            said = {"url": URL, "description": number, "tags": f"a t{number}", "shared": shared}
            assert program.json("posts/add", **said) == {"result_code": "done"}
        client.send("PATCH", path, {"title": str(number), "tag_names": ["a", f"t{number}"]})
        client.send("POST", f"{path}archive/", None, 204)
        assert program.json("tags/rename", old="A", new="z") == {"result": "done"}
        program.json("posts/delete", url=URL)

    at_once([partial(life, number) for number in range(8)])
    for program, _, _ in programs:
        program.json("tags/rename", old="a", new="z")
    kept = Bookmark.objects.exclude(url=URL)
    assert {(one.title, one.labels_text, one.archived) for one in kept} == {
        (str(number), f"z t{number}", True) for number in range(8)
    }
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


def test_duplicate_hints_to_several_workers_fetch_each_page_once(people: list[User]) -> None:
    for number in range(6):
        for person in people[:3]:
            keep(person, f"https://host{number % 4}.example/{person.pk}/{number}")
    FetchHost.objects.all().delete()
    ids = list(FetchJob.objects.values_list("pk", flat=True)) * 5
    leases = list(filter(None, at_once([partial(lease_job, pk) for pk in ids], writers=4)))
    assert len({lease.job_id for lease in leases}) == len(leases)
    for host in FetchHost.objects.all():
        leased = [lease for lease in leases if lease.host == host.name]
        assert 1 <= len(leased) <= 2
    FetchJob.objects.filter(state="leased").update(leased_until="2020-01-01T00:00Z")


def test_workers_together_ask_a_host_no_more_than_one_would(
    alice: User, settings: Settings
) -> None:
    settings.FETCH_ALLOW_NETWORKS = (ip_network("127.0.0.0/8"),)  # no pause between two pages
    for number in range(12):
        keep(alice, f"http://127.0.0.1/{number}")
    line_up()
    assert len(list(filter(None, at_once([lease_next] * 24)))) == 2
    assert FetchJob.objects.filter(state="leased").count() == 2


def test_workers_together_ask_an_address_no_more_than_one_would(alice: User) -> None:
    for number in range(12):
        keep(alice, f"https://sub{number}.example/")
    line_up()
    leases = [lease for lease in at_once([lease_next] * 12, writers=1) if lease]
    assert len(leases) == 12
    claims = at_once([partial(claim_address, lease, "192.0.2.7") for lease in leases])
    assert claims.count(True) == 4


def test_working_saving_and_leaving_at_once_ends_every_job(people: list[User]) -> None:
    """Nobody waits for each other in a circle, and no job is left without a turn."""

    def life(person: User, number: int) -> None:
        bookmark = save_bookmark(person, asked(f"https://host{number}.example/")).bookmark
        fetch_again(bookmark)
        change_bookmark(bookmark, asked(f"https://host{number + 1}.example/{person.pk}"))

    def worker() -> None:
        for _ in range(12):
            line_up()
            if lease := lease_next():
                pages._keep(lease, Outcome({"state": "fetched"}))

    works: list[Callable[[], object]] = []
    for number in range(3):
        works += [worker, *(partial(life, person, number) for person in people), worker]
    at_once(works)
    FetchHost.objects.update(free_at="2020-01-01T00:00Z", next_at="2020-01-01T00:00Z")
    line_up()
    while lease := lease_next():
        pages._keep(lease, Outcome({"state": "fetched"}))
        FetchHost.objects.update(free_at="2020-01-01T00:00Z")
    assert not FetchJob.objects.filter(state__in=FetchJob.OPEN).exists()


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
