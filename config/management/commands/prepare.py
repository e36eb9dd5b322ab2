"""`manage.py prepare`: what has to be done once before an installation serves."""

from typing import Any

from django.core.management.base import BaseCommand

from config.preparing import prepare


class Command(BaseCommand):
    """Brings the database and the static files up to date, if they are not."""

    help = (
        "Apply the migrations that are missing and lay out the static files when they changed."
        " `up` does this by itself; run it once before you start web, worker and beat by other"
        " means. Two at once wait for each other."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        """Do it, saying what is done."""
        prepare(self.stdout.write)
