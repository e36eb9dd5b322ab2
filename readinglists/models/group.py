"""Study groups: a list read together, week by week.

What a group has said and planned stays whole whatever becomes of the list: a session's entries keep
the words of their items, questions and notes stand at the entry.
"""

import secrets
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q
from django.utils import timezone

from readinglists.models.item import Item
from readinglists.models.reading_list import MAX_TITLE, ReadingList

if TYPE_CHECKING:
    from accounts.models import User

    Viewer = User | AnonymousUser


def new_group_key() -> str:
    """Return 20 random hex digits, which nobody can guess."""
    return secrets.token_hex(10)


class StudyGroupQuerySet(models.QuerySet["StudyGroup"]):
    """Where the one rule of who sees which group is written."""

    def of_member(self, viewer: "Viewer") -> "StudyGroupQuerySet":
        """Return the groups that `viewer` is a member of: nobody else sees them."""
        return self.none() if viewer.pk is None else self.filter(members__user=viewer.pk)


class StudyGroup(models.Model):
    """People who read a list together. Only members see it; the join link shows its title.

    `key` is its name in addresses and opens nothing; `join_key` lets people in and can be renewed.
    """

    reading_list = models.ForeignKey(
        ReadingList, null=True, on_delete=models.SET_NULL, related_name="groups"
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="study_groups"
    )
    key = models.CharField(max_length=20, unique=True, default=new_group_key)
    join_key = models.CharField(max_length=20, unique=True, default=new_group_key)
    title = models.CharField(max_length=MAX_TITLE)
    note = models.TextField(blank=True, help_text="Markdown")
    time_zone = models.CharField(max_length=64, default="UTC", help_text="IANA name")
    question_hours = models.PositiveSmallIntegerField(
        default=24, help_text="how long before a session its questions are due"
    )
    created_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(default=timezone.now)
    digest_due_at = models.DateTimeField(
        null=True, blank=True, help_text="when the next weekly mail is due"
    )

    objects = StudyGroupQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(
                fields=["digest_due_at"],
                name="group_digest_due",
                condition=Q(digest_due_at__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return self.title


class GroupMember(models.Model):
    """Somebody in a group. `shows_progress` and `wants_digest` are their own choices.

    `feed_key` opens the calendar and the feed to this member's programs, and ends with them.
    """

    group = models.ForeignKey(StudyGroup, on_delete=models.CASCADE, related_name="members")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships"
    )
    shows_progress = models.BooleanField(default=False)
    wants_digest = models.BooleanField(default=True)
    feed_key = models.CharField(max_length=20, unique=True, default=new_group_key)
    joined_at = models.DateTimeField(default=timezone.now)
    digest_for = models.DateField(
        null=True, blank=True, help_text="the Monday of the last weekly mail"
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["group", "user"], name="member_once")]

    def __str__(self) -> str:
        return f"{self.user_id} in {self.group_id}"


class GroupSession(models.Model):
    """One meeting: what is read for it, and who presents. `sequence` counts changes (RFC 5545)."""

    group = models.ForeignKey(StudyGroup, on_delete=models.CASCADE, related_name="sessions")
    number = models.PositiveSmallIntegerField()
    starts_at = models.DateTimeField()
    minutes = models.PositiveSmallIntegerField(default=60)
    title = models.CharField(max_length=MAX_TITLE, blank=True)
    place = models.CharField(max_length=500, blank=True)
    presenter = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    sequence = models.PositiveIntegerField(default=0)
    made_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["group", "number"], name="session_once")]
        indexes = [models.Index(fields=["group", "starts_at"], name="session_by_time")]

    def __str__(self) -> str:
        return f"{self.group_id}: {self.number}"


class SessionEntry(models.Model):
    """Something to read for a session: an item, with its words as they were when it was chosen.

    Of an item that left the list, or of a list that a member may not read, these words are shown.
    """

    session = models.ForeignKey(GroupSession, on_delete=models.CASCADE, related_name="entries")
    item = models.ForeignKey(
        Item, null=True, blank=True, on_delete=models.SET_NULL, related_name="session_entries"
    )
    position = models.PositiveSmallIntegerField(default=0)
    title = models.CharField(max_length=500)
    url = models.TextField(blank=True)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["session", "item"],
                name="session_item_once",
                condition=Q(item__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.title


class GroupQuestion(models.Model):
    """A question of a member about an entry of a session, best asked before its deadline."""

    entry = models.ForeignKey(SessionEntry, on_delete=models.CASCADE, related_name="questions")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    text = models.TextField()
    asked_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return self.text[:80]


class GroupNote(models.Model):
    """What a session came to, about one entry or (entry None) as a whole. One of each.

    `revision` counts edits, so that nobody writes over what they have not seen.
    """

    session = models.ForeignKey(GroupSession, on_delete=models.CASCADE, related_name="notes")
    entry = models.ForeignKey(
        SessionEntry, null=True, blank=True, on_delete=models.CASCADE, related_name="notes"
    )
    text = models.TextField(help_text="Markdown")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    revision = models.PositiveIntegerField(default=1)
    made_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["session", "entry"],
                name="group_note_once",
                condition=Q(entry__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["session"], name="session_note_once", condition=Q(entry=None)
            ),
        ]

    def __str__(self) -> str:
        return self.text[:80]
