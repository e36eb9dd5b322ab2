"""The queue of record for fetching pages."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from bookmarks.models.page import Page


class FetchJob(models.Model):
    """One page to fetch. A row is written with the bookmark that asks for it; Celery only hints.

    `owner` is whose turn it uses up, `host` whose server it burdens. At most one job of a page
    is open at a time. A queued job has no `turn` until its time has come and a worker has put it
    in line (bookmarks.turns); a leased one has none any more.
    """

    class State(models.TextChoices):
        """Where a job stands."""

        QUEUED = "queued"
        LEASED = "leased"
        DONE = "done"
        FAILED = "failed"

    OPEN = (State.QUEUED, State.LEASED)

    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="jobs")
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    host = models.CharField(max_length=255)
    state = models.CharField(max_length=6, choices=State.choices, default=State.QUEUED)
    attempts = models.PositiveSmallIntegerField(default=0)
    due_at = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(default=timezone.now, help_text="last hint to the workers")
    lease = models.CharField(max_length=32, blank=True)
    leased_until = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(max_length=300, blank=True)
    turn = models.PositiveBigIntegerField(null=True, blank=True, help_text="its place in line")
    address = models.GenericIPAddressField(null=True, blank=True, help_text="asked by its worker")
    scheduled_at = models.DateTimeField(
        null=True, blank=True, help_text="when we asked for it of our own accord, not a person"
    )
    created_at = models.DateTimeField(default=timezone.now)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["page"],
                name="one_open_job_a_page",
                condition=models.Q(state__in=["queued", "leased"]),
            ),
            models.CheckConstraint(
                name="leased_until_when_leased",
                condition=models.Q(state="leased", leased_until__isnull=False) & ~models.Q(lease="")
                | ~models.Q(state="leased") & models.Q(leased_until=None, lease=""),
            ),
        ]
        indexes = [
            models.Index(fields=["due_at"], name="job_queued", condition=models.Q(state="queued")),
            models.Index(
                fields=["leased_until"], name="job_leased", condition=models.Q(state="leased")
            ),
            models.Index(
                fields=["host"], name="job_leased_by_host", condition=models.Q(state="leased")
            ),
            models.Index(
                fields=["host", "due_at"],
                name="job_queued_by_host",
                condition=models.Q(state="queued"),
            ),
            models.Index(fields=["finished_at"], name="job_finished"),
            models.Index(
                fields=["due_at"],
                name="job_not_in_line",
                condition=models.Q(state="queued", turn=None),
            ),
            models.Index(
                fields=["host", "turn"],
                name="job_in_line_by_host",
                condition=models.Q(turn__isnull=False),
            ),
            models.Index(
                fields=["owner", "turn"],
                name="job_in_line_by_owner",
                condition=models.Q(turn__isnull=False),
            ),
            models.Index(
                fields=["scheduled_at"],
                name="job_scheduled",
                condition=models.Q(scheduled_at__isnull=False, state__in=["queued", "leased"]),
            ),
            models.Index(
                fields=["address"], name="job_leased_by_address", condition=models.Q(state="leased")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.host} ({self.state})"
