"""`manage.py up`: serve the whole site from one process."""

import os
import signal
import sys
from typing import Any

from django.conf import settings
from django.core.checks import ERROR, run_checks
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser
from django.db.utils import Error as DatabaseError

from config import preparing
from config.locks import Taken, take_lock
from config.serving import STOP_SECONDS, CannotServe, check_port, make_supervisor

DEMO_HINT = (
    "There is no account yet. Sign up at the address below; `bin/run --demo` shows sample data."
)


class Command(BaseCommand):
    """Prepares the database, then is the supervisor of web server, worker and beat."""

    help = (
        "Bring the database up to date and serve the site: web server, worker and beat, until"
        " Ctrl-C, SIGTERM or SIGHUP. HOST, PORT, DATA_DIR, WEB_WORKERS, WEB_THREADS and"
        " WORKER_THREADS say where and how (docs/running.md)."
    )
    requires_system_checks = []  # done below, to answer with one sentence

    def add_arguments(self, parser: CommandParser) -> None:
        """Take --demo."""
        parser.add_argument(
            "--demo", action="store_true", help="fill an empty database with sample data first"
        )

    def handle(self, *args: Any, demo: bool, **options: Any) -> None:
        """Serve until stopped; exit with one sentence when that cannot be."""
        signal.signal(signal.SIGINT, signal.SIG_DFL)  # Ctrl-C ends us without a traceback
        try:
            refuse_wrong_settings()
            self.take_site()
            check_port(settings.HOST, settings.PORT)
            preparing.prepare(self.say)
            self.fill(demo)
        except (CannotServe, Taken) as error:
            sys.exit(str(error))
        except OSError as error:
            sys.exit(
                f"The folder {settings.DATA_DIR} cannot be written ({error.strerror}):"
                " set DATA_DIR to a folder of yours."
            )
        except DatabaseError as error:
            reason = str(error).strip().splitlines()[0]
            sys.exit(f"The database cannot be used ({reason}): see to DATABASE_URL or DATA_DIR.")
        sys.exit(make_supervisor().run())

    def take_site(self) -> int:
        """Take, until this process ends, the lock that keeps a second one from the same folder."""
        settings.DATA_DIR.mkdir(mode=0o700, parents=True, exist_ok=True)
        place = settings.DATA_DIR / "up.lock"
        try:
            return take_lock(place, seconds=0)
        except Taken as taken:
            if is_running(taken.holder):
                raise CannotServe(
                    f"Softmarks already runs on {settings.DATA_DIR} (process {taken.holder}):"
                    " stop it, or set DATA_DIR to another folder."
                ) from taken
        # Its supervisor was killed; what that left behind is being stopped.
        return take_lock(place, seconds=2 * STOP_SECONDS)

    def fill(self, demo: bool) -> None:
        """Put sample data into an empty database, or say that there is such a thing."""
        empty = preparing.is_empty()
        if demo and empty:
            self.say("Filling the empty database with sample data ...")
            call_command("sample_data")
        elif demo:
            self.say("There are accounts already, so --demo changes nothing.")
        elif empty:
            self.say(DEMO_HINT)

    def say(self, sentence: str) -> None:
        """Tell the person at the terminal."""
        self.stdout.write(sentence)
        self.stdout.flush()


def refuse_wrong_settings() -> None:
    """Raise CannotServe with the first thing that is wrong with the settings and its remedy."""
    for problem in run_checks():
        if problem.level >= ERROR:
            raise CannotServe(" ".join(filter(None, (problem.msg, problem.hint))))


def is_running(holder: str) -> bool:
    """Tell whether the process with this number is alive."""
    try:
        os.kill(int(holder), 0)
    except (ValueError, ProcessLookupError):
        return False
    except PermissionError:
        return True
    return True
