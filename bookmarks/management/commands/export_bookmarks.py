"""`manage.py export_bookmarks`: all bookmarks of somebody as a file."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts.models import User
from bookmarks.exporting import export_bookmarks, formats
from bookmarks.listing import Listing


class Command(BaseCommand):
    """Prints bookmarks in one of the formats."""

    help = (
        "Print all bookmarks of the account NAME, private ones too, newest first."
        " Formats: json tells everything; pinboard_json and pinboard_xml are Pinboard's backups,"
        " netscape the file that browsers read, csv for spreadsheets; markdown and opml do not"
        " tell what is private; bibtex, biblatex, ris and csl-json cite, under keys that stay the"
        " same. Memory stays small, however many there are."
        " Example: manage.py export_bookmarks ada --format netscape --output ada.html"
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the account, the format and where to write."""
        parser.add_argument("name", metavar="NAME", help="an account's name")
        parser.add_argument(
            "--format", choices=sorted(formats()), default="json", help="default: json"
        )
        parser.add_argument("--output", metavar="FILE", type=Path, help="default: stdout")

    def handle(
        self, *_args: Any, name: str, format: str, output: Path | None, **options: Any
    ) -> None:
        """Write it as it is read."""
        owner = User.objects.filter(username=name.lower()).first()
        if owner is None:
            raise CommandError(f"There is no account called {name}.")
        pieces = export_bookmarks(format, Listing(owner), owner)
        if output is None:
            for piece in pieces:
                self.stdout.write(piece, ending="")
            return
        try:
            with output.open("w", encoding="utf-8", newline="") as file:
                file.writelines(pieces)
        except OSError as error:
            raise CommandError(f"{output} cannot be written: {error.strerror}.") from error
