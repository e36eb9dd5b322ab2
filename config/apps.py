"""The machine room as an app, so that its system checks and commands are found."""

from django.apps import AppConfig


class ConfigConfig(AppConfig):
    """Registers the checks of the environment and makes our Celery application the default."""

    name = "config"

    def ready(self) -> None:
        """Import both; importing registers them."""
        from config import celery, checks  # noqa: F401, PLC0415 - not before the apps are known
