"""Lists that come in from Markdown and go out again, with scripts and without."""

from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.conftest import Walkers
from tests.browser.steps import follow, item, press
from tests.waiting import wait_for

FROGS = """# Frogs

> All that croaks.

## Contents

- [Ponds](#ponds)

## Ponds

- [Leap](https://leap.example.org/) - How *they* do it. [[pdf](https://leap.example.org/a.pdf)]
- [Croak](https://croak.example.org/)
- A toad, not a frog

## Papers

- [Hibernation](https://winter.example.org/) - Cold.
"""
NEWER = FROGS + "- [Thaw](https://thaw.example.org/)\n"


def run_import(page: Page, *, by_script: bool = False) -> None:
    """Import what the preview shows, and look until it is in, or leave the looking to a script."""
    press(page, "Import")
    report = page.get_by_role("link", name="Open the list")
    if not by_script:

        def look() -> bool:
            again = page.get_by_role("link", name="Look again")
            if again.count():
                again.click()
            return bool(report.count())

        wait_for(look, 30, "the report")
    expect(report).to_be_visible(timeout=30_000)


def titles(page: Page) -> list[str]:
    return page.locator(".item .bookmark_title, .item .words").all_inner_texts()


def markdown(page: Page) -> tuple[str, Path]:
    """Export a list from its page; return name and place of the file."""
    follow(page, "Export")
    with page.expect_download() as waiting:
        follow(page, "Markdown")
    page.go_back()
    return waiting.value.suggested_filename, waiting.value.path()


def test_a_list_comes_from_markdown_and_takes_a_newer_version(walkers: Walkers) -> None:
    ann = walkers.ann
    ann.goto("/lists/")
    follow(ann, "Import a list")
    ann.fill("#text", FROGS)
    press(ann, "Preview")
    expect(ann.locator(".lede").first).to_contain_text("4 items in 2 sections, 1 other link")
    ann.get_by_label("A toad, not a frog").uncheck()
    press(ann, "Keep corrections")
    expect(ann.get_by_label("A toad, not a frog")).not_to_be_checked()
    ann.fill("#title", "Only frogs")
    run_import(ann, by_script=walkers.scripts)
    expect(ann.locator("h1")).to_have_text("3 items imported")
    expect(ann.locator(".plain")).to_contain_text("contents")
    follow(ann, "Open the list")
    expect(ann.locator("h1")).to_have_text("Only frogs")
    assert titles(ann) == ["Leap", "Croak", "Hibernation"]
    expect(item(ann, "Leap").locator(".alternate")).to_have_text(["pdf"])
    follow(ann, "Edit")
    follow(ann, "Import into it")
    ann.fill("#text", NEWER)
    press(ann, "Preview")
    expect(ann.locator("main")).to_contain_text("3 are in the list already; 2 would be added")
    ann.get_by_label("A toad, not a frog").uncheck()
    run_import(ann)
    follow(ann, "Open the list")
    assert titles(ann) == ["Leap", "Croak", "Hibernation", "Thaw"]


def test_a_list_goes_out_and_comes_back_equal(walkers: Walkers, tmp_path: Path) -> None:
    ann = walkers.ann
    file = tmp_path / "frogs.md"
    file.write_text(FROGS)
    texts = []
    for _ in "12":
        ann.goto("/lists/import/")
        ann.set_input_files("#file", file)
        press(ann, "Preview")
        run_import(ann)
        follow(ann, "Open the list")
        name, file = markdown(ann)
        assert name.startswith("frogs")
        texts.append(file.read_text())
        file = file.rename(tmp_path / name)
    assert texts[0] == texts[1]
    assert "[Leap](https://leap.example.org/)" in texts[0]
    bullet = next(line for line in texts[0].splitlines() if "Leap" in line)
    copy = item(ann, "Leap").get_by_text("copy as bullet")
    if walkers.scripts:
        ann.context.grant_permissions(["clipboard-read", "clipboard-write"])
        copy.click()
        expect(ann.get_by_text("copied", exact=True)).to_be_visible()
        assert ann.evaluate("navigator.clipboard.readText()") == bullet
    else:
        copy.click()
        expect(ann.get_by_label("As a bullet of Markdown")).to_have_value(bullet)
