"""The forms of lists, sections and items. Import `ListForm`, `EditorsForm`, `SectionForm`,
`ItemForm`, `item_values`; for other forms `RefusableForm`.

They ask and show what was refused; the rules are those of readinglists.drafts, the same for all
doors.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.datastructures import MultiValueDict

from accounts.models import User
from readinglists.alternate_lines import read_alternates, write_alternates
from readinglists.drafts import (
    AlternateDraft,
    Invalid,
    ItemDraft,
    ListDraft,
    SectionDraft,
    make_item_draft,
    make_list_draft,
    make_section_draft,
)
from readinglists.models import Item, ReadingList, Section
from readinglists.versions import Overtaken, version_of

MARKDOWN = "Markdown: *emphasis*, [links](https://…), lists, $formulas$."
PLAIN_TEXT: dict[str, Any] = {"autocapitalize": "none", "autocomplete": "off"}
VISIBILITIES = [
    ("public", "public: everyone sees it, and it is listed"),
    ("unlisted", "unlisted: whoever has its link sees it"),
    ("private", "private: you and your co-editors"),
]


class RefusableForm(forms.Form):
    """A form that ties the sentences of a refusal to its fields."""

    def refuse(self, error: Exception) -> None:
        """Show why something is refused."""
        errors = error.errors if isinstance(error, Invalid) else {"": str(error)}
        for name, sentence in errors.items():
            self.add_error(name if name in self.fields else None, sentence)


class DraftForm(RefusableForm):
    """A form whose draft is made by a function of readinglists.drafts."""

    def make_draft(self, said: dict[str, Any]) -> None:
        """Make the draft of what was said; raises Invalid."""
        raise NotImplementedError

    def clean(self) -> dict[str, Any]:
        """Make the draft, or tie what is wrong with it to its fields."""
        said = super().clean() or self.cleaned_data
        if not self.errors:
            try:
                self.make_draft(said)
            except Invalid as error:
                self.refuse(error)
        return said

    def overtake(self, error: Overtaken) -> None:
        """Say that somebody else saved meanwhile; what is sent once more is meant for that."""
        self.add_error(None, str(error))
        if isinstance(self.data, MultiValueDict):
            said = self.data.copy()
            said["as_of"] = error.now
            self.data = said


def words(label: str = "", *, help_text: str = "", rows: int = 0, **more: str) -> forms.CharField:
    """Return a field of one line, or of several `rows`, whose rules are those of the draft."""
    widget = forms.Textarea(attrs={"rows": rows, **more}) if rows else forms.TextInput(attrs=more)
    return forms.CharField(
        label=label or None, required=False, strip=False, help_text=help_text, widget=widget
    )


def version() -> forms.CharField:
    """Return the hidden field that says with which version a form was filled."""
    return forms.CharField(required=False, widget=forms.HiddenInput)


class ListForm(DraftForm):
    """What a list is called, says of itself, and who sees it."""

    title = words("Title")
    description = words("Description", help_text=MARKDOWN, rows=5)
    tags = words("Tags", help_text="Separated by spaces.", **PLAIN_TEXT)
    visibility = forms.ChoiceField(
        choices=VISIBILITIES, widget=forms.RadioSelect, initial="public", label="Who sees it"
    )

    as_of = version()

    draft: ListDraft

    def __init__(self, data: Any = None, *, of: ReadingList | None = None, owned: bool = True):
        initial: dict[str, Any] = {}
        if of:
            initial = {
                "title": of.title,
                "description": of.description,
                "tags": " ".join(of.labels),
                "visibility": of.visibility,
                "as_of": version_of(of),
            }
        super().__init__(data, initial=initial)
        self.visibility_before = of.visibility if of else "public"
        if not owned:
            del self.fields["visibility"]

    def make_draft(self, said: dict[str, Any]) -> None:
        """Make the draft of a list; co-editors leave who sees it as it is."""
        self.draft = make_list_draft(
            said["title"],
            description=said["description"],
            tags=said["tags"],
            visibility=said.get("visibility", self.visibility_before),
        )


class EditorsForm(forms.Form):
    """Who else may edit a list, by name. Valid forms have `people`."""

    editors = words(
        "Co-editors",
        help_text="Their names, separated by spaces. They can change everything but who sees the"
        " list and who edits it.",
        rows=3,
        **PLAIN_TEXT,
    )

    people: Iterable[User] = ()

    def clean_editors(self) -> str:
        """Find the people of these names."""
        typed: str = self.cleaned_data["editors"]
        names = [word.lstrip("@").lower() for word in typed.replace(",", " ").split()][:200]
        known = [name for name in names if name.isascii() and name.isprintable()]
        self.people = User.objects.filter(username__in=known, is_active=True)
        missing = sorted(set(names) - {one.username for one in self.people})
        if missing:
            quoted = ", ".join(f"“{name[:40]}”" for name in missing[:5])
            raise forms.ValidationError(f"Nobody here is called {quoted}.")
        return typed


class SectionForm(DraftForm):
    """The heading and the note of a section, and below which other it stands."""

    title = words("Heading")
    note = words("Note", help_text=MARKDOWN, rows=3)
    as_of = version()

    draft: SectionDraft

    def __init__(self, data: Any = None, *, of: Section | None = None) -> None:
        initial = {"title": of.title, "note": of.note, "as_of": version_of(of)} if of else {}
        super().__init__(data, initial=initial)

    def make_draft(self, said: dict[str, Any]) -> None:
        """Make the draft of a section."""
        self.draft = make_section_draft(said["title"], said["note"])


class ItemForm(DraftForm):
    """What a list says of an item. `after` is offered where there are earlier items to choose."""

    url = words(
        "Address",
        help_text="Left empty, the item is words alone: an exercise, a book on the shelf.",
        inputmode="url",
        spellcheck="false",
        **PLAIN_TEXT,
    )
    title = words("Title", help_text="Left empty, it is read from the page.")
    note = words("Note", help_text=MARKDOWN, rows=3)
    need = forms.ChoiceField(choices=Item.Need.choices, required=False)
    level = forms.ChoiceField(choices=Item.Level.choices, required=False)
    reading_pass = forms.ChoiceField(
        label="How to read it", choices=Item.Pass.choices, required=False
    )
    minutes = words("Minutes", help_text="Left empty, they are estimated.", inputmode="numeric")
    authors_text = words("Authors")
    venue = words("Published in")
    year = words("Year", inputmode="numeric")
    stars = words("Stars, 0 to 5", inputmode="numeric")
    tags = words("Tags", help_text="Separated by spaces.", **PLAIN_TEXT)
    alternates = words(
        "Other links, one a line",
        help_text="What is there (pdf, code, video, slides …), what it is called if you like, and"
        " its address: code PyTorch version https://github.com/…",
        rows=3,
        spellcheck="false",
    )
    after = forms.TypedMultipleChoiceField(
        label="Best read after",
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": "Choose other items of this list."},
    )
    as_of = version()

    MORE = (
        *("authors_text", "venue", "year", "tags", "stars", "alternates"),
        "after",
    )
    draft: ItemDraft

    def __init__(
        self,
        data: Any = None,
        *,
        initial: dict[str, Any] | None = None,
        earlier: Sequence[tuple[int, str]] = (),
    ) -> None:
        super().__init__(data, initial=initial)
        self.fields["after"].choices = earlier  # type: ignore[attr-defined]
        if not earlier:
            del self.fields["after"]

    @property
    def more_fields(self) -> list[forms.BoundField]:
        """The fields that few items need, which stand in a fold."""
        return [self[name] for name in self.MORE if name in self.fields]

    @property
    def more_said(self) -> bool:
        """Whether the fold stands open: something in it is said, or refused."""
        said = any(self[name].value() for name in self.MORE if name in self.fields)
        return said or any(name in self.errors for name in self.MORE)

    def make_draft(self, said: dict[str, Any]) -> None:
        """Make the draft of an item."""
        names = (name for name in self.fields if name not in ("alternates", "after", "as_of"))
        fields = {name: said[name] for name in names}
        alternates = read_alternates(said["alternates"])
        self.draft = make_item_draft(**{**fields, "alternates": alternates})


def item_values(item: Item) -> dict[str, Any]:
    """Return what the form of a stored item is filled with."""
    plain = (
        *("url", "title", "note", "need", "level", "reading_pass", "minutes"),
        *("authors_text", "venue", "year"),
    )
    alternates = [AlternateDraft(one.url, one.role, one.label) for one in item.alternates.all()]
    return {name: getattr(item, name) for name in plain} | {
        "stars": item.stars or "",
        "tags": " ".join(item.labels),
        "alternates": write_alternates(alternates),
        "after": [one.earlier_id for one in item.prerequisites.all()],
        "as_of": version_of(item),
    }
