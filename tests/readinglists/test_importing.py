"""A file of Markdown becomes a list once, whatever happens to its worker meanwhile."""

from datetime import timedelta
from io import StringIO
from ipaddress import ip_network

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone
from pytest_django import Settings

from accounts.models import User
from bookmarks import pages
from readinglists import importing
from readinglists.drafts import Invalid
from readinglists.exporting import export_markdown
from readinglists.importing import choose, import_now, request_run, start_import, work_on
from readinglists.models import Item, ListImport, Progress, ReadingList
from readinglists.previews import preview_of
from readinglists.raw_addresses import raw_address
from tests.outside import Outside
from tests.readinglists.making import add, make_list, outline_of

pytestmark = pytest.mark.django_db

TEXT = """# Frogs

About frogs.

- [Pond](https://pond.example.org/) - where they live

## Papers

- [x] [Leaping](https://arxiv.org/abs/2001.00001) ([code](https://github.com/example/leaping))
- [ ] A frog without a link

### Old

- [Leaping](https://arxiv.org/pdf/2001.00001)
"""


@pytest.fixture(autouse=True)
def _no_messages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("readinglists.item_pages.hint_at", lambda _job: None)


def made(row: ListImport) -> ReadingList:
    row.refresh_from_db()
    assert row.reading_list is not None
    return row.reading_list


def test_a_pasted_text_becomes_a_list_in_its_order(alice: User) -> None:
    row = import_now(start_import(alice, text=TEXT))
    reading_list = made(row)
    assert (reading_list.title, reading_list.description) == ("Frogs", "About frogs.")
    assert outline_of(reading_list) == [
        ("", ["Pond"]),
        ("Papers", ["Leaping", "A frog without a link"]),
        ("Old", ["Leaping"]),
    ]
    assert reading_list.item_count == 4
    assert (row.state, row.done, row.total) == ("done", 4, 4)
    assert (row.text, row.kept) == ("", "")


def test_a_text_is_read_once(alice: User, monkeypatch: pytest.MonkeyPatch) -> None:
    row = start_import(alice, text=TEXT)
    monkeypatch.setattr(importing, "_read", lambda *_: pytest.fail("it is read again"))
    importing._kept.cache_clear()
    row.refresh_from_db()
    assert preview_of(row).items == 4
    assert made(import_now(row)).item_count == 4


def test_nothing_is_stored_before_its_owner_says_so(alice: User) -> None:
    row = start_import(alice, text=TEXT)
    preview = preview_of(row)
    assert (row.state, preview.items, preview.duplicates) == ("preview", 4, 1)
    assert not ReadingList.objects.exists()


def test_a_ticked_box_is_the_importers_progress_alone(alice: User) -> None:
    import_now(start_import(alice, text=TEXT))
    progress = Progress.objects.get()
    assert (progress.reader, progress.state) == (alice, "read")


def test_the_preview_counts_what_one_has_and_has_read(alice: User) -> None:
    import_now(start_import(alice, text=TEXT))
    assert preview_of(start_import(alice, text=TEXT)).have_read == 1


def test_sections_and_items_can_be_left_out_and_the_title_changed(alice: User) -> None:
    row = start_import(alice, text=TEXT)
    choose(row, {"title": "My frogs", "without_sections": [2], "without_items": [0]})
    reading_list = made(import_now(row))
    assert reading_list.title == "My frogs"
    assert outline_of(reading_list) == [("", []), ("Papers", ["Leaping", "A frog without a link"])]


