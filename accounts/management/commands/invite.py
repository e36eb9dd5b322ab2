"""`manage.py invite`: let somebody sign up while registration is by invitation."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.urls import reverse

from accounts.invitations import make_invitation


class Command(BaseCommand):
    """Prints an address at which one person can sign up."""

    help = (
        "Print an address at which one person can make one account while REGISTRATION is invite."
        " Send it to them; the code in it is not kept. Example: manage.py invite --days 3"
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the options."""
        parser.add_argument("--days", type=int, default=14, help="how long it is good (default 14)")

    def handle(self, *args: Any, **options: Any) -> None:
        """Make the invitation."""
        days = options["days"]
        if not 1 <= days <= 365:
            raise CommandError("Give a number of days from 1 to 365.")
        if settings.REGISTRATION != "invite":
            self.stderr.write(
                f"Nobody is asked for it now: REGISTRATION is {settings.REGISTRATION}."
            )
        code = make_invitation(days)
        self.stdout.write(f"{settings.BASE_URL}{reverse('accounts:signup')}?invitation={code}")
