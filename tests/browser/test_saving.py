"""The form at /add in a browser: tags completed by keyboard, bookmarklets, passwords."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.steps import PASSWORD, save, sign_up
from tests.outside import Outside

HERE = "<!doctype html><title>A page</title><p>Some words to select.</p>"


@pytest.fixture
def tagger(page: Page, outside: Outside) -> Page:
    """Open the form of a person who has tags."""
    sign_up(page)
    save(page, outside.put("/a", HERE), title="A", tags="bayes bayesian-networks Bandits")
    page.goto("/add")
    return page


def test_one_signs_up_and_saves_in_the_window(page: Page) -> None:
    page.goto("/signup/")
    page.fill("[name=username]", "by_hand")
    page.fill("[name=password]", PASSWORD)
    page.click("button.primary")
    expect(page.locator(".me")).to_contain_text("by_hand")
    page.goto("/add")
    for name, text in (("url", "https://a.example/"), ("title", "A"), ("tags", "bayes mcmc")):
        page.fill(f"[name={name}]", text)
    page.click("button.primary")
    expect(page.locator(".messages")).to_contain_text("Saved.")
    expect(page.locator(".bookmark_title")).to_have_text(["A"])


def test_tags_are_completed_by_keyboard(tagger: Page) -> None:
    field = tagger.locator("[name=tags]")
    field.press_sequentially("mcmc bay")
    expect(tagger.get_by_role("option")).to_have_text(["bayes", "bayesian-networks"])
    expect(field).to_have_attribute("aria-expanded", "true")
    field.press("ArrowDown")
    field.press("ArrowDown")
    chosen = tagger.get_by_role("option", selected=True)
    expect(chosen).to_have_text("bayesian-networks")
    expect(field).to_have_attribute("aria-activedescendant", str(chosen.get_attribute("id")))
    field.press("Enter")
    expect(field).to_have_value("mcmc bayesian-networks ")
    expect(tagger.get_by_role("listbox")).to_have_count(0)
    expect(field).to_be_focused()
    assert tagger.url.endswith("/add")


def test_the_word_under_the_caret_is_completed(tagger: Page) -> None:
    field = tagger.locator("[name=tags]")
    field.fill("ba survey")
    for _ in range(len(" survey")):
        field.press("ArrowLeft")
    field.press_sequentially("n")
    expect(tagger.get_by_role("option")).to_have_text(["Bandits"])
    field.press("ArrowDown")
    field.press("Tab")
    expect(field).to_have_value("Bandits survey")


def test_completion_is_closed_by_escape_and_in_nobodys_way(tagger: Page) -> None:
    field = tagger.locator("[name=tags]")
    field.press_sequentially("bay")
    expect(tagger.get_by_role("listbox")).to_be_visible()
    field.press("Escape")
    expect(tagger.get_by_role("listbox")).to_have_count(0)
    field.press("Tab")
    expect(field).not_to_be_focused()
    expect(field).to_have_value("bay")


def test_a_tag_already_typed_is_not_offered(tagger: Page) -> None:
    tagger.locator("[name=tags]").press_sequentially("bayes baye")
    expect(tagger.get_by_role("option")).to_have_text(["bayesian-networks"])


def test_tags_are_put_in_and_taken_out_by_clicks(tagger: Page) -> None:
    tagger.goto("/add?showtags=yes")
    button = tagger.locator(".suggested_tag", has_text="Bandits").last
    button.click()
    expect(tagger.locator("[name=tags]")).to_have_value("Bandits ")
    expect(button).to_have_attribute("aria-pressed", "true")
    button.click()
    expect(tagger.locator("[name=tags]")).to_have_value("")


def test_bookmarklets_save_the_page_in_front_of_one(page: Page, outside: Outside) -> None:
    name = sign_up(page)
    page.goto("/bookmarklets/")
    code = page.locator("a[href^='javascript:']").first.get_attribute("href") or ""
    page.goto(outside.put("/front", HERE))
    page.evaluate("getSelection().selectAllChildren(document.querySelector('p'))")
    with page.context.expect_page() as opened:
        page.evaluate("code => { eval(decodeURIComponent(code.slice(11))) }", code)
    popup = opened.value
    expect(popup.locator("[name=title]")).to_have_value("A page")
    expect(popup.locator("[name=description]")).to_have_value("Some words to select.")
    expect(popup.locator("header.site")).to_have_count(0)
    with popup.expect_event("close"):
        popup.get_by_role("button", name="Save").click()
    page.goto(f"/u:{name}/")
    expect(page.locator(".bookmark_title")).to_have_text(["A page"])


RUN = "code => { setTimeout(() => eval(decodeURIComponent(code.slice(11)))) }"


def test_save_here_comes_back_to_the_page_on_its_other_site(page: Page, outside: Outside) -> None:
    name = sign_up(page)
    page.goto("/bookmarklets/")
    code = page.get_by_role("link", name="save here").get_attribute("href")
    there = outside.put("/come-back", HERE)
    page.goto(there)
    page.evaluate(RUN, code)
    page.wait_for_url("**/add?**")
    page.get_by_role("button", name="Save").click()
    page.wait_for_url(there)
    page.goto(f"/u:{name}/")
    expect(page.locator(".bookmark_title")).to_have_text(["A page"])


def test_read_later_needs_one_click_and_closes(page: Page, outside: Outside) -> None:
    name = sign_up(page)
    page.goto("/bookmarklets/")
    code = page.get_by_role("link", name="read later").get_attribute("href")
    page.goto(outside.put("/later", HERE))
    with page.context.expect_page() as opened:
        page.evaluate(RUN, code)
    with opened.value.expect_event("close"):
        opened.value.locator("button.primary").click()
    page.goto(f"/u:{name}/unread/")
    expect(page.locator(".bookmark_title")).to_have_text(["A page"])


def test_a_password_can_be_shown(page: Page) -> None:
    page.goto("/login/")
    page.fill("[name=password]", PASSWORD)
    page.get_by_role("button", name="show password").click()
    expect(page.locator("[name=password]")).to_have_attribute("type", "text")
    page.get_by_role("button", name="hide password").click()
    expect(page.locator("[name=password]")).to_have_attribute("type", "password")
