"""How pages behave on small screens, in the dark, by keyboard, and whom they talk to."""

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.steps import save, sign_up
from tests.outside import Outside
from tests.sites import Site

AWKWARD = {
    "a long word": "x" * 250,
    "a right-to-left title": "مراجعة للاستدلال البايزي",
    "emoji": "👩‍🔬🧮" * 40,
    "an address": "https://example.org/" + "a-b/" * 50,
}
PAGES = ["/", "/recent/", "/bookmarklets/", "/add?showtags=yes", "/settings/", "/nowhere/"]


def overflow(page: Page) -> int:
    """Return by how many pixels a page is wider than its window."""
    return int(page.evaluate("document.documentElement.scrollWidth - innerWidth"))


def test_no_page_scrolls_sideways(page: Page, outside: Outside) -> None:
    name = sign_up(page)
    tags = " ".join(f"tag-{number}-{'y' * 40}" for number in range(99)) + " " + "z" * 255
    for number, title in enumerate(AWKWARD.values()):
        url = outside.put(f"/awkward/{number}", "<title>Awkward</title>")
        save(page, url + "?" + "q" * 1500, title=title, description=title * 2, tags=tags)
    permalink = page.locator("a.when").first.get_attribute("href") or ""
    for path in [f"/u:{name}/", f"/u:{name}/gone/", permalink, f"{permalink}edit/", *PAGES]:
        for width in (320, 390, 1280):
            page.set_viewport_size({"width": width, "height": 800})
            page.goto(path)
            assert overflow(page) <= 0, (path, width)


def test_it_follows_the_scheme_of_the_system(page: Page) -> None:
    page.goto("/login/")
    colours = set()
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        colours.add(page.evaluate("getComputedStyle(document.body).backgroundColor"))
    assert len(colours) == 2


def test_the_keyboard_can_skip_to_the_content(page: Page) -> None:
    page.goto("/recent/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()


def test_buttons_are_large_enough_for_a_finger(browser: Browser, site: Site, url: str) -> None:
    context = browser.new_context(
        base_url=site.url, has_touch=True, is_mobile=True, viewport={"width": 390, "height": 800}
    )
    page = context.new_page()
    sign_up(page)
    save(page, url, title="T", tags="bayes")
    small = page.eval_on_selector_all(
        ".bookmark button, .edit_links a, .tag, header.site nav a, .filters a",
        "all => all.filter(each => each.getBoundingClientRect().height < 24)"
        ".map(each => each.outerHTML)",
    )
    assert small == []
    context.close()


@pytest.fixture
def url(outside: Outside) -> str:
    """Return the address of a page."""
    return outside.put("/finger", "<title>Finger</title>")


def test_pages_talk_to_no_other_host(page: Page, site: Site, url: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    name = sign_up(page)
    save(page, url, title="T", tags="bayes", description="See https://example.org/a.")
    for path in ["/recent/", "/popular/", f"/u:{name}/", *PAGES]:
        page.goto(path)
    assert [address for address in asked if not address.startswith(site.url)] == []
