"""A plan reads everything once, in order, and no week is longer than it may be."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readinglists.planning import UNKNOWN_MINUTES, count_by_week, lay_out_weeks

pytestmark = pytest.mark.once
MONDAY = date(2024, 5, 13)
minutes = st.none() | st.integers(1, 900)


def test_what_does_not_fit_goes_on_in_the_next_week() -> None:
    plan = lay_out_weeks([(7, 90), (8, 60)], 2, MONDAY)
    found = [
        [(one.item_id, one.minutes, one.begins, one.ends) for one in week.slices]
        for week in plan.weeks
    ]
    assert found == [[(7, 90, True, True), (8, 30, True, False)], [(8, 30, False, True)]]
    assert [week.starts for week in plan.weeks] == [MONDAY, MONDAY + timedelta(days=7)]


@given(st.lists(minutes, max_size=30), st.integers(1, 60))
def test_everything_is_read_once_and_in_order(times: list[int | None], hours: int) -> None:
    plan = lay_out_weeks(enumerate(times), hours, MONDAY, most=10_000)
    slices = [one for week in plan.weeks for one in week.slices]
    assert [one.item_id for one in slices if one.begins] == list(range(len(times)))
    assert [one.item_id for one in slices if one.ends] == list(range(len(times)))
    assert sum(one.minutes for one in slices) == sum(one or UNKNOWN_MINUTES for one in times)
    assert all(0 < week.minutes <= hours * 60 for week in plan.weeks)
    assert all(week.minutes == hours * 60 for week in plan.weeks[:-1])
    assert (plan.guessed, plan.left_out) == (times.count(None), 0)


def test_there_is_a_last_week() -> None:
    plan = lay_out_weeks([(1, 130), (2, 60), (3, None)], 1, MONDAY, most=2)
    assert len(plan.weeks) == 2
    assert (plan.left_out, plan.guessed) == (2, 1)


def test_nothing_to_read_takes_no_week() -> None:
    assert lay_out_weeks([], 4, MONDAY).weeks == []


def test_days_are_counted_by_the_week_they_lie_in() -> None:
    sunday = MONDAY + timedelta(days=6)
    days = [MONDAY, sunday, sunday + timedelta(days=1), MONDAY - timedelta(days=1)]
    wednesday = MONDAY + timedelta(days=9)
    week = timedelta(days=7)
    assert count_by_week([*days, MONDAY - 5 * week], wednesday, 3) == [
        (MONDAY - week, 1),
        (MONDAY, 2),
        (MONDAY + week, 1),
    ]
