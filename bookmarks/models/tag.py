"""Tags and the index that feeds of a tag are read from."""

from django.conf import settings
from django.db import models
from taggit.models import ItemBase


class Tag(models.Model):  # type: ignore[django-manager-missing]  # taggit is untyped
    """The folded name of a tag, shared by all and never listed as such."""

    name = models.CharField(max_length=765, unique=True, help_text="fold_tag() of a label")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="tag_name_form", condition=models.Q(name__regex=r"^[^\s,]+\Z")
            )
        ]

    def __str__(self) -> str:
        return self.name


class TaggedBookmark(ItemBase):  # type: ignore[misc]  # taggit is untyped
    """taggit's through-model and the feed index: one narrow row for each tag of a bookmark.

    `owner`, `saved_at` and `is_public` repeat what the bookmark says, so that every page of a tag
    is one range of one index. `is_public` is false for private bookmarks and for private tags.
    """

    tag = models.ForeignKey(Tag, on_delete=models.PROTECT, related_name="tagged")
    content_object = models.ForeignKey(
        "bookmarks.Bookmark",
        on_delete=models.CASCADE,
        related_name="tagged",
        db_column="bookmark_id",
        db_index=False,
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", db_index=False
    )
    saved_at = models.DateTimeField()
    is_public = models.BooleanField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["content_object", "tag"], name="tagged_once"),
        ]
        indexes = [
            models.Index(
                fields=["tag", "-saved_at", "-content_object"],
                name="tagged_by_tag",
                condition=models.Q(is_public=True),
            ),
            models.Index(
                fields=["owner", "tag", "-saved_at", "-content_object"],
                name="tagged_by_owner_public",
                condition=models.Q(is_public=True),
            ),
            models.Index(
                fields=["owner", "tag", "-saved_at", "-content_object"], name="tagged_by_owner"
            ),
        ]
