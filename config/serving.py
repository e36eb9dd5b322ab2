"""What `manage.py up` serves with. Import `make_supervisor` and `check_port`."""

import errno
import gc
import os
import socket
import sys

import celery.concurrency.thread  # noqa: F401 - loaded here, it is shared by our forks
from celery.apps.beat import Beat
from celery.apps.worker import Worker
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.db import connections
from django.urls import get_resolver
from gunicorn.app.wsgiapp import run as gunicorn

import config.folder_queue  # noqa: F401
from config.celery import app
from config.supervisor import Program, Supervisor, say

EVERYWHERE = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 - compared with, not bound to
STOP_SECONDS = 15.0


class CannotServe(Exception):
    """Why the site cannot be served, in one sentence."""


def make_supervisor() -> Supervisor:
    """Return what runs web server, worker and beat.

    All three are forks of this process, so that what they have in common is loaded once: it is
    loaded here, and put where the garbage collector does not touch, and so copy, it.
    """
    os.environ["CELERY_SKIP_CHECKS"] = "1"  # `up` has made them
    get_wsgi_application()
    get_resolver().url_patterns  # noqa: B018 - this loads the views
    app.loader.import_default_modules()
    connections.close_all()
    gc.collect()
    gc.freeze()
    return Supervisor(
        (
            Program("web server", serve, essential=True),
            Program("worker", work),
            Program("beat", beat),
        ),
        is_up=web_answers,
        announce=lambda: say(f"Softmarks is at {settings.BASE_URL}/ - stop it with Ctrl-C."),
        grace=STOP_SECONDS,
    )


def serve() -> None:
    """Be the web server."""
    os.chdir(settings.BASE_DIR)
    sys.argv = ["gunicorn", "-c", "config/gunicorn.py", "config.wsgi"]
    gunicorn()


def work() -> None:
    """Be the worker; `celery -A config worker` does the same."""
    worker = Worker(
        app=app,
        loglevel="WARNING",
        quiet=True,
        without_gossip=True,
        without_mingle=True,
        without_heartbeat=True,
    )
    worker.start()
    sys.exit(worker.exitcode)


def beat() -> None:
    """Be what sends the tasks of the schedule; `celery -A config beat` does the same."""
    Beat(app=app, loglevel="WARNING", quiet=True).run()


def web_answers() -> bool:
    """Tell whether the web server answers yet."""
    host = EVERYWHERE.get(settings.HOST, settings.HOST)
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.settimeout(2)
        try:
            probe.connect((host, settings.PORT))
            probe.sendall(b"GET /health HTTP/1.0\r\nHost: localhost\r\n\r\n")
            return probe.recv(5) == b"HTTP/"
        except OSError:
            return False  # not yet; the supervisor asks again, or sees that it ended


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
