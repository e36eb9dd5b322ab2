"""`manage.py extract --jsonl`: understand pages given as JSON lines."""

import io
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from bookmarks.fetching.extract.jsonl import serve_jsonl


class Command(BaseCommand):
    """Answers pages on stdin with their facts on stdout."""

    help = (
        "Read pages from stdin and print what is understood of them, without network or database."
        ' A line in is {"html_b64": ..., "url": ..., "content_type": ...}: the bytes of a page in'
        " base64, where it came from, and its Content-Type. A line out holds its facts, or"
        ' {"error": ...} for a line that is no such page. For tools that measure extraction.'
        " Example: manage.py extract --jsonl < pages.jsonl > facts.jsonl"
    )
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Take --jsonl."""
        parser.add_argument("--jsonl", action="store_true", help="JSON lines in and out")

    def handle(self, *_args: Any, jsonl: bool, **options: Any) -> None:
        """Serve until stdin ends."""
        if not jsonl:
            raise CommandError("Say --jsonl; there is no other form yet.")
        for stream in (sys.stdin, sys.stdout):
            if isinstance(stream, io.TextIOWrapper):
                stream.reconfigure(encoding="utf-8")  # whatever the locale says
        serve_jsonl(sys.stdin, sys.stdout)
