"""When a page was last changed; import `find_modified`."""

from bookmarks.fetching.extract.dates import parse_date
from bookmarks.fetching.extract.jsonld import first_text
from bookmarks.fetching.extract.page import Found, Page

MODIFIED_TAGS = (
    "article:modified_time",
    "og:updated_time",
    "article:updated_time",
    "datemodified",
    "dcterms.modified",
    "dc.date.modified",
    "last-modified",
    "revised",
)


def find_modified(page: Page, language: str, published: str) -> Found:
    """The day the page says it was last changed on, unless it had not been published then."""
    things = page.data.articles + page.data.works + page.data.pages
    declared = [(name, page.meta.first(name)) for name in MODIFIED_TAGS]
    declared.append(("json-ld dateModified", first_text(things, "dateModified")))
    for source, value in declared:
        date = parse_date(value, language) if value else ""
        if date and date[: len(published[:10])] >= published[:10]:
            return Found(date, source)
    return Found()
