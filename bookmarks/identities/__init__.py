"""What a URL alone says it names: a paper, a repository, a video; import `recognise`.

Each module knows one family of sources and has one shape: patterns and names as data with their
origin, functions that take an `Address`, and `SOURCES`, its rows of the table in `table.py`.
Pure: no network, no database.
"""

from bookmarks.identities.recognised import Kind, Recognised
from bookmarks.identities.table import recognise
from bookmarks.identities.trackers import without_trackers
from bookmarks.identities.trimming import trim

__all__ = ["Kind", "Recognised", "recognise", "trim", "without_trackers"]
