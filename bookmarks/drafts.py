"""A bookmark as asked for, before it is stored. Import `Draft`, `make_draft`, `InvalidDraft`,
`credible`, `clean_text`, `clean_line`.

Pure: every door (form, bookmarklet, API, import) makes a `Draft` here, so that one set of rules
holds for all. The limits are Pinboard's.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from bookmarks.links import BadUrl, clean_url
from bookmarks.tag_names import BadTags, split_tags

MAX_TITLE_LENGTH = 255
MAX_DESCRIPTION_LENGTH = 65_536
MAX_SOURCE_LENGTH = 40
# Clocks differ; a time further ahead is a mistake, and would stay on top of every list.
MAX_AHEAD = timedelta(minutes=10)

# PostgreSQL refuses NUL; the rest of these would be invisible or turn the text around.
UNPRINTABLE = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)


class InvalidDraft(ValueError):
    """What was asked for cannot be stored; `errors` has a sentence for each field that is wrong."""

    def __init__(self, errors: dict[str, str]) -> None:
        super().__init__("; ".join(errors.values()))
        self.errors = errors


@dataclass(frozen=True)
class Draft:
    """What a person wants kept. Times are aware; `saved_at` None means now, or as before; so do
    `starred` and `archived` mean no, or as before.

    `own_facts` are those of the page that the person brings (see `bookmarks.own_facts`), None for
    as before. `notices` are sentences about what was changed to make it fit.
    """

    url: str
    title: str = ""
    description: str = ""
    labels: tuple[str, ...] = ()
    private: bool = False
    unread: bool = False
    starred: bool | None = None
    archived: bool | None = None
    saved_at: datetime | None = None
    source: str = ""
    own_facts: dict[str, Any] | None = None
    notices: tuple[str, ...] = ()


def make_draft(  # noqa: PLR0913 - a bookmark has these fields
    url: str,
    *,
    title: str = "",
    description: str = "",
    tags: str | Iterable[str] = "",
    private: bool = False,
    unread: bool = False,
    starred: bool | None = None,
    saved_at: datetime | None = None,
    source: str = "",
) -> Draft:
    """Return a draft with every field cleaned; a title over 255 characters is cut, with a notice.

    Raises `InvalidDraft` that names every wrong field: the address, too many or too long tags, a
    description of more than 65,536 characters.
    """
    errors: dict[str, str] = {}
    labels: tuple[str, ...] = ()
    try:
        url = clean_url(url)
    except BadUrl as error:
        errors["url"] = str(error)
    try:
        labels = split_tags(tags)
    except BadTags as error:
        errors["tags"] = str(error)
    description = clean_text(description)
    if len(description) > MAX_DESCRIPTION_LENGTH:
        errors["description"] = (
            f"The description has {len(description):,} characters;"
            f" {MAX_DESCRIPTION_LENGTH:,} are the most."
        )
    if errors:
        raise InvalidDraft(errors)
    whole_title = clean_line(title)
    short_title = whole_title[:MAX_TITLE_LENGTH]
    notices = ("The title was cut to 255 characters.",) if short_title != whole_title else ()
    return Draft(
        url=url,
        title=short_title,
        description=description,
        labels=labels,
        private=private,
        unread=unread,
        starred=starred,
        saved_at=credible(saved_at),
        source=clean_line(source)[:MAX_SOURCE_LENGTH],
        notices=notices,
    )


def credible(moment: datetime | None) -> datetime | None:
    """Return the moment in UTC, or None (now) for one that lies ahead or beyond the calendar."""
    try:
        utc = moment.astimezone(UTC) if moment else None
    except OverflowError:
        return None
    return utc if utc and utc <= datetime.now(UTC) + MAX_AHEAD else None


def clean_text(text: str) -> str:
    """Return the text composed, without unprintable characters, with plain line ends."""
    text = unicodedata.normalize("NFC", UNPRINTABLE.sub("", text.replace("\r\n", "\n")))
    return text.replace("\r", "\n").strip()


def clean_line(text: str) -> str:
    """Return the text as one line with single blanks."""
    return " ".join(clean_text(text).split())
