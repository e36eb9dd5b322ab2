"""Steps that the browser tests share. Import `sign_up`, `save`, `entry`, `stay`, `stayed`, `press`,
`follow`, `new_list`, `paste`, `item`.
"""

import re
from itertools import count
from urllib.parse import urlsplit

from bs4 import BeautifulSoup
from playwright.sync_api import Locator, Page, expect

PASSWORD = "correct horse battery staple"
numbers = count(1)


def send(page: Page, path: str, fields: dict[str, str]) -> str:
    """Send the form of a page as this window's person, and return where that leads.

    No page is shown, for that takes a browser long; test_saving.py does all in the window once.
    """
    form = BeautifulSoup(page.request.get(path).text(), "lxml")
    token = form.select_one("[name=csrfmiddlewaretoken]")
    assert token, path
    answer = page.request.post(path, form={"csrfmiddlewaretoken": str(token["value"]), **fields})
    assert answer.ok, answer.text()
    assert not answer.url.endswith(path), f"{path} was refused: {answer.text()}"
    return answer.url


def sign_up(page: Page) -> str:
    """Make an account, into which this window is logged in, and return its name."""
    name = f"window_{next(numbers)}"
    send(page, "/signup/", {"username": name, "password": PASSWORD})
    return name


def save(page: Page, url: str, **fields: str) -> None:
    """Save a page, and open what that leads to: one's own list."""
    page.goto(send(page, "/add", {"url": url, **fields}))


def entry(page: Page, title: str) -> Locator:
    """Return the entry with a title."""
    return page.locator("article.bookmark").filter(has_text=title)


def stay(page: Page) -> None:
    """Leave a mark in the window that loading any page removes."""
    page.evaluate("window.stays = true")


def stayed(page: Page) -> bool:
    """Tell whether no page was loaded since `stay`."""
    return bool(page.evaluate("window.stays === true"))


def press(page: Page | Locator, name: str) -> None:
    """Press the button of this name."""
    page.get_by_role("button", name=name, exact=True).click()


def follow(page: Page, name: str) -> None:
    """Follow the link of this name."""
    page.get_by_role("link", name=name, exact=True).click()


def new_list(page: Page, title: str, *lines: str) -> str:
    """Make a public list by its form, paste lines into it, and return its path."""
    page.goto("/lists/new/")
    page.fill("#id_title", title)
    press(page, "Make the list")
    expect(page.locator("h1")).to_have_text(title)
    path = urlsplit(page.url).path
    if lines:
        paste(page, path, *lines)
    return path


def paste(page: Page, path: str, *lines: str) -> None:
    """Paste lines into a list, a title and an address each."""
    page.goto(f"{path}paste/")
    page.fill("#text", "\n".join(lines))
    press(page, "Preview")
    page.locator("main button[name=run]").click()
    expect(page.locator(".list-head")).to_be_visible()


def item(page: Page, title: str) -> Locator:
    """Return the item of a list with exactly this title."""
    named = page.locator(".bookmark_title, .words", has_text=re.compile(f"^{re.escape(title)}$"))
    return page.locator(".item").filter(has=named)
