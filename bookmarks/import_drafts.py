"""Turns rows of files into drafts. Import `arrival_of`, `Refused`, `listed`, `said_of`,
`row_of`, `printable`.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

from accounts.models import User
from bookmarks.bulk_storing import Arrival
from bookmarks.drafts import (
    MAX_DESCRIPTION_LENGTH,
    UNPRINTABLE,
    Draft,
    InvalidDraft,
    clean_line,
    clean_text,
    credible,
    make_draft,
)
from bookmarks.formats.moments import moment_of
from bookmarks.formats.rows import Row
from bookmarks.own_facts import IMPORTED, clean_own_facts
from bookmarks.tag_names import MAX_TAG_LENGTH, MAX_TAGS, SEPARATORS, fold_tag

# Of a refused row more is not kept for another try.
MAX_SAID = 100_000
UNSAID = ("refused", "skipped", "member")
NO_ADDRESS = "It has no address."
TUPLES = ("tags", "folders", "lists")
TIMES = ("saved_at", "updated_at")


class Refused(ValueError):
    """A row cannot be a bookmark; the text tells why."""


@dataclass(frozen=True, slots=True)
class Listed:
    """What is to be on a list: the number of its row, the names from the list inwards, and what."""

    at: int
    path: tuple[str, ...]
    url: str
    title: str


def listed(at: int, row: Row, draft: Draft) -> Iterator[Listed]:
    """Yield where a row's bookmark is to be: in its folder, and on the lists it names."""
    for path in (row.folders, *((name,) for name in row.lists)):
        names = tuple(filter(None, (clean_line(name) for name in path)))
        if names:
            yield Listed(at, names, draft.url, draft.title)


def said_of(row: Row) -> dict[str, Any] | None:
    """Return what a row says, fit for JSON, without why it was refused.

    None for too much, and for what is no bookmark: that cannot be mended here.
    """
    if row.part:
        return None
    said = {name: value for name, value in asdict(row).items() if name not in UNSAID}
    text = json.dumps(said, default=_isoformat)
    if len(text) > MAX_SAID:
        return None
    kept: dict[str, Any] = printable(json.loads(text))
    return kept


def row_of(said: dict[str, Any]) -> Row:
    """Return the row that said this."""
    tuples = {name: tuple(said.get(name, ())) for name in TUPLES}
    times = {name: moment_of(said.get(name)) for name in TIMES}
    return Row(**{**said, **tuples, **times})


def _isoformat(value: Any) -> Any:
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


def printable(value: Any) -> Any:
    """Return a value of JSON without what PostgreSQL would not keep in it."""
    if isinstance(value, str):
        return UNPRINTABLE.sub("", value)
    if isinstance(value, list):
        return [printable(one) for one in value]
    if isinstance(value, dict):
        return {printable(name): printable(one) for name, one in value.items()}
    return value


def arrival_of(row: Row, owner: User, *, folders: bool, all_private: bool = False) -> Arrival:
    """Return what to store of a row, for an owner whose settings say what the file does not.

    With `folders` the names of folders and lists become tags behind those of the row; with
    `all_private` a bookmark that is new is private. What is too long is cut, with a notice. Raises
    Refused.
    """
    if row.refused:
        raise Refused(row.refused)
    if not row.url.strip():
        raise Refused(NO_ADDRESS)
    names = [*row.tags, *((*row.folders, *row.lists) if folders else ())]
    labels, notices = _labels(names)
    description = clean_text(row.description)
    if len(description) > MAX_DESCRIPTION_LENGTH:
        description = description[:MAX_DESCRIPTION_LENGTH]
        notices.append("The description was cut to 65,536 characters.")
    said = row.private
    unread = False if row.unread is None and row.archived else row.unread
    try:
        draft = make_draft(
            row.url,
            title="" if row.title.strip() == row.url.strip() and not row.exact else row.title,
            description=description,
            tags=labels,
            private=all_private or (owner.private_by_default if said is None else said),
            unread=bool(unread),
            starred=row.starred,
            saved_at=row.saved_at,
            source=row.source if row.exact else "import",
        )
    except InvalidDraft as error:
        raise Refused(str(error)) from None
    if row.saved_at and not draft.saved_at:
        notices.append("Its time lies ahead, so it is kept as of now.")
    facts = clean_own_facts(row.facts, _sources(row)) if row.facts else None
    draft = replace(
        draft, own_facts=facts, archived=row.archived, notices=(*draft.notices, *notices)
    )
    changed_at = credible(row.updated_at) if row.exact else None
    return Arrival(draft, private=row.private, unread=unread, updated_at=changed_at)


def _sources(row: Row) -> Mapping[str, Any]:
    """Return where each fact of a row came from: what the file says of that, if it is ours."""
    said = row.facts.get("sources") if row.exact else None
    return said if isinstance(said, dict) else dict.fromkeys(row.facts, IMPORTED)


def _labels(names: Iterable[str]) -> tuple[list[str], list[str]]:
    """Return tags of names, which may have blanks and be too many or too long, and notices."""
    labels: dict[str, str] = {}
    notices = []
    for name in names:
        label = "-".join(filter(None, SEPARATORS.split(name)))
        # Composing may make a text longer; what is far too long is cut before.
        if len(label) > MAX_TAG_LENGTH:
            label = label[: MAX_TAG_LENGTH // 3]
            notices.append("A tag was cut.")
        labels.setdefault(fold_tag(label), label)
    if len(labels) > MAX_TAGS:
        notices.append(f"{len(labels) - MAX_TAGS:,} tags beyond the first 100 were left out.")
    return list(labels.values())[:MAX_TAGS], notices
