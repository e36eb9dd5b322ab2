"""Searches that people keep under a name, as linkding's clients make them."""

from django.conf import settings
from django.db import models
from django.utils import timezone


class Bundle(models.Model):
    """One search of one person: words, tags and states. Written by bookmarks.bundles alone."""

    class Filter(models.TextChoices):
        """Whether a state is asked for."""

        OFF = "off"
        YES = "yes"
        NO = "no"

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=256)
    search = models.CharField(max_length=1000, blank=True)
    any_tags = models.CharField(max_length=1000, blank=True, help_text="with blanks between")
    all_tags = models.CharField(max_length=1000, blank=True)
    excluded_tags = models.CharField(max_length=1000, blank=True)
    filter_unread = models.CharField(max_length=3, choices=Filter.choices, default=Filter.OFF)
    filter_shared = models.CharField(max_length=3, choices=Filter.choices, default=Filter.OFF)
    order = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField(default=timezone.now)
    updated_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return self.name
