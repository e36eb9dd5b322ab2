"""What the fetcher knows of a server, so that it is never asked too much of."""

from django.db import models
from django.utils import timezone


class FetchHost(models.Model):
    """One host whose pages are fetched. Locked by whoever takes or ends a job of it.

    `free_at` sums up all that may hold its next page up: the pace, the number at once, a rest.
    An address that several hosts share has a row too, named "at ADDRESS", only to be locked.
    """

    name = models.CharField(max_length=260, primary_key=True)
    turn = models.PositiveBigIntegerField(
        null=True, blank=True, help_text="the lowest turn among its jobs in line"
    )
    free_at = models.DateTimeField(default=timezone.now)
    next_at = models.DateTimeField(default=timezone.now, help_text="by the pace alone")
    resting_until = models.DateTimeField(null=True, blank=True)
    timeouts = models.PositiveSmallIntegerField(default=0, help_text="in a row")
    address = models.GenericIPAddressField(null=True, blank=True, help_text="as last seen")
    robots = models.TextField(blank=True, help_text="its robots.txt")
    robots_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["turn", "name", "free_at"],
                name="host_in_line",
                condition=models.Q(turn__isnull=False),
            ),
            models.Index(fields=["free_at"], name="host_by_free_at"),
        ]

    def __str__(self) -> str:
        return self.name
