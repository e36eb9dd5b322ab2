"""`manage.py merge_pages`: make one page of two that are one thing."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from bookmarks.merging import merge_pages
from bookmarks.models import Page


class Command(BaseCommand):
    """Merge two pages, named by their keys."""

    help = (
        "Make one page of two: everybody's bookmarks of the second become bookmarks of the first"
        " and keep the addresses they were saved with; the address of the second leads to the"
        " first from now on. A key is what stands in /url:KEY/. The site may be in use; a merge"
        " that was cut short goes on when it is asked for once more, or by itself overnight."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the two keys."""
        parser.add_argument("kept", metavar="KEY", help="the page that stays")
        parser.add_argument("dropped", metavar="KEY", help="the page that goes")
        parser.add_argument("--dry-run", action="store_true", help="only tell what would be merged")

    def handle(self, *_args: Any, kept: str, dropped: str, dry_run: bool, **_options: Any) -> None:
        """Merge, or tell what would be."""
        stays = Page.objects.at(kept)
        # A page whose merge was cut short is still there under its own key.
        goes = Page.objects.filter(key=dropped).first() or Page.objects.at(dropped)
        if stays is None or goes is None:
            raise CommandError(f"There is no page with the key {dropped if stays else kept}.")
        if stays == goes:
            raise CommandError("These are one page already.")
        saves = f"{goes.public_saves:,} public saves"
        if dry_run:
            self.stdout.write(f"{goes.url} ({saves}) would become {stays.url}.")
            return
        page = merge_pages(stays, goes, source="the operator")
        self.stdout.write(f"{goes.url} ({saves}) is {page.url} now.")
