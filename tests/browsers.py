"""A real browser on the real site. Import the fixtures `browser` and `page` by naming them."""

import os
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, sync_playwright

from tests import chromium
from tests.sites import Site


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Start the Chromium of this machine; skip the test when there is none."""
    program = chromium.find()
    if not program:
        pytest.skip("there is no Chromium; set CHROMIUM to the path of one")
    # Playwright keeps an event loop in this thread, in which Django would refuse its database.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=list(chromium.FLAGS))
        yield browser
        browser.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def page(browser: Browser, site: Site) -> Iterator[Page]:
    """Open a window of a new person on the site; fail when a script or the policy complains."""
    complaints: list[str] = []

    def listen(message: ConsoleMessage) -> None:
        about_policy = "Content Security Policy" in message.text
        if message.type == "error" and about_policy:
            complaints.append(message.text)

    context = browser.new_context(base_url=site.url)
    page = context.new_page()
    page.set_default_timeout(10_000)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", listen)
    yield page
    context.close()
    assert complaints == []
