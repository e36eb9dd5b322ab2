"""`manage.py recognise`: what URLs name, by their form alone."""

import json
import sys
from collections.abc import Iterable
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from bookmarks.identities import recognise, trim, without_trackers
from bookmarks.links import BadUrl, clean_url, page_url


class Command(BaseCommand):
    """Answer URLs with identities, a line each."""

    help = (
        "Tell which paper, repository, video ... a URL names, without fetching it. Each URL is"
        ' answered by one line of JSON: {"identity", "canonical_url", "fetch_url", "kind"}.'
        " `identity` and `kind` are null where no known site names the page; all four are null"
        " where the line is no address of the web. For example:"
        " echo https://arxiv.org/pdf/1706.03762v5 | manage.py recognise --jsonl"
    )
    # Nothing here depends on settings or the database.
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Take URLs as arguments or, with --jsonl, as lines."""
        parser.add_argument("urls", nargs="*", metavar="URL", help="answer these")
        parser.add_argument(
            "--jsonl",
            action="store_true",
            help="read URLs from standard input, one a line, and answer each at once",
        )

    def handle(self, *_args: Any, urls: list[str], jsonl: bool, **options: Any) -> None:
        """Print an answer for every URL, in order; an empty line is answered too."""
        if not urls and not jsonl:
            raise CommandError("Give URLs, or --jsonl to read them from standard input.")
        for url in _lines() if jsonl else urls:
            self.stdout.write(json.dumps(answer(url)))
            self.stdout.flush()


def answer(text: str) -> dict[str, str | None]:
    """What is told of one URL; a plain address of the web is shown and fetched as itself."""
    found = recognise(text)
    if found:
        identity = found.identity if found.has_identifier else None
        return _answer(identity, found.canonical_url, found.fetch_url, found.kind or None)
    try:
        url = page_url(without_trackers(clean_url(trim(text))))
    except BadUrl:
        return _answer(None, None, None, None)
    return _answer(None, url, url, None)


def _answer(
    identity: str | None, canonical_url: str | None, fetch_url: str | None, kind: str | None
) -> dict[str, str | None]:
    return {
        "identity": identity,
        "canonical_url": canonical_url,
        "fetch_url": fetch_url,
        "kind": kind,
    }


def _lines() -> Iterable[str]:
    """The lines of standard input; bytes that are no text make a line no address, not an error."""
    return (line.decode("utf-8", "surrogateescape") for line in sys.stdin.buffer)
