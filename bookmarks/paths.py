"""Where things stand on the site: the paths of lists, bookmarks and feeds. Pure.

Pinboard's scheme: `/u:ada/`, `/t:bayes/`, `/u:ada/t:bayes/t:tutorial/`, `/u:ada/unread/`. A tag
stands in a path by its name, never by a slug: "C++" and "c#" are two tags.
"""

from collections.abc import Iterable
from urllib.parse import quote, unquote

from bookmarks.cursors import Cursor

PINBOARDS_FEEDS = {"pinboard_rss": "/rss/", "pinboard_json": "/json/"}


def tag_segment(label: str) -> str:
    """Return `t:LABEL/` for a path.

    A server hands `%2F` on as a slash, so slashes and percent signs of the label itself are
    encoded twice; `tags_in` reads them back.
    """
    inner = label.replace("%", "%25").replace("/", "%2F")
    return f"t:{quote(inner, safe=':@!$&()*+,;=~')}/"


def tags_argument(labels: Iterable[str]) -> str:
    """Return what `{% url %}` takes for `tags`, which `tags_in` reads back: "A/t:B"."""
    return "/t:".join(label.replace("%", "%25").replace("/", "%2F") for label in labels)


def tags_in(segments: str) -> tuple[str, ...]:
    """Return the labels in what follows the first `t:` of a decoded path: `A/t:B`."""
    return tuple(unquote(part) for part in segments.split("/t:"))


def list_path(
    username: str = "",
    labels: Iterable[str] = (),
    shelf: str = "",
    cursor: Cursor | None = None,
) -> str:
    """Return the path of a list: of one person or everyone, with tags, on a shelf, at a place."""
    path = f"/u:{username}/" if username else "/"
    path += "".join(tag_segment(label) for label in labels)
    if shelf:
        path += f"{shelf}/"
    if path == "/":
        path = "/recent/"
    return path + (f"{cursor}/" if cursor else "")


def bookmark_path(username: str, slug: str, action: str = "") -> str:
    """Return the permalink of a bookmark, or the path of something to do with it."""
    return f"/u:{username}/b:{slug}/" + (f"{action}/" if action else "")


def notes_path(username: str) -> str:
    """Return the path of a person's notes."""
    return f"/u:{username}/notes/"


def note_path(username: str, key: str) -> str:
    """Return the path of a note."""
    return f"{notes_path(username)}{key}/"


def page_path(key: str, cursor: Cursor | None = None) -> str:
    """Return the path of the page that shows who saved a URL."""
    return f"/url:{key}/" + (f"{cursor}/" if cursor else "")


def feed_path(form: str, path: str, feed_key: str = "") -> str:
    """Return the path of a list's feed as `atom`, `rss` or `json`; with a key, a private feed.

    Pinboard's own forms, `pinboard_rss` and `pinboard_json`, are where Pinboard has them.
    """
    secret = f"secret:{feed_key}/" if feed_key else ""
    root = PINBOARDS_FEEDS.get(form, f"/feeds/{form}/")
    return f"{root}{secret}{path.lstrip('/')}"
