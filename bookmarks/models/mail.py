"""Which mails were saved, so that a copy of one changes nothing."""

from django.conf import settings
from django.db import models
from django.utils import timezone


class SavedMail(models.Model):
    """One message that became a bookmark; `name` is a digest of its Message-ID."""

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", db_index=False
    )
    name = models.CharField(max_length=64)
    saved_at = models.DateTimeField(default=timezone.now, db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["owner", "name"], name="mail_saved_once")]

    def __str__(self) -> str:
        return self.name[:12]
