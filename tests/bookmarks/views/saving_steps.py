"""Steps that the tests of pages share: saving through the form, reading what a page lists."""

from bs4 import BeautifulSoup
from django.test import Client

from bookmarks.models import Bookmark


def save(client: Client, url: str, **fields: str) -> Bookmark:
    """Save through the form and return the bookmark."""
    answer = client.post("/add", {"url": url, **fields})
    assert answer.status_code == 302, soup(answer.content).get_text(" ", strip=True)
    return Bookmark.objects.latest("updated_at")


def soup(body: bytes) -> BeautifulSoup:
    """Return a page as a tree."""
    return BeautifulSoup(body, "lxml")


def titles(client: Client, path: str) -> list[str]:
    """Return the titles that a list shows, in order."""
    answer = client.get(path)
    assert answer.status_code == 200, path
    return [link.get_text(strip=True) for link in soup(answer.content).select(".bookmark_title")]


def count_of(client: Client, path: str) -> str:
    """Return the count in the heading of a list."""
    counted = soup(client.get(path).content).select_one("h1 .count")
    return counted.get_text(strip=True) if counted else ""


def form_values(body: bytes) -> dict[str, str]:
    """Return what the form on a page is filled with; unticked boxes are left out."""
    values: dict[str, str] = {}
    for field in soup(body).select("form [name]"):
        name = str(field["name"])
        if field.name == "textarea":
            values[name] = field.get_text().removeprefix("\n")
        elif field.get("type") != "checkbox" or field.has_attr("checked"):
            values[name] = str(field.get("value", ""))
    return values
