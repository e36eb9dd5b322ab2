"""Two people at the site, once with scripts and once without."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page

from tests.browser.steps import sign_up
from tests.outside import Outside
from tests.sites import Site


@dataclass
class Walkers:
    """Two people with a window each, who both do with scripts or without."""

    scripts: bool
    ann: Page
    ben: Page
    ann_name: str
    ben_name: str
    outside: Outside

    def address(self, name: str, page: str = "x") -> str:
        """Return the address of a new page of this name, which only these two know."""
        return self.outside.put(f"/{self.ann_name}/{name}", page)


@pytest.fixture(scope="session", params=[True, False], ids=["with scripts", "without scripts"])
def walkers(
    request: pytest.FixtureRequest, browser: Browser, site: Site, outside: Outside
) -> Iterator[Walkers]:
    """Sign two people up; fail when a script or the policy complains to one of them."""
    complaints: list[str] = []
    contexts: list[BrowserContext] = []

    def listen(message: ConsoleMessage) -> None:
        if message.type == "error" and "Content Security Policy" in message.text:
            complaints.append(message.text)

    def come() -> tuple[Page, str]:
        context = browser.new_context(base_url=site.url, java_script_enabled=request.param)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(10_000)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", listen)
        return page, sign_up(page)

    (ann, ann_name), (ben, ben_name) = come(), come()
    yield Walkers(request.param, ann, ben, ann_name, ben_name, outside)
    for context in contexts:
        context.close()
    assert complaints == []
