"""Lists and citations as files: what is in them, who may have them."""

import json

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from bookmarks import listing
from bookmarks.drafts import make_draft
from bookmarks.saving import save_bookmark
from readinglists.drafts import make_item_draft
from readinglists.exporting import BATCH, LIST_FORMATS, export_list
from readinglists.items import add_items, set_prerequisites
from readinglists.lists import add_section
from readinglists.markdown.exact import read_exact
from readinglists.markdown.write import Heading
from readinglists.models import ReadingList, Section
from readinglists.views import exporting as exporting_views
from tests.readinglists.making import add, make_list

pytestmark = pytest.mark.django_db


def body(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200
    return b"".join(response.streaming_content).decode()  # type: ignore[attr-defined]


@pytest.fixture
def reading_list(alice: User) -> ReadingList:
    """Return a list with an item before its sections and one in each of two, nested."""
    made = make_list(alice, "Learning", description="Where to begin.", tags="ml")
    basics = add_section(made, "Basics", note="In order.")
    deeper = add_section(made, "Deeper", parent=basics)
    add(made, "Third", section=deeper, url="https://example.org/3")
    first = add(made, "First", url="https://example.org/1")
    second = add(made, "Second", section=basics, note="Words alone.")
    set_prerequisites(second, [first.pk])
    made.refresh_from_db()
    return made


MARKDOWN = (
    '---\nsoftmarks: 1\ntitle: "Learning"\ntags: ["ml"]\n---\n'
    "\n# Learning\n\nWhere to begin.\n\n- [First](https://example.org/1)\n"
    "\n## Basics\n\nIn order.\n\n- **Second** - Words alone.\n"
    "\n### Deeper\n\n- [Third](https://example.org/3)\n"
)


def test_a_list_is_had_as_markdown(reading_list: ReadingList, visitor_client: Client) -> None:
    response = visitor_client.get("/u:alice/l:learning/export/markdown")
    assert b"".join(response.streaming_content).decode() == MARKDOWN  # type: ignore[attr-defined]
    assert response["Content-Type"] == "text/markdown; charset=utf-8"
    assert response["Content-Disposition"] == 'attachment; filename="learning.md"'
    assert response["X-Robots-Tag"] == "noindex"


def test_json_tells_the_sections_and_what_comes_after_what(
    reading_list: ReadingList, visitor_client: Client
) -> None:
    told = json.loads(body(visitor_client, "/u:alice/l:learning/export/json"))
    assert (told["title"], told["description"], told["tags"]) == (
        *("Learning", "Where to begin."),
        ["ml"],
    )
    sections = told["sections"]
    assert [(one["title"], one["level"]) for one in sections] == [
        *[("", 0), ("Basics", 1)],
        ("Deeper", 2),
    ]
    [first], [second], [third] = (one["items"] for one in sections)
    assert second["after"] == [first["id"]]
    assert second["url"] is None
    assert third == {
        "id": third["id"],
        "title": "Third",
        "url": "https://example.org/3",
        "note": "",
        "tags": [],
        "alternates": [],
        "added_at": third["added_at"],
        "added_by": "alice",
    }


def test_what_is_read_back_and_stored_is_written_as_before(
    reading_list: ReadingList, bob: User
) -> None:
    add(
        reading_list,
        "Odd [one] | two_three",
        url="https://example.org/a_(b)?c&copy;",
        note="First.\n\n- a\n- b",
        tags="x `y`",
        stars=2,
        number="7",
        year=2017,
        need="required",
        authors_text="Ada; Eve",
        alternates=[{"url": "https://example.org/f.pdf", "role": "slides", "label": "Part [2]"}],
    )
    text = "".join(export_list("markdown", reading_list))
    read = read_exact(text)
    assert read is not None
    head, parts = read
    copy = make_list(bob, head.title, description=head.description, tags=" ".join(head.labels))
    above: list[Section] = []
    for part in parts:
        if isinstance(part, Heading):
            above = above[: part.level - 1]
            parent = above[-1] if above else None
            above.append(add_section(copy, part.title, note=part.note, parent=parent))
        else:
            add_items(copy, [part], bob, section=above[-1] if above else None)
    assert "".join(export_list("markdown", copy)) == text


def test_an_empty_list_is_had_too(alice: User) -> None:
    empty = make_list(alice, "Nothing")
    assert json.loads("".join(export_list("json", empty)))["sections"] == [
        {"title": "", "level": 0, "note": "", "items": []}
    ]
    assert "".join(export_list("bibtex", empty)) == ""
    assert "".join(export_list("csl-json", empty)) == "[]\n"


@pytest.mark.parametrize("form", LIST_FORMATS)
def test_a_private_list_is_nobody_elses(
    alice: User, alice_client: Client, bob_client: Client, visitor_client: Client, form: str
) -> None:
    hidden = make_list(alice, "Hidden", visibility="private")
    item = add(hidden, "Secret", url="https://example.org/s")
    section = add_section(hidden, "Part")
    add(hidden, "Secret too", url="https://example.org/t", section=section)
    paths = [f"/u:alice/l:hidden/export/{form}", "/u:alice/l:hidden/export/"]
    for part in (f"i:{item.pk}", f"s:{section.pk}"):
        paths.append(f"/u:alice/l:hidden/{part}/export/")
        if form not in ("markdown", "json"):
            paths.append(f"/u:alice/l:hidden/{part}/export/{form}")
    for path in paths:
        assert alice_client.get(path).status_code == 200
        assert bob_client.get(path).status_code == visitor_client.get(path).status_code == 404


def test_a_section_is_cited_with_those_below_it(
    reading_list: ReadingList, visitor_client: Client
) -> None:
    basics = reading_list.sections.get(title="Basics")
    cited = body(visitor_client, f"/u:alice/l:learning/s:{basics.pk}/export/ris")
    titles = [line[6:] for line in cited.split("\r\n") if line.startswith("TI")]
    assert titles == ["Second", "Third"]


def test_an_item_can_be_copied_as_a_bullet(
    reading_list: ReadingList, visitor_client: Client
) -> None:
    item = reading_list.items.get(title="First")
    path = f"/u:alice/l:learning/i:{item.pk}/export/"
    page = visitor_client.get(path).content.decode()
    assert "- [First](https://example.org/1)</textarea>" in page
    assert "@misc{first," in page
    asked = visitor_client.get(path, headers={"X-Requested-With": "fetch"})
    assert asked.content.decode() == "- [First](https://example.org/1)"
    assert path in visitor_client.get("/u:alice/l:learning/").content.decode()
    assert (
        '"/u:alice/l:learning/export/"'
        in visitor_client.get("/u:alice/l:learning/").content.decode()
    )


@pytest.mark.parametrize(
    "path",
    [
        "/u:alice/l:learning/export/docx",
        "/u:alice/l:learning/i:1/export/markdown",
        "/u:alice/l:learning/i:999999/export/bibtex",
        "/u:alice/l:learning/s:0/export/bibtex",
        "/u:alice/l:nothing/export/bibtex",
        "/u:alice/t:nothing/cite/bibtex",
        "/u:nobody/t:nothing/cite/",
        "/u:alice/t:a/t:b/t:c/t:d/cite/",
    ],
)
def test_what_is_not_there_is_not_found(
    reading_list: ReadingList, visitor_client: Client, path: str
) -> None:
    assert visitor_client.get(path).status_code == 404


def test_bookmarks_with_a_tag_are_cited_as_far_as_they_are_seen(
    alice: User, alice_client: Client, visitor_client: Client
) -> None:
    save_bookmark(alice, make_draft("https://example.org/a", title="Open", tags="c/d x"))
    save_bookmark(
        alice, make_draft("https://example.org/b", title="Hidden", tags="c/d x", private=True)
    )
    page = visitor_client.get("/u:alice/t:c%252Fd/t:x/").content.decode()
    assert '"/u:alice/t:c%252Fd/t:x/cite/"' in page
    assert visitor_client.get("/u:alice/t:c%252Fd/t:x/cite/").status_code == 200
    path = "/u:alice/t:c%252Fd/cite/csl-json"
    assert [one["title"] for one in json.loads(body(alice_client, path))] == ["Hidden", "Open"]
    assert [one["title"] for one in json.loads(body(visitor_client, path))] == ["Open"]


def test_bookmarks_are_cited_page_by_page_up_to_a_limit_for_all_but_their_owner(
    alice: User,
    alice_client: Client,
    visitor_client: Client,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(listing, "WALKED_AT_ONCE", 2)
    for number in range(5):
        save_bookmark(
            alice, make_draft(f"https://example.org/{number}", title=f"{number}", tags="x")
        )
    path = "/u:alice/t:x/cite/csl-json"
    assert titles(body(visitor_client, path)) == ["4", "3", "2", "1", "0"]
    monkeypatch.setattr(exporting_views, "MOST_BOOKMARKS", 3)
    assert titles(body(visitor_client, path)) == ["4", "3", "2"]
    assert titles(body(alice_client, "/u:alice/t:x/export/csl-json")) == ["4", "3", "2", "1", "0"]


def titles(text: str) -> list[str]:
    return [one["title"] for one in json.loads(text)]


def test_more_items_cost_queries_by_the_batch(
    alice: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    long = make_list(alice, "Long")
    add_items(long, [make_item_draft(title=f"{n}") for n in range(2 * BATCH)], alice)
    # Sections, places, and for each batch its items, other links and what they come after.
    with django_assert_num_queries(8):
        text = "".join(export_list("markdown", long))
    assert text.count("\n- **") == 2 * BATCH
    # None of these has a page, so none needs a key.
    with django_assert_num_queries(8):
        "".join(export_list("bibtex", long))


def test_the_command_prints_a_list(
    reading_list: ReadingList, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("export_list", "Alice/learning")
    assert capsys.readouterr().out == MARKDOWN
    call_command("export_list", "alice/learning", "--format", "bibtex")
    assert capsys.readouterr().out.startswith("@misc{first,\n")
    with pytest.raises(CommandError, match="no list"):
        call_command("export_list", "alice/none")
