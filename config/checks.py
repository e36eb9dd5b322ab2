"""System checks of the environment: every wrong variable becomes an error with a hint."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register


@register(Tags.security)
def check_environment(**kwargs: Any) -> list[CheckMessage]:
    """Return an error for each environment variable whose value could not be used."""
    return [
        Error(problem.message, hint=problem.hint, id=f"softmarks.E{number:03}")
        for number, problem in enumerate(settings.ENVIRONMENT.problems, start=1)
    ]
