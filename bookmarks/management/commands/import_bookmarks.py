"""`manage.py import_bookmarks NAME FILE`: take in a file of bookmarks."""

import sys
from pathlib import Path
from typing import Any, BinaryIO

from django.core.management.base import BaseCommand, CommandError, CommandParser
from tqdm import tqdm

from accounts.models import User
from bookmarks.formats.recognising import READERS
from bookmarks.formats.rows import BadFile
from bookmarks.import_reports import report_of
from bookmarks.importing import TakenOver, begin_import, run_import
from bookmarks.models import ImportJob


class Command(BaseCommand):
    """Imports in the foreground, without a worker."""

    help = (
        "Take the bookmarks of FILE into the account NAME. The format is told by what is in the"
        " file. What is there already is kept and gets what the file adds, so the same file twice"
        " changes nothing; if the command is broken off, run it again and it goes on. Private"
        " stays private. Example: manage.py import_bookmarks ada bookmarks.html --report out.json"
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the file and the options."""
        parser.add_argument("name", help="an account's name")
        parser.add_argument("file", type=Path, help="what a browser or service exported")
        parser.add_argument("--format", default="", help=f"one of {', '.join(READERS)}")
        parser.add_argument(
            "--report", type=Path, metavar="FILE.json", help="write what became of each row there"
        )
        parser.add_argument(
            "--folders",
            choices=ImportJob.Folders.values,
            default=ImportJob.Folders.TAGS,
            help="make the names of folders tags (the default) or private lists, or ignore them",
        )
        parser.add_argument(
            "--fetch", action="store_true", help="queue the pages for reading, at the usual pace"
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        """Import the file and print the counts."""
        try:
            owner = User.objects.get_by_natural_key(options["name"])
            with options["file"].open("rb") as file:
                job = self._import(owner, file, options)
            if options["report"]:
                with options["report"].open("w", encoding="utf-8") as out:
                    out.writelines(report_of(job))
        except User.DoesNotExist as error:
            raise CommandError(f"There is no account called {options['name']}.") from error
        except BadFile as error:
            raise CommandError(f"{error} Nothing was imported.") from error
        except TakenOver as error:
            raise CommandError("This file is being imported by another process.") from error
        except OSError as error:
            raise CommandError(f"{error.filename}: {error.strerror}.") from error
        told = ", ".join(f"{number:,} {outcome}" for outcome, number in job.counts.items())
        self.stdout.write(f"{READERS[job.format].LABEL}: {told}.")

    def _import(self, owner: User, file: BinaryIO, options: dict[str, Any]) -> ImportJob:
        job = begin_import(
            owner,
            file,
            format_name=options["format"],
            folders=options["folders"],
            fetch=options["fetch"],
        )
        # Without a terminal, in a log, a bar would be noise.
        try:
            with tqdm(unit="row", file=sys.stderr, disable=None) as bar:
                for bar.n, bar.total in run_import(job, file):
                    bar.refresh()
        except BadFile:
            job.delete()
            raise
        return job
