"""Lists read and kept with others, with scripts and without: followed, forked, in a group."""

import re

import feedparser
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Walkers
from tests.browser.steps import follow, item, new_list, paste, press
from tests.readinglists.groups.grouping import events_in


def part(page: Page, heading: str) -> Locator:
    return page.get_by_role("region", name=heading, exact=True)


def test_a_list_is_followed_forked_and_told_what_is_new(walkers: Walkers) -> None:
    ann, ben = walkers.ann, walkers.ben
    path = new_list(ann, "Source", "one", "two", "three")
    ben.goto(path)
    press(ben, "Follow")
    expect(ben.get_by_role("button", name="Unfollow")).to_be_visible()
    follow(ben, "Fork")
    ben.fill("#id_title", "My source")
    press(ben, "Fork it")
    expect(ben.locator(".origin")).to_have_text(f"Forked from Source by {walkers.ann_name}")
    fork = ben.url
    paste(ann, path, "four", "five")
    press(item(ann, "one"), "delete")
    ben.goto("/network/")
    expect(ben.locator(".new-item", has_text="five")).to_contain_text("in Source")
    ben.goto(fork)
    follow(ben, "3 changes upstream")
    press(ben, "Take: five")
    press(ben, "Take all 2")
    ben.goto(fork)
    expect(ben.locator(".item .words")).to_have_text(["two", "three", "four", "five"])
    expect(ben.get_by_role("link", name="Upstream", exact=True)).to_be_visible()


def suggest(page: Page, path: str, title: str) -> None:
    page.goto(path)
    follow(page, "Suggest an item")
    page.fill("#id_title", title)
    page.fill("#id_why", f"{title} is good.")
    press(page, "Suggest it")
    expect(page.locator(".messages")).to_contain_text("Thank you")


def test_suggestions_are_accepted_and_declined_with_a_reason(walkers: Walkers) -> None:
    ann, ben = walkers.ann, walkers.ben
    path = new_list(ann, "Advised", "first")
    for title in ("welcome", "unwelcome"):
        suggest(ben, path, title)
    ann.goto(path)
    follow(ann, "2 suggestions")
    expect(ann.locator("blockquote").first).to_have_text("welcome is good.")
    ann.get_by_role("link", name="Accept or decline: unwelcome").click()
    ann.fill("#reason", "It is the first one again.")
    press(ann, "Decline")
    ann.get_by_role("link", name="Accept or decline: welcome", exact=True).click()
    press(ann, "Accept, with credit")
    ann.goto(path)
    expect(item(ann, "welcome")).to_contain_text(f"suggested by {walkers.ben_name}")
    ben.goto("/suggestions/")
    declined = ben.locator(".item", has_text="unwelcome")
    expect(declined).to_contain_text("Reason: It is the first one again.")
    expect(declined).to_contain_text("declined")


def make_group(page: Page, path: str) -> None:
    page.goto(path)
    follow(page, "Read together")
    for name, text in {
        "title": "Tuesdays",
        "start": "2035-03-06",
        "at": "18:30",
        "items_each": "1",
        "place": "Room 3",
    }.items():
        page.fill(f"#id_{name}", text)
    page.select_option("#id_time_zone", "Europe/Berlin")
    press(page, "Make the group")


def test_a_group_meets(walkers: Walkers) -> None:
    ann, ben = walkers.ann, walkers.ben
    make_group(ann, new_list(ann, "For two", "alpha", "beta"))
    home = ann.url
    expect(ann.locator(".session time").first).to_have_text("Tue 6 March 2035, 18:30")
    ben.goto(home)
    expect(ben.locator("h1")).not_to_have_text("Tuesdays")
    ben.goto(ann.locator("aside a[href*='/join/']").get_attribute("href") or "")
    press(ben, "Join the group")
    expect(ben.locator(".members li")).to_have_count(2)
    ann.reload()
    press(ann, "Assign presenters in turn")
    ann.locator(".session h2 a").first.click()
    expect(ann.locator(".lede")).to_contain_text(f"{walkers.ann_name} presents")
    ann.select_option("#other", "2")
    press(ann, "Swap")
    expect(ann.locator(".lede")).to_contain_text(f"{walkers.ben_name} presents")
    ben.goto(ann.url)
    ben.locator("summary", has_text="Ask about it").click()
    ben.fill("textarea[name=text]", "Why <alpha>?")
    press(ben, "Ask")
    press(ben, "I have read alpha")
    expect(ben.locator(".readers")).to_have_text("1 of 2 read it")
    ann.reload()
    expect(ann.locator(".questions li")).to_contain_text("Why <alpha>?")
    ann.locator("#note").get_by_role("link", name="write a note").click()
    ann.fill("#id_text", "We *agreed*.")
    press(ann, "Save the note")
    expect(ann.locator("#note em")).to_have_text("agreed")
    ann.goto(home)
    follow(ann, "Shift dates")
    press(ann, "Shift")
    expect(ann.locator(".session time").first).to_have_text("Tue 13 March 2035, 18:30")
    check_programs(ann)
    follow(ann, "Begin again with others")
    ann.fill("#id_start", "2036-01-08")
    press(ann, "Make the group")
    expect(ann.locator(".session time").first).to_have_text("Tue 8 January 2036, 18:30")
    expect(ann.locator(".members li")).to_have_count(1)
    ann.goto("/groups/")
    expect(ann.locator(".groups > li", has_text="Tuesdays")).to_have_count(2)


def check_programs(page: Page) -> None:
    """Read calendar and feed of a group as programs do, without a cookie."""
    for name in ("calendar", "feed"):
        path = page.get_by_role("link", name=name, exact=True).get_attribute("href") or ""
        answer = page.request.get(path, headers={"Cookie": ""})
        assert answer.ok
        if name == "calendar":
            first, second = events_in(answer.body())
            assert first["DTSTART"].dt.isoformat() == "2035-03-13T17:30:00+00:00"
            assert str(second["LOCATION"]) == "Room 3"
        else:
            feed = feedparser.parse(answer.body())
            assert not feed.bozo
            assert any(re.search("asks about alpha", one.title) for one in feed.entries)
