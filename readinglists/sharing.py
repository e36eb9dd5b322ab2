"""How a list looks elsewhere: as a card, as schema.org's ItemList, as JSON.

Import `Card`, `card_of`, `list_as_json`.
"""

import json
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.utils.html import strip_tags
from django.utils.safestring import SafeString, mark_safe

from bookmarks.entries import safe_href
from bookmarks.open_graph import icon_url
from bookmarks.wording import counted, cut_at_word, machine_time
from readinglists.entries import note_html, title_of
from readinglists.estimates import minutes_of
from readinglists.models import Item, ReadingList
from readinglists.outline import Outline, Part
from readinglists.paths import item_path, path_of

DESCRIPTION_LENGTH = 200
# As django.utils.html.json_script does: no text can end the element or open another.
ESCAPES = {ord(">"): "\\u003E", ord("<"): "\\u003C", ord("&"): "\\u0026"}


@dataclass(frozen=True)
class Card:
    """What sites and search engines show of a list. `item_list` is JSON, safe inside an element."""

    url: str
    description: str
    item_list: SafeString
    image: str = field(default_factory=icon_url)


def card_of(outline: Outline, *, itemised: bool = True) -> Card:
    """Return the card of a list, with the items that are loaded, unless they are not asked for."""
    reading_list = outline.reading_list
    url = url_of(reading_list)
    words = " ".join(strip_tags(note_html(reading_list.description)).split())
    parts = outline.top.walk() if itemised else ()
    items = [item for part in parts for item in part.items or ()]
    document = {
        "@context": "https://schema.org",
        "@type": "ItemList",
        "name": reading_list.title,
        "url": url,
        "numberOfItems": reading_list.item_count,
        "itemListOrder": "https://schema.org/ItemListOrderAscending",
        "itemListElement": [_list_item(item, place) for place, item in enumerate(items, 1)],
    }
    return Card(
        url=url,
        description=cut_at_word(words, DESCRIPTION_LENGTH)
        or f"A reading list of {counted(reading_list.item_count, 'item')}"
        f" by {reading_list.owner.username}.",
        item_list=mark_safe(json.dumps(document, ensure_ascii=False).translate(ESCAPES)),  # noqa: S308 - escaped
    )


def list_as_json(outline: Outline) -> dict[str, Any]:
    """Return a list whose items are all loaded as docs/api.md describes it."""
    reading_list = outline.reading_list
    return {
        "title": reading_list.title,
        "url": url_of(reading_list),
        "description": reading_list.description,
        "owner": reading_list.owner.username,
        "visibility": reading_list.visibility,
        "tags": reading_list.labels,
        "item_count": reading_list.item_count,
        "follower_count": reading_list.follower_count,
        "created_at": machine_time(reading_list.created_at),
        "updated_at": machine_time(reading_list.updated_at),
        **_part(outline.top, reading_list),
    }


def url_of(reading_list: ReadingList) -> str:
    """Return the whole address of a list, read with its owner."""
    return f"{settings.BASE_URL}{path_of(reading_list)}"


def _part(part: Part, reading_list: ReadingList) -> dict[str, Any]:
    return {
        "items": [_item(item, reading_list) for item in part.items or ()],
        "sections": [
            {
                "title": inner.section.title,
                "note": inner.section.note,
                **_part(inner, reading_list),
            }
            for inner in part.parts
            if inner.section
        ],
    }


def _item(item: Item, reading_list: ReadingList) -> dict[str, Any]:
    owner, facts = reading_list.owner.username, item.facts
    said = facts.authors if facts else []
    return {
        "id": item.pk,
        "permalink": f"{settings.BASE_URL}{item_path(owner, reading_list.slug, item.pk)}",
        "url": item.url,
        "title": title_of(item),
        "authors": item.authors_text or ", ".join(str(name) for name in said),
        "venue": item.venue,
        "year": item.year,
        "note": item.note,
        "tags": item.labels,
        "need": item.need,
        "level": item.level,
        "pass": item.reading_pass,
        "stars": item.stars,
        "minutes": minutes_of(item),
        "after": [one.earlier_id for one in item.prerequisites.all()],
        "alternates": [
            {"url": one.url, "role": one.role, "label": one.label} for one in item.alternates.all()
        ],
        "added_at": machine_time(item.added_at),
    }


def _list_item(item: Item, place: int) -> dict[str, Any]:
    said: dict[str, Any] = {"@type": "ListItem", "position": place, "name": title_of(item)}
    return said | ({"url": safe_href(item.url)} if item.url else {})
