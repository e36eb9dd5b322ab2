"""Folders of imported bookmarks as lists. Import `put_on_lists`."""

from collections.abc import Iterable, Sequence
from itertools import count

from accounts.models import User
from bookmarks.import_drafts import Listed
from bookmarks.links import page_key
from readinglists.drafts import ItemDraft, ListDraft
from readinglists.item_pages import show_public_facts
from readinglists.items import MAX_ITEMS, add_items
from readinglists.lists import add_section, create_list
from readinglists.models import Item, ReadingList, Section
from readinglists.models.item import MAX_DEPTH
from readinglists.models.reading_list import MAX_TITLE
from readinglists.ordering import Misplaced

Path = tuple[str, ...]


def put_on_lists(owner: User, wanted: Iterable[Listed], *, ask: bool) -> dict[int, str]:
    """Put bookmarks on lists named after their outermost folder, in sections after those inside.

    New lists are private, as files of bookmarks do not say of folders who may see them. What is in
    that place already is left there. Lists have sections three deep: the names of deeper folders
    stand together. Returns why some were not put there, by the numbers of their rows.
    """
    places: dict[Path, list[Listed]] = {}
    for one in wanted:
        places.setdefault(_place(one.path), []).append(one)
    reasons: dict[int, str] = {}
    for place, some in places.items():
        try:
            _fill(owner, place, some, ask=ask)
        except Misplaced as error:
            reasons |= {one.at: f"Not put on the list “{place[0][:80]}”: {error}" for one in some}
    return reasons


def _place(path: Path) -> Path:
    """Return the title of the list and those of the sections in it for a path of folders."""
    inside = path[1:MAX_DEPTH]
    deeper = " / ".join(path[MAX_DEPTH:])
    return tuple(name[:MAX_TITLE] for name in (path[0], *inside, *([deeper] if deeper else ())))


def _fill(owner: User, place: Path, wanted: Sequence[Listed], *, ask: bool) -> None:
    """Put what is not there yet into one section, going on in another list when one is full."""
    left = {page_key(one.url): one for one in reversed(wanted)}
    left = dict(reversed(left.items()))
    for number in count(1):
        reading_list = _list_of(owner, place[0], number)
        section = _section_of(reading_list, place[1:])
        there = Item.objects.filter(reading_list=reading_list, section=section, page__key__in=left)
        for key in there.values_list("page__key", flat=True):
            left.pop(key, None)
        some = list(left)[: max(0, MAX_ITEMS - reading_list.item_count)]
        drafts = [ItemDraft(url=left[key].url, title=left.pop(key).title) for key in some]
        if drafts:
            items = add_items(reading_list, drafts, owner, section=section, ask=False)
            show_public_facts(items, ask=ask)
        if not left:
            return


def _list_of(owner: User, title: str, number: int) -> ReadingList:
    """Return a person's list of that title, made now unless it is there."""
    if number > 1:
        title = f"{title[: MAX_TITLE - 12]} ({number})"
    same = ReadingList.objects.filter(owner=owner, title=title).order_by("pk").first()
    return same or create_list(owner, ListDraft(title, visibility="private"))


def _section_of(reading_list: ReadingList, titles: Path) -> Section | None:
    """Return the section at the end of a path of titles, made now if need be; None for no path."""
    parent: Section | None = None
    for title in titles:
        same = Section.objects.filter(reading_list=reading_list, parent=parent, title=title).first()
        parent = same or add_section(reading_list, title, parent=parent)
    return parent
