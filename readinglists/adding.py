"""Puts a page on one of a person's lists, wherever they come upon it. Import `lists_to_choose`,
`ListChoice`, `place_named`, `put_on_list`, `put_saved`, `known_in`.

A place is named "17" (list 17, before all sections) or "17-4" (its section 4) in forms.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from accounts.models import User
from bookmarks.links import BadUrl, clean_url, page_key
from bookmarks.models import Bookmark, Page
from bookmarks.wording import cut_at_word
from readinglists.drafts import Invalid, ItemDraft, make_item_draft
from readinglists.items import add_item
from readinglists.models import Item, ReadingList, Section
from readinglists.ordering import Misplaced
from readinglists.paths import path_of
from readinglists.stepping import in_order

# As many lists are offered; what is in so many of them is told section by section.
MOST, SECTIONED = 200, 12
MOST_SECTIONS = 500
# Among so many items that a person added last, the lists they use are looked for.
LOOKED_AT = 200
# So much of its list's title stands before a section, that a narrow screen shows both.
MOST_OF_TITLE = 24
PLACE = re.compile(r"([0-9]{1,18})(?:-([0-9]{1,18}))?\Z", re.ASCII)
GONE = "The list you chose is not yours to change any more."
# The field of the form of a bookmark that names a place.
FIELD = "to_list"


@dataclass
class ListChoice:
    """A list to put something on. `places` are names and words of where in it.

    `last` is the place that was used last; `item_id` the item that is of the page already.
    """

    reading_list: ReadingList
    path: str
    last: str
    places: list[tuple[str, str]] = field(default_factory=list)
    item_id: int | None = None


def lists_to_choose(user: User, url: str = "") -> list[ListChoice]:
    """Return the lists a person may change: those they used last first, then those changed last.

    Of an address it is told which of them have its page. Five queries at most, however many lists.
    """
    editable = ReadingList.objects.all_editable_by(user).select_related("owner")
    lists = {one.pk: one for one in editable.order_by("-updated_at", "-pk")[:MOST]}
    if not lists:
        return []
    used = _last_used(user)
    ids = sorted(lists, key=lambda pk: list(used).index(pk) if pk in used else len(used))
    known = known_in(ids, url)
    choices = {
        pk: ListChoice(
            one := lists[pk],
            path_of(one),
            f"{pk}",
            item_id=known.get(pk),
        )
        for pk in ids
    }
    _name_places(choices, ids[:SECTIONED])
    for pk, section_id in used.items():
        if pk in choices and f"{pk}-{section_id}" in dict(choices[pk].places):
            choices[pk].last = f"{pk}-{section_id}"
    return list(choices.values())


def known_in(list_ids: Iterable[int], url: str) -> dict[int, int]:
    """Return which of the lists have the page of an address, each with the item that is of it."""
    try:
        page = Page.objects.at(page_key(clean_url(url))) if url else None
    except BadUrl:
        page = None
    if page is None:
        return {}
    items = Item.objects.filter(page=page, reading_list__in=list(list_ids))
    return dict(items.order_by("-pk").values_list("reading_list_id", "pk"))


def place_named(user: User, name: str) -> tuple[ReadingList, Section | None]:
    """Return the list and the section of a place; raises Invalid, also for others' lists."""
    match = PLACE.match(name)
    lists = ReadingList.objects.editable_by(user).select_related("owner")
    found = lists.filter(pk=match[1]).first() if match else None
    if match is None or found is None:
        raise Invalid({"": GONE})
    if match[2] is None:
        return found, None
    section = Section.objects.filter(reading_list=found, pk=match[2]).first()
    if section is None:
        raise Invalid({"": f"The section you chose is not in “{found.title}” any more."})
    return found, section


def put_on_list(user: User, place: str, draft: ItemDraft) -> tuple[ReadingList, Item | None]:
    """Add an item at a place; None for it where the list has its page already.

    Raises Invalid, also where the list is full or gone.
    """
    reading_list, section = place_named(user, place)
    if draft.url and known_in([reading_list.pk], draft.url):
        return reading_list, None
    try:
        item = add_item(reading_list, draft, user, section=section)
    except Misplaced as error:
        raise Invalid({"": str(error)}) from None
    except ReadingList.DoesNotExist:
        raise Invalid({"": GONE}) from None
    return reading_list, item


def put_saved(user: User, bookmark: Bookmark, asked: Mapping[str, str]) -> str:
    """Put a bookmark that was just saved on the list that its form names; say what became of it.

    One of SAVE_STEPS: the form is that of bookmarks.
    """
    place = asked.get(FIELD, "")
    if not place:
        return ""
    try:
        draft = make_item_draft(url=bookmark.url, title=bookmark.title)
        reading_list, item = put_on_list(user, place, draft)
    except Invalid as error:
        return f"It is on no list. {error}"
    if item is None:
        return f"It is on the list “{reading_list.title}” already."
    return f"Added to the list “{reading_list.title}”."


def _last_used(user: User) -> dict[int, int | None]:
    """Return the lists a person added to last, latest first, each with the section."""
    added = Item.objects.filter(added_by=user).order_by("-pk")
    used: dict[int, int | None] = {}
    for list_id, section_id in added.values_list("reading_list_id", "section_id")[:LOOKED_AT]:
        used.setdefault(list_id, section_id)
    return used


def _name_places(choices: Mapping[int, ListChoice], sectioned: Iterable[int]) -> None:
    """Name the places of lists: the list itself, and its sections as far as they are read."""
    sections = Section.objects.filter(reading_list__in=list(sectioned)).order_by("rank", "pk")
    of_lists: dict[int, list[Section]] = {}
    for one in sections[:MOST_SECTIONS]:
        of_lists.setdefault(one.reading_list_id, []).append(one)
    for pk, choice in choices.items():
        title = choice.reading_list.title
        choice.places.append((f"{pk}", title))
        short = cut_at_word(title, MOST_OF_TITLE)
        short += "" if short == title else "…"
        for one in in_order(of_lists.get(pk, ())):
            words = f"{short} › {'– ' * (one.depth - 1)}{one.title}"
            choice.places.append((f"{pk}-{one.pk}", words))
