"""`manage.py export_list`: a reading list as a file."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from readinglists.exporting import LIST_FORMATS, export_list
from readinglists.models import ReadingList


class Command(BaseCommand):
    """Prints a list in one of the formats."""

    help = (
        "Print a reading list, named as its owner and its name in addresses: ada/deep-learning."
        " Formats: markdown is an awesome-list that import_list reads back as it was, json tells"
        " everything, bibtex, biblatex, ris and csl-json cite what is in the list, under keys that"
        " stay the same. Private lists are printed too."
        " Example: manage.py export_list ada/deep-learning --format bibtex > refs.bib"
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the list and the format."""
        parser.add_argument("name", metavar="NAME/SLUG", help="owner and name of the list")
        parser.add_argument(
            "--format", choices=sorted(LIST_FORMATS), default="markdown", help="default: markdown"
        )

    def handle(self, *_args: Any, name: str, format: str, **options: Any) -> None:
        """Print it as it is read."""
        owner, _, slug = name.partition("/")
        lists = ReadingList.objects.select_related("owner")
        reading_list = lists.filter(owner__username=owner.lower(), slug=slug).first()
        if reading_list is None:
            raise CommandError(f"There is no list “{name}”; say it like ada/deep-learning.")
        for piece in export_list(format, reading_list):
            self.stdout.write(piece, ending="")
