"""Items of a list copied as bullets, and lists taken along, in a browser."""

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.steps import sign_up, stay, stayed
from tests.sites import Site

BULLET = r"- **On \[engines\]** *2017* - Read it twice."


def make_list(page: Page) -> str:
    """Make a list with one item by its forms, and return its address."""
    sign_up(page)
    page.goto("/lists/new/")
    page.fill("main [name=title]", "Engines")
    page.click("main form button.primary")
    page.wait_for_url("**/l:engines/**")
    path = page.url.split("/l:engines/")[0] + "/l:engines/"
    page.goto(f"{path}add/")
    page.fill("main [name=title]", "On [engines]")
    page.fill("main [name=note]", "Read it twice.")
    page.locator("main form details").evaluate_all("all => all.forEach(one => one.open = true)")
    page.fill("main [name=year]", "2017")
    page.click("main form button.primary")
    page.goto(path)
    return path


@pytest.mark.browser
def test_a_bullet_is_copied_in_place(page: Page) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    make_list(page)
    stay(page)
    link = page.get_by_text("copy as bullet")
    link.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("copied", exact=True)).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == BULLET
    expect(link).to_be_visible()
    assert stayed(page)


@pytest.mark.browser
def test_where_copying_is_refused_the_bullet_stands_selected(page: Page) -> None:
    make_list(page)
    page.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject(new Error()) }")
    page.get_by_text("copy as bullet").click()
    field = page.get_by_label("As a bullet of Markdown")
    expect(field).to_have_value(BULLET)
    expect(field).to_be_focused()
    selected = "field => field.value.slice(field.selectionStart, field.selectionEnd)"
    assert field.evaluate(selected) == BULLET
    assert page.get_by_label("As BibTeX").input_value().startswith("@misc{item")


@pytest.mark.browser
def test_without_scripts_a_bullet_and_files_are_links_away(browser: Browser, site: Site) -> None:
    context = browser.new_context(base_url=site.url, java_script_enabled=False)
    page = context.new_page()
    path = make_list(page)
    page.get_by_text("copy as bullet").click()
    expect(page.get_by_label("As a bullet of Markdown")).to_have_value(BULLET)
    page.goto(path)
    page.get_by_role("link", name="export").click()
    with page.expect_download() as waiting:
        page.get_by_role("link", name="Markdown").click()
    assert waiting.value.suggested_filename == "engines.md"
    assert BULLET in waiting.value.path().read_text()
    context.close()
