"""Makes, changes and deletes lists and their sections. Import `create_list`, `edit_list`,
`delete_list`, `add_section`, `edit_section`, `delete_section`, `set_editors`, `find_list`.
"""

import re
import secrets
import unicodedata
from collections.abc import Iterable

from django.db import IntegrityError, transaction

from accounts.models import User
from bookmarks.models import Page
from readinglists.drafts import Invalid, ListDraft
from readinglists.models import Item, ListEditor, ListFollow, ListReading, ReadingList, Section
from readinglists.models.item import MAX_DEPTH
from readinglists.models.reading_list import MAX_SLUG
from readinglists.ordering import GAP, Misplaced, as_it_is, lock_list, rank_after, touch
from readinglists.versions import ensure_unchanged

Visibility = ReadingList.Visibility
# Names tried before one gets random digits.
NUMBERED = 20
MAX_EDITORS = 50
MAX_SECTIONS = 1000


def create_list(owner: User, draft: ListDraft) -> ReadingList:
    """Make an empty list; its address is made of its title."""
    reading_list = ReadingList(
        owner=owner,
        title=draft.title,
        description=draft.description,
        visibility=draft.visibility,
        labels_text=" ".join(draft.labels),
    )
    for slug in _slugs(owner, draft):
        reading_list.slug = slug
        try:
            with transaction.atomic():
                reading_list.save(force_insert=True)
        except IntegrityError:  # somebody made one of that name just now
            continue
        return reading_list
    raise AssertionError("the last name is random")


@transaction.atomic
def edit_list(reading_list: ReadingList, draft: ListDraft, *, as_of: str = "") -> ReadingList:
    """Change a list to what the draft says, if it is still as it was at the version `as_of`.

    Its address stays, but where it becomes unlisted: then it gets one that nobody can guess, and
    who followed or read it is not told of that one. Raises Overtaken, and
    ReadingList.DoesNotExist.
    """
    current = lock_list(reading_list.pk)
    ensure_unchanged(current, as_of)
    hides = draft.visibility == Visibility.UNLISTED != current.visibility
    if hides:
        current.slug = _unguessable(draft.title)
        _let_go_of_readers(current)
    current.title, current.description = draft.title, draft.description
    current.visibility = draft.visibility
    current.labels_text = " ".join(draft.labels)
    current.save()
    touch(current)
    return current


def _let_go_of_readers(reading_list: ReadingList) -> None:
    """Let nobody but its editors follow a list or have it among what they read."""
    editors = ListEditor.objects.filter(reading_list=reading_list).values("user")
    follows = ListFollow.objects.filter(reading_list=reading_list)
    follows.exclude(user__in=editors).delete()
    reading_list.follower_count = follows.count()
    readings = ListReading.objects.filter(reading_list=reading_list)
    readings.exclude(reader=reading_list.owner_id).exclude(reader__in=editors).delete()


@transaction.atomic
def delete_list(reading_list: ReadingList) -> None:
    """Delete a list with all that is in it. What readers read stays theirs."""
    current = lock_list(reading_list.pk)
    items = Item.objects.filter(reading_list=current, page__isnull=False)
    page_ids = set(items.values_list("page_id", flat=True))
    current.delete()
    Page.objects.filter(pk__in=page_ids).unused().delete()


@transaction.atomic
def set_editors(reading_list: ReadingList, users: Iterable[User]) -> None:
    """Let these people, and nobody else, edit the list beside its owner; raises Invalid."""
    current = lock_list(reading_list.pk)
    wanted = {user.pk for user in users} - {current.owner_id}
    if len(wanted) > MAX_EDITORS:
        raise Invalid({"editors": f"A list has {MAX_EDITORS} co-editors at most."})
    editors = ListEditor.objects.filter(reading_list=current)
    editors.exclude(user__in=wanted).delete()
    known = set(editors.values_list("user_id", flat=True))
    ListEditor.objects.bulk_create(
        ListEditor(reading_list=current, user_id=user_id) for user_id in sorted(wanted - known)
    )


@transaction.atomic
def add_section(
    reading_list: ReadingList, title: str, *, note: str = "", parent: Section | None = None
) -> Section:
    """Add a section at the end of the list or of another section; raises Misplaced."""
    current = lock_list(reading_list.pk)
    if Section.objects.filter(reading_list=current).count() >= MAX_SECTIONS:
        raise Misplaced(f"A list has {MAX_SECTIONS:,} sections at most.")
    parent = as_it_is(current, parent)
    depth = parent.depth + 1 if parent else 1
    if depth > MAX_DEPTH:
        raise Misplaced(f"Sections are {MAX_DEPTH} levels deep at most.")
    siblings = Section.objects.filter(reading_list=current, parent=parent)
    section = Section.objects.create(
        reading_list=current,
        parent=parent,
        depth=depth,
        rank=rank_after(siblings, None, at_end=True),
        title=title,
        note=note,
    )
    touch(current)
    return section


@transaction.atomic
def edit_section(section: Section, *, title: str, note: str, as_of: str = "") -> Section:
    """Change a section's words, if they are still those of the version `as_of`.

    Raises Overtaken, and DoesNotExist of section and list.
    """
    current = lock_list(section.reading_list_id)
    changed = Section.objects.get(pk=section.pk)
    ensure_unchanged(changed, as_of)
    changed.title, changed.note = title, note
    changed.save(update_fields=["title", "note"])
    touch(current)
    return changed


@transaction.atomic
def delete_section(section: Section) -> None:
    """Drop a heading; what stood below it comes under the one above it, at its end.

    Nothing of the list is lost by this; items are deleted one by one. Raises Section.DoesNotExist.
    """
    current = lock_list(section.reading_list_id)
    section = Section.objects.select_related("parent").get(pk=section.pk)
    parent = section.parent
    items = Item.objects.filter(reading_list=current, section=parent)
    rank = rank_after(items, None, at_end=True)
    moved = list(Item.objects.filter(section=section).order_by("rank", "pk"))
    for place, item in enumerate(moved):
        item.section, item.rank = parent, rank + place * GAP
    Item.objects.bulk_update(moved, ["section", "rank"], batch_size=500)
    _raise_subsections(section, parent)
    section.delete()
    touch(current)


def _raise_subsections(section: Section, parent: Section | None) -> None:
    siblings = Section.objects.filter(reading_list=section.reading_list, parent=parent)
    below = list(Section.objects.filter(parent=section).order_by("rank", "pk"))
    for one in below:
        one.rank = rank_after(siblings, None, at_end=True)
        one.parent, one.depth = parent, one.depth - 1
        one.save(update_fields=["rank", "parent", "depth"])
        Section.objects.filter(parent=one).update(depth=one.depth + 1)


def slug_of(title: str) -> str:
    """Return what an address makes of a title: "deep-learning", or "list" where nothing is left."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[: MAX_SLUG - 20].strip("-") or "list"


def _slugs(owner: User, draft: ListDraft) -> Iterable[str]:
    if draft.visibility == Visibility.UNLISTED:
        yield _unguessable(draft.title)
    base = slug_of(draft.title)
    names = [base, *(f"{base}-{number}" for number in range(2, NUMBERED))]
    taken = ReadingList.objects.filter(owner=owner, slug__in=names).values_list("slug", flat=True)
    yield from sorted(set(names) - set(taken), key=names.index)
    yield f"{base}-{secrets.token_hex(6)}"


def _unguessable(title: str) -> str:
    return f"{slug_of(title)[:50].strip('-')}-{secrets.token_hex(8)}"
