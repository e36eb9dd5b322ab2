"""The calendar file, read back by a program that knows the standard."""

from datetime import UTC, datetime

import hypothesis
from hypothesis import strategies

from readinglists.groups.calendar import Event, folded, write_calendar
from tests.readinglists.groups.grouping import events_in

AT = datetime(2030, 3, 5, 17, 30, tzinfo=UTC)


def event(**said: object) -> Event:
    """Return an event."""
    plain: dict[str, object] = {
        "uid": "session-1@example.org",
        "starts_at": AT,
        "minutes": 90,
        "title": "Session",
        "text": "",
        "place": "",
        "url": "http://example.org/g:1/s:1/",
        "sequence": 3,
        "changed_at": AT,
    }
    return Event(**(plain | said))  # type: ignore[arg-type]


def test_a_calendar_is_read_back_as_it_was() -> None:
    hostile = 'a;b,c\\n "d"\nline\r\nBEGIN:VEVENT 数学 ' + "é" * 200
    body = write_calendar("My; group", "Softmarks", [event(title=hostile, place="R, 5")])
    # The parser takes names of RFC 7986 as they stand.
    assert b"\r\nNAME:My\\; group\r\n" in body
    [read] = events_in(body)
    assert str(read["SUMMARY"]) == hostile.replace("\r\n", "\n")
    assert str(read["LOCATION"]) == "R, 5"
    assert read["DTSTART"].dt == AT
    assert (read["DTEND"].dt - AT).total_seconds() == 90 * 60
    assert (str(read["UID"]), read["SEQUENCE"]) == ("session-1@example.org", 3)
    assert read["LAST-MODIFIED"].dt == AT


def test_every_line_has_at_most_75_octets_and_ends_with_both_characters() -> None:
    body = write_calendar("G", "Softmarks", [event(title="😀é数x" * 60)])
    lines = body.split(b"\r\n")
    assert lines.pop() == b""
    assert all(len(line) <= 75 for line in lines)
    assert b"\n" not in b"".join(lines)
    for line in lines:
        line.decode()  # no character is cut in two


@hypothesis.settings(max_examples=60)
@hypothesis.given(strategies.text(strategies.characters(exclude_categories=["Cs"]), max_size=300))
def test_folding_loses_nothing(text: str) -> None:
    line = "SUMMARY:" + text.replace("\r", "").replace("\n", "")
    octets = folded(line)
    assert octets.endswith(b"\r\n")
    assert octets[:-2].replace(b"\r\n ", b"").decode() == line


def test_controls_are_left_out() -> None:
    body = write_calendar("G", "Softmarks", [event(title="a\x00b\x0bc\x7fd\te")])
    [read] = events_in(body)
    assert str(read["SUMMARY"]) == "abcd\te"
