"""Sections and items of a list, in their order.

Order is kept by ranks with wide gaps: putting something between two others writes one row. All
that changes the order of a list locks the list's row first (readinglists.ordering).
"""

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from bookmarks.models import Page
from readinglists.models.reading_list import MAX_TITLE, ReadingList

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager

MAX_DEPTH = 3


class Section(models.Model):
    """A part of a list; up to three levels deep."""

    reading_list = models.ForeignKey(
        ReadingList, on_delete=models.CASCADE, related_name="sections", db_index=False
    )
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.CASCADE, related_name="subsections"
    )
    depth = models.PositiveSmallIntegerField(default=1)
    rank = models.BigIntegerField()
    title = models.CharField(max_length=MAX_TITLE)
    note = models.TextField(blank=True, help_text="Markdown")
    upstream = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    seen = models.JSONField(
        default=dict, blank=True, help_text="digests of what the upstream's said when last seen"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="section_depth", condition=Q(depth__gte=1, depth__lte=MAX_DEPTH)
            ),
        ]
        indexes = [models.Index(fields=["reading_list", "parent", "rank"], name="section_in_order")]

    def __str__(self) -> str:
        return self.title


class Item(models.Model):
    """One entry of a list: a page of the web, or words alone. Its note stays with the list.

    `title`, `authors_text`, `venue` and `year` are what the list itself says; where they are empty
    the facts of the page are shown, once they may be (see `facts_at`).
    """

    class Need(models.TextChoices):
        """How much a reader needs it."""

        NONE = "", "not said"
        REQUIRED = "required", "required"
        OPTIONAL = "optional", "optional"
        BACKGROUND = "background", "background"

    class Level(models.TextChoices):
        """For whom it is."""

        NONE = "", "not said"
        INTRO = "intro", "intro"
        CORE = "core", "core"
        ADVANCED = "advanced", "advanced"

    class Pass(models.TextChoices):
        """How thoroughly a paper is meant to be read; decides the estimate of its time."""

        NONE = "", "not said"
        SKIM = "skim", "skim"
        READ = "read", "read"
        STUDY = "study", "study"

    reading_list = models.ForeignKey(
        ReadingList, on_delete=models.CASCADE, related_name="items", db_index=False
    )
    section = models.ForeignKey(
        Section, null=True, blank=True, on_delete=models.CASCADE, related_name="items"
    )
    rank = models.BigIntegerField()
    page = models.ForeignKey(
        Page, null=True, blank=True, on_delete=models.PROTECT, related_name="items"
    )
    url = models.TextField(blank=True, help_text="as given; empty for words alone")
    title = models.CharField(max_length=500, blank=True)
    authors_text = models.CharField(max_length=1000, blank=True)
    venue = models.CharField(max_length=300, blank=True)
    year = models.PositiveSmallIntegerField(null=True, blank=True)
    note = models.TextField(blank=True, help_text="Markdown")
    labels_text = models.TextField(blank=True, help_text="its tags as typed, with blanks between")
    stars = models.PositiveSmallIntegerField(default=0)
    number = models.CharField(max_length=12, blank=True, help_text="as the imported list counts it")
    need = models.CharField(max_length=10, choices=Need.choices, blank=True)
    level = models.CharField(max_length=8, choices=Level.choices, blank=True)
    reading_pass = models.CharField(max_length=5, choices=Pass.choices, blank=True)
    minutes = models.PositiveIntegerField(
        null=True, blank=True, help_text="as the editor says; else estimated"
    )
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        db_index=False,
    )
    credit = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text="who suggested it",
    )
    asked_at = models.DateTimeField(
        null=True, blank=True, help_text="when the facts of its page were asked for"
    )
    facts_at = models.DateTimeField(
        null=True, blank=True, help_text="since when they may be shown, if before they are read"
    )
    added_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(default=timezone.now)

    if TYPE_CHECKING:
        alternates: "RelatedManager[ItemAlternate]"

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="item_url_form", condition=Q(url="") | Q(url__regex=r"^https?://")
            ),
            models.CheckConstraint(
                name="item_says_something", condition=~Q(url="", title="", note="")
            ),
            models.CheckConstraint(
                name="item_page_for_url",
                condition=Q(url="", page=None) | ~Q(url="") & Q(page__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["reading_list", "section", "rank"], name="item_in_order"),
            models.Index(fields=["reading_list", "-added_at", "-id"], name="item_newest"),
            models.Index(fields=["added_by", "-id"], name="item_added_last"),
        ]

    def __str__(self) -> str:
        return self.title or self.url

    @property
    def labels(self) -> list[str]:
        """The tags as typed, in order."""
        return self.labels_text.split()

    @property
    def facts(self) -> Page | None:
        """The page's facts, once they are this item's to show.

        They are when they were public as it was added, or were read since: facts from somebody's
        private save would tell of that save.
        """
        page = self.page
        if page is None or page.fetched_at is None:
            return None
        since = self.facts_at or self.asked_at
        return page if self.facts_at or (since and page.fetched_at >= since) else None


class ItemAlternate(models.Model):
    """Another address of an item: its PDF, code, video, slides."""

    class Role(models.TextChoices):
        """What is found there."""

        PDF = "pdf", "PDF"
        PAPER = "paper", "paper"
        CODE = "code", "code"
        PROJECT = "project", "project"
        VIDEO = "video", "video"
        SLIDES = "slides", "slides"
        DATA = "data", "data"
        POST = "post", "post"
        NOTEBOOK = "notebook", "notebook"
        OTHER = "other", "link"

    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="alternates")
    position = models.PositiveSmallIntegerField(default=0)
    url = models.TextField()
    role = models.CharField(max_length=8, choices=Role.choices, default=Role.OTHER)
    label = models.CharField(max_length=100, blank=True)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                name="item_alternate_url_form", condition=Q(url__regex=r"^https?://")
            ),
        ]

    def __str__(self) -> str:
        return self.url


class Prerequisite(models.Model):
    """`item` is best read after `earlier`, of the same list. There are no cycles."""

    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="prerequisites")
    earlier = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="dependents")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["item", "earlier"], name="prerequisite_once"),
            models.CheckConstraint(name="prerequisite_of_another", condition=~Q(item=F("earlier"))),
        ]

    def __str__(self) -> str:
        return f"{self.item_id} after {self.earlier_id}"
