"""The buttons of an entry: without a reload where scripts run, with plain forms where not."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.steps import entry, save, sign_up, stay, stayed
from tests.outside import Outside
from tests.sites import Site

LONG = "A word and another. " * 60


@pytest.fixture
def url(outside: Outside) -> str:
    """Return the address of a page."""
    return outside.put("/one", "<!doctype html><title>One</title><p>One page.</p>")


@pytest.fixture
def listed(page: Page, url: str) -> Page:
    """Open the list of a person with one bookmark."""
    sign_up(page)
    save(page, url, title="The one", description=LONG, tags="bayes mcmc")
    stay(page)
    return page


@pytest.mark.parametrize(
    ("button", "following", "sign"),
    [
        (".star", ".selected_star", ".selected_star"),
        ("text=mark unread", "text=mark read", ".bookmark_title.unread"),
        ("text=make private", "text=make public", ".edit_links"),
    ],
)
def test_a_button_acts_in_place(listed: Page, button: str, following: str, sign: str) -> None:
    entry(listed, "The one").locator(button).click()
    expect(entry(listed, "The one").locator(following)).to_be_focused()
    expect(entry(listed, "The one").locator(sign)).to_be_visible()
    assert stayed(listed)
    listed.reload()
    expect(entry(listed, "The one").locator(following)).to_be_visible()
    stay(listed)
    entry(listed, "The one").locator(following).press("Enter")
    expect(entry(listed, "The one").locator(button)).to_be_focused()
    assert stayed(listed)


def test_what_happened_is_said(listed: Page) -> None:
    entry(listed, "The one").locator(".star").click()
    expect(listed.locator("p[role=status]")).to_have_text("Starred.")


def test_a_deleted_one_is_brought_back_in_place(listed: Page) -> None:
    entry(listed, "The one").get_by_role("button", name="delete").click()
    expect(listed.locator(".deleted")).to_contain_text("The one")
    expect(listed.locator("article.bookmark")).to_have_count(0)
    expect(listed.get_by_role("button", name="Undo")).to_be_focused()
    listed.keyboard.press("Enter")
    expect(entry(listed, "The one")).to_be_visible()
    assert stayed(listed)
    listed.reload()
    expect(entry(listed, "The one")).to_be_visible()


def test_it_is_edited_in_place(listed: Page) -> None:
    entry(listed, "The one").locator(".edit").click()
    expect(listed.get_by_label("Title")).to_be_focused()
    listed.get_by_label("Title").fill("Changed")
    listed.get_by_role("button", name="Save changes").click()
    expect(entry(listed, "Changed").locator(".edit")).to_be_focused()
    assert stayed(listed)
    listed.reload()
    expect(entry(listed, "Changed")).to_be_visible()


@pytest.mark.parametrize("way", ["Cancel", "Escape"])
def test_editing_can_be_left(listed: Page, way: str) -> None:
    entry(listed, "The one").locator(".edit").click()
    if way == "Escape":
        listed.get_by_label("Title").press("Escape")
    else:
        listed.get_by_label("Title").fill("Forget me")
        listed.get_by_role("link", name="Cancel").click()
    expect(entry(listed, "The one").locator(".edit")).to_be_focused()
    assert stayed(listed)


def test_a_refused_edit_keeps_what_was_typed(listed: Page) -> None:
    entry(listed, "The one").locator(".edit").click()
    listed.get_by_label("Address").fill("ftp://example.com/")
    listed.get_by_label("Title").fill("Typed")
    listed.get_by_role("button", name="Save changes").click()
    expect(listed.get_by_label("Address")).to_be_focused()
    expect(listed.get_by_label("Address")).to_have_attribute("aria-invalid", "true")
    expect(listed.get_by_role("alert")).to_contain_text("http")
    expect(listed.get_by_label("Title")).to_have_value("Typed")
    listed.get_by_role("link", name="Cancel").click()
    expect(entry(listed, "The one")).to_be_visible()
    assert stayed(listed)


def test_two_can_be_edited_at_once(listed: Page, outside: Outside) -> None:
    save(listed, outside.put("/two", "<title>Two</title>"), title="The other")
    for title in ("The one", "The other"):
        entry(listed, title).locator(".edit").click()
        expect(listed.get_by_label("Title").last).to_be_visible()
    expect(listed.get_by_label("Title")).to_have_count(2)
    ids = listed.eval_on_selector_all("[id]", "all => all.map(each => each.id)")
    assert len(ids) == len(set(ids))


def test_without_network_it_says_so_and_keeps_what_was_typed(listed: Page) -> None:
    entry(listed, "The one").locator(".edit").click()
    listed.get_by_label("Title").fill("Typed")
    listed.context.set_offline(True)
    listed.get_by_role("button", name="Save changes").click()
    expect(listed.get_by_role("alert")).to_contain_text("cannot be reached")
    expect(listed.get_by_label("Title")).to_have_value("Typed")
    listed.context.set_offline(False)
    listed.get_by_role("button", name="Save changes").click()
    expect(entry(listed, "Typed")).to_be_visible()
    assert stayed(listed)


def test_a_button_without_network_says_so(listed: Page) -> None:
    listed.context.set_offline(True)
    entry(listed, "The one").locator(".star").click()
    expect(entry(listed, "The one").get_by_role("alert")).to_contain_text("cannot be reached")
    listed.context.set_offline(False)
    entry(listed, "The one").locator(".star").click()
    expect(entry(listed, "The one").locator(".selected_star")).to_be_visible()


def test_a_button_after_logging_out_says_so(listed: Page) -> None:
    listed.context.clear_cookies()
    entry(listed, "The one").locator(".star").click()
    expect(entry(listed, "The one").get_by_role("alert")).to_contain_text("logged out")


def test_more_opens_in_place(listed: Page) -> None:
    text = entry(listed, "The one").locator(".description")
    assert len(text.inner_text()) < len(LONG) - 100
    text.locator(".more").click()
    expect(entry(listed, "The one").locator(".description")).to_have_text(LONG.strip())
    assert stayed(listed)


@pytest.fixture
def plain(browser: Browser, site: Site, url: str) -> Iterator[Page]:
    """Open the list of a person with one bookmark in a window without scripts."""
    context = browser.new_context(base_url=site.url, java_script_enabled=False)
    page = context.new_page()
    sign_up(page)
    save(page, url, title="The one", description=LONG, tags="bayes mcmc")
    yield page
    context.close()


def test_without_scripts_the_buttons_work(plain: Page) -> None:
    here = plain.url
    for button, following in (
        (".star", ".selected_star"),
        ("text=mark unread", "text=mark read"),
        ("text=make private", "text=make public"),
    ):
        entry(plain, "The one").locator(button).click()
        expect(entry(plain, "The one").locator(following)).to_be_visible()
        assert plain.url == here


def test_without_scripts_delete_can_be_undone(plain: Page) -> None:
    entry(plain, "The one").get_by_role("button", name="delete").click()
    expect(plain.locator("article.bookmark")).to_have_count(0)
    plain.get_by_role("button", name="Undo").click()
    expect(entry(plain, "The one")).to_be_visible()


def test_without_scripts_it_is_edited_on_a_page(plain: Page) -> None:
    here = plain.url
    entry(plain, "The one").locator(".edit").click()
    plain.get_by_label("Title").fill("Changed")
    plain.get_by_role("button", name="Save changes").click()
    expect(entry(plain, "Changed")).to_be_visible()
    assert plain.url == here


def test_without_scripts_more_leads_to_all_of_it(plain: Page) -> None:
    entry(plain, "The one").locator(".more").click()
    expect(plain.locator(".description")).to_have_text(LONG.strip())
