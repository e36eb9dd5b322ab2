"""Files that people bring, and what became of each row. Written by bookmarks.importing and its
neighbours alone."""

from django.conf import settings
from django.db import models
from django.utils import timezone


class ImportJob(models.Model):
    """One file being taken in, or that was. `place` is how many of its rows are done.

    The place moves in the transaction that stores those rows, so that a job whose process died
    goes on where it was. A job with a file that is kept is done by workers, under a lease; the
    others by whoever runs the command.
    """

    class State(models.TextChoices):
        """Where a job stands."""

        RUNNING = "running", "under way"
        DONE = "done", "done"
        FAILED = "failed", "could not be read"
        STOPPED = "stopped", "stopped"

    class Folders(models.TextChoices):
        """What becomes of the folders of a file."""

        TAGS = "tags", "become tags"
        LISTS = "lists", "become reading lists"
        IGNORE = "ignore", "are left out"

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    digest = models.CharField(max_length=64, help_text="SHA-256 of the file")
    format = models.CharField(max_length=20, help_text="its name in bookmarks.formats.recognising")
    folders = models.CharField(max_length=6, choices=Folders.choices, default=Folders.TAGS)
    fetch = models.BooleanField(default=False, help_text="whether its pages are queued for reading")
    all_private = models.BooleanField(default=False, help_text="whether new bookmarks are private")
    file_name = models.CharField(max_length=200, blank=True, help_text="as its owner calls it")
    kept_as = models.CharField(
        max_length=64, blank=True, help_text="its name among the files kept; empty when it is over"
    )
    state = models.CharField(max_length=7, choices=State.choices, default=State.RUNNING)
    reason = models.CharField(max_length=300, blank=True, help_text="why it could not be read")
    total = models.PositiveIntegerField(
        null=True, blank=True, help_text="how many rows there are, once it was read to its end"
    )
    place = models.PositiveIntegerField(default=0)
    created = models.PositiveIntegerField(default=0)
    merged = models.PositiveIntegerField(default=0)
    skipped = models.PositiveIntegerField(default=0)
    refused = models.PositiveIntegerField(default=0)
    tries = models.PositiveSmallIntegerField(
        default=0, help_text="how often it was begun since a row was last stored"
    )
    lease = models.CharField(max_length=32, blank=True)
    leased_until = models.DateTimeField(null=True, blank=True)
    begun_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["begun_at"], name="import_waiting", condition=models.Q(state="running")
            ),
            models.Index(fields=["ended_at"], name="import_ended"),
        ]

    def __str__(self) -> str:
        return self.file_name or f"{self.format} {self.digest[:12]}"

    @property
    def counts(self) -> dict[str, int]:
        """How many rows came to what."""
        return {outcome: getattr(self, outcome) for outcome in ImportRow.Outcome.values}


class ImportRow(models.Model):
    """What became of one row of a file."""

    class Outcome(models.TextChoices):
        """What it came to."""

        CREATED = "created"
        MERGED = "merged"
        SKIPPED = "skipped"
        REFUSED = "refused"

    job = models.ForeignKey(
        ImportJob, on_delete=models.CASCADE, related_name="rows", db_index=False
    )
    place = models.PositiveIntegerField(help_text="its place among the rows, from 0")
    line = models.PositiveIntegerField()
    member = models.CharField(
        max_length=200, blank=True, help_text="which file of an archive its line is in"
    )
    outcome = models.CharField(max_length=7, choices=Outcome.choices)
    reason = models.CharField(max_length=300, blank=True)
    url = models.TextField(blank=True)
    title = models.CharField(max_length=255, blank=True)
    said = models.JSONField(
        null=True, blank=True, help_text="all that a refused row says, for another try"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["job", "place"], name="import_row_once"),
        ]
        indexes = [
            models.Index(fields=["job", "outcome", "place"], name="import_row_by_outcome"),
        ]

    def __str__(self) -> str:
        return f"{self.line}: {self.outcome}"
