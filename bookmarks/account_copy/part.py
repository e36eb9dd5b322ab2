"""What a part of an account is. Import `Part`, `Ways`, `Told`, `each`, `created`, `skipped`,
`refused`.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from django.db import DataError, IntegrityError, transaction

from accounts.models import User
from bookmarks.account_copy.fields import Record

# An outcome of bookmarks.models.ImportRow, and the reason or what is to be told beside.
Told = tuple[str, str]
MAX_REASON = 300


@dataclass(frozen=True)
class Ways:
    """How things are to be taken in: all of them private, and with their pages read."""

    all_private: bool = False
    fetch: bool = False


@dataclass(frozen=True)
class Part:
    """A part of an account: `write` returns its records, or the one; `restore` takes some in."""

    write: Callable[[User], Iterable[Record] | Record]
    restore: Callable[[User, Sequence[Record], Ways], list[Told]]


def created(notice: str = "") -> Told:
    """Return that a record is taken in, perhaps not all of it."""
    return "created", notice[:MAX_REASON]


def skipped(reason: str) -> Told:
    """Return that nothing was to be done."""
    return "skipped", reason[:MAX_REASON]


def refused(reason: str) -> Told:
    """Return that a record cannot be taken in."""
    return "refused", reason[:MAX_REASON]


def each(
    one: Callable[[User, Record, Ways], Told],
) -> Callable[[User, Sequence[Record], Ways], list[Told]]:
    """Return what takes in records one by one: of one that fails, nothing is left behind.

    The function `one` raises ValueError with the reason why a record cannot be taken in.
    """

    def restore(owner: User, records: Sequence[Record], ways: Ways) -> list[Told]:
        return [_told(one, owner, record, ways) for record in records]

    return restore


def _told(
    one: Callable[[User, Record, Ways], Told], owner: User, record: Record, ways: Ways
) -> Told:
    try:
        with transaction.atomic():
            return one(owner, record, ways)
    except ValueError as error:
        return refused(str(error))
    except (DataError, IntegrityError):  # what is wrong with the database passes, and is no refusal
        return refused("The database does not take this.")
