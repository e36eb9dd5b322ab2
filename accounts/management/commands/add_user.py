"""`manage.py add_user NAME`: make an account from the command line."""

import getpass
import sys
from pathlib import Path
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts.models import User
from accounts.signup import SignUpRefused, add_account
from accounts.tokens import make_token


class Command(BaseCommand):
    """Makes an account and prints its first API token."""

    help = (
        "Make an account called NAME and print an API token for it, NAME:HEX, as the only line on"
        " stdout. The token is not kept and cannot be printed again; api_token makes another one."
        " The first account of a site is staff. Works whatever REGISTRATION says, and for reserved"
        " names too. Example: manage.py add_user ada --password-file secret.txt"
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the name and the options."""
        parser.add_argument("name", help="2 to 30 of a-z, 0-9 and underscores")
        parser.add_argument(
            "--password-file",
            metavar="F",
            help="read the password from the first line of this file, or of stdin when F is -;"
            " without it you are asked",
        )
        parser.add_argument("--email", default="", help="where to mail a link for a new password")
        parser.add_argument("--staff", action="store_true", help="let the account use the admin")

    def handle(self, *args: Any, **options: Any) -> None:
        """Make the account."""
        name, email = options["name"], options["email"]
        password = read_password(options["password_file"])
        if not password:
            raise CommandError("The password is empty.")
        try:
            user = add_account(name, password, email, staff=options["staff"])
        except SignUpRefused as error:
            raise CommandError(str(error)) from error
        self._report(user, password)
        self.stdout.write(make_token(user, "made with the account"))

    def _report(self, user: User, password: str) -> None:
        """Say on stderr what was made, and warn of a password that a visitor could not have."""
        self.stderr.write(f"Made {user.username}{', who is staff' if user.is_staff else ''}.")
        try:
            validate_password(password, user)
        except ValidationError as error:
            self.stderr.write(f"A weak password: {' '.join(error.messages)}")


def read_password(place: str | None) -> str:
    """Return the password from a file, from stdin or from the person; raise CommandError."""
    if place == "-":
        return sys.stdin.readline().rstrip("\r\n")
    if place:
        try:
            lines = Path(place).read_text(encoding="utf-8").splitlines()
        except (OSError, UnicodeDecodeError) as error:
            raise CommandError(f"The password cannot be read from {place}: {error}") from error
        return lines[0] if lines else ""
    if not sys.stdin.isatty():
        raise CommandError("There is no terminal to ask for the password; use --password-file F.")
    password = getpass.getpass("Password: ")
    if getpass.getpass("Once more: ") != password:
        raise CommandError("The two passwords differ.")
    return password
