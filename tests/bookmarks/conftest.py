"""What the tests of bookmarks share: the clock, a server to fetch from."""

from tests.bookmarks.clock import clock
from tests.bookmarks.working import hasty, server

__all__ = ["clock", "hasty", "server"]
