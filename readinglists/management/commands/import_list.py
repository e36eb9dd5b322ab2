"""`manage.py import_list`: makes a reading list of a Markdown file."""

import json
import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from tqdm import tqdm

from accounts.models import User
from readinglists.drafts import Invalid
from readinglists.importing import import_now, start_import
from readinglists.markdown.read import read_markdown
from readinglists.markdown.report import report_of
from readinglists.markdown.tree import ReadMarkdown, TooMuch
from readinglists.paths import list_path


class Command(BaseCommand):
    """Import a reading list, or tell what would be imported."""

    help = (
        "Make a reading list of a Markdown file: an awesome-list, a list of papers, a table, a list"
        " exported from here. Bullets, numbered entries, rows and headings become items in their"
        " order, headings become sections; tables of contents, badges and footers are dropped, and"
        " all of that is told. Look first with --dry-run, which stores nothing. With --json the"
        " whole report is printed as JSON. For example:"
        " manage.py import_list ada README.md --dry-run"
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Take a person and a file."""
        parser.add_argument("name", metavar="NAME", help="whose list it becomes")
        parser.add_argument("file", metavar="FILE.md", help="the file, or - for standard input")
        parser.add_argument("--dry-run", action="store_true", help="tell only; store nothing")
        parser.add_argument("--json", action="store_true", help="print the report as JSON")

    def handle(self, *_args: Any, name: str, file: str, **options: Any) -> None:
        """Read the file, store the list unless asked not to, and tell."""
        owner = User.objects.filter(username__iexact=name).first()
        if owner is None:
            raise CommandError(f"There is nobody called {name}. add_user makes an account.")
        text = _text_of(file)
        try:
            read = read_markdown(text)
            address = "" if options["dry_run"] else self.store(owner, text, file)
        except (TooMuch, Invalid) as error:
            raise CommandError(str(error)) from None
        if options["json"]:
            self.stdout.write(json.dumps(report_of(read), ensure_ascii=False))
        else:
            self.tell(read, address)

    def store(self, owner: User, text: str, file: str) -> str:
        """Import the list and return its path."""
        row = start_import(owner, text=text, file_name=Path(file).name if file != "-" else "")
        with tqdm(total=row.total, unit="item", disable=None, file=sys.stderr) as bar:

            def tell(done: int, _total: int) -> None:
                bar.update(done - bar.n)

            row = import_now(row, tell)
        made = row.reading_list
        return list_path(owner.username, made.slug) if made else ""

    def tell(self, read: ReadMarkdown, address: str) -> None:
        """Print the counts, what was dropped and what could not be read."""
        counts = report_of(read)["counts"]
        words = ", ".join(f"{count:,} {what}" for what, count in counts.items())
        self.stdout.write(f"{read.title or 'Untitled'}: {words}")
        for one in read.dropped:
            self.stdout.write(f"  line {one.line}: dropped, {one.reason}")
        for lost in read.unparsed:
            self.stdout.write(f"  line {lost.line}: not understood: {lost.text[:100]}")
        self.stdout.write(f"Imported: {address}" if address else "Nothing was stored.")


def _text_of(file: str) -> str:
    """Return the text of a file; raises CommandError."""
    try:
        body = sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
    except OSError as error:
        raise CommandError(f"{file} cannot be read: {error.strerror}.") from None
    return body.decode("utf-8-sig", "replace")
