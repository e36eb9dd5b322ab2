"""`manage.py sample_data`: fill an empty site with believable people and bookmarks."""

import secrets
import sys
from collections.abc import Sequence
from functools import partial
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from tqdm import tqdm

from accounts.models import User
from bookmarks.sample_data import Filled, NameInUse, fill, read_sample


class Command(BaseCommand):
    """Makes the sample people with their bookmarks and prints how to log in as one of them."""

    help = (
        "Fill an empty site with eight invented people and what they read: some 400 bookmarks of"
        " real machine-learning pages, some of them private, unread or starred, saved over the"
        " last ten years, with reading lists and a study group. Nothing is fetched; the pages come"
        " with short facts of their own. The people share one password, which is printed once."
        " Example: manage.py sample_data"
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the options."""
        parser.add_argument(
            "--force",
            action="store_true",
            help="add the sample people beside the accounts that are there; those who are sample"
            " people already get the new password, and what they changed in their sample bookmarks"
            " is undone",
        )
        parser.add_argument(
            "--password", help="use this password for all of them instead of a random one"
        )

    def handle(self, *_args: Any, force: bool, password: str | None, **options: Any) -> None:
        """Fill the site."""
        if not force and User.objects.exists():
            raise CommandError(
                "There are accounts here already. With --force the sample people are added beside"
                " them."
            )
        password = password or make_password()
        sample = read_sample()
        progress = partial(
            tqdm, desc="Saving", unit=" bookmarks", file=sys.stderr, disable=None, leave=False
        )
        try:
            filled = fill(sample, password, timezone.now(), progress)
        except NameInUse as error:
            raise CommandError(
                f"A sample person is called {error}, and that name is in use here or was lately."
                " Nothing was changed."
            ) from error
        self._tell(filled, sample.people, password)

    def _tell(self, filled: Filled, people: Sequence[str], password: str) -> None:
        first, *others = people
        self.stdout.write(
            f"{filled.people} people have {filled.bookmarks:,} bookmarks of {filled.pages:,} pages."
        )
        for sentence in filled.more:
            self.stdout.write(sentence)
        self.stdout.write(f"Log in as {first} with the password {password}")
        self.stdout.write(
            f"or, with the same password, as {', '.join(others[:-1])} or {others[-1]}."
        )


def make_password() -> str:
    """Return a password of 48 random bits that can be read aloud: "read-3f9a-c04d-2b71"."""
    digits = secrets.token_hex(6)
    return "-".join(["read", digits[:4], digits[4:8], digits[8:]])
