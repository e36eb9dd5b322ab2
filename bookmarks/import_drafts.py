"""Turns rows of files into drafts. Import `arrival_of`, `Refused`."""

from collections.abc import Iterable
from dataclasses import replace

from accounts.models import User
from bookmarks.bulk_storing import Arrival
from bookmarks.drafts import MAX_DESCRIPTION_LENGTH, InvalidDraft, clean_text, make_draft
from bookmarks.formats.rows import Row
from bookmarks.own_facts import IMPORTED, clean_own_facts
from bookmarks.tag_names import MAX_TAG_LENGTH, MAX_TAGS, SEPARATORS, fold_tag


class Refused(ValueError):
    """A row cannot be a bookmark; the text tells why."""


def arrival_of(row: Row, owner: User, *, folders: bool) -> Arrival:
    """Return what to store of a row, for an owner whose settings say what the file does not.

    With `folders` the names of folders and lists become tags behind those of the row. What is too
    long is cut, with a notice. Raises Refused.
    """
    if row.refused:
        raise Refused(row.refused)
    names = [*row.tags, *((*row.folders, *row.lists) if folders else ())]
    labels, notices = _labels(names)
    description = clean_text(row.description)
    if len(description) > MAX_DESCRIPTION_LENGTH:
        description = description[:MAX_DESCRIPTION_LENGTH]
        notices.append("The description was cut to 65,536 characters.")
    unread = False if row.unread is None and row.archived else row.unread
    try:
        draft = make_draft(
            row.url,
            title="" if row.title.strip() == row.url.strip() else row.title,
            description=description,
            tags=labels,
            private=owner.private_by_default if row.private is None else row.private,
            unread=bool(unread),
            starred=row.starred,
            saved_at=row.saved_at,
            source="import",
        )
    except InvalidDraft as error:
        raise Refused(str(error)) from None
    if row.saved_at and not draft.saved_at:
        notices.append("Its time lies ahead, so it is kept as of now.")
    facts = clean_own_facts(row.facts, dict.fromkeys(row.facts, IMPORTED)) if row.facts else None
    draft = replace(draft, own_facts=facts, notices=(*draft.notices, *notices))
    return Arrival(draft, private=row.private, unread=unread)


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
