"""Reading lists and who may do what with them."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

if TYPE_CHECKING:
    from accounts.models import User

    Viewer = User | AnonymousUser

MAX_TITLE = 255
MAX_SLUG = 80


class ReadingListQuerySet(models.QuerySet["ReadingList"]):
    """Where the one rule of who sees which list is written."""

    def listed(self) -> "ReadingListQuerySet":
        """Return what site-wide pages, feeds and counts may tell of: public lists."""
        return self.filter(visibility=ReadingList.Visibility.PUBLIC)

    def readable_by(self, viewer: "Viewer") -> "ReadingListQuerySet":
        """Return lists that `viewer` may open by their address.

        Unlisted ones are open to whoever has the address, which cannot be guessed; private ones
        to their owner and co-editors.
        """
        open_to_all = ~Q(visibility=ReadingList.Visibility.PRIVATE)
        if viewer.pk is None:
            return self.filter(open_to_all)
        return self.filter(open_to_all | self._edited_by(viewer))

    def editable_by(self, viewer: "Viewer") -> "ReadingListQuerySet":
        """Return lists that `viewer` owns or edits."""
        return self.none() if viewer.pk is None else self.filter(self._edited_by(viewer))

    def all_editable_by(self, viewer: "Viewer") -> "ReadingListQuerySet":
        """Return the lists of `editable_by`, found by their people where it looks at each list.

        For asking which lists these are; whether one of them is one is quicker asked the other way.
        """
        own = ReadingList.objects.filter(owner=viewer.pk).values("pk")
        edited = ListEditor.objects.filter(user=viewer.pk).values("reading_list")
        return self.none() if viewer.pk is None else self.filter(pk__in=own.union(edited))

    @staticmethod
    def _edited_by(viewer: "Viewer") -> Q:
        edits = ListEditor.objects.filter(reading_list=OuterRef("pk"), user=viewer.pk)
        return Q(owner=viewer.pk) | Q(Exists(edits))


class ReadingList(models.Model):
    """An ordered, annotated list. Written by readinglists.lists and its neighbours alone."""

    class Visibility(models.TextChoices):
        """Who may see a list."""

        PUBLIC = "public", "public"
        UNLISTED = "unlisted", "unlisted: whoever has the link"
        PRIVATE = "private", "private"

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="reading_lists",
        db_index=False,
    )
    slug = models.CharField(max_length=MAX_SLUG, help_text="its name in URLs, once an owner")
    title = models.CharField(max_length=MAX_TITLE)
    description = models.TextField(blank=True, help_text="Markdown")
    visibility = models.CharField(
        max_length=8, choices=Visibility.choices, default=Visibility.PUBLIC
    )
    labels_text = models.TextField(blank=True, help_text="its tags as typed, with blanks between")
    upstream = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="forks"
    )
    upstream_slug = models.CharField(
        max_length=MAX_SLUG, blank=True, help_text="the upstream's name in URLs when it was forked"
    )
    upstream_seen_at = models.DateTimeField(
        null=True, blank=True, help_text="when something of the upstream was last taken or left"
    )
    forked_at = models.DateTimeField(null=True, blank=True)
    front_matter = models.JSONField(
        default=dict, blank=True, help_text="what an imported file said beyond what we know"
    )
    created_at = models.DateTimeField(default=timezone.now)
    updated_at = models.DateTimeField(default=timezone.now)
    version = models.PositiveIntegerField(default=1, help_text="counts changes of what is shown")
    item_count = models.PositiveIntegerField(default=0)
    follower_count = models.PositiveIntegerField(default=0)

    objects = ReadingListQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["owner", "slug"], name="list_slug_once_an_owner"),
            models.CheckConstraint(
                name="list_slug_form",
                condition=Q(slug__regex=r"^[a-z0-9]+(-[a-z0-9]+)*\Z"),
            ),
            models.CheckConstraint(name="list_has_title", condition=~Q(title="")),
        ]
        indexes = [
            models.Index(fields=["owner", "-updated_at", "-id"], name="list_by_owner"),
            models.Index(
                fields=["-updated_at", "-id"],
                name="list_public_newest",
                condition=Q(visibility="public"),
            ),
            models.Index(
                fields=["-follower_count", "-id"],
                name="list_public_followed",
                condition=Q(visibility="public"),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def labels(self) -> list[str]:
        """The tags as typed, in order."""
        return self.labels_text.split()


class ListEditor(models.Model):
    """A person whom the owner lets edit a list."""

    reading_list = models.ForeignKey(ReadingList, on_delete=models.CASCADE, related_name="editors")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="edited_lists"
    )
    added_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["reading_list", "user"], name="editor_once_a_list"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} edits {self.reading_list_id}"


class ListFollow(models.Model):
    """A person who follows a list; what is new in it shows in their network."""

    reading_list = models.ForeignKey(ReadingList, on_delete=models.CASCADE, related_name="follows")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="followed_lists"
    )
    followed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "reading_list"], name="follow_once"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} follows {self.reading_list_id}"
