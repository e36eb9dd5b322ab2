"""`manage.py fetch_status`: how the fetch queue stands, in words or as JSON."""

import json
from collections.abc import Iterator
from dataclasses import asdict
from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from bookmarks.queue_report import MOST_COUNTED, QueueReport, report_queue


class Command(BaseCommand):
    """Prints how many pages wait to be fetched, which hosts hold them up, and what failed."""

    help = (
        "Tell how the fetch queue stands: how many pages wait and since when, how many are being"
        " fetched, which hosts have most to wait for, what failed within the last day, and how"
        " many links are due for a look, gone, or closed to robots. Hosts"
        " and reasons are named, addresses never. When pages wait for minutes although nothing is"
        " being fetched, no worker runs. Example: manage.py fetch_status --json"
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Take --json."""
        parser.add_argument(
            "--json", action="store_true", dest="as_json", help="print one JSON object instead"
        )

    def handle(self, *_args: Any, as_json: bool, **options: Any) -> None:
        """Print the report."""
        report = report_queue(timezone.now())
        if as_json:
            self.stdout.write(json.dumps(asdict(report), default=lambda time: time.isoformat()))
            return
        for sentence in in_words(report):
            self.stdout.write(sentence)


def in_words(report: QueueReport) -> Iterator[str]:
    """Yield the report line by line."""
    yield _waiting(report)
    yield _fetching(report)
    yield f"Within a day {report.done:,} fetched, {report.failed:,} given up."
    yield _links(report)
    if report.hosts:
        yield "Hosts with most to wait for:"
        for host in report.hosts:
            yield f"{host.jobs:7,}  {host.host}, the oldest for {in_time(report.at - host.since)}"
    if report.failures:
        yield "Why pages failed within a day:"
        for reason in report.reasons:
            yield f"{reason.jobs:7,}  {reason.reason}"
        yield "Where they failed:"
        for failure in report.failures:
            yield f"{failure.jobs:7,}  {failure.host}: {failure.reason}"


def _waiting(report: QueueReport) -> str:
    if not report.queued:
        return "No page waits to be fetched."
    later = report.queued - report.due
    parts = [f"{pages(report.queued)} waiting to be fetched"]
    if report.oldest_due:
        parts += [f"the longest due for {in_time(report.at - report.oldest_due)}"]
    if later:
        parts += [f"{later:,} of them not before a pause has passed"]
    return ", ".join(parts) + "."


def _fetching(report: QueueReport) -> str:
    if not report.leased:
        return "No page is being fetched now."
    lost = f", {report.expired:,} by a worker that is late or gone" if report.expired else ""
    return f"{pages(report.leased)} being fetched{lost}."


def _links(report: QueueReport) -> str:
    links = f"Of the links {_at_most(report.checks_due)} are due for a look"
    looks = f" and {report.scheduled:,} are being looked at" if report.scheduled else ""
    gone, blocked = _at_most(report.gone), _at_most(report.blocked)
    return f"{links}{looks}; {gone} are gone, {blocked} do not let robots in."


def _at_most(number: int) -> str:
    return f"{number:,}" if number < MOST_COUNTED else f"{number:,} or more"


def pages(number: int) -> str:
    """Return "1 page is" or "5 pages are"."""
    return "1 page is" if number == 1 else f"{number:,} pages are"


def in_time(span: timedelta) -> str:
    """Return a span in its largest whole unit: "3 minutes"."""
    seconds = max(0, int(span.total_seconds()))
    for unit, size in (("day", 86_400), ("hour", 3600), ("minute", 60)):
        if seconds >= size:
            return f"{seconds // size:,} {unit}{'s' if seconds >= 2 * size else ''}"
    return f"{seconds} second{'' if seconds == 1 else 's'}"
