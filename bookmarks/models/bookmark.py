"""One person's bookmark of one page."""

import secrets
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models.functions import Length
from django.db.models.lookups import LessThanOrEqual
from django.utils import timezone
from taggit.managers import TaggableManager

from bookmarks.drafts import MAX_DESCRIPTION_LENGTH, MAX_TITLE_LENGTH
from bookmarks.links import MAX_URL_LENGTH, BadUrl, clean_url, url_key
from bookmarks.models.page import Page
from bookmarks.models.tag import TaggedBookmark
from bookmarks.own_facts import ShownFacts, shown_facts
from bookmarks.tag_names import is_private_tag

if TYPE_CHECKING:
    from accounts.models import User

    Viewer = User | AnonymousUser


def new_slug() -> str:
    """Return 12 random hex digits, the name of a bookmark in URLs."""
    return secrets.token_hex(6)


class BookmarkQuerySet(models.QuerySet["Bookmark"]):
    """Where the one rule of who sees which bookmark is written."""

    def public(self) -> "BookmarkQuerySet":
        """Return what everyone may see."""
        return self.filter(private=False)

    def shows_facts_of(self, page: Page) -> bool:
        """Tell whether what was found on a page is public: somebody's public bookmark shows it."""
        return self.public().filter(page=page, facts_at__isnull=False).exists()

    def visible_to(self, viewer: "Viewer", owner: "User | None" = None) -> "BookmarkQuerySet":
        """Return what `viewer` may see: the public ones, and on one's own pages one's own.

        With `owner`, only that person's. Without, everyone's public ones, the same for every
        viewer: site-wide pages never show private rows.
        """
        if owner is None:
            return self.public()
        theirs = self.filter(owner=owner)
        return theirs if viewer.pk == owner.pk else theirs.public()

    def at(self, owner: "User", url: str) -> "Bookmark | None":
        """Return a person's own bookmark of a URL, which may be written a little differently.

        It comes with its page and owner. None also for what is no URL.
        """
        try:
            key = url_key(clean_url(url))
        except BadUrl:
            return None
        return self.filter(owner=owner, url_key=key).select_related("page", "owner").first()


class Bookmark(models.Model):  # type: ignore[django-manager-missing]  # taggit is untyped
    """What a person keeps of a page. Written by bookmarks.storing alone."""

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="bookmarks",
        db_index=False,
    )
    page = models.ForeignKey(Page, on_delete=models.PROTECT, related_name="bookmarks")
    slug = models.CharField(max_length=12, unique=True, default=new_slug)
    url = models.TextField(help_text="exactly as saved")
    url_key = models.CharField(max_length=40, help_text="url_key() of the URL")
    title = models.CharField(max_length=255, blank=True)
    description = models.TextField(blank=True)
    labels_text = models.TextField(
        blank=True, help_text="the tags as typed, in order, with blanks between"
    )
    private = models.BooleanField(default=False)
    unread = models.BooleanField(default=False)
    starred = models.BooleanField(default=False)
    # With the database's own default, so that the release before goes on saving meanwhile.
    archived = models.BooleanField(
        default=False, db_default=False, help_text="put away by a program; see docs/api.md"
    )
    saved_at = models.DateTimeField(default=timezone.now)
    updated_at = models.DateTimeField(default=timezone.now)
    created_at = models.DateTimeField(
        default=timezone.now,
        help_text="when it came here; saved_at may lie before, where it was saved elsewhere",
    )
    source = models.CharField(max_length=40, blank=True)
    facts_at = models.DateTimeField(
        null=True, blank=True, help_text="since when the facts of the page show here"
    )
    unfetched_at = models.DateTimeField(
        null=True, blank=True, help_text="when it was saved with the wish not to fetch its page"
    )

    gone_at = models.DateTimeField(
        null=True, blank=True, help_text="since when its page is known to be gone"
    )
    own_facts = models.JSONField(
        null=True,
        blank=True,
        help_text="facts of the page that its saver brought: typed, imported, or seen in a tab",
    )

    tags = TaggableManager(through=TaggedBookmark, blank=True)

    objects = BookmarkQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["owner", "url_key"], name="bookmark_once_an_owner"),
            models.CheckConstraint(
                name="bookmark_url_form",
                condition=models.Q(url__regex=r"^https?://"),
            ),
            models.CheckConstraint(
                name="bookmark_url_length",
                condition=LessThanOrEqual(Length("url"), MAX_URL_LENGTH),
            ),
            models.CheckConstraint(
                name="bookmark_slug_form", condition=models.Q(slug__regex=r"^[0-9a-f]{12}\Z")
            ),
            models.CheckConstraint(
                name="bookmark_title_length",
                condition=LessThanOrEqual(Length("title"), MAX_TITLE_LENGTH),
            ),
            models.CheckConstraint(
                name="bookmark_description_length",
                condition=LessThanOrEqual(Length("description"), MAX_DESCRIPTION_LENGTH),
            ),
        ]
        indexes = [
            models.Index(fields=["owner", "-saved_at", "-id"], name="bookmark_by_owner"),
            models.Index(
                fields=["-saved_at", "-id"],
                name="bookmark_public",
                condition=models.Q(private=False),
            ),
            *[
                models.Index(
                    fields=["owner", "-saved_at", "-id"],
                    name=f"bookmark_{shelf}_by_owner",
                    condition=condition,
                )
                for shelf, condition in (
                    ("public", models.Q(private=False)),
                    ("private", models.Q(private=True)),
                    ("unread", models.Q(unread=True)),
                    ("starred", models.Q(starred=True)),
                    ("untagged", models.Q(labels_text="")),
                    ("gone", models.Q(gone_at__isnull=False)),
                    ("archived", models.Q(archived=True)),
                    ("current", models.Q(archived=False)),
                )
            ],
            models.Index(fields=["owner", "-updated_at", "-id"], name="bookmark_changed_by_owner"),
            models.Index(fields=["owner", "page"], name="bookmark_page_by_owner"),
            # SQLite finds "not private" in the condition of an index, not among its columns.
            models.Index(
                fields=["page", "-saved_at", "-id"],
                name="bookmark_public_by_page",
                condition=models.Q(private=False),
            ),
            models.Index(
                fields=["page"], name="bookmark_awaiting_facts", condition=models.Q(facts_at=None)
            ),
        ]

    def __str__(self) -> str:
        return self.title or self.url

    @property
    def labels(self) -> list[str]:
        """The tags as typed, in order."""
        return self.labels_text.split()

    def labels_for(self, viewer: "Viewer") -> list[str]:
        """Return the tags that `viewer` may see: private tags only for the owner."""
        if viewer.pk == self.owner_id:
            return self.labels
        return [label for label in self.labels if not is_private_tag(label)]

    @property
    def facts(self) -> Page | None:
        """The page's facts, once they are this bookmark's to show.

        Until this person's own fetch is done, or someone else's public bookmark made the facts
        public, they stay hidden: they would tell that somebody saved the page in private.
        """
        return self.page if self.facts_at else None

    @property
    def shown(self) -> ShownFacts:
        """The facts to show here: this person's own over the page's, each with its source."""
        return shown_facts(self.own_facts, self.facts)

    @property
    def shown_title(self) -> str:
        """The person's title, else the page's, else the address."""
        return self.title or self.shown.title or self.url


class DeletedBookmark(models.Model):
    """A bookmark its owner deleted, kept for a while so that it can be brought back."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    slug = models.CharField(max_length=12, unique=True)
    fields = models.JSONField()
    deleted_at = models.DateTimeField(default=timezone.now, db_index=True)

    def __str__(self) -> str:
        return self.slug