def test_a_worker_that_died_is_followed_by_another_that_goes_on(
    alice: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importing, "BATCH", 2)
    row = start_import(alice, text=TEXT)
    request_run(row)
    calls = []

    def die(*args: object, last: bool) -> None:
        calls.append(args)
        if len(calls) == 2:
            raise KeyboardInterrupt
        real(*args, last=last)  # type: ignore[arg-type]

    real = importing._store
    monkeypatch.setattr(importing, "_store", die)
    with pytest.raises(KeyboardInterrupt):
        work_on(row.pk)
    row.refresh_from_db()
    assert (row.state, row.done, Item.objects.count()) == ("running", 2, 2)

    assert importing.waiting_imports() == []
    ListImport.objects.update(leased_until=timezone.now() - timedelta(seconds=1))
    assert importing.waiting_imports() == [row.pk]
    work_on(row.pk)
    work_on(row.pk)
    assert [titles for _, titles in outline_of(made(row))] == [
        ["Pond"],
        ["Leaping", "A frog without a link"],
        ["Leaping"],
    ]


DEEP = """# Ponds

## Water

### Still

#### Frogs

- [A](https://a.example.org/)

##### Green

- [B](https://b.example.org/)

### Still

- [C](https://c.example.org/)

### Running

#### Frogs

- [D](https://d.example.org/)
"""


def test_sections_deeper_than_three_are_called_after_the_third_and_none_merge(alice: User) -> None:
    reading_list = made(import_now(start_import(alice, text=DEEP.replace("## Water", "## W"))))
    assert [one for one in outline_of(reading_list) if one[1]] == [
        *(("Frogs", ["A"]), ("Frogs › Green", ["B"]), ("Still", ["C"]), ("Frogs", ["D"])),
    ]
    again = start_import(alice, text=DEEP.replace("## Water", "## W"), reading_list=reading_list)
    assert preview_of(again).new == 0
    text = "".join(export_markdown(reading_list))
    copy = made(import_now(start_import(alice, text=text)))
    assert "".join(export_markdown(copy)) == text


def test_asking_twice_imports_once(alice: User) -> None:
    row = start_import(alice, text=TEXT)
    assert request_run(row)
    assert not request_run(row)
    work_on(row.pk)
    work_on(row.pk)
    assert ReadingList.objects.count() == 1
    assert Item.objects.count() == 4


def test_a_newer_version_adds_only_what_is_new(alice: User) -> None:
    reading_list = made(import_now(start_import(alice, text=TEXT)))
    newer = (
        TEXT
        + "- [Toads](https://toads.example.org/)\n\n## Fresh\n\n- [New](https://new.example/)\n"
    )
    row = start_import(alice, text=newer, reading_list=reading_list)
    assert (preview_of(row).known, preview_of(row).new) == (4, 2)
    import_now(row)
    assert outline_of(reading_list) == [
        ("", ["Pond"]),
        ("Papers", ["Leaping", "A frog without a link"]),
        ("Old", ["Leaping", "Toads"]),
        ("Fresh", ["New"]),
    ]


BARE = """# Ponds

## Water

Words on water.

### Still

## Frogs

- [A](https://a.example.org/)

## Toads

None yet.

## Newts

- [B](https://b.example.org/)
"""


def test_sections_without_items_come_in_with_their_words_and_out_again(alice: User) -> None:
    text = BARE.replace("## Water", "- [Top](https://top.example.org/)\n\n## Water")
    reading_list = made(import_now(start_import(alice, text=text)))
    outline = [("", ["Top"]), ("Water", []), ("Still", []), ("Frogs", ["A"]), ("Toads", [])]
    assert outline_of(reading_list) == [*outline, ("Newts", ["B"])]
    assert reading_list.sections.get(title="Toads").note == "None yet."
    import_now(start_import(alice, text=text, reading_list=reading_list))
    assert reading_list.sections.count() == 5
    written = "".join(export_markdown(reading_list))
    copy = made(import_now(start_import(alice, text=written)))
    assert "".join(export_markdown(copy)) == written
    left = start_import(alice, text=text)
    choose(left, {"without_sections": [4]})
    assert not made(import_now(left)).sections.filter(title="Toads").exists()


