"""The form of a bookmark. Import `BookmarkForm`.

It asks and shows what was refused; every rule is `make_draft`'s, the same for all doors.
"""

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from django import forms

from bookmarks.carried import BadPayload, Carried, read_carried
from bookmarks.drafts import Draft, InvalidDraft, make_draft
from bookmarks.links import page_address
from bookmarks.models import Bookmark
from bookmarks.own_facts import OwnFacts, told_source

LOST = "What the page says of itself was left out: {}"


BROUGHT = {
    "title": "Title",
    "authors": "By",
    "published": "Published",
    "venue": "In",
    "site_name": "Site",
    "kind": "Kind",
    "doi": "DOI",
    "language": "Language",
    "licence": "Licence",
    "excerpt": "Excerpt",
    "abstract": "Abstract",
}


@dataclass(frozen=True)
class ShownFact:
    """A fact with its label, as text, and in words where it came from."""

    label: str
    text: str
    source: str


def told_facts(own: OwnFacts | None) -> list[ShownFact]:
    """Return own facts as they are shown before they are kept."""
    own = own or {}
    return [
        ShownFact(label, ", ".join(value) if name == "authors" else str(value), told)
        for name, label in BROUGHT.items()
        if (value := own.get(name)) and (told := told_source(own["sources"][name]))
    ]


class BookmarkForm(forms.Form):
    """What a person says of a page. Valid forms have a `draft`."""

    url = forms.CharField(
        label="Address",
        strip=False,
        widget=forms.TextInput(
            attrs={"inputmode": "url", "autocapitalize": "none", "spellcheck": "false"}
        ),
        error_messages={"required": "Enter an address, such as https://arxiv.org/abs/1706.03762."},
    )
    title = forms.CharField(
        required=False,
        strip=False,
        help_text="Left empty, it is read from the page.",
    )
    description = forms.CharField(
        required=False, strip=False, widget=forms.Textarea(attrs={"rows": 5})
    )
    tags = forms.CharField(
        required=False,
        strip=False,
        widget=forms.TextInput(attrs={"autocapitalize": "none", "autocomplete": "off"}),
        help_text="With blanks between. A tag that starts with a dot is for your eyes only.",
    )
    private = forms.BooleanField(required=False)
    toread = forms.BooleanField(required=False, label="To read")

    # No text that a person typed: what cannot be read is left out, never refused.
    carried = forms.Field(required=False, widget=forms.HiddenInput)
    source = forms.CharField(required=False, widget=forms.HiddenInput)
    next = forms.CharField(required=False, widget=forms.HiddenInput)
    jump = forms.CharField(required=False, widget=forms.HiddenInput)
    showtags = forms.CharField(required=False, widget=forms.HiddenInput)

    draft: Draft

    def clean(self) -> dict[str, Any]:
        """Make the draft, or tie what is wrong with it to its fields."""
        said = super().clean() or self.cleaned_data
        if self.errors:
            return said
        try:
            self.draft = make_draft(
                said["url"],
                title=said["title"],
                description=said["description"],
                tags=said["tags"],
                private=said["private"],
                unread=said["toread"],
                source=said["source"],
            )
        except InvalidDraft as error:
            for name, sentence in error.errors.items():
                self.add_error(name, sentence)
        else:
            self._add_own_facts()
        return said

    def _add_own_facts(self) -> None:
        """Put into the draft what was carried, if it is of this page."""
        try:
            seen = self.seen
        except BadPayload as error:
            notices = (*self.draft.notices, LOST.format(error))
            self.draft = replace(self.draft, notices=notices)
            return
        if seen and page_address(seen.url).key == page_address(self.draft.url).key:
            self.draft = replace(self.draft, own_facts=seen.own_facts)

    @cached_property
    def seen(self) -> Carried | None:
        """The page as a bookmarklet saw it in the person's tab. Raises `BadPayload`."""
        carried = self["carried"].value()
        return read_carried(str(carried)) if carried else None

    @property
    def brought(self) -> list[ShownFact]:
        """What was seen in the tab, for the person to look at."""
        try:
            return told_facts(self.seen.own_facts) if self.seen else []
        except BadPayload:
            return []


def values_of(bookmark: Bookmark) -> dict[str, Any]:
    """Return what the form of a stored bookmark is filled with."""
    return {
        "url": bookmark.url,
        "title": bookmark.title,
        "description": bookmark.description,
        "tags": "".join(f"{label} " for label in bookmark.labels),
        "private": bookmark.private,
        "toread": bookmark.unread,
    }
