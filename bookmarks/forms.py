"""The form of a bookmark. Import `BookmarkForm`.

It asks and shows what was refused; every rule is `make_draft`'s, the same for all doors.
"""

from typing import Any

from django import forms

from bookmarks.drafts import Draft, InvalidDraft, make_draft
from bookmarks.models import Bookmark


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
        return said


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
