"""How gunicorn serves the site: `gunicorn -c config/gunicorn.py config.wsgi`."""

import gc
import os
from typing import Any

from gunicorn.config import Config
from gunicorn.glogging import Logger
from gunicorn.http import message

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

from django.conf import settings

from config.masking import MaskingFormatter

# Pinboard's clients send whole bookmarks in the query of a GET; gunicorn allows no more than 8190.
message.MAX_REQUEST_LINE = limit_request_line = 16 * 1024

bind = (
    f"[{settings.HOST}]:{settings.PORT}"
    if ":" in settings.HOST
    else f"{settings.HOST}:{settings.PORT}"
)
workers = settings.WEB_WORKERS
threads = settings.WEB_THREADS
worker_class = "gthread"
timeout = 60
graceful_timeout = 8
loglevel = "warning"


class MaskedLogger(Logger):  # type: ignore[misc]  # gunicorn is untyped
    """Gunicorn's own log, which tells requests that it cannot read or that broke off."""

    def setup(self, cfg: Config) -> None:
        """Set up as usual, with secrets masked."""
        super().setup(cfg)
        for handler in self.error_log.handlers:
            handler.setFormatter(MaskingFormatter(self.error_fmt, self.datefmt))


logger_class = MaskedLogger
accesslog = None  # a query holds what people search for and, in old APIs, their keys
control_socket_disable = True
# The workers' heartbeat is a file; on a busy disk it may be late.
worker_tmp_dir = "/dev/shm" if os.path.isdir("/dev/shm") else None  # noqa: S108 - no fixed name
preload_app = True  # the workers share what was loaded


def when_ready(_server: Any) -> None:
    """Keep the garbage collector from touching, and so copying, what the workers share."""
    gc.collect()
    gc.freeze()
