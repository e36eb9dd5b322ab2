"""Reading lists walked in a browser, with scripts and without: made, ordered, filled, read."""

from collections.abc import Sequence

from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Walkers
from tests.browser.steps import entry, follow, item, new_list, paste, press, save

TITLES = ".item .bookmark_title, .item .words"


def expect_items(page: Page | Locator, titles: Sequence[str]) -> None:
    expect(page.locator(TITLES)).to_have_text(list(titles))


def test_a_list_is_made_shown_and_edited_by_two(walkers: Walkers) -> None:
    ann, ben = walkers.ann, walkers.ben
    ann.goto("/lists/")
    follow(ann, "New list")
    ann.fill("#id_title", "Ponds")
    ann.fill("#id_description", "For *patient* people.")
    ann.fill("#id_tags", "frogs Water")
    ann.get_by_label("unlisted: whoever has its link sees it").check()
    press(ann, "Make the list")
    expect(ann.locator(".prose em")).to_have_text("patient")
    expect(ann.locator(".visibility")).to_have_text("unlisted")
    path = ann.url
    ben.goto("/lists/")
    listed = entry(ben, "Ponds").filter(has_text=walkers.ann_name)
    expect(listed).to_have_count(0)
    ben.goto(path)
    expect(ben.get_by_role("link", name="Add an item")).to_have_count(0)
    follow(ann, "Edit")
    ann.get_by_label("public: everyone sees it, and it is listed").check()
    press(ann, "Save changes")
    follow(ann, "Edit")
    follow(ann, "Co-editors")
    ann.fill("#id_editors", "nobody_of_that_name")
    press(ann, "Save changes")
    expect(ann.get_by_role("alert")).to_contain_text("nobody_of_that_name")
    ann.fill("#id_editors", walkers.ben_name)
    press(ann, "Save changes")
    expect(ann.locator(".list-head .lede")).to_contain_text(f"and {walkers.ben_name}")
    ben.goto("/lists/")
    expect(listed).to_contain_text("Water")
    ben.goto(f"/u:{walkers.ann_name}/lists/")
    follow(ben, "Ponds")
    follow(ben, "Add an item")
    ben.fill("#id_title", "Wade in")
    press(ben, "Add it")
    expect_items(ben, ["Wade in"])


def add_section(page: Page, path: str, title: str, note: str, parent: str) -> None:
    page.goto(f"{path}add-section/")
    page.fill("#id_title", title)
    page.fill("#id_note", note)
    if parent:
        page.select_option("#parent", label=f"in {parent}")
    press(page, "Add the section")


def test_sections_and_items_say_all_they_can(walkers: Walkers) -> None:
    ann = walkers.ann
    path = new_list(ann, "Depths")
    for title, note, parent in (
        ("Shore", "Mind the *mud*.", ""),
        ("Shallow", "", "Shore"),
        ("Deep", "", "Shallow"),
    ):
        add_section(ann, path, title, note, parent)
    expect(ann.locator(".part-head h4")).to_have_text("1.1.1 Deep")
    expect(ann.locator(".part .prose em")).to_have_text("mud")
    ann.goto(f"{path}add/")
    ann.fill("#id_title", "Hold your breath")
    press(ann, "Add it")
    ann.goto(f"{path}add/")
    ann.fill("#id_url", walkers.address("dive", "<!doctype html><title>Diving</title>"))
    ann.fill("#id_title", "Dive")
    ann.fill("#id_note", "Eyes **open**.")
    ann.select_option("#section", label="– – Deep")
    ann.select_option("#id_need", "required")
    ann.select_option("#id_level", "advanced")
    ann.fill("#id_minutes", "95")
    ann.locator("details.found summary").click()
    ann.fill("#id_alternates", f"video {walkers.address('film')}\ncode Fins {walkers.address('f')}")
    press(ann, "Add it")
    dive = item(ann, "Dive")
    expect(dive.locator(".alternate")).to_have_text(["video", "Fins"])
    expect(dive.locator(".chip")).to_have_text(["required", "advanced"])
    expect(dive.locator(".time")).to_have_text("1 h 35")
    expect(dive.locator(".prose strong")).to_have_text("open")
    dive.locator(".edit").click()
    ann.get_by_label("Hold your breath").check()
    press(ann, "Save changes")
    expect(dive.locator(".meta")).to_contain_text("after Hold your breath")


