"""What is known of single sites and families of sites; import `read_site`.

Each module has one shape: patterns as data, functions that take a `Page` and return `SiteFacts`,
and `SITES`, its rows of the table in `table.py`. Only a page's own site is asked.
"""

from bookmarks.fetching.extract.sites.site import SiteFacts
from bookmarks.fetching.extract.sites.table import read_site

__all__ = ["SiteFacts", "read_site"]
