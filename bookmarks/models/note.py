"""What a person writes down that is not about one page."""

import secrets
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models.functions import Length
from django.db.models.lookups import LessThanOrEqual
from django.utils import timezone

from bookmarks.drafts import MAX_DESCRIPTION_LENGTH, MAX_TITLE_LENGTH

if TYPE_CHECKING:
    from accounts.models import User
    from bookmarks.models.bookmark import Viewer


def new_note_key() -> str:
    """Return 20 random hex digits, the name of a note in URLs, as Pinboard's have."""
    return secrets.token_hex(10)


class NoteQuerySet(models.QuerySet["Note"]):
    """Where the rule of who sees which note is written."""

    def visible_to(self, viewer: "Viewer", owner: "User") -> "NoteQuerySet":
        """Return what `viewer` may see of a person's notes: the public ones; one's own, all."""
        theirs = self.filter(owner=owner)
        return theirs if viewer.pk == owner.pk else theirs.filter(private=False)


class Note(models.Model):
    """One note, its text in Markdown. Written by bookmarks.notes alone."""

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notes", db_index=False
    )
    key = models.CharField(max_length=20, unique=True, default=new_note_key)
    title = models.CharField(max_length=255, blank=True)
    text = models.TextField(blank=True)
    # So that a list of notes reads no texts.
    length = models.PositiveIntegerField(help_text="characters in the text")
    digest = models.CharField(max_length=20, help_text="first 20 hex digits of the text's SHA-1")
    private = models.BooleanField(default=False)
    created_at = models.DateTimeField(default=timezone.now)
    updated_at = models.DateTimeField(default=timezone.now)

    objects = NoteQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="note_key_form", condition=models.Q(key__regex=r"^[0-9a-f]{20}\Z")
            ),
            models.CheckConstraint(
                name="note_title_length",
                condition=LessThanOrEqual(Length("title"), MAX_TITLE_LENGTH),
            ),
            models.CheckConstraint(
                name="note_text_length",
                condition=LessThanOrEqual(Length("text"), MAX_DESCRIPTION_LENGTH),
            ),
        ]
        indexes = [
            models.Index(fields=["owner", "-created_at", "-id"], name="note_by_owner"),
            models.Index(
                fields=["owner", "-created_at", "-id"],
                name="note_public_by_owner",
                condition=models.Q(private=False),
            ),
        ]

    def __str__(self) -> str:
        return self.title or self.key
