"""`manage.py api_token NAME`: make another API token."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts.models import User
from accounts.tokens import TooManyTokens, make_token


class Command(BaseCommand):
    """Prints a new API token."""

    help = (
        "Make a new API token for the account NAME and print it, NAME:HEX, on stdout. Tokens made"
        " before stay good; their owner revokes them on the settings page."
        " Example: manage.py api_token ada --label backup --read-only"
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the name and the options."""
        parser.add_argument("name", help="an account's name")
        parser.add_argument("--label", default="command line", help="what the token is for")
        parser.add_argument("--read-only", action="store_true", help="let it change nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        """Make the token."""
        try:
            user = User.objects.get_by_natural_key(options["name"])
            token = make_token(user, options["label"][:60], can_write=not options["read_only"])
        except User.DoesNotExist as error:
            raise CommandError(f"There is no account called {options['name']}.") from error
        except TooManyTokens as error:
            raise CommandError(str(error)) from error
        self.stdout.write(token)
