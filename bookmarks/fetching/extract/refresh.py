"""Where an all but empty page sends its reader on; import `find_refresh`."""

import re
from urllib.parse import urldefrag

from bookmarks.fetching.extract.page import Found, Page, resolve

# HTML standard, 4.2.5.3 (the refresh state): a time, then a URL with or without "url=" and quotes.
META = re.compile(r"^\s*\d*(?:\.\d*)?\s*[;,\s]\s*(?:url\s*=\s*)?[\"']?\s*(?P<url>[^\"']+)", re.I)
SCRIPT = re.compile(
    r"(?:\blocation(?:\.href)?\s*=|\blocation\.(?:replace|assign)\()\s*(?P<quote>[\"'])"
    r"(?P<url>[^\"'\n]{1,2000})(?P=quote)",
)
SCRIPTS = 20_000
# Characters that a page may show which only sends on.
EMPTY = 400


def find_refresh(page: Page, text: str) -> Found:
    """The other page that a page without anything to read leads to, by meta refresh or script."""
    if sum(len(line.text) for line in page.body.lines[:60]) > EMPTY:
        return Found()
    candidates = [("meta refresh", META.match(value)) for value in page.meta.all("refresh")]
    candidates.append(("script", SCRIPT.search(text[:SCRIPTS])))
    for source, found in candidates:
        url = resolve(page.base_url, found["url"].replace("\\/", "/")) if found else ""
        if url and urldefrag(url)[0] != urldefrag(page.url)[0]:
            return Found(url, source)
    return Found()
