"""The forms of study groups; the rules are those of readinglists.groups.drafts."""

from typing import Any, cast

from django import forms

from readinglists.drafts import Invalid
from readinglists.forms import RefusableForm
from readinglists.groups.drafts import (
    GroupDraft,
    LayoutDraft,
    SessionDraft,
    make_group_draft,
    make_layout_draft,
    make_session_draft,
)
from readinglists.groups.schedule import zones

SHORT = {"inputmode": "numeric", "autocomplete": "off"}


def _number(label: str, help_text: str = "", *, required: bool = False) -> forms.CharField:
    widget = forms.TextInput(attrs=SHORT)
    return forms.CharField(label=label, required=required, help_text=help_text, widget=widget)


def _day(label: str) -> forms.DateField:
    return forms.DateField(
        label=label,
        input_formats=["%Y-%m-%d"],
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={
            "invalid": "Give a day, such as 2026-12-01.",
            "required": "Give a day, such as 2026-12-01.",
        },
    )


def _clock(label: str) -> forms.TimeField:
    return forms.TimeField(
        label=label,
        input_formats=["%H:%M", "%H:%M:%S"],
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages={
            "invalid": "Give a time, such as 18:30.",
            "required": "Give a time, such as 18:30.",
        },
    )


def _words(
    label: str, rows: int, help_text: str = "", *, required: bool = False
) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(
        label=label, required=required, strip=False, help_text=help_text, widget=widget
    )


def _zone(help_text: str = "") -> forms.ChoiceField:
    return forms.ChoiceField(
        label="Time zone",
        choices=lambda: [(name, name) for name in zones()],
        help_text=help_text,
        error_messages={"invalid_choice": "Choose a time zone, such as Europe/Berlin."},
    )


class AboutForm(RefusableForm):
    """What a group says of itself. Valid forms have a `draft`."""

    title = forms.CharField(
        label="Title", strip=False, error_messages={"required": "Give the group a title."}
    )
    note = _words("About the group", 3, "Markdown. Members see it, and nobody else.")
    question_hours = _number(
        "Questions due, hours before",
        "Later ones are marked as late.",
        required=True,
    )

    draft: GroupDraft

    def clean(self) -> dict[str, Any]:
        """Make the draft, or tie what is wrong with it to its fields."""
        said = super().clean() or self.cleaned_data
        if not self.errors:
            try:
                self.draft = make_group_draft(
                    said["title"], note=said["note"], question_hours=said["question_hours"]
                )
            except Invalid as error:
                self.refuse(error)
        return said


class SettingsForm(AboutForm):
    """What a group says of itself once it is there, and by which clock it meets."""

    time_zone = _zone("Sessions keep their time of day: 18:30 is then 18:30 there.")


class DatesForm(AboutForm):
    """When a group meets."""

    start = _day("First session")
    at = _clock("At")
    time_zone = _zone()
    skip = _words(
        "Days off",
        2,
        "A session on one of these is a week later, and so are all that follow."
        " Such as: 2026-12-22 to 2027-01-06, 2027-02-16",
    )


class NewGroupForm(DatesForm):
    """A group with all its sessions, in one form. Valid forms have a `layout`."""

    items_each = _number("Items per session")
    minutes_each = _number("Or minutes to read")
    sessions = _number("How many sessions", "Left empty, as many as the list needs.")
    lasts = _number("Minutes a meeting lasts", required=True)
    place = forms.CharField(
        label="Place", required=False, help_text="A room, or the link of a call."
    )

    layout: LayoutDraft

    def clean(self) -> dict[str, Any]:
        """Make the drafts, or tie what is wrong with them to their fields."""
        said = super().clean()
        names = ("start", "at", "time_zone", "skip", "items_each", "minutes_each", "sessions")
        try:
            self.layout = make_layout_draft(**_said(said, (*names, "lasts", "place")))
        except Invalid as error:
            self.refuse(_not_said_yet(self, error))
        return said


class AgainForm(DatesForm):
    """The same sessions for other people, from another day on. Valid forms have a `layout`."""

    layout: LayoutDraft

    def clean(self) -> dict[str, Any]:
        """Make the drafts, or tie what is wrong with them to their fields."""
        said = super().clean()
        dates = _said(said, ("start", "at", "time_zone", "skip"))
        try:
            self.layout = make_layout_draft(**dates, sessions=1)
        except Invalid as error:
            self.refuse(_not_said_yet(self, error))
        return said


class SessionForm(RefusableForm):
    """When and where one session is. Valid forms have a `draft`."""

    day = _day("Day")
    at = _clock("At")
    lasts = _number("Minutes it lasts", required=True)
    title = forms.CharField(label="Title", required=False, strip=False)
    place = forms.CharField(label="Place", required=False, strip=False)

    draft: SessionDraft

    def clean(self) -> dict[str, Any]:
        """Make the draft, or tie what is wrong with it to its fields."""
        said = super().clean() or self.cleaned_data
        try:
            self.draft = make_session_draft(**_said(said, tuple(self.fields)))
        except Invalid as error:
            self.refuse(_not_said_yet(self, error))
        return said


class ShiftForm(RefusableForm):
    """By how much the sessions to come move."""

    first = forms.IntegerField(label="From session", min_value=1, max_value=32_000)
    amount = forms.IntegerField(
        label="By", min_value=-366, max_value=366, help_text="Below zero is earlier.", initial=1
    )
    unit = forms.ChoiceField(label="Days or weeks", choices=[("7", "weeks"), ("1", "days")])

    @property
    def days(self) -> int:
        """The days that a valid form asks for."""
        return int(self.cleaned_data["amount"]) * int(self.cleaned_data["unit"])


class QuestionForm(RefusableForm):
    """A question about something that is read."""

    text = _words("Question", 2)


class NoteForm(RefusableForm):
    """A note of a session; `seen` is the revision that was shown."""

    text = _words("Note", 10, "Markdown. Saved empty, the note is deleted.")
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1)


class ChoicesForm(RefusableForm):
    """What a member chooses for themselves."""

    shows_progress = forms.BooleanField(
        label="Tell the group by name what I have read",
        required=False,
        help_text="Without it you are only counted.",
    )
    wants_digest = forms.BooleanField(label="A mail each Monday about the week", required=False)


def _said(said: dict[str, Any], names: tuple[str, ...]) -> dict[str, Any]:
    """Return what was said in fields; what a field refused already is left empty."""
    empty = {"start": None, "at": None, "day": None}
    return {name: said.get(name, empty.get(name, "")) for name in names}


def _not_said_yet(form: forms.Form, error: Invalid) -> Invalid:
    """Return an error without what its fields say themselves."""
    known = cast(dict[str, Any], form.errors)
    return Invalid({name: text for name, text in error.errors.items() if name not in known})
