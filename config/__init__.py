"""The machine room: settings, URLs, checks and the queue. Only tasks see the Celery app here."""

from config.celery import app as celery_app

__all__ = ["celery_app"]
