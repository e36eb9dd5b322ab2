"""The canonical address and the picture of a page; import `find_canonical` and `find_image`."""

from bookmarks.fetching.extract.page import Found, Page, resolve, split

IMAGE_TAGS = (
    "og:image:secure_url",
    "og:image",
    "og:image:url",
    "twitter:image",
    "twitter:image:src",
    "thumbnailurl",
)
# A canonical address with such a host was left over from development.
NOT_REAL = ("localhost", "127.0.0.1", "example.com", "staging.")


def find_canonical(page: Page) -> Found:
    """The address the page calls its own, when that can be true; else the one it came from.

    Refused are addresses that are no http URL, that belong to a development server, or that send
    a deep page to the home page: sites with one canonical link in their template do so everywhere.
    """
    candidates = [("link canonical", href) for href in _link_targets(page, "canonical")]
    candidates.append(("og:url", page.meta.first("og:url")))
    for source, href in candidates:
        url = resolve(page.base_url, href) if href and "{{" not in href else ""
        if url and _can_be_true(url, page.url):
            return Found(url.partition("#")[0] if "#!" not in url else url, source)
    return Found(page.url, "address")


def _can_be_true(url: str, address: str) -> bool:
    there, here = split(url), split(address)
    if there.hostname != here.hostname and there.hostname.startswith(NOT_REAL):
        return False
    to_home = not there.path.strip("/") and not there.query and "#!" not in url
    return not (to_home and _is_deep(here.path))


def _is_deep(path: str) -> bool:
    """Whether a path leads below the home page and its aliases ("/index.html", "/en/")."""
    parts = [part for part in path.split("/") if part]
    return bool(parts) and not (len(parts) == 1 and (len(parts[0]) <= 5 or "index" in parts[0]))


def _link_targets(page: Page, relation: str) -> list[str]:
    return [
        tag.get("href").strip()
        for tag in page.tags("link")
        if relation in tag.get("rel").lower().split()
    ]


def find_image(page: Page) -> Found:
    """The picture the page offers for a preview, as an absolute http URL."""
    for name in IMAGE_TAGS:
        for value in page.meta.all(name):
            if url := resolve(page.base_url, value):
                return Found(url, name)
    for href in _link_targets(page, "image_src"):
        if url := resolve(page.base_url, href):
            return Found(url, "link image_src")
    return _data_image(page)


def _data_image(page: Page) -> Found:
    for thing in page.data.articles + page.data.products + page.data.works:
        image = thing.get("image") or thing.get("thumbnailUrl")
        for one in image if isinstance(image, list) else [image]:
            value = one.get("url") if isinstance(one, dict) else one
            if isinstance(value, str) and (url := resolve(page.base_url, value)):
                return Found(url, "json-ld image")
    return Found()
