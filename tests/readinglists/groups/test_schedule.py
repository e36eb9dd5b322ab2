"""When sessions are and what is read for them, without a database."""

from datetime import UTC, date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from readinglists.drafts import Invalid
from readinglists.groups.drafts import days_off, make_group_draft, make_layout_draft
from readinglists.groups.schedule import (
    Plan,
    by_minutes,
    by_number,
    evenly,
    monday_of,
    next_monday,
    rota,
    session_times,
    shifted,
    zones,
)

BERLIN, APIA = ZoneInfo("Europe/Berlin"), ZoneInfo("Pacific/Apia")
TUESDAY = date(2030, 3, 19)


def clock(times: list[datetime], zone: ZoneInfo) -> list[str]:
    return [f"{at.astimezone(zone):%m-%d %H:%M}" for at in times]


def test_sessions_stay_at_their_time_when_summer_time_begins() -> None:
    times = session_times(Plan(TUESDAY, time(18, 30), BERLIN), 3)
    assert clock(times, BERLIN) == ["03-19 18:30", "03-26 18:30", "04-02 18:30"]
    assert [at.hour for at in times] == [17, 17, 16]


def test_sessions_stay_at_their_time_when_summer_time_ends() -> None:
    times = session_times(Plan(date(2030, 10, 22), time(9), BERLIN), 2)
    assert [at.hour for at in times] == [7, 8]


def test_a_time_that_the_clock_leaves_out_is_an_hour_later_on_that_day_alone() -> None:
    times = session_times(Plan(date(2030, 3, 24), time(2, 30), BERLIN), 3)
    assert clock(times, BERLIN) == ["03-24 02:30", "03-31 03:30", "04-07 02:30"]


def test_a_day_off_moves_all_that_follow() -> None:
    skip = frozenset({TUESDAY, date(2030, 4, 2), date(2030, 4, 3)})
    times = session_times(Plan(TUESDAY, time(18, 30), BERLIN, skip), 3)
    assert clock(times, BERLIN) == ["03-26 18:30", "04-09 18:30", "04-16 18:30"]


def test_shifting_over_the_change_keeps_the_time_of_the_day() -> None:
    start = session_times(Plan(TUESDAY, time(18, 30), BERLIN), 1)[0]
    assert clock([shifted(start, 14, BERLIN)], BERLIN) == ["04-02 18:30"]
    assert shifted(shifted(start, 14, BERLIN), -14, BERLIN) == start


def test_items_are_shared_out_by_number_by_minutes_or_evenly() -> None:
    things = list("abcde")
    assert by_number(things, 2) == [["a", "b"], ["c", "d"], ["e"]]
    assert by_number([], 2) == []
    assert evenly(things, 3) == [["a", "b"], ["c", "d"], ["e"]]
    assert evenly(["a"], 3) == [["a"], [], []]
    # What takes longer alone has a session to itself; unknown lengths count half an hour.
    minutes = [20, 40, 500, None, 30]
    assert by_minutes(things, minutes, 60) == [["a", "b"], ["c"], ["d", "e"]]


def test_people_present_in_turns_after_whoever_had_the_last() -> None:
    assert rota(["a", "b", "c"], 4) == ["a", "b", "c", "a"]
    assert rota(["a", "b", "c"], 2, after="b") == ["c", "a"]
    assert rota(["a"], 2, after="gone") == ["a", "a"]
    assert rota([], 2) == [None, None]


def test_the_week_begins_on_monday_by_the_clock_of_the_group() -> None:
    late_on_sunday = datetime(2030, 3, 17, 12, tzinfo=UTC)  # Monday 01:00 in Apia
    assert monday_of(late_on_sunday, BERLIN) == date(2030, 3, 11)
    assert monday_of(late_on_sunday, APIA) == date(2030, 3, 18)
    assert next_monday(late_on_sunday, BERLIN, time(8)) == datetime(2030, 3, 18, 7, tzinfo=UTC)
    on_time = datetime(2030, 3, 18, 7, tzinfo=UTC)
    assert next_monday(on_time, BERLIN, time(8)) == datetime(2030, 3, 25, 7, tzinfo=UTC)


def test_zones_are_those_of_places() -> None:
    assert {"UTC", "Europe/Berlin", "America/Argentina/Buenos_Aires"} <= set(zones())
    assert not {"", "../etc/passwd", "localtime", "Etc/GMT+3"} & set(zones())


def test_days_off_are_days_and_ranges() -> None:
    days = days_off("2026-12-24, 2026-12-30 to 2027-01-02\n2027-02-16;")
    assert len(days) == 6
    assert date(2027, 1, 1) in days
    assert days_off(" \n") == frozenset()


@pytest.mark.parametrize(
    "text",
    [
        "tomorrow",
        "2026-13-01",
        "2026-02-30",
        "2026-1-1",
        "2026-12-24 to 2026-12-01",
        "2026-12-24 to",
        "0001-01-01 to 9999-12-31",
        "٢٠٢٦-١٢-٢٤",
        "2026-12-24\x00",
    ],
)
def test_what_is_no_day_is_named(text: str) -> None:
    with pytest.raises(ValueError, match=r"is no day|At most"):
        days_off(text)


ASKED: dict[str, Any] = {"start": TUESDAY, "at": time(18), "time_zone": "UTC", "items_each": "2"}


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"start": None}, "start"),
        ({"start": date(9999, 12, 28)}, "start"),
        ({"start": date(1, 1, 1)}, "start"),
        ({"at": None}, "at"),
        ({"time_zone": "Mars/Olympus"}, "time_zone"),
        ({"time_zone": "../../etc/passwd"}, "time_zone"),
        ({"skip": "x"}, "skip"),
        ({"items_each": "0"}, "items_each"),
        ({"items_each": "-1"}, "items_each"),
        ({"items_each": "1e9"}, "items_each"),
        ({"items_each": "²"}, "items_each"),
        ({"items_each": "9" * 5000}, "items_each"),
        ({"items_each": ""}, "items_each"),
        ({"minutes_each": "60"}, "minutes_each"),
        ({"sessions": "105"}, "sessions"),
        ({"lasts": "1441"}, "lasts"),
        ({"place": "x" * 501}, "place"),
    ],
)
def test_a_layout_that_cannot_be_is_refused_at_its_field(wrong: dict[str, Any], field: str) -> None:
    with pytest.raises(Invalid) as refused:
        make_layout_draft(**{**ASKED, **wrong})
    assert list(refused.value.errors) == [field]


def test_a_group_has_a_title_without_line_feeds() -> None:
    assert make_group_draft("a\r\nBcc: x").title == "a Bcc: x"
    for title in ("", " \n", "x" * 256):
        with pytest.raises(Invalid):
            make_group_draft(title)
