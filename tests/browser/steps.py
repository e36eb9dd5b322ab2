"""Steps that the browser tests share. Import `sign_up`, `save`, `entry`, `stay`, `stayed`."""

from itertools import count

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
