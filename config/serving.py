"""What `manage.py up` serves with. Import `make_plan` and `check_port`."""

import errno
import socket
import sys

from django.conf import settings

from config.plan import Plan, Program

EVERYWHERE = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 - compared with, not bound to
STOP_SECONDS = 15.0


class CannotServe(Exception):
    """Why the site cannot be served, in one sentence."""


def make_plan() -> Plan:
    """Return web, worker and beat as the supervisor is to run them."""
    celery = (sys.executable, "-m", "celery", "--quiet", "--app", "config")
    quiet = ("--loglevel", "WARNING")
    alone = ("--without-gossip", "--without-mingle", "--without-heartbeat")
    schedule = str(settings.CELERY_BEAT_SCHEDULE_FILENAME)
    web = (sys.executable, "-m", "gunicorn", "-c", "config/gunicorn.py", "config.wsgi")
    return Plan(
        programs=(
            Program("web server", web, essential=True),
            Program("worker", (*celery, "worker", "--pool", "threads", *alone, *quiet)),
            Program("beat", (*celery, "beat", "--schedule", schedule, "--pidfile", "", *quiet)),
        ),
        host=EVERYWHERE.get(settings.HOST, settings.HOST),
        port=settings.PORT,
        announcement=f"Softmarks is at {settings.BASE_URL}/ - stop it with Ctrl-C.",
        grace=STOP_SECONDS,
    )


def check_port(host: str, port: int) -> None:
    """Raise CannotServe when the web server could not listen there."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError as error:
        raise CannotServe(explain(error, host, port)) from error


def explain(error: OSError, host: str, port: int) -> str:
    """Return in one sentence why binding failed and what to do."""
    if error.errno == errno.EADDRINUSE:
        return (
            f"Port {port} of {host} is taken by another program:"
            " stop that one, or set PORT to another number."
        )
    if error.errno in (errno.EACCES, errno.EPERM):
        return f"This account may not listen on port {port}: set PORT to 1024 or higher."
    return (
        f"{host} is not an address of this machine ({error.strerror}):"
        " set HOST to 127.0.0.1, or to 0.0.0.0 for every network."
    )
