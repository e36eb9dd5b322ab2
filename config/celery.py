"""The Celery application; `celery -A config worker` finds it here."""

import os

from celery import Celery
from kombu.transport import TRANSPORT_ALIASES

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
TRANSPORT_ALIASES["folder"] = "config.folder_queue:Transport"

app = Celery("softmarks")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
app.set_default()  # "current" holds for the importing thread alone; gunicorn has many
