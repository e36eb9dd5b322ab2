"""The forms of a bookmark and of a note. Import `BookmarkForm`, `EditForm`, `NoteForm`.

It asks and shows what was refused; every rule is `make_draft`'s, the same for all doors.
"""

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from django import forms

from bookmarks.carried import BadPayload, Carried, read_carried
from bookmarks.drafts import Draft, InvalidDraft, clean_line, clean_text, make_draft
from bookmarks.links import page_address
from bookmarks.models import Bookmark
from bookmarks.notes import NoteDraft, make_note_draft
from bookmarks.own_facts import (
    IN_TAB,
    KINDS,
    LINES,
    MAX_AUTHOR,
    MAX_AUTHORS,
    TEXTS,
    TYPED,
    OwnFacts,
    is_date,
    type_own_facts,
)
from bookmarks.source_words import source_in_words

LOST = "What the page says of itself was left out: {}"
BROUGHT = {
    "title": "Title",
    "authors": "Authors",
    "published": "Published",
    "venue": "Published in",
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
        if (value := own.get(name))
        and (told := source_in_words(own["sources"][name].removeprefix(IN_TAB)))
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
        help_text="Separated by spaces. A tag that starts with a dot is for your eyes only.",
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


LONGEST_HELP = 200
KIND_CHOICES = [("", "not known"), *((kind, kind) for kind in KINDS)]


class EditForm(BookmarkForm):
    """The form of a stored bookmark, with the facts that show on it and where they came from.

    What a person changes there is their own from then on; what they empty is as found again.
    """

    authors = forms.CharField(
        required=False,
        strip=False,
        label="Authors, one a line",
        widget=forms.Textarea(attrs={"rows": 3}),
        show_hidden_initial=True,
    )
    published = forms.CharField(required=False, strip=False, show_hidden_initial=True)
    kind = forms.ChoiceField(required=False, choices=KIND_CHOICES, show_hidden_initial=True)
    site_name = forms.CharField(required=False, strip=False, label="Site", show_hidden_initial=True)
    excerpt = forms.CharField(
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        show_hidden_initial=True,
    )

    FOUND = ("authors", "published", "kind", "site_name", "excerpt")

    def __init__(self, data: Any = None, *, bookmark: Bookmark, more: Any = None) -> None:
        self.bookmark, self.shown = bookmark, bookmark.shown
        found = {name: _text_of(getattr(self.shown, name)) for name in self.FOUND}
        super().__init__(data, initial={**values_of(bookmark), **found, **(more or {})})
        for name in self.FOUND:
            self.fields[name].help_text = self._told(name)
        if self.shown.kind and self.shown.kind not in KINDS:
            self.fields["kind"].choices += [(self.shown.kind, self.shown.kind)]  # type: ignore[attr-defined]
        if self.shown.title:
            told = source_in_words((self.shown.sources or {}).get("title", ""))
            self.fields["title"].help_text = f"Left empty, it is “{self.shown.title}”" + (
                f", {told}." if told else "."
            )

    @property
    def found_fields(self) -> list[forms.BoundField]:
        """The fields of what was found, in their order."""
        return [self[name] for name in self.FOUND]

    @property
    def found_refused(self) -> bool:
        """Whether something is wrong with one of those."""
        return any(name in self.errors for name in self.FOUND) if self.is_bound else False

    def clean(self) -> dict[str, Any]:
        """Put what was typed over a fact into the draft, or tie what is wrong with it to it."""
        said = super().clean()
        typed = self._typed()
        for name, value in typed.items():
            if value and (sentence := _wrong_with(name, value)):
                self.add_error(name, sentence)
        if typed and not self.errors:
            own = type_own_facts(self.bookmark.own_facts, typed)
            self.draft = replace(self.draft, own_facts=own or {})
        return said

    def _typed(self) -> dict[str, Any]:
        """Return what was changed since the form was shown; empty where it is to be as found."""
        typed: dict[str, Any] = {}
        for name in self.FOUND:
            if name not in self.data or name in self.errors:
                continue
            value = _value_of(name, self.cleaned_data[name])
            before = self.data.get(self.add_initial_prefix(name), self.initial[name])
            if value != _value_of(name, before):
                facts = self.bookmark.facts
                as_found = facts and _text_of(getattr(facts, name)) == _text_of(value)
                typed[name] = type(value)() if as_found else value
        return typed

    def _told(self, name: str) -> str:
        """Return where a fact came from, and what was found in place of one that was typed."""
        source = (self.shown.sources or {}).get(name, "")
        if not getattr(self.shown, name):
            return "Not found so far."
        if source != TYPED:
            told = source_in_words(source)
            return f"{told[0].upper()}{told[1:]}." if told else ""
        facts = self.bookmark.facts
        found = ", ".join(_text_of(getattr(facts, name)).split("\n")) if facts else ""
        if not found:
            return "You typed this."
        found = found if len(found) <= LONGEST_HELP else f"{found[:LONGEST_HELP]}…"
        return f"You typed this. Empty it to use what was found: {found}"


class NoteForm(forms.Form):
    """What a person writes down. Valid forms have a `draft`."""

    title = forms.CharField(required=False, strip=False)
    text = forms.CharField(
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 14}),
        help_text="Markdown: *emphasis*, [links](https://…), lists, $formulas$.",
    )
    private = forms.BooleanField(required=False, help_text="Only you can read it.")

    draft: NoteDraft

    def clean(self) -> dict[str, Any]:
        """Make the draft, or tie what is wrong with it to its fields."""
        said = super().clean() or self.cleaned_data
        if not self.errors:
            try:
                self.draft = make_note_draft(**said)
            except InvalidDraft as error:
                for name, sentence in error.errors.items():
                    self.add_error(name, sentence)
        return said


def _text_of(value: Any) -> str:
    """Return a fact as it stands in its field."""
    return str(value) if isinstance(value, str) else "\n".join(map(str, value or ()))


def _value_of(name: str, text: str) -> Any:
    """Return what a field says, as the fact is kept."""
    if name == "authors":
        return list(filter(None, map(clean_line, clean_text(text).split("\n"))))
    return clean_text(text) if name in TEXTS else clean_line(text)


def _wrong_with(name: str, value: Any) -> str:
    """Return a sentence about why a fact cannot be kept, or ""."""
    if name == "authors":
        if len(value) > MAX_AUTHORS:
            return f"These are {len(value):,} authors; {MAX_AUTHORS} are the most."
        if any(len(author) > MAX_AUTHOR for author in value):
            return (
                f"An author has {MAX_AUTHOR} characters at most. Write each on a line of its own."
            )
        return ""
    if name == "published" and not is_date(value):
        return "Write a date as 2023, 2023-07 or 2023-07-09."
    most = TEXTS.get(name) or LINES[name]
    return (
        f"This has {len(value):,} characters; {most:,} are the most." if len(value) > most else ""
    )
