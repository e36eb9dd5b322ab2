"""What readers suggest to a list's editors. Import `suggest_item`, `suggest_change`, `accept`,
`decline`, `withdraw`, `open_suggestions`, `said_of`, `merged`, `Decided`, `ItemGone`.

What is suggested is kept as it was typed until an editor decides; nothing of it is public before.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from bookmarks.drafts import clean_text
from bookmarks.links import page_key
from bookmarks.models import Page
from readinglists.drafts import AlternateDraft, Invalid, ItemDraft, make_item_draft
from readinglists.entries import title_of
from readinglists.items import PLAIN, add_item, edit_item
from readinglists.models import Item, ReadingList, Section, Suggestion
from readinglists.ordering import lock_list

State = Suggestion.State
# What can be suggested of an item, as make_item_draft calls it.
FIELDS = ("url", "title", "note", "tags", "need", "level")
MOST_A_LIST = 20
MOST_OPEN = 100
MAX_WORDS = 2000
ENOUGH_HERE = f"{MOST_A_LIST} suggestions of yours wait here. Withdraw one, or wait for an answer."
ENOUGH = f"{MOST_OPEN} suggestions of yours wait for an answer, which is the most."
HAVE_IT = "This page is in the list already."
NO_CHANGE = "This is what the item says already. Change something."


class Decided(Exception):
    """The suggestion is not open any more; the text says what became of it."""

    def __init__(self, state: str) -> None:
        super().__init__(f"This suggestion was {state} already.")


class ItemGone(Exception):
    """The item that was to be changed is not in the list any more."""

    def __init__(self) -> None:
        super().__init__("The item that this would change is not in the list any more.")


@transaction.atomic
def suggest_item(  # noqa: PLR0913 - what, by whom, where
    reading_list: ReadingList,
    by: User,
    said: Mapping[str, str],
    *,
    why: str = "",
    section: Section | None = None,
    after: Item | None = None,
) -> Suggestion:
    """Suggest a new item, as far as FIELDS go, at the end of a section or after an item in it.

    Raises Invalid, also where the list has the page or too many suggestions of this person wait,
    and ReadingList.DoesNotExist where they may not read the list.
    """
    current = _lock_readable(reading_list, by)
    fields = _typed(said)
    draft = make_item_draft(**fields)
    if draft.url and _has_page(current, draft.url):
        raise Invalid({"url": HAVE_IT})
    return _keep(current, by, fields, why, section=section, after=after)


@transaction.atomic
def suggest_change(item: Item, by: User, said: Mapping[str, str], *, why: str = "") -> Suggestion:
    """Suggest that an item says this; only what differs from what it says now is kept.

    Raises Invalid, Item.DoesNotExist, and ReadingList.DoesNotExist where they may not read the
    list.
    """
    reading_list = _lock_readable(item.reading_list, by)
    current = Item.objects.select_related("page").get(pk=item.pk)
    now = said_of(current)
    fields = {name: text for name, text in _typed(said).items() if text != now[name]}
    if not fields:
        raise Invalid({"": NO_CHANGE})
    merged(current, fields)
    about = title_of(current)[:500]
    return _keep(reading_list, by, fields, why, item=current, about=about)


@transaction.atomic
def accept(
    suggestion: Suggestion,
    by: User,
    said: Mapping[str, str] | None = None,
    *,
    place: tuple[Section | None, int | None] | None = None,
) -> Item:
    """Do as suggested, or as `said` where an editor changed it; return the item.

    A new item comes where it was suggested or to `place`, a section and the id of the item before
    it there, None for its end; its credit is the suggester's. However many accept at once, it is
    done once. Raises Decided, ItemGone, Invalid, Misplaced, and DoesNotExist of either model.
    """
    reading_list, current = _lock_open(suggestion)
    fields = _typed(current.fields if said is None else said)
    if current.about:
        item = edit_item(_still_there(current), merged(_still_there(current), fields), by)
    else:
        section, after = place or _place_of(current)
        draft = make_item_draft(**fields)
        item = add_item(reading_list, draft, by, section=section, after=after, credit=current.by)
    current.item = item
    _decide(current, State.ACCEPTED, by)
    return item


@transaction.atomic
def decline(suggestion: Suggestion, by: User, reason: str = "") -> None:
    """Say no, with a reason for the suggester. Raises Decided, Invalid, DoesNotExist."""
    _, current = _lock_open(suggestion)
    current.reason = _words(reason, "reason")
    _decide(current, State.DECLINED, by)


@transaction.atomic
def withdraw(suggestion: Suggestion) -> None:
    """Take it back, as its suggester may. Raises Decided, DoesNotExist."""
    _, current = _lock_open(suggestion)
    _decide(current, State.WITHDRAWN, current.by)


def open_suggestions(reading_list: ReadingList) -> int:
    """Return how many wait for the list's editors."""
    return Suggestion.objects.filter(reading_list=reading_list, state=State.OPEN).count()


