"""Keys for citing: what they are made of, and that they stay."""

import pytest
from django.test import Client

from accounts.models import User
from bookmarks.models import Page
from readinglists.citation_keys import keyed_records
from readinglists.citations.keys import key_base, numbered
from readinglists.citations.names import Name
from readinglists.citations.works import cited_item
from readinglists.drafts import make_item_draft
from readinglists.exporting import export_citations
from readinglists.items import edit_item
from readinglists.models import CitationKey, Item, ReadingList
from tests.readinglists.citations.records import record
from tests.readinglists.making import add, make_list

VASWANI = "https://arxiv.org/abs/1706.03762"


def keys_in(reading_list: ReadingList) -> list[str]:
    text = "".join(export_citations("bibtex", reading_list))
    return [line.partition("{")[2].rstrip(",") for line in text.split("\n") if line[:1] == "@"]


@pytest.mark.parametrize(
    ("family", "year", "title", "arxiv", "key"),
    [
        ("Vaswani", 2023, "Attention Is All You Need", "1706.03762", "vaswani2017attention"),
        ("van der Maaten", 2008, "The t-SNE", "", "vandermaaten2008t"),
        ("Høyer", 2020, "A Study of Engines", "", "hoyer2020study"),
        ("Müller", None, "Über Öl", "", "mulleruber"),
        ("", 2020, "Learning from Data", "", "learning2020data"),
        ("", 2017, "2017 in review", "", "ref20172017review"),
        ("李", 2020, "机器学习", "", "ref2020"),
        ("", None, "https://www.distill.pub/2017/x", "", "distillpub"),
        ("Item", 17, "", "", "refitem17"),
    ],
)
@pytest.mark.once
def test_a_key_is_surname_year_and_word(
    family: str, year: int | None, title: str, arxiv: str, key: str
) -> None:
    authors = (Name(family, "A."),) if family else ()
    assert key_base(record(title=title, authors=authors, year=year, arxiv=arxiv)) == key


@pytest.mark.once
def test_letters_tell_keys_apart() -> None:
    assert [numbered("k", number) for number in (0, 1, 26, 27)] == ["k", "ka", "kz", "kaa"]


@pytest.mark.django_db
def test_a_key_outlives_every_edit(alice: User) -> None:
    reading_list = make_list(alice)
    item = add(
        reading_list, "Attention Is All You Need", url=VASWANI, authors_text="Ashish Vaswani"
    )
    assert keys_in(reading_list) == ["vaswani2017attention"]
    edit_item(item, make_item_draft(url=VASWANI, title="Other", authors_text="Eve"), alice)
    assert keys_in(reading_list) == ["vaswani2017attention"]
    other = make_list(alice, "Another")
    add(other, "Renamed", url="https://arxiv.org/pdf/1706.03762v5")
    assert keys_in(other) == ["vaswani2017attention"]


@pytest.mark.django_db
def test_works_of_one_name_get_letters_and_a_page_is_cited_once(alice: User) -> None:
    reading_list = make_list(alice)
    for path in "abca":
        add(reading_list, "Engines", url=f"https://example.org/{path}", year=2020)
    assert keys_in(reading_list) == ["engines2020", "engines2020a", "engines2020b"]
    add(reading_list, "Engines", url="https://example.org/d", year=2020)
    assert keys_in(reading_list)[-1] == "engines2020c"


@pytest.mark.django_db
def test_words_alone_have_the_key_of_their_item(alice: User) -> None:
    reading_list = make_list(alice)
    item = add(reading_list, "A book", authors_text="Ada King")
    assert keys_in(reading_list) == [f"item{item.pk}"]
    assert not CitationKey.objects.exists()


@pytest.mark.django_db
def test_very_many_works_of_one_name_all_get_keys(alice: User) -> None:
    reading_list = make_list(alice)
    for number in range(45):
        add(reading_list, "Engines", url=f"https://example.org/{number}")
    # Each round starts from keys that others took meanwhile.
    for number in range(40):
        page = Page.objects.of(f"https://example.org/other/{number}")
        CitationKey.objects.create(owner=alice, page=page, key=numbered("engines", number))
    keys = keys_in(reading_list)
    assert len(set(keys)) == 45


@pytest.mark.django_db
def test_a_key_that_somebody_makes_at_the_same_time_holds(
    alice: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    reading_list = make_list(alice)
    item = add(reading_list, "Engines", url="https://example.org/a")
    page = item.page
    assert page
    write = CitationKey.objects.bulk_create

    def late(rows: list[CitationKey], *, ignore_conflicts: bool) -> list[CitationKey]:
        monkeypatch.setattr(CitationKey.objects, "bulk_create", write)
        CitationKey.objects.create(owner=alice, page=page, key="first")
        return write(rows, ignore_conflicts=ignore_conflicts)

    monkeypatch.setattr(CitationKey.objects, "bulk_create", late)
    work = cited_item(Item.objects.select_related("page").get(pk=item.pk), private=False)
    assert [one.key for one in keyed_records(alice, [work])] == ["first"]


@pytest.mark.django_db
def test_a_private_list_puts_no_words_of_its_own_into_a_key(alice: User) -> None:
    hidden = make_list(alice, visibility="private")
    add(hidden, "Secret plan", url="https://example.org/a", authors_text="Mallory Smith")
    assert "Secret" in "".join(export_citations("bibtex", hidden))
    [key] = CitationKey.objects.values_list("key", flat=True)
    assert "secret" not in key
    assert "smith" not in key


@pytest.mark.django_db
def test_everybody_sees_the_keys_of_the_owner(
    alice: User, alice_client: Client, visitor_client: Client
) -> None:
    reading_list = make_list(alice)
    add(reading_list, "Engines", url="https://example.org/a")
    path = f"/u:alice/l:{reading_list.slug}/export/bibtex"
    first = b"".join(visitor_client.get(path).streaming_content)  # type: ignore[attr-defined]
    assert b"@misc{engines," in first
    assert b"".join(alice_client.get(path).streaming_content) == first  # type: ignore[attr-defined]
    assert CitationKey.objects.get().owner == alice