def test_items_move_and_a_removal_is_undone(walkers: Walkers) -> None:
    ann = walkers.ann
    path = new_list(ann, "Moving", "a", "b", "c")
    add_section(ann, path, "Later", "", "")
    press(ann, "Move up: c")
    expect_items(ann, "acb")
    press(ann, "Move down: a")
    expect_items(ann, "cab")
    item(ann, "c").get_by_role("link", name="move").click()
    ann.select_option("#section", label="Later")
    press(ann, "Show what is in it")
    press(ann, "Move it there")
    expect_items(ann.locator(".part.level2"), "c")
    if walkers.scripts:
        item(ann, "b").locator(".edit").focus()
        ann.keyboard.press("Alt+ArrowUp")
        expect_items(ann, "bac")
        item(ann, "a").locator(".grip").drag_to(item(ann, "c"), target_position={"x": 60, "y": 4})
        expect_items(ann.locator(".part.level2"), "ac")
        ann.wait_for_load_state("networkidle")
        ann.reload()
        expect_items(ann, "bac")
    before = ann.locator(TITLES).all_inner_texts()
    press(item(ann, "a"), "delete")
    expect(item(ann, "a")).to_have_count(0)
    press(ann, "Undo")
    expect_items(ann, before)


def test_pages_come_onto_a_list_from_everywhere(walkers: Walkers) -> None:
    ann = walkers.ann
    path = new_list(ann, "Gathered")
    for name in ("kept", "picked"):
        save(ann, walkers.address(name), title=name, tags=f"{name}-tag")
    entry(ann, "kept").get_by_role("link", name="add to list").click()
    ann.select_option("#place", label="Gathered")
    ann.fill("#note", "From a bookmark.")
    press(ann, "Add it")
    expect(item(ann, "kept").locator(".prose")).to_have_text("From a bookmark.")
    ann.goto(f"/u:{walkers.ann_name}/t:kept-tag/")
    entry(ann, "kept").locator(".when").click()
    expect(ann.get_by_role("heading", name="In 1 list")).to_be_visible()
    follow(ann, "Gathered")
    follow(ann, "Add an item")
    follow(ann, "Pick from your bookmarks")
    ann.fill("#tags", "picked-tag")
    press(ann, "Search")
    ann.get_by_label("picked").check()
    press(ann, "Add what is ticked")
    save_from_window(walkers, walkers.address("window", "<!doctype html><title>Window</title>"))
    paste(ann, path, f"pasted | {walkers.address('pasted')}", "words alone")
    expect_items(ann, ["kept", "picked", "Window", "pasted", "words alone"])


def save_from_window(walkers: Walkers, url: str) -> None:
    """Save a page and put it on a list in the window of the bookmarklet."""
    ann = walkers.ann
    ann.goto("/bookmarklets/")
    code = ann.get_by_role("link", name="save to a list").get_attribute("href")
    if not walkers.scripts:  # Bookmarklets are scripts; what theirs opens is not.
        ann.goto(f"/add?url={url}&title=Window&tolist=yes&jump=close")
        window = ann
    else:
        ann.goto(url)
        run = "code => { setTimeout(() => eval(decodeURIComponent(code.slice(11)))) }"
        with ann.context.expect_page() as opened:
            ann.evaluate(run, code)
        window = opened.value
    window.select_option("#to_list", label="Gathered")
    if window is ann:
        press(ann, "Save")
    else:
        with window.expect_event("close"):
            press(window, "Save")


def note(page: Page, title: str, state: str) -> None:
    item(page, title).locator("summary").click()
    press(item(page, title), state)
    expect(item(page, title).locator("summary")).to_have_attribute("title", state)


def test_progress_is_ones_own_and_goes_with_the_page(walkers: Walkers) -> None:
    ann, ben = walkers.ann, walkers.ben
    shared = f"shared | {walkers.address('shared')}"
    first = new_list(ann, "Twenty", *(f"page {number}" for number in range(1, 20)), shared)
    second = new_list(ann, "Another", "other", shared)
    ann.goto(first)
    for number in (1, 2):
        item(ann, f"page {number}").locator(".status").click()
        expect(item(ann, f"page {number}").locator(".status.read")).to_be_visible()
    for number, state in enumerate(("skimmed", "reading", "to read", "dropped"), 3):
        note(ann, f"page {number}", state)
    item(ann, "shared").locator(".status").click()
    expect(item(ann, "shared").locator(".status.read")).to_be_visible()
    head = ann.locator("#progress")
    expect(head.locator("strong")).to_have_text("4 of 20 read")
    expect(head.locator(".next a")).to_have_text("page 4")
    ann.goto(second)
    expect(item(ann, "shared").locator(".status.read")).to_be_visible()
    expect(head.locator("strong")).to_have_text("1 of 2 read")
    item(ann, "shared").locator(".status").click()
    expect(head.locator("strong")).to_have_text("0 of 2 read")
    ann.goto("/lists/reading/")
    card = ann.locator(".list-card", has_text="Twenty")
    expect(card).to_contain_text("of 20 read")
    expect(card.get_by_role("link", name="page 4")).to_be_visible()
    ben.goto(first)
    expect(ben.locator("#progress strong")).to_have_text("0 of 20 read")
