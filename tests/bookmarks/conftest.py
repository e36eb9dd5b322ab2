"""What the tests of bookmarks share: the clock."""

from tests.bookmarks.clock import clock

__all__ = ["clock"]
