"""Whose page is fetched next, and how much one host is asked."""

from datetime import timedelta
from ipaddress import ip_network

import pytest
from django.db import connection, transaction
from pytest_django import Settings

from accounts.models import User
from bookmarks import turns
from bookmarks.fetching.pacing import AT_ONCE_AN_ADDRESS
from bookmarks.forgetting import forget_old_deletions, forget_owner
from bookmarks.hosts import REST, release_host
from bookmarks.jobs import claim_address, finish_job, give_back, sweep
from bookmarks.models import FetchHost, FetchJob
from bookmarks.turns import PATIENCE, Lease, lease_next, line_up, next_chance
from tests.bookmarks.clock import Clock
from tests.bookmarks.keeping import keep

pytestmark = pytest.mark.usefixtures("clock")


def save_many(owner: User, hosts: list[str]) -> None:
    for number, host in enumerate(hosts):
        keep(owner, f"https://{host}/{owner.username}{number}")


def take() -> Lease:
    lease = lease_next()
    assert lease
    return lease


def end(lease: Lease, *, timed_out: bool = False, rest: timedelta | None = None) -> None:
    with transaction.atomic():
        assert finish_job(lease)
        release_host(lease.host, timed_out=timed_out, rest=rest)


def owner_of(lease: Lease) -> str:
    return FetchJob.objects.get(pk=lease.job_id).owner.username


def test_one_persons_import_does_not_delay_anothers_save(alice: User, bob: User) -> None:
    save_many(alice, [f"host{number}.example" for number in range(20)])
    line_up()
    for _ in range(5):
        end(take())
    save_many(bob, ["bobs.example"])
    line_up()
    assert "bob" in {owner_of(take()), owner_of(take())}


def test_people_who_wait_take_turns(alice: User, bob: User) -> None:
    save_many(alice, [f"a{number}.example" for number in range(6)])
    save_many(bob, [f"b{number}.example" for number in range(3)])
    line_up()
    served = [owner_of(take()) for _ in range(9)]
    assert sorted(served[:6]) == ["alice"] * 3 + ["bob"] * 3
    assert served[6:] == ["alice"] * 3


def test_people_take_turns_also_at_one_host(alice: User, bob: User, clock: Clock) -> None:
    save_many(alice, ["example.org"] * 4)
    save_many(bob, ["example.org"])
    line_up()
    served = []
    for _ in range(5):
        lease = take()
        served.append(owner_of(lease))
        end(lease)
        clock.forward(seconds=1)
    assert "bob" in served[:2]


@pytest.mark.skipif(connection.vendor != "sqlite", reason="plans of small tables differ")
@pytest.mark.django_db
def test_finding_whose_turn_it_is_reads_one_range_of_an_index_and_sorts_nothing() -> None:
    for rows in (turns._free_hosts(), turns._in_line()):
        assert "INDEX host_in_line" in rows.explain()
        assert "TEMP" not in rows.explain()
    line = FetchJob.objects.filter(host="example.org", turn__isnull=False)
    plan = line.order_by("turn", "pk").explain()
    assert "INDEX job_in_line_by_host" in plan
    assert "TEMP" not in plan


def test_jobs_of_a_busy_host_do_not_block_others(alice: User) -> None:
    save_many(alice, ["slow.example"] * 5 + ["quick.example"])
    line_up()
    assert [take().host, take().host] == ["slow.example", "quick.example"]
    assert lease_next() is None


def test_a_person_who_came_while_a_host_rests_does_not_overtake_all_others(
    alice: User, bob: User
) -> None:
    save_many(alice, ["resting.example", "resting.example"])
    line_up()
    end(take(), rest=timedelta(days=7))
    save_many(alice, [f"a{number}.example" for number in range(30)])
    line_up()
    for _ in range(20):
        end(take())
    save_many(bob, [f"b{number}.example" for number in range(10)])
    line_up()
    assert sorted(owner_of(take()) for _ in range(10)) == ["alice"] * 5 + ["bob"] * 5


def test_a_host_is_asked_two_pages_at_once_a_second_apart(alice: User, clock: Clock) -> None:
    save_many(alice, ["example.org"] * 4)
    line_up()
    first = take()
    assert lease_next() is None
    clock.forward(seconds=1)
    second = take()
    clock.forward(seconds=30)
    assert lease_next() is None
    end(first)
    take()
    end(second)
    assert lease_next() is None
    clock.forward(seconds=1)
    take()


def test_arxiv_and_its_mirrors_are_asked_one_page_every_three_seconds(
    alice: User, clock: Clock
) -> None:
    keep(alice, "https://arxiv.org/abs/1706.03762")
    keep(alice, "https://export.arxiv.org/list/cs.LG/recent")
    line_up()
    first = take()
    clock.forward(seconds=10)
    assert lease_next() is None
    end(first)
    take()
    FetchJob.objects.filter(state="leased").update(leased_until=clock.now)
    assert lease_next() is None


def test_dead_workers_do_not_keep_a_host_busy(alice: User, clock: Clock) -> None:
    save_many(alice, ["example.org"] * 3)
    line_up()
    take()
    clock.forward(seconds=1)
    take()
    clock.forward(seconds=119)
    assert take().host == "example.org"


