"""The machine room as an app, so that its system checks and commands are found."""

from django.apps import AppConfig


class ConfigConfig(AppConfig):
    """Registers the checks of the environment."""

    name = "config"

    def ready(self) -> None:
        """Import the checks; importing registers them."""
        from config import checks  # noqa: F401