def said_of(item: Item) -> dict[str, str]:
    """Return what an item says of what can be suggested, as one would type it."""
    plain = {name: getattr(item, name) for name in FIELDS if name != "tags"}
    return plain | {"tags": " ".join(item.labels)}


def merged(item: Item, fields: Mapping[str, str]) -> ItemDraft:
    """Return the draft of an item with these fields changed; raises Invalid."""
    whole: dict[str, Any] = {**said_of(item), **fields}
    said = make_item_draft(**whole)
    changed: dict[str, Any] = {
        ("labels" if name == "tags" else name): getattr(said, "labels" if name == "tags" else name)
        for name in fields
    }
    alternates = [AlternateDraft(one.url, one.role, one.label) for one in item.alternates.all()]
    now = ItemDraft(
        url=item.url,
        labels=tuple(item.labels),
        alternates=tuple(alternates),
        **{name: getattr(item, name) for name in PLAIN},
    )
    return replace(now, **changed)


def _lock_readable(reading_list: ReadingList, reader: User) -> ReadingList:
    current = lock_list(reading_list.pk)
    if not ReadingList.objects.readable_by(reader).filter(pk=current.pk).exists():
        raise ReadingList.DoesNotExist
    return current


def _lock_open(suggestion: Suggestion) -> tuple[ReadingList, Suggestion]:
    """Lock the list, under which all is decided, then look at the suggestion."""
    reading_list = lock_list(suggestion.reading_list_id)
    current = Suggestion.objects.select_related("by", "section").get(pk=suggestion.pk)
    if current.state != State.OPEN:
        raise Decided(current.get_state_display())
    return reading_list, current


def _decide(suggestion: Suggestion, state: State, by: User) -> None:
    suggestion.state, suggestion.decided_by = state, by
    suggestion.decided_at = timezone.now()
    suggestion.save(update_fields=["state", "reason", "item", "decided_at", "decided_by"])


def _keep(
    reading_list: ReadingList, by: User, fields: dict[str, str], why: str, **more: Any
) -> Suggestion:
    waiting = Suggestion.objects.filter(by=by, state=State.OPEN)
    if waiting.filter(reading_list=reading_list).count() >= MOST_A_LIST:
        raise Invalid({"": ENOUGH_HERE})
    if waiting.count() >= MOST_OPEN:
        raise Invalid({"": ENOUGH})
    return Suggestion.objects.create(
        reading_list=reading_list,
        list_slug=reading_list.slug,
        by=by,
        fields={name: text for name, text in fields.items() if text or "about" in more},
        note=_words(why, "why"),
        **more,
    )


def _typed(said: Mapping[str, Any]) -> dict[str, Any]:
    """Return what was typed, cleaned as the drafts do it, so that it can be compared and kept."""
    fields = {name: clean_text(str(said[name])).strip() for name in FIELDS if name in said}
    if "tags" in fields:
        fields["tags"] = " ".join(fields["tags"].replace(",", " ").split())
    return fields


def _words(text: str, name: str) -> str:
    text = clean_text(text)
    if len(text) > MAX_WORDS:
        raise Invalid({name: f"At most {MAX_WORDS:,} characters; these are {len(text):,}."})
    return text


def _has_page(reading_list: ReadingList, url: str) -> bool:
    page = Page.objects.at(page_key(url))
    return bool(page) and Item.objects.filter(reading_list=reading_list, page=page).exists()


def _still_there(suggestion: Suggestion) -> Item:
    item = Item.objects.select_related("page").filter(pk=suggestion.item_id or 0).first()
    if item is None:
        raise ItemGone
    return item


def _place_of(suggestion: Suggestion) -> tuple[Section | None, int | None]:
    """Return the place that was suggested, as far as it is still there."""
    section, after = suggestion.section, suggestion.after
    if after and after.section_id == (section.pk if section else None):
        return section, after.pk
    return section, None
