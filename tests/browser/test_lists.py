"""A reading list in a browser: moved by keys, mouse and finger, ticked in place, put in a frame."""

import re
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.steps import sign_up, stay, stayed
from tests.outside import Outside
from tests.sites import Site

# Makes a list, with the items a, b, c, and below a heading d and e, by its forms.
MAKE = """async () => {
    const parse = text => new DOMParser().parseFromString(text, "text/html");
    async function send(path, fields) {
        const form = parse(await (await fetch(path)).text()).querySelector("main form");
        const body = new URLSearchParams(new FormData(form));
        for (const [name, text] of Object.entries(fields)) body.set(name, text);
        return fetch(path, { method: "POST", body });
    }
    const answer = await send("/lists/new/", { title: "Letters" });
    const path = new URL(answer.url).pathname;
    for (const title of "abc") await send(`${path}add/`, { title });
    const page = parse(await (await send(`${path}add-section/`, { title: "Later" })).text());
    const { section } = [...page.querySelectorAll("[data-section]")].at(-1).dataset;
    for (const title of "de") await send(`${path}add/?section=${section}`, { title });
    return path;
}"""
Cookies = list[Any]


@pytest.fixture(scope="module")
def cookies(browser: Browser, site: Site) -> Cookies:
    """Return the cookies of a person of this module."""
    context = browser.new_context(base_url=site.url)
    sign_up(context.new_page())
    cookies: Cookies = context.cookies()
    context.close()
    return cookies


@pytest.fixture
def listed(page: Page, cookies: Cookies) -> Page:
    """Open a new list with two sections, in a window so tall that nothing has to scroll."""
    page.set_viewport_size({"width": 1280, "height": 1200})
    page.context.add_cookies(cookies)
    return open_list(page)


def open_list(page: Page) -> Page:
    page.goto("/lists/new/")
    page.goto(page.evaluate(MAKE))
    expect_order(page, "abc", "de")
    stay(page)
    return page


def item(page: Page, title: str) -> Locator:
    return page.locator(".item").filter(
        has=page.locator("strong", has_text=re.compile(f"^{title}$"))
    )


def expect_order(page: Page, *sections: str) -> None:
    for number, titles in enumerate(sections):
        shown = page.locator("[data-section]").nth(number).locator(".item strong")
        expect(shown).to_have_text(list(titles))


def drag(page: Page, title: str, onto: str, *, below: bool) -> None:
    """Drag an item by its grip into the upper or lower half of another."""
    page.mouse.move(*middle(item(page, title).locator(".grip")))
    page.mouse.down()
    box = item(page, onto).bounding_box()
    assert box
    y = box["y"] + box["height"] * (0.75 if below else 0.25)
    page.mouse.move(box["x"] + 60, y, steps=3)
    page.mouse.up()


def middle(place: Locator) -> tuple[float, float]:
    box = place.bounding_box()
    assert box
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def expect_kept(page: Page, *sections: str) -> None:
    """Wait for what was moved to be told, then compare with the page loaded anew."""
    page.wait_for_load_state("networkidle")
    expect_order(page, *sections)
    assert stayed(page)
    page.reload()
    expect_order(page, *sections)
    expect(page.locator(".item .number")).to_have_text(list("12345"))


def test_an_item_is_moved_by_keys_and_keeps_the_focus(listed: Page) -> None:
    link = item(listed, "b").locator(".edit")
    link.focus()
    listed.keyboard.press("Alt+ArrowDown")
    expect_order(listed, "acb", "de")
    expect(listed.locator("p[role=status]")).to_have_text("b: 3 of 3.")
    for _ in "12":
        listed.keyboard.press("Alt+ArrowDown")
    expect(listed.locator("p[role=status]")).to_have_text("b: 2 of 3 in 1 Later.")
    expect(link).to_be_focused()
    expect(listed.locator(".item .number")).to_have_text(list("12345"))
    expect_kept(listed, "ac", "dbe")


