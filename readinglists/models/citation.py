"""Citation keys, which people paste into papers and which therefore never change."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from bookmarks.models import Page


class CitationKey(models.Model):
    """The key under which one person cites a page: made once, then kept."""

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", db_index=False
    )
    page = models.ForeignKey(Page, on_delete=models.PROTECT, related_name="citation_keys")
    key = models.CharField(max_length=80)
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["owner", "key"], name="citation_key_once_an_owner"),
            models.UniqueConstraint(fields=["owner", "page"], name="citation_page_once_an_owner"),
            models.CheckConstraint(
                name="citation_key_form", condition=Q(key__regex=r"^[a-z0-9]+\Z")
            ),
        ]

    def __str__(self) -> str:
        return self.key
