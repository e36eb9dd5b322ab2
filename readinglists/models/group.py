"""Study groups: a list read together, week by week."""

import secrets

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from readinglists.models.item import Item
from readinglists.models.reading_list import MAX_TITLE, ReadingList


def new_group_key() -> str:
    """Return 20 random hex digits: whoever has the address with them may join."""
    return secrets.token_hex(10)


class StudyGroup(models.Model):
    """People who read a list together. Only members see it."""

    reading_list = models.ForeignKey(ReadingList, on_delete=models.CASCADE, related_name="groups")
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="study_groups"
    )
    key = models.CharField(max_length=20, unique=True, default=new_group_key)
    feed_key = models.CharField(max_length=20, unique=True, default=new_group_key)
    title = models.CharField(max_length=MAX_TITLE)
    note = models.TextField(blank=True, help_text="Markdown")
    time_zone = models.CharField(max_length=64, default="UTC", help_text="IANA name")
    created_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(default=timezone.now)
    digest_at = models.DateTimeField(null=True, blank=True, help_text="when it was last mailed")

    def __str__(self) -> str:
        return self.title


class GroupMember(models.Model):
    """Somebody in a group. `shows_progress` and `wants_digest` are their own choices."""

    group = models.ForeignKey(StudyGroup, on_delete=models.CASCADE, related_name="members")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships"
    )
    shows_progress = models.BooleanField(default=False)
    wants_digest = models.BooleanField(default=True)
    joined_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["group", "user"], name="member_once")]

    def __str__(self) -> str:
        return f"{self.user_id} in {self.group_id}"


class GroupSession(models.Model):
    """One meeting: what is read for it, and who presents."""

    group = models.ForeignKey(StudyGroup, on_delete=models.CASCADE, related_name="sessions")
    number = models.PositiveSmallIntegerField()
    starts_at = models.DateTimeField()
    minutes = models.PositiveSmallIntegerField(default=60)
    title = models.CharField(max_length=MAX_TITLE, blank=True)
    place = models.CharField(max_length=500, blank=True)
    presenter = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    items = models.ManyToManyField(Item, related_name="sessions", blank=True)
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["group", "number"], name="session_once")]
        indexes = [models.Index(fields=["group", "starts_at"], name="session_by_time")]

    def __str__(self) -> str:
        return f"{self.group_id}: {self.number}"


class GroupQuestion(models.Model):
    """A question of a member about an item of a session, to be asked before its deadline."""

    session = models.ForeignKey(GroupSession, on_delete=models.CASCADE, related_name="questions")
    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    text = models.TextField()
    asked_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return self.text[:80]


class GroupNote(models.Model):
    """What a session came to about one item; stays with the group. One a session and item."""

    session = models.ForeignKey(GroupSession, on_delete=models.CASCADE, related_name="notes")
    item = models.ForeignKey(
        Item, null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    text = models.TextField(help_text="Markdown")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["session", "item"], name="group_note_once", condition=Q(item__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return self.text[:80]
