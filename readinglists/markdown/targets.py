"""Where a link of a list leads. Import `mend`, `Target`.

Pure. Addresses that are broken in a known way are mended; what was done is told.
"""

import re
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from bookmarks.links import BadUrl, clean_url

# Hosts written without a scheme, as in [site](www.example.org/page).
NO_SCHEME = re.compile(
    r"(?:www\.)?[a-z0-9-]+(?:\.[a-z0-9-]+)*\.(?:com|org|net|edu|io|ai|gov|cc|dev"
    r"|uk|de|fr|cn|ca|ch|me|info|co|us)(?:[/?:].*)?\Z",
    re.I,
)
TWICE = re.compile(r"(?:%20|\s)*\(\s*https?://.*\Z", re.I)
# No address of the web is longer; it is not looked at closely.
LONGEST = 5_000
README = re.compile(r"(?:/(?:blob|tree)/[^/]+)?(?:/readme(?:\.\w+)?)?/?\Z", re.I)


@dataclass(frozen=True)
class Target:
    """An address of the web (`url`), a place in the file (`fragment`), or neither: then why."""

    url: str = ""
    fragment: str = ""
    repair: str = ""
    reason: str = ""


def mend(href: str, base: str = "", fragments: frozenset[str] = frozenset()) -> Target:
    """Return where a link leads.

    `base` is the address of the file, for relative links; `fragments` are the names of its
    headings, by which absolute links into the file itself are known.
    """
    if len(href) > LONGEST:
        return Target(reason=f"“{href[:100]}” is no address of the web")
    href = href.strip().replace("\\_", "_").replace("\\", "")
    if href.startswith(("#", "./#", "?#")) or re.match(r"(\./)?readme\.\w+#", href, re.I):
        return Target(fragment=href.partition("#")[2] or "#")
    repairs = []
    if TWICE.search(href) and not href.lower().startswith("("):
        href = TWICE.sub("", href)
        repairs.append("an address that stood there twice was taken once")
    if href.lower().endswith(".pdf&embed"):
        href = href[: -len("&embed")]
        repairs.append("“&embed” was cut from an address")
    while href.endswith(")") and href.count(")") > href.count("("):
        href = href[:-1]
        repairs.append("a parenthesis too many was cut")
    if href.startswith("//") or NO_SCHEME.match(href):
        href = f"https://{href.lstrip('/')}"
        repairs.append("“https://” was put before an address")
    elif base and not re.match(r"[a-z][a-z0-9+.-]*:", href, re.I):
        href = urljoin(base, href)
    if not re.match(r"https?:", href, re.I):
        return Target(reason=f"“{href[:100]}” is no address of the web")
    return _checked(href, "; ".join(repairs), fragments)


def _checked(href: str, repair: str, fragments: frozenset[str]) -> Target:
    try:
        url = clean_url(href)
        parts = urlsplit(url)
    except (BadUrl, ValueError):
        return Target(reason=f"“{href[:100]}” is no address of the web")
    readme = parts.fragment and _is_readme(parts.hostname or "", parts.path)
    if readme and _slug(parts.fragment) in fragments:
        return Target(fragment=parts.fragment)
    return Target(url=url, repair=repair)


def _is_readme(host: str, path: str) -> bool:
    pieces = path.strip("/").split("/")
    if host.removeprefix("www.") != "github.com" or len(pieces) < 2:
        return False
    return README.fullmatch("/" + "/".join(pieces[2:]) if pieces[2:] else "") is not None


def _slug(text: str) -> str:
    return re.sub(r"[^\w]+", "", text).lower()


def slug_of(heading: str) -> str:
    """Return a heading's name in links, without what renderers write differently."""
    return _slug(heading)
