"""How records name what is outside of the account. Import `list_named`, `name_of`, `seal`,
`is_sealed`.

A file can be written by anybody. What it says of other people is believed only with a seal, which
this site makes for one person and whose secret it keeps.
"""

import json
from typing import Any

from django.core.signing import BadSignature, Signer

from accounts.models import User
from bookmarks.account_copy.fields import Record, word
from readinglists.models import ReadingList

SALT = "readinglists.account_copy"


def name_of(reading_list: ReadingList) -> dict[str, str]:
    """Return how a record names a list, whose owner is loaded."""
    return {"owner": reading_list.owner.username, "list": reading_list.slug}


def list_named(record: Record, reader: User) -> ReadingList | None:
    """Return the list that a record names, if the reader may see it."""
    owner, slug = word(record, "owner", 30).lower(), word(record, "list", 80)
    lists = ReadingList.objects.readable_by(reader).select_related("owner")
    return lists.filter(owner__username=owner, slug=slug).first() if owner and slug else None


def seal(person: User, *said: Any) -> str:
    """Return what shows that this site told a person so."""
    return Signer(salt=SALT).signature(_text(person, said))


def is_sealed(given: str, person: User, *said: Any) -> bool:
    """Tell whether this site told the person so."""
    try:
        Signer(salt=SALT, sep=":").unsign(f"{_text(person, said)}:{given}")
    except BadSignature:
        return False
    return True


def _text(person: User, said: tuple[Any, ...]) -> str:
    return json.dumps([person.username, *said], sort_keys=True)
