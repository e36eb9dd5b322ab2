"""The sessions of a group as a calendar. Import `write_calendar`, `Event`. Pure.

RFC 5545, with the name and the pace of asking of RFC 7986. Times are in UTC, so that no time zone
has to be told; a session keeps its UID whatever happens to it.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

LINE_OCTETS = 75
# What TEXT may not hold (RFC 5545, 3.3.11): controls but for the tab; line feeds are escaped.
UNFIT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


@dataclass(frozen=True)
class Event:
    """One session; `sequence` counts its changes."""

    uid: str
    starts_at: datetime
    minutes: int
    title: str
    text: str
    place: str
    url: str
    sequence: int
    changed_at: datetime


def write_calendar(name: str, program: str, events: Iterable[Event]) -> bytes:
    """Return the calendar in UTF-8, its lines folded and ended as the standard says."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:-//{_text(program)}//EN",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"NAME:{_text(name)}",
        f"X-WR-CALNAME:{_text(name)}",
        "REFRESH-INTERVAL;VALUE=DURATION:PT6H",
        "X-PUBLISHED-TTL:PT6H",
    ]
    for event in events:
        lines += _event(event)
    lines.append("END:VCALENDAR")
    return b"".join(folded(line) for line in lines)


def _event(event: Event) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{event.uid}"
    # Of a calendar with a method, DTSTAMP is when this was written of the event (3.8.7.2).
    yield f"DTSTAMP:{_time(event.changed_at)}"
    yield f"LAST-MODIFIED:{_time(event.changed_at)}"
    yield f"SEQUENCE:{event.sequence}"
    yield f"DTSTART:{_time(event.starts_at)}"
    yield f"DTEND:{_time(event.starts_at + timedelta(minutes=event.minutes))}"
    yield f"SUMMARY:{_text(event.title)}"
    if event.text:
        yield f"DESCRIPTION:{_text(event.text)}"
    if event.place:
        yield f"LOCATION:{_text(event.place)}"
    yield f"URL:{event.url}"
    yield "END:VEVENT"


def folded(line: str) -> bytes:
    """Return a line, folded at 75 octets between two characters (RFC 5545, 3.1), with its end."""
    parts: list[bytes] = []
    part = b""
    for character in line:
        octets = character.encode()
        # What goes on begins with a blank, which counts.
        if len(part) + len(octets) > LINE_OCTETS - bool(parts):
            parts.append(part)
            part = b""
        part += octets
    return b"\r\n ".join([*parts, part]) + b"\r\n"


def _text(words: str) -> str:
    words = UNFIT.sub("", words.replace("\r\n", "\n").replace("\r", "\n"))
    words = words.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return words.replace("\n", "\\n")


def _time(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"
