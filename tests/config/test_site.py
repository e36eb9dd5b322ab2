"""A running site answers, in both settings."""

import urllib.request

from playwright.sync_api import Page

from tests.sites import MakeSite, Site


def test_it_says_its_address_once_it_answers(site: Site) -> None:
    assert f"Softmarks is at {site.url}/ - stop it with Ctrl-C." in site.log


def test_it_answers_a_browser(page: Page) -> None:
    answer = page.goto("/login/")
    assert answer
    assert answer.status == 200


def test_it_takes_the_long_gets_of_pinboard_clients(site: Site) -> None:
    address = f"{site.url}/login/?q={'x' * 15_000}"
    with urllib.request.urlopen(address) as answer:
        assert answer.status == 200


def test_two_sites_keep_apart(make_site: MakeSite, site: Site) -> None:
    other = make_site()
    other.start()
    assert other.folder != site.folder
    assert other.stop() == 0
