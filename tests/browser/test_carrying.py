"""The bookmarklet that brings along what a page says of itself, on pages of another site."""

import json

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.steps import save, sign_up
from tests.outside import Outside
from tests.sites import Site

HEAD = """<!doctype html><html lang="en"><title>Reader 3.1 – Papers</title>
<meta name="citation_title" content="A Note on Engines">
<meta name="citation_author" content="Lovelace, Ada">
<meta name="citation_author" content="Hopper, Grace">
<meta name="citation_publication_date" content="2016/09/01">
<script type="application/ld+json">{"@type": "WebSite", "name": "Papers & Letters"}</script>"""
BODY = "<p>Some words – “selected”.</p>"
NO_FORMS = """<meta http-equiv="Content-Security-Policy" content="form-action 'self'">"""
RUN = "code => { setTimeout(() => eval(decodeURIComponent(code.slice(11)))) }"


def elsewhere(url: str) -> str:
    """Return an address of the outside world at a host that shares no cookies with the site."""
    return url.replace("127.0.0.1", "localhost")


def bookmarklet(page: Page) -> str:
    page.goto("/bookmarklets/")
    first = page.locator("a[href^='javascript:']").first
    expect(first).to_have_text("save")
    return first.get_attribute("href") or ""


def popup_on(page: Page, url: str, code: str) -> Page:
    """Click the bookmarklet on a page and return the window it opens."""
    tab = page.context.new_page()
    tab.set_default_timeout(10_000)
    tab.goto(url)
    tab.evaluate("getSelection().selectAllChildren(document.querySelector('p'))")
    with page.context.expect_page() as opened:
        tab.evaluate(RUN, code)
    return opened.value


def test_it_brings_along_what_the_page_says(page: Page, outside: Outside, site: Site) -> None:
    assert "127.0.0.1" in site.url  # so that the other site is another one to cookies
    name = sign_up(page)
    popup = popup_on(page, elsewhere(outside.put("/paper", HEAD + BODY)), bookmarklet(page))
    expect(popup.locator("[name=title]")).to_have_value("A Note on Engines")
    expect(popup.locator("[name=description]")).to_have_value("Some words – “selected”.")
    popup.locator("details.brought summary").click()
    expect(popup.locator("details.brought")).to_contain_text("Ada Lovelace, Grace Hopper")
    expect(popup.locator("details.brought")).to_contain_text("from its citation tags")
    with popup.expect_event("close"):
        popup.get_by_role("button", name="Save").click()
    page.goto(f"/u:{name}/")
    expect(page.locator(".bookmark .facts")).to_have_text("Ada Lovelace, Grace Hopper · 2016")


def test_where_forms_are_forbidden_it_asks_for_the_address(page: Page, outside: Outside) -> None:
    sign_up(page)
    url = elsewhere(outside.put("/forbids", HEAD + NO_FORMS + BODY))
    popup = popup_on(page, url, bookmarklet(page))
    expect(popup.locator("[name=url]")).to_have_value(url)
    expect(popup.locator("[name=title]")).to_have_value("Reader 3.1 – Papers")
    expect(popup.locator("[name=description]")).to_have_value("Some words – “selected”.")
    expect(popup.locator("details.brought")).to_have_count(0)


@pytest.mark.parametrize(
    ("more", "kind"),
    [
        (f"<meta name=description content='{'ü' * 2_900}'>" * 99, "text/html; charset=utf-8"),
        ("<meta name=author content='\xdcnal'>", "text/html; charset=iso-8859-9"),
    ],
    ids=["much", "another charset"],
)
def test_it_fits_whatever_the_page_says(page: Page, outside: Outside, more: str, kind: str) -> None:
    sign_up(page)
    text = (HEAD + more + "<p>Words").replace("–", "-")
    body = text.encode("iso-8859-9" if "8859" in kind else "utf-8")
    popup = popup_on(page, elsewhere(outside.put("/fits", body, kind)), bookmarklet(page))
    expect(popup.locator("[name=title]")).to_have_value("A Note on Engines")
    carried = popup.locator("[name=carried]").input_value()
    assert len(carried.encode()) <= 60_000
    assert json.loads(carried)["meta"][0] == ["citation_title", "A Note on Engines"]
    assert "nal" not in more or ["author", "Ünal"] in json.loads(carried)["meta"]


def test_a_visitor_logs_in_first(page: Page, outside: Outside) -> None:
    url = elsewhere(outside.put("/visited", HEAD + BODY))
    popup = popup_on(page, url, bookmarklet(page))
    popup.wait_for_url("**/login/**")
    expect(popup.locator("[name=password]")).to_be_visible()


def test_without_scripts_a_button_goes_on(browser: Browser, outside: Outside, site: Site) -> None:
    context = browser.new_context(base_url=site.url, java_script_enabled=False)
    page = context.new_page()
    page.set_default_timeout(10_000)
    sign_up(page)
    payload = json.dumps({"url": "https://a.example/", "meta": [["citation_title", "A Title"]]})
    fields = f"<input name=url value='https://a.example/'><input name=carried value='{payload}'>"
    form = f"<form method=post action='{site.url}/add/carried'>{fields}<button>Send</button></form>"
    page.goto(elsewhere(outside.put("/by-hand", form)))
    page.get_by_role("button", name="Send").click()
    page.get_by_role("button", name="Go on").click()
    expect(page.locator("[name=title]")).to_have_value("A Title")
    context.close()


def test_with_tags_it_brings_the_same_and_ones_tags(page: Page, outside: Outside) -> None:
    sign_up(page)
    save(page, outside.put("/a", HEAD), tags="bayes")
    bookmarklet(page)
    code = page.get_by_role("link", name="save with tags").get_attribute("href") or ""
    popup = popup_on(page, elsewhere(outside.put("/tagged", HEAD + BODY)), code)
    expect(popup.locator("details.brought")).to_contain_text("Seen in your tab")
    expect(popup.locator(".own-tags .suggested_tag")).to_have_text(["bayes"])
