"""How pages look where they are shared (https://ogp.me/). Import `Graph`, `graph_of_list`,
`graph_of_bookmark`, `icon_url`.

Whoever asks, owner or stranger, gets the same, made of what everyone may read: so nothing private
is in it even when an owner looks at their own page.
"""

from dataclasses import dataclass, field

from django.conf import settings
from django.templatetags.static import static

from bookmarks.markup import plain_title
from bookmarks.models import Bookmark
from bookmarks.paths import bookmark_path
from bookmarks.tag_names import is_private_tag
from bookmarks.wording import cut_at_word

LENGTH = 240


def icon_url() -> str:
    """Return the address of the picture of the site."""
    return f"{settings.BASE_URL}{static('icons/icon-512.png')}"


@dataclass(frozen=True)
class Graph:
    """What is told of a page; `url` is its one true address."""

    url: str
    title: str
    description: str = ""
    type: str = "website"
    image: str = field(default_factory=icon_url)


def graph_of_list(path: str, username: str = "", labels: tuple[str, ...] = ()) -> Graph | None:
    """Return what is told of a list at a path: whose bookmarks, with which tags.

    None for tags that only their owner sees.
    """
    if any(map(is_private_tag, labels)):
        return None
    tagged = f" tagged {', '.join(labels)}" if labels else ""
    by = f" of {username}" if username else ""
    title = f"Bookmarks{by}{tagged}"
    shown = "Papers, courses, posts and code"
    whose = f"that {username} keeps" if username else "that people keep"
    description = f"{shown} {whose}{f', {tagged.strip()}' if tagged else ''}, on Softmarks."
    return Graph(f"{settings.BASE_URL}{path}", title, description)


def graph_of_bookmark(bookmark: Bookmark) -> Graph | None:
    """Return what is told of a bookmark; nothing of a private one."""
    if bookmark.private:
        return None
    said = bookmark.description or plain_title(bookmark.shown.excerpt)
    one_line = " ".join(said.split())
    path = bookmark_path(bookmark.owner.username, bookmark.slug)
    return Graph(
        f"{settings.BASE_URL}{path}",
        plain_title(bookmark.shown_title),
        cut_at_word(one_line, LENGTH) + ("…" if len(one_line) > LENGTH + 60 else ""),
        type="article",
    )
