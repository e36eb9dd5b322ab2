"""The Celery application; `celery -A config worker` finds it here."""

import os
import warnings
from typing import Any

from celery import Celery
from celery.exceptions import SecurityWarning
from kombu import Connection
from kombu.transport import TRANSPORT_ALIASES

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
TRANSPORT_ALIASES["folder"] = "config.folder_queue:Transport"

# It warns of root because of pickled messages; ours are JSON and nothing else is accepted.
warnings.simplefilter("ignore", SecurityWarning)

# Whoever publishes may be a web request: a broker that is down must not hold it up. The message
# is a hint, and the sweep sends another.
IMPATIENT = {
    "socket_connect_timeout": 0.1,
    "socket_timeout": 0.1,
    "max_retries": 0,
    "interval_start": 0,
    "interval_max": 0,
}


class Application(Celery):
    """Celery with short timeouts where it publishes, and patience where it consumes."""

    def connection_for_write(self, url: str | None = None, **kwargs: Any) -> Connection:
        """Return a connection for publishing."""
        return super().connection_for_write(url, **kwargs | {"transport_options": IMPATIENT})


app = Application("softmarks")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
app.set_default()  # "current" holds for the importing thread alone; gunicorn has many