def test_an_item_is_dragged_into_another_section_and_back(listed: Page) -> None:
    drag(listed, "a", "d", below=True)
    expect_order(listed, "bc", "dae")
    expect(listed.locator(".part-progress")).to_have_text("0 of 3 read")
    expect(item(listed, "b")).to_have_class(re.compile("next-up"))
    drag(listed, "e", "b", below=False)
    expect_kept(listed, "ebc", "da")


def test_what_is_refused_goes_back_and_is_told(listed: Page) -> None:
    listed.context.set_offline(True)
    drag(listed, "c", "a", below=False)
    expect(item(listed, "c").get_by_role("alert")).to_contain_text("cannot be reached")
    expect_order(listed, "abc", "de")
    listed.context.set_offline(False)
    item(listed, "c").locator(".edit").focus()
    listed.keyboard.press("Alt+ArrowUp")
    expect(item(listed, "c").get_by_role("alert")).to_have_count(0)
    expect_kept(listed, "acb", "de")


def test_escape_leaves_an_item_where_it_is(listed: Page) -> None:
    listed.mouse.move(*middle(item(listed, "a").locator(".grip")))
    listed.mouse.down()
    listed.mouse.move(*middle(item(listed, "e")), steps=3)
    expect(listed.locator(".drop-mark")).to_have_count(1)
    listed.keyboard.press("Escape")
    listed.mouse.up()
    expect(listed.locator(".drop-mark, .dragged")).to_have_count(0)
    expect_order(listed, "abc", "de")


def test_an_item_is_dragged_by_a_finger(browser: Browser, site: Site, cookies: Cookies) -> None:
    context = browser.new_context(
        base_url=site.url, has_touch=True, is_mobile=True, viewport={"width": 390, "height": 900}
    )
    context.add_cookies(cookies)
    page = open_list(context.new_page())
    touch = context.new_cdp_session(page)
    x, y = middle(item(page, "a").locator(".grip"))
    end_x, end_y = middle(item(page, "c"))
    for kind, at in (
        ("touchStart", [(x, y)]),
        ("touchMove", [(x, y + 30)]),
        ("touchMove", [(end_x, end_y + 8)]),
        ("touchEnd", []),
    ):
        points = [{"x": each[0], "y": each[1]} for each in at]
        touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
    expect_kept(page, "bca", "de")
    context.close()


def test_progress_is_noted_in_place(listed: Page) -> None:
    item(listed, "a").locator(".status").click()
    expect(listed.locator("#progress strong")).to_have_text("1 of 5 read")
    expect(item(listed, "b")).to_have_class(re.compile("next-up"))
    expect(item(listed, "a").locator(".status")).to_be_focused()
    item(listed, "e").locator("summary").click()
    item(listed, "e").get_by_role("button", name="reading").click()
    expect(listed.locator(".part-progress")).to_have_text("0 of 2 read")
    expect(item(listed, "e")).to_have_class(re.compile("next-up"))
    expect(listed.locator(".states details[open]")).to_have_count(0)
    assert stayed(listed)
    listed.reload()
    expect(listed.locator("#progress strong")).to_have_text("1 of 5 read")


def test_without_scripts_progress_is_noted_by_forms(listed: Page, browser: Browser) -> None:
    state = listed.context.storage_state()
    context = browser.new_context(java_script_enabled=False, storage_state=state)
    page = context.new_page()
    page.goto(listed.url)
    expect(page.locator(".grip").first).to_be_hidden()
    item(page, "e").locator(".status").click()
    expect(page.locator("#progress strong")).to_have_text("1 of 5 read")
    item(page, "e").locator("summary").click()
    item(page, "e").get_by_role("button", name="not begun").click()
    expect(page.locator("#progress strong")).to_have_text("0 of 5 read")
    context.close()


def test_a_list_shows_in_a_frame_of_another_site(
    listed: Page, browser: Browser, outside: Outside
) -> None:
    other = outside.put("/frame", f'<!doctype html><iframe src="{listed.url}embed/"></iframe>')
    context = browser.new_context()
    page = context.new_page()
    page.goto(other)
    expect(page.frame_locator("iframe").locator("h1")).to_have_text("Letters")
    assert context.cookies() == []
    page.goto(listed.url)
    assert page.locator("script[type='application/ld+json']").count() == 1
    context.close()
