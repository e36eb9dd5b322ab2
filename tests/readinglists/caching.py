"""A cache with nothing in it, for a test. Import `begin_cache`."""

import secrets

from pytest_django.fixtures import Settings


def begin_cache(settings: Settings) -> None:
    """Let nothing be found that was cached before, here or in tests that run beside this one.

    The processes of a run share one Redis, so that emptying it takes away what others count on.
    """
    ours = settings.CACHES["default"] | {"KEY_PREFIX": secrets.token_hex(8)}
    if "LOCATION" not in ours:
        ours["LOCATION"] = ours["KEY_PREFIX"]  # caches in memory are told apart by name
    settings.CACHES = {"default": ours}
