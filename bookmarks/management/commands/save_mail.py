"""`manage.py save_mail`: take one message from standard input, for a mail server."""

import sys
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError

from accounts.throttle import TooMany
from bookmarks.mail_messages import MAX_BYTES, Unreadable
from bookmarks.mail_saving import Refused, UnknownAddress, save_mail

# sysexits.h, which mail servers understand: refused for good, no such user, try again later.
DATA_ERROR, NO_USER, TRY_LATER, CONFIG = 65, 67, 75, 78


class Command(BaseCommand):
    """Saves what a mail asks for, or says by its exit status why not."""

    help = (
        "Read one mail message on standard input and save the first web address in it for the"
        " person whose address, NAME+KEY@MAIL_DOMAIN, it was sent to. Made for a mail server that"
        " hands messages to programs, and for fetchmail and getmail; see docs/running.md. Exit"
        " status: 0 saved or nothing to do, 65 nothing to save in it, 67 no such address, 75 try"
        " again later."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the envelope's recipient."""
        parser.add_argument(
            "--to",
            default="",
            metavar="ADDRESS",
            help="the recipient of the envelope; without it the headers of the message tell",
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        """Save the message."""
        if not settings.MAIL_DOMAIN:
            raise CommandError("Set MAIL_DOMAIN first.", returncode=CONFIG)
        data = _read()
        try:
            stored = save_mail(data, options["to"])
        except UnknownAddress as error:
            raise CommandError(str(error), returncode=NO_USER) from None
        except (Refused, Unreadable) as error:
            raise CommandError(str(error), returncode=DATA_ERROR) from None
        except TooMany as error:
            raise CommandError(str(error), returncode=TRY_LATER) from None
        except DatabaseError:
            raise CommandError("The database cannot be reached.", returncode=TRY_LATER) from None
        self.stdout.write("Saved." if stored else "Nothing to do.")


def _read() -> bytes:
    """Return the beginning of the message; the rest is read and dropped, as servers expect."""
    data = sys.stdin.buffer.read(MAX_BYTES)
    while sys.stdin.buffer.read(MAX_BYTES):
        continue
    return data