def test_a_newer_version_tells_what_differs_and_leaves_what_was_edited(alice: User) -> None:
    names = [f"Frogs of the pond {number}" for number in range(8)]
    lines = [f"- [{name}](https://p{at}.example.org/) - old\n" for at, name in enumerate(names)]
    text = "# T\n\n## Frogs\n\n" + "".join(lines[:5]) + "\n## Toads\n\n" + "".join(lines[5:])
    reading_list = made(import_now(start_import(alice, text=text)))
    Item.objects.filter(title=names[0]).update(note="mine")
    reading_list.sections.filter(title="Toads").update(title="My toads")
    newer = lines[:]
    newer[1] = "- [Called otherwise](https://p1.example.org/)\n"
    newer[2] = f"- [{names[2]}](https://elsewhere.example.org/)\n"
    newer[3:4] = []
    frogs, toads = [newer[6], *newer[:4], "- [New](https://n.example.org/)\n"], newer[4:6]
    toads.append("- [Newer](https://o.example.org/)\n")
    text = "# T\n\n## All frogs\n\n" + "".join(frogs) + "\n## Toads\n\n" + "".join(toads)
    row = start_import(alice, text=text, reading_list=reading_list)
    preview = preview_of(row)
    assert (preview.known, preview.new) == (7, 2)
    assert [one.title for one in preview.newer.gone] == [names[3]]
    assert preview.newer.renamed == [(names[1], "Called otherwise")]
    assert [one.title for one in preview.newer.moved] == [names[7]]
    import_now(row)
    assert outline_of(reading_list) == [
        *(("", []), ("Frogs", [*names[:5], "New"]), ("My toads", [*names[5:], "Newer"])),
    ]
    assert Item.objects.get(title=names[0]).note == "mine"


def test_a_larger_edit_adds_what_is_new_and_tells_the_rest(alice: User) -> None:
    names = [f"A paper on frogs, number {number}" for number in range(120)]
    parts = [names[start : start + 20] for start in range(0, 120, 20)]
    reading_list = made(import_now(start_import(alice, text=text_of(parts))))
    Item.objects.filter(title=names[5]).update(note="mine", year=1999)
    Item.objects.filter(title=names[6]).update(title="A name of my own")
    reading_list.sections.filter(title="Part 2").update(note="my words")
    for at, new in ((0, 3), (2, 4), (5, 5)):
        parts[at] += [f"Something newer, number {at}.{number}" for number in range(new)]
    for gone in (10, 50, 90):
        parts[gone // 20].remove(names[gone])
    moves = {30: 3, 31: 3, 70: 0, 119: 5, 22: 1}  # the last two within their sections
    for at, to in moves.items():
        parts[at // 20].remove(names[at])
        parts[to].insert(8 if to != 5 else 0, names[at])
    called = {names[3]: "Called otherwise now", names[77]: "This one too, by now"}
    text = text_of(parts, called).replace("## Part 4", "## Part the fourth")
    row = start_import(alice, text=text, reading_list=reading_list)
    preview = preview_of(row)
    assert (preview.known, preview.new) == (117, 12)
    assert [one.title for one in preview.newer.gone] == [names[at] for at in (10, 50, 90)]
    assert {one.title for one in preview.newer.moved} == {names[at] for at in moves}
    mine = ("A name of my own", names[6])
    assert set(preview.newer.renamed) == {*called.items(), mine}
    kept = dict(reading_list.items.values_list("pk", "title"))
    import_now(row)
    assert [title for title, _ in outline_of(reading_list)][1:] == [f"Part {n}" for n in range(6)]
    assert [len(one) for _, one in outline_of(reading_list)] == [0, 23, 20, 24, 20, 20, 25]
    assert dict(reading_list.items.filter(pk__in=kept).values_list("pk", "title")) == kept
    assert Item.objects.filter(title=names[5], note="mine", year=1999).exists()
    assert reading_list.sections.get(title="Part 2").note == "my words"


def text_of(parts: list[list[str]], called: dict[str, str] | None = None) -> str:
    """Return a list in Markdown of these titles, each of an address of its own."""
    lines = ["# T"]
    for number, titles in enumerate(parts):
        lines += ["", f"## Part {number}", ""]
        for one in titles:
            address = f"https://{one.rpartition(' ')[2]}.example.org/{one[:9].strip()}"
            lines.append(f"- [{(called or {}).get(one, one)}]({address.replace(' ', '-')})")
    return "\n".join([*lines, ""])


def test_the_same_version_again_adds_nothing(alice: User) -> None:
    reading_list = make_list(alice)
    add(reading_list, "Pond", url="http://www.pond.example.org/")
    row = start_import(
        alice, text="- [Pond](https://pond.example.org/)\n", reading_list=reading_list
    )
    import_now(row)
    assert outline_of(reading_list) == [("", ["Pond"])]


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ({"text": "No list here."}, "No entry"),
        ({}, "Paste a list"),
        ({"url": "javascript:alert(1)"}, "http"),
        ({"text": "- [a](http://a.example)\n" * 5001}, "at most"),
        ({"text": "- " + "word " * 9000}, "A line was not understood, the first is line 1"),
        ({"text": "# S\n\n- [a](http://a.example)\n\n" * 1001}, "sections at most"),
    ],
)
def test_what_is_no_list_is_refused_with_a_sentence(
    alice: User, asked: dict[str, str], sentence: str
) -> None:
    with pytest.raises(Invalid, match=sentence):
        start_import(alice, **asked)  # type: ignore[arg-type]
    assert not ListImport.objects.exists()


