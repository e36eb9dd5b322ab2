"""Where lists stand on the site: the paths of lists, their sections and items. Pure.

`/lists/`, `/u:ada/lists/`, `/u:ada/l:deep-learning/`, and below it what can be done with a list,
with an item (`i:17/edit/`) and with a section (`s:4/move/`).
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from readinglists.models import ReadingList


def lists_path(username: str = "") -> str:
    """Return the path of everybody's public lists, or of one person's."""
    return f"/u:{username}/lists/" if username else "/lists/"


def list_path(username: str, slug: str, action: str = "") -> str:
    """Return the path of a list, or of something to do with it."""
    return f"/u:{username}/l:{slug}/" + (f"{action}/" if action else "")


def path_of(reading_list: "ReadingList") -> str:
    """Return the path of a list, read with its owner."""
    return list_path(reading_list.owner.username, reading_list.slug)


def item_path(username: str, slug: str, item_id: int, action: str = "") -> str:
    """Return the path that leads to an item in its list, or of something to do with it."""
    return list_path(username, slug, f"i:{item_id}" + (f"/{action}" if action else ""))


def section_path(username: str, slug: str, section_id: int, action: str = "") -> str:
    """Return the path of a section with its items, or of something to do with it.

    What stands before all sections is section 0.
    """
    return list_path(username, slug, f"s:{section_id}" + (f"/{action}" if action else ""))


def place_in_list(username: str, slug: str, section_id: int, item_id: int | None = None) -> str:
    """Return the address at which a list shows a section opened, or one item in it."""
    anchor = f"i-{item_id}" if item_id else f"s-{section_id}"
    return f"{list_path(username, slug)}?open={section_id}#{anchor}"


def network_path(username: str = "") -> str:
    """Return the path of one's own network; with a name, as its feeds have it."""
    return f"/u:{username}/network/" if username else "/network/"
