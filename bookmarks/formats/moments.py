"""Times as files write them. Import `moment_of`, `iso_moment`."""

import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

# Unix times of files come in four units; which one is told by how large the number is.
UNITS = ((10**11, 1), (10**14, 10**3), (10**17, 10**6), (10**20, 10**9))
# What is between 1601 and 1970 in microseconds. Read as since 1970, all up to the second number, of
# 2108, would lie in the far future.
SINCE_1601, LAST_SINCE_1601 = 11_644_473_600_000_000, 16_000_000_000_000_000
APACHE = "%d/%b/%Y:%H:%M:%S %z"
APACHE_LIKE = re.compile(r"\d\d/[A-Za-z]{3}/\d{4}:")
NUMBER = re.compile(r"-?\d{1,20}(?:\.\d{1,9})?\Z", re.ASCII)
# "Tue, 13 May 2014 16:53:20 GMT", as in mail (RFC 5322, 3.3).
MAIL = re.compile(r"(?:[A-Za-z]{3}, )?\d{1,2} [A-Za-z]{3} (?:\d\d|\d{4}) ", re.ASCII)
# "2013.05.14", "2017/06/12/" and "2010-01-01 10:00:00 +0100": nearly ISO 8601.
DAY = re.compile(r"(\d{4})[./](\d\d)[./](\d\d)(?!\d)/*", re.ASCII)
ZONE_APART = re.compile(r" (?=[+-]\d\d:?\d\d\Z)", re.ASCII)


def moment_of(text: str | float | None) -> datetime | None:
    """Return the aware time that a file tells, or None where it tells none.

    Takes seconds, milliseconds, microseconds and nanoseconds since 1970, the microseconds since
    1601 of Chrome and its kin, ISO 8601 in all its forms, Apache's "10/Oct/2000:13:55:36 +0300" and
    the dates of mails. Without a zone it is UTC; zero and less is no time.
    """
    text = text.strip() if isinstance(text, str) else str(text or "")
    try:
        if text[4:5] in (".", "/"):
            text = DAY.sub(r"\1-\2-\3", text, count=1)
        if text[4:5] == "-":
            text = ZONE_APART.sub("", text)
            text = f"{text[:-3].rstrip()}+00:00" if text.endswith("UTC") else text
            return iso_moment(text)
        if NUMBER.match(text):
            return _unix(float(text))
        if MAIL.match(text):
            return _aware(parsedate_to_datetime(text))
        if APACHE_LIKE.match(text):
            return datetime.strptime(text, APACHE).astimezone(UTC)
        return iso_moment(text) if text else None
    except (ValueError, OverflowError, OSError):
        return None


def iso_moment(text: str) -> datetime:
    """Return the time in UTC that ISO 8601 tells; without a zone it is UTC. Raises ValueError."""
    try:
        return _aware(datetime.fromisoformat(text))
    except OverflowError as error:
        raise ValueError(str(error)) from None


def _aware(moment: datetime) -> datetime:
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)


def _unix(number: float) -> datetime | None:
    if SINCE_1601 < number < LAST_SINCE_1601:
        number -= SINCE_1601
    unit = next((unit for limit, unit in UNITS if number < limit), None)
    return datetime.fromtimestamp(number / unit, UTC) if unit and number > 0 else None
