"""A whole account as records of its parts, on the way out and in. Import `Part`, `Ways`, `Told`,
`Record`, `parts`, `restore`.

ACCOUNT_PARTS names the parts in the order in which they are written and taken in: what refers to
something comes after it. Apps that bookmarks may not import have theirs there too.

Taking in adds: what an account has stays as it is, so that the same file twice changes nothing.
Everything belongs to whoever takes it in.
"""

from collections.abc import Sequence
from functools import cache

from django.conf import settings
from django.utils.module_loading import import_string

from accounts.models import User
from bookmarks.account_copy.fields import Record
from bookmarks.account_copy.part import Part, Told, Ways, refused

__all__ = ["Part", "Record", "Told", "Ways", "parts", "restore"]

UNKNOWN = "There is no such part of an account."


@cache
def parts() -> dict[str, Part]:
    """Return the parts of an account by name, in order."""
    return {name: import_string(place) for name, place in settings.ACCOUNT_PARTS.items()}


def restore(owner: User, name: str, records: Sequence[Record], ways: Ways) -> list[Told]:
    """Take in records of one part, and return what each came to; needs a transaction."""
    part = parts().get(name)
    return part.restore(owner, records, ways) if part else [refused(UNKNOWN)] * len(records)
