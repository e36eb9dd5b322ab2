"""How times and texts are worded."""

import time
from datetime import UTC, datetime, timedelta, timezone

import pytest

from bookmarks.wording import (
    cut_at_word,
    in_a_while,
    linked,
    machine_time,
    month_of,
    reading_time,
    relative_time,
    time_stamp,
)

pytestmark = pytest.mark.once

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
MINUTE, HOUR, DAY, WEEK = (
    timedelta(minutes=1),
    timedelta(hours=1),
    timedelta(days=1),
    timedelta(weeks=1),
)
TIMES = [
    (timedelta(), "just now"),
    (timedelta(seconds=59), "just now"),
    (MINUTE, "1 minute ago"),
    (59 * MINUTE, "59 minutes ago"),
    (HOUR, "1 hour ago"),
    (2 * HOUR + 59 * MINUTE, "2 hours ago"),
    (DAY - MINUTE, "23 hours ago"),
    (DAY, "yesterday"),
    (2 * DAY - MINUTE, "yesterday"),
    (2 * DAY, "2 days ago"),
    (6 * DAY + 23 * HOUR, "6 days ago"),
    (WEEK, "1 week ago"),
    (8 * WEEK, "8 weeks ago"),
    (13 * WEEK - MINUTE, "12 weeks ago"),
    (13 * WEEK, "august 2026"),
    (100 * WEEK, "december 2024"),
    (-10 * MINUTE, "just now"),
    (-2 * DAY, "november 2026"),
]


@pytest.mark.parametrize(("age", "expected"), TIMES)
def test_a_time_is_said_as_people_say_it(age: timedelta, expected: str) -> None:
    assert relative_time(NOW - age, NOW) == expected


def test_times_are_told_in_utc() -> None:
    at = datetime(2018, 4, 1, 1, 26, 25, 999_999, tzinfo=timezone(timedelta(hours=2)))
    assert time_stamp(at) == "2018.03.31 23:26:25"
    assert machine_time(at) == "2018-03-31T23:26:25Z"
    assert month_of(at) == "march 2018"
    assert time_stamp(datetime(33, 1, 2, tzinfo=UTC)) == "0033.01.02 00:00:00"


def test_what_lies_ahead_is_said_too() -> None:
    assert in_a_while(NOW + 9 * MINUTE, NOW) == "in 9 minutes"
    assert in_a_while(NOW + 2 * HOUR, NOW) == "in 2 hours"
    assert in_a_while(NOW - DAY, NOW) == "in a moment"


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (1, "1 min"),
        (2070, "9 min"),
        (13_800, "1 h"),
        (18_400, "1 h 20"),
        (14_030, "1 h 01"),
        (400_000, "28 h"),
    ],
)
def test_how_long_reading_takes(words: int, expected: str) -> None:
    assert reading_time(words) == expected


def test_characters_are_read_faster_than_words() -> None:
    assert reading_time(4500, cjk=4500) == "10 min"
    assert reading_time(4500 + 2300, cjk=4500) == "20 min"


def test_a_text_is_cut_between_words() -> None:
    text = "word " * 100
    cut = cut_at_word(text, 202)
    assert text.startswith(cut)
    assert set(cut.split()) == {"word"}
    assert 150 < len(cut) <= 202


def test_a_text_is_whole_when_little_would_be_hidden() -> None:
    assert cut_at_word("x" * 250, 200) == "x" * 250


def test_a_cut_ends_without_a_comma() -> None:
    assert cut_at_word(f"{'a' * 99}, {'b' * 200}", 101) == "a" * 99


def test_a_text_without_blanks_is_cut_where_it_is_long_enough() -> None:
    assert cut_at_word("字" * 500, 200) == "字" * 200


@pytest.mark.parametrize("letter", ["e\u0301", "👩‍🔬", "👍🏽"])
@pytest.mark.parametrize("before", range(6))
def test_a_cut_parts_no_letter(letter: str, before: int) -> None:
    cut = cut_at_word("x" * before + letter * 200, 100)
    assert (len(cut) - before) % len(letter) == 0


LINKS = [
    ("plain words", []),
    ("see https://a.example/b.", ["https://a.example/b"]),
    ("(http://a.example/b_(c))", ["http://a.example/b_(c)"]),
    ("https://a.example, https://b.example!", ["https://a.example", "https://b.example"]),
    ("<https://a.example/>", ["https://a.example/"]),
    ('"https://a.example/"', ["https://a.example/"]),
    ("HTTPS://A.example/", ["HTTPS://A.example/"]),
    ("javascript://x xhttps://a.example ftp://b https://", []),
    ("javascript:alert(1)//https://a.example/", ["https://a.example/"]),
    ("one\nhttps://a.example/\ntwo", ["https://a.example/"]),
    ("https://a.example/?u=https://b.example/", ["https://a.example/?u=https://b.example/"]),
]


@pytest.mark.parametrize(("text", "expected"), LINKS)
def test_addresses_in_a_text_are_found(text: str, expected: list[str]) -> None:
    parts = list(linked(text))
    assert "".join(shown for shown, _ in parts) == text
    assert [link for _, link in parts if link] == expected


HOSTILE = [
    "https://" * 8000,
    "://" * 20_000,
    "https://a" + ")" * 60_000,
    "https://a/" + "(" * 60_000,
    "http" * 16_000,
    "https://a.b " * 5000,
]


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_no_text_takes_long(text: str) -> None:
    start = time.process_time()
    assert "".join(shown for shown, _ in linked(text)) == text
    cut_at_word(text, 300)
    assert time.process_time() - start < 1
