"""`manage.py recount`: set every counter right, or tell which are off."""

import sys
from functools import partial
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from tqdm import tqdm

from bookmarks.recounting import recount


class Command(BaseCommand):
    """Recount what stands in lists, tags and pages as a number."""

    help = (
        "Recompute every counter (bookmarks of a person, of a tag, of the site, saves of a page)"
        " from the bookmarks themselves, and print each that was off. The site may be in use."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Take --check."""
        parser.add_argument(
            "--check",
            action="store_true",
            help="change nothing; exit with status 1 when a counter is off",
        )

    def handle(self, *_args: Any, check: bool, **options: Any) -> None:
        """Print the differences and their number."""
        # Without a terminal, in a log, a bar would be noise.
        progress = partial(tqdm, desc="Recounting", unit="batch", file=sys.stderr, disable=None)
        found = 0
        for difference in recount(change=not check, progress=progress):
            self.stdout.write(str(difference))
            found += 1
        done = "are off" if check else "were off and are right now"
        self.stdout.write(f"{found:,} counters {done}." if found else "All counters are right.")
        if check and found:
            sys.exit(1)
