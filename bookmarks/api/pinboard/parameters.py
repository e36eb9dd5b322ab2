"""What a call asks for. Import `Parameters`, `BadParameter`.

Read leniently, as clients are careless: from the query or a form, an empty one as absent.
"""

import re
from datetime import UTC, date, datetime, timedelta

from django.core.exceptions import BadRequest, SuspiciousOperation
from django.http import HttpRequest, QueryDict, UnreadablePostError
from django.http.multipartparser import MultiPartParserError

from bookmarks.tag_names import BadTags, split_tags

TAGS_AT_MOST = 3
YES = frozenset({"yes", "1", "true", "on"})
NO = frozenset({"no", "0", "false", "off"})
MOST = 2**32
# What ISO 8601 knows and Python does not: the end of a day, and the leap second of RFC 3339.
END_OF_DAY = re.compile(r"T24(?::?00(?::?00(?:[.,]0+)?)?)?(?=[Z+-]|\Z)")
LEAP_SECOND = re.compile(r"(T[0-9]{2}:?[0-9]{2}:?)60(?=[.,Z+-]|\Z)")
# Pinboard tells whole seconds.
FIRST = datetime.min.replace(tzinfo=UTC)
LAST = datetime.max.replace(microsecond=0, tzinfo=UTC)


class BadParameter(ValueError):
    """A parameter is missing or cannot be read; `str()` is the status text."""

    def __init__(self, status: str = "something went wrong") -> None:
        super().__init__(status)


class NotFound(BadParameter):
    """What the path names is not there."""


class Unreadable(BadParameter):
    """The form or query is broken, or has too many fields."""

    def __init__(self) -> None:
        super().__init__("something went wrong: the request cannot be read")


class Parameters:
    """The parameters of one call."""

    def __init__(self, request: HttpRequest) -> None:
        """Read query and form; raises `Unreadable`."""
        self._given: tuple[QueryDict, ...] = ()
        try:
            self._given = (request.GET, request.POST)
        except (BadRequest, MultiPartParserError, SuspiciousOperation, UnreadablePostError):
            raise Unreadable from None

    @property
    def wants_json(self) -> bool:
        """Whether the answer is to be JSON; XML is the default."""
        return self.text("format").strip().lower() == "json"

    def text(self, name: str) -> str:
        """Return a parameter as sent, the last one that says something, "" when it is absent."""
        return next(filter(None, reversed(self.texts(name))), "")

    def texts(self, name: str) -> list[str]:
        """Return a parameter as often as it was sent; what a form says comes last."""
        return [value for given in self._given for value in given.getlist(name)]

    def required(self, name: str, shown: str = "") -> str:
        """Return a parameter; raises `BadParameter` when it is absent or blank."""
        value = self.text(name)
        if not value.strip():
            raise BadParameter(f"missing {shown or name}")
        return value

    def flag(self, name: str) -> bool | None:
        """Return yes or no, None for anything else."""
        value = self.text(name).strip().lower()
        return True if value in YES else False if value in NO else None

    def number(self, name: str) -> int | None:
        """Return a whole number from 0 to 2^32, None for anything else."""
        value = self.text(name).strip()
        return min(int(value), MOST) if re.fullmatch(r"[0-9]{1,15}", value) else None

    def tags(self) -> tuple[str, ...]:
        """Return the tags to filter by, three at most; raises `BadParameter`."""
        try:
            labels = split_tags(self.texts("tag")) or split_tags(self.texts("tags"))
        except BadTags:
            raise BadParameter from None
        if len(labels) > TAGS_AT_MOST:
            raise BadParameter
        return labels

    def time(self, name: str) -> datetime | None:
        """Return a moment in UTC, taken as such where no zone is named; raises `BadParameter`."""
        value = self.text(name).strip().upper()
        # A "+" that was not encoded arrives as a blank: 2022-11-22T06:45:37 00:00.
        value = value.replace(" ", "+" if "T" in value else "T", 1)
        if not value:
            return None
        try:
            return _moment(value)
        except ValueError:
            raise BadParameter from None

    def day(self, name: str) -> datetime | None:
        """Return the beginning of the day of a date or time; raises `BadParameter`."""
        moment = self.time(name)
        if moment and moment.date() >= date.max:
            raise BadParameter
        return moment and start_of_day(moment)


def _moment(text: str) -> datetime:
    """Return the moment of a text in ISO 8601; raises ValueError.

    What a zone puts beyond the calendar is its first or last moment.
    """
    later = timedelta(0)
    if END_OF_DAY.search(text):
        text, later = END_OF_DAY.sub("T00:00:00", text), timedelta(days=1)
    elif LEAP_SECOND.search(text):
        text, later = LEAP_SECOND.sub(r"\g<1>59", text), timedelta(seconds=1)
    moment = datetime.fromisoformat(text)
    try:
        moment += later
        return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
    except OverflowError:
        return FIRST if moment.year == 1 else LAST


def start_of_day(moment: datetime) -> datetime:
    """Return the first moment of the day in UTC."""
    return moment.replace(hour=0, minute=0, second=0, microsecond=0)


def second_after(moment: datetime) -> datetime:
    """Return the first moment that is later when only whole seconds are told."""
    moment = moment.replace(microsecond=0)
    return moment + timedelta(seconds=1) if moment < LAST else datetime.max.replace(tzinfo=UTC)


def wants_json(request: HttpRequest) -> bool:
    """Return whether an answer is to be JSON, where the request may be one that cannot be read."""
    try:
        return Parameters(request).wants_json
    except Unreadable:
        return "format=json" in request.META.get("QUERY_STRING", "")
