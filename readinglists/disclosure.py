"""Which lists somebody may be told of who has to do with them. Import `disclosed`.

A fork names its upstream, a suggestion the list it is for; either list may have been hidden since.
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from readinglists.models import ReadingList

if TYPE_CHECKING:
    from readinglists.models.reading_list import Viewer

Visibility = ReadingList.Visibility


def disclosed(viewer: "Viewer", known: Iterable[tuple[ReadingList, str]]) -> set[int]:
    """Return the ids of those lists that `viewer` may be told of; one query at most.

    Those are public ones, those they edit, and unlisted ones whose address, given beside each list
    as its slug, they know. A list that is hidden anew gets another address, which they do not know.
    """
    told, hidden = set(), set()
    for reading_list, slug in known:
        at_known_address = slug == reading_list.slug
        if reading_list.visibility == Visibility.PUBLIC or (
            reading_list.visibility == Visibility.UNLISTED and at_known_address
        ):
            told.add(reading_list.pk)
        else:
            hidden.add(reading_list.pk)
    if hidden:
        edited = ReadingList.objects.editable_by(viewer).filter(pk__in=hidden)
        told |= set(edited.values_list("pk", flat=True))
    return told
