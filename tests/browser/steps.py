"""Steps that the browser tests share. Import `sign_up`, `save`, `entry`, `stay`, `stayed`, `press`,
`follow`, `new_list`, `paste`, `item`.
"""

import re
from itertools import count
from urllib.parse import urlsplit

from playwright.sync_api import Locator, Page, expect

PASSWORD = "correct horse battery staple"
numbers = count(1)


def sign_up(page: Page) -> str:
    """Make an account in this window and return its name."""
    name = f"window_{next(numbers)}"
    page.goto("/signup/")
    page.fill("[name=username]", name)
    page.fill("[name=password]", PASSWORD)
    page.click("button.primary")
    expect(page.locator(".me")).to_contain_text(name)
    return name


def save(page: Page, url: str, **fields: str) -> None:
    """Save a page through the form, which leads to one's own list."""
    page.goto("/add")
    page.fill("[name=url]", url)
    for name, text in fields.items():
        page.fill(f"[name={name}]", text)
    page.click("button.primary")
    expect(page.locator(".messages")).to_contain_text("Saved.")


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
