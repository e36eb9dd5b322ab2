"""Whether what a form was filled with still stands when it is sent. Import `version_of`,
`ensure_unchanged`, `Overtaken`.

Whoever writes compares under the list's lock, so that of two who save at once the second is told.
"""

from hashlib import blake2b

from readinglists.models import Item, ReadingList, Section

Versioned = ReadingList | Section | Item


class Overtaken(Exception):
    """Somebody else saved in between. `now` is the version that is there now."""

    def __init__(self, now: str, what: str) -> None:
        super().__init__(
            f"Somebody changed this {what} while you were typing. Look at it in another tab; saving"
            " once more puts your words in place of theirs."
        )
        self.now = now


def version_of(row: Versioned) -> str:
    """Return a short name of what a row says; it is another one once that is changed."""
    if isinstance(row, Item):  # it has links in other tables, which are written with it
        return row.changed_at.isoformat()
    if isinstance(row, Section):
        said = [row.title, row.note]
    else:
        said = [row.title, row.description, row.labels_text, row.visibility]
    return blake2b(repr(said).encode(), digest_size=9).hexdigest()


def ensure_unchanged(row: Versioned, as_of: str) -> None:
    """Compare a row, read under the lock, with the version that was shown; raises Overtaken.

    Without a version nothing is compared.
    """
    now = version_of(row)
    if as_of not in ("", now):
        what = {Item: "item", Section: "section", ReadingList: "list"}[type(row)]
        raise Overtaken(now, what)
