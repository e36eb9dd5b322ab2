"""The forms of suggestions. Import `SuggestionForm`, `ChangeForm`, `ReviewForm`, `place_choices`.

What can be suggested is an item's address, words, tags and for whom it is; the rules are those of
readinglists.suggesting.
"""

from typing import Any

from django import forms

from bookmarks.markup import plain_title
from readinglists.drafts import make_item_draft
from readinglists.entries import title_of
from readinglists.forms import MARKDOWN, PLAIN_TEXT, DraftForm, words
from readinglists.lines import lines_of
from readinglists.models import Item, ReadingList, Section
from readinglists.stepping import sections_in_order
from readinglists.suggesting import FIELDS

# As many items are offered to be put behind.
OFFERED = 200
# Of a section that is asked for.
OFFERED_IN_SECTION = 1000
Choices = list[tuple[str, list[tuple[str, str]]]]


class ChangeForm(DraftForm):
    """What somebody suggests that an item says. Valid forms have `said`.

    What was changed is told by what the form was filled with, not by what the item says meanwhile.
    """

    url = words("Address", inputmode="url", spellcheck="false", **PLAIN_TEXT)
    title = words("Title", help_text="Left empty, it is read from the page.")
    note = words("Note", help_text=f"It will stand in the list. {MARKDOWN}", rows=3)
    need = forms.ChoiceField(choices=Item.Need.choices, required=False)
    level = forms.ChoiceField(choices=Item.Level.choices, required=False)
    tags = words("Tags", help_text="Separated by spaces.", **PLAIN_TEXT)
    why = words("Why", help_text="For the editors of the list alone.", rows=2)

    said: dict[str, str]

    def __init__(self, data: Any = None, *, initial: dict[str, Any] | None = None) -> None:
        super().__init__(data, initial=initial)
        for name in FIELDS:
            self.fields[name].show_hidden_initial = True

    def make_draft(self, said: dict[str, Any]) -> None:
        """Keep what was said if an item can say so."""
        self.said = {name: said[name] for name in FIELDS}
        whole: dict[str, Any] = dict(self.said)
        make_item_draft(**whole)


class SuggestionForm(ChangeForm):
    """A new item that somebody suggests, and where in the list it would come."""

    place = forms.ChoiceField(label="Where", required=False)

    def __init__(
        self, data: Any = None, *, choices: Choices, initial: dict[str, Any] | None = None
    ) -> None:
        super().__init__(data, initial=initial)
        self.fields["place"].choices = choices  # type: ignore[attr-defined]


class ReviewForm(SuggestionForm):
    """What an editor makes of a suggestion; without a place where an item is changed."""

    def __init__(
        self, data: Any = None, *, choices: Choices, initial: dict[str, Any] | None = None
    ) -> None:
        super().__init__(data, choices=choices, initial=initial)
        del self.fields["why"]
        if not choices:
            del self.fields["place"]


def place_choices(
    reading_list: ReadingList, also: Item | None = None, *, opened: int | None = None
) -> Choices:
    """Return the places of a list: the end of each section, and behind its first items.

    With `opened`, the id of a section or 0, behind that section's items instead. `also` is an item
    behind which must be offered too.
    """
    sections: list[Section | None] = [None, *sections_in_order(reading_list.pk)]
    order = {one.pk if one else None: place for place, one in enumerate(sections)}
    lines = [line for line in lines_of(reading_list) if line.section_id in order]
    lines.sort(key=lambda line: (order[line.section_id], line.rank, line.item_id))
    most = OFFERED
    if opened is not None:
        most = OFFERED_IN_SECTION
        lines = [line for line in lines if (line.section_id or 0) == opened]
    ids = [line.item_id for line in lines[:most]]
    if also and also.section_id in order and also.pk not in ids:
        ids.append(also.pk)
    items = Item.objects.select_related("page").in_bulk(ids)
    inside: dict[int | None, list[tuple[str, str]]] = {}
    for item in (items[pk] for pk in ids if pk in items):
        words = f"after {plain_title(title_of(item))}"
        inside.setdefault(item.section_id, []).append((f"i{item.pk}", words))
    choices: Choices = []
    for one in sections:
        end = (f"s{one.pk if one else 0}", "at the end" if one else "at the end of these")
        label = one.title if one else "before all sections"
        choices.append((label, [end, *inside.get(one.pk if one else None, [])]))
    return choices


def place_name(section_id: int | None, after_id: int | None) -> str:
    """Return what a place is called in the form."""
    return f"i{after_id}" if after_id else f"s{section_id or 0}"