@pytest.mark.parametrize(
    ("url", "raw"),
    [
        ("https://github.com/a/b", "https://raw.githubusercontent.com/a/b/HEAD/README.md"),
        ("https://github.com/a/b#readme", "https://raw.githubusercontent.com/a/b/HEAD/README.md"),
        (
            "https://github.com/a/b/blob/main/docs/list.md",
            "https://raw.githubusercontent.com/a/b/main/docs/list.md",
        ),
        ("https://example.org/list.md", "https://example.org/list.md"),
    ],
)
def test_pages_of_github_are_fetched_as_text(url: str, raw: str) -> None:
    assert raw_address(url) == raw


def test_a_readme_is_fetched_through_the_guard_by_a_worker(alice: User, settings: Settings) -> None:
    with Outside() as outside:
        settings.FETCH_ALLOW_NETWORKS = (ip_network("127.0.0.0/8"),)
        settings.FETCH_ALLOW_PORTS = (outside.port,)
        pages.fetch_policy.cache_clear()
        url = outside.put("/a/b/HEAD/README.md", TEXT, "text/plain; charset=utf-8")
        row = start_import(alice, url=url)
        assert outside.asked == []
        work_on(row.pk)
        row.refresh_from_db()
        assert (row.state, row.total, row.text) == ("preview", 4, TEXT)
        assert outside.asked == ["/a/b/HEAD/README.md"]
    import_now(row)
    assert outline_of(made(row))[0] == ("", ["Pond"])


def test_an_address_that_is_refused_says_so(alice: User) -> None:
    row = start_import(alice, url="http://127.0.0.1:9/list.md")
    assert row.state == "fetching"
    work_on(row.pk)
    row.refresh_from_db()
    assert row.state == "failed"
    assert row.reason


def test_the_command_tells_without_storing_and_stores_when_asked(
    alice: User, tmp_path: "object"
) -> None:
    file = tmp_path / "frogs.md"  # type: ignore[operator]
    file.write_text(TEXT)
    out = StringIO()
    call_command("import_list", "alice", str(file), "--dry-run", stdout=out)
    assert "4 items" in out.getvalue()
    assert not ReadingList.objects.exists()
    call_command("import_list", "alice", str(file), stdout=out)
    assert "/u:alice/l:frogs/" in out.getvalue()
    with pytest.raises(CommandError, match="nobody"):
        call_command("import_list", "nobody", str(file))