def test_the_operators_own_hosts_are_not_made_to_wait(alice: User, settings: Settings) -> None:
    settings.FETCH_ALLOW_NETWORKS = (ip_network("127.0.0.0/8"),)
    save_many(alice, ["127.0.0.1:8000"] * 3)
    line_up()
    first = take()
    take()
    assert lease_next() is None
    end(first)
    assert take()


def test_a_whole_host_rests_as_long_as_it_asks_for(alice: User, clock: Clock) -> None:
    save_many(alice, ["example.org"] * 2)
    line_up()
    end(take(), rest=timedelta(days=7))
    clock.forward(days=7, seconds=-1)
    assert lease_next() is None
    clock.forward(seconds=1)
    assert take()


def test_a_host_rests_after_five_timeouts_in_a_row(alice: User, clock: Clock) -> None:
    save_many(alice, ["example.org"] * 12)
    line_up()
    for timed_out in [True] * 4 + [False] + [True] * 5:
        end(take(), timed_out=timed_out)
        clock.forward(seconds=1)
    clock.now += REST - timedelta(seconds=2)
    assert lease_next() is None
    clock.forward(seconds=1)
    end(take(), timed_out=True)
    clock.forward(seconds=10)
    assert lease_next() is None


def test_an_address_is_asked_four_things_at_once_whatever_hosts_are_there(
    alice: User, clock: Clock, settings: Settings
) -> None:
    save_many(alice, [f"sub{number}.example" for number in range(AT_ONCE_AN_ADDRESS + 1)])
    line_up()
    leases = [take() for _ in range(AT_ONCE_AN_ADDRESS + 1)]
    claimed = [claim_address(lease, "192.0.2.7") for lease in leases]
    assert claimed == [True] * AT_ONCE_AN_ADDRESS + [False]
    assert claim_address(leases[0], "192.0.2.7")
    give_back(leases[-1], timedelta(seconds=3))
    end(leases[0])
    assert lease_next() is None
    clock.forward(seconds=3)
    again = take()
    assert (again.job_id, again.attempt, again.turn) == (leases[-1].job_id, 1, leases[-1].turn)
    assert claim_address(again, "192.0.2.7")
    settings.FETCH_ALLOW_NETWORKS = (ip_network("192.0.2.0/24"),)
    assert claim_address(leases[0], "192.0.2.7")


def test_a_job_that_was_given_back_too_late_stays_with_whoever_has_it(
    alice: User, clock: Clock
) -> None:
    save_many(alice, ["example.org"])
    line_up()
    lost = take()
    clock.forward(seconds=121)
    sweep()
    mine = take()
    give_back(lost, timedelta(0))
    assert finish_job(mine)


def test_jobs_whose_owner_left_are_passed_over(alice: User, bob: User) -> None:
    save_many(alice, ["example.org", "example.net"])
    save_many(bob, ["example.com"])
    line_up()
    forget_owner(alice)
    assert owner_of(take()) == "bob"
    assert lease_next() is None
    assert not FetchHost.objects.filter(turn__isnull=False).exists()


def test_many_due_jobs_come_in_line_some_at_a_time_and_a_hinted_one_at_once(
    alice: User, bob: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(turns, "LINED_UP_AT_ONCE", 3)
    save_many(alice, [f"a{number}.example" for number in range(8)])
    save_many(bob, ["b.example"])
    assert line_up(FetchJob.objects.get(owner=bob).pk) == 1
    assert owner_of(take()) == "bob"
    assert [line_up(), line_up(), line_up(), line_up()] == [3, 3, 2, 0]


def test_a_sweep_brings_all_that_is_due_in_line(alice: User, clock: Clock) -> None:
    save_many(alice, [f"a{number}.example" for number in range(20)])
    clock.forward(minutes=1)
    assert len(sweep()) == 16
    assert FetchJob.objects.filter(turn=None).count() == 0
    assert len(sweep()) == 4


def test_nothing_is_leased_or_hinted_at_while_fetching_is_switched_off(
    alice: User, clock: Clock, settings: Settings
) -> None:
    save_many(alice, ["example.org"])
    clock.forward(minutes=2)
    settings.FETCH = False
    assert sweep() == []
    assert (lease_next(), next_chance()) == (None, None)
    settings.FETCH = True
    assert next_chance() == 0
    assert take()


def test_workers_wait_for_hosts_that_are_free_soon_and_no_others(alice: User, clock: Clock) -> None:
    assert next_chance() is None
    save_many(alice, ["example.org"] * 2)
    line_up()
    lease = take()
    assert next_chance() == 1
    end(lease, rest=PATIENCE + timedelta(seconds=1))
    assert next_chance() is None
    clock.forward(seconds=1)
    assert next_chance() == PATIENCE.total_seconds()


def test_what_is_known_of_a_host_goes_a_day_after_its_last_page(alice: User, clock: Clock) -> None:
    save_many(alice, ["example.org", "example.net"])
    line_up()
    end(take())
    clock.forward(days=1, seconds=2)
    forget_old_deletions()
    assert FetchHost.objects.get().turn
