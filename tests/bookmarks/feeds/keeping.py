"""Saving and reading in the tests of feeds. Import `keep`, `show_facts`, `get_feed`, `URLS`."""

from datetime import UTC, datetime, timedelta
from typing import Any

from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from accounts.models import User
from bookmarks.drafts import make_draft
from bookmarks.models import Bookmark, Page
from bookmarks.storing import store_bookmark

FORMS = ("atom", "rss", "json")
START = datetime(2024, 5, 1, 12, 30, 15, tzinfo=UTC)

# What people and pages may say to break a feed; the store cleans some of it, and some not.
HOSTILE = (
    "]]></title><script>alert(1)</script>",
    '<script>alert("x")</script>',
    "a &amp; b &lt;b&gt; &#0; &bogus; %00",
    "NUL \x00 and BEL \x07 and \x85 and \ufffe\uffff here",
    "🧪 emoji 👩‍👩‍👧 \U0001f9ec",
    "שלום \u202e evil \u2066 مرحبا",
    "x" * 300,
    "<![CDATA[ <?xml version='1.0'?> <!DOCTYPE a [<!ENTITY b 'c'>]> -->",
    "\ufeff\ufffe\uffff",
    "line one\r\nline two\r\n\r\n<p onclick=alert(1)>three</p>",
)


def keep(owner: User, name: str, **said: Any) -> Bookmark:
    """Save and return a bookmark of a page of that name."""
    url = name if "://" in name else f"https://papers.example/{name}"
    return store_bookmark(owner, make_draft(url, **said)).bookmark


def keep_many(owner: User, number: int, start: int = 0, **said: Any) -> None:
    """Save bookmarks a minute apart, the last one newest."""
    for place in range(start, start + number):
        keep(owner, f"{place}", saved_at=START + timedelta(minutes=place), **said)


def show_facts(bookmark: Bookmark, **facts: Any) -> None:
    """Let the page of a bookmark have been fetched, and say this."""
    now = timezone.now()
    Page.objects.filter(pk=bookmark.page_id).update(fetched_at=now, changed_at=now, **facts)
    Bookmark.objects.filter(pk=bookmark.pk).update(facts_at=now)


def get_feed(
    form: str,
    path: str,
    key: str = "",
    client: Client | None = None,
    headers: dict[str, str] | None = None,
) -> HttpResponse:
    """Return the answer to a request for the feed of a list's path, by default a visitor's."""
    secret = f"secret:{key}/" if key else ""
    response = (client or Client()).get(f"/feeds/{form}/{secret}{path}", headers=headers)
    assert isinstance(response, HttpResponse)
    return response
