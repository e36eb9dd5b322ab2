"""Who may open and change which list. Import `readable`, `editable`, `owned`, `item_in`,
`section_in`, `wants_fragment`.

To load a list is to ask whether one may: others get the same 404 for it as for none.
"""

from django.http import Http404, HttpRequest

from accounts.http import SignedInRequest
from accounts.models import User
from readinglists.models import Item, ReadingList, ReadingListQuerySet, Section

NOT_HERE = "There is no such list, or it is private."
NO_ITEM = "This item is not in the list any more."
NO_SECTION = "This section is not in the list any more."


def readable(request: HttpRequest, username: str, slug: str) -> ReadingList:
    """Return a list that the reader may open, with its owner; raises Http404."""
    return _find(ReadingList.objects.readable_by(request.user), username, slug)


def editable(request: SignedInRequest, username: str, slug: str) -> ReadingList:
    """Return a list that the person may change; raises Http404."""
    return _find(ReadingList.objects.editable_by(request.user), username, slug)


def owned(request: SignedInRequest, username: str, slug: str) -> ReadingList:
    """Return a list of the person's own; raises Http404."""
    return _find(ReadingList.objects.filter(owner=request.user), username, slug)


def item_in(reading_list: ReadingList, item_id: str | int) -> Item:
    """Return an item of a list; raises Http404."""
    items = Item.objects.filter(reading_list=reading_list).select_related("page", "section")
    item = items.filter(pk=item_id).first()
    if item is None:
        raise Http404(NO_ITEM)
    item.reading_list = reading_list
    return item


def section_in(reading_list: ReadingList, section_id: str | int) -> Section:
    """Return a section of a list; raises Http404."""
    sections = Section.objects.filter(reading_list=reading_list).select_related("parent")
    section = sections.filter(pk=section_id).first()
    if section is None:
        raise Http404(NO_SECTION)
    section.reading_list = reading_list
    return section


def reader_of(request: HttpRequest) -> User | None:
    """Return the person who asks, None for a visitor."""
    return request.user if isinstance(request.user, User) else None


def wants_fragment(request: HttpRequest) -> bool:
    """Return whether a script of ours asks, for a part of a page."""
    return request.headers.get("X-Requested-With") == "fetch"


def _find(lists: ReadingListQuerySet, username: str, slug: str) -> ReadingList:
    name = username.lower()
    known = name.isascii() and name.isprintable()  # PostgreSQL is not even asked about a NUL
    named = lists.select_related("owner").filter(owner__username=name, owner__is_active=True)
    found = named.filter(slug=slug).first() if known else None
    if found is None:
        raise Http404(NOT_HERE)
    return found
