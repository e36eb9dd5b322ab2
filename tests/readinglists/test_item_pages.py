"""Items of many addresses get their pages in as few queries as one does."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from bookmarks.models import FetchJob
from readinglists.drafts import make_item_draft
from readinglists.items import add_items
from readinglists.models import ListReading, Progress
from readinglists.progress import mark_read, set_progress
from tests.readinglists.making import add, make_list

pytestmark = pytest.mark.django_db


def test_many_items_cost_as_many_queries_as_a_few(alice: User) -> None:
    reading_list = make_list(alice)

    def cost(name: str, many: int) -> int:
        urls = [f"https://example.org/{name}/{number}" for number in range(many)]
        drafts = [make_item_draft(url=url, alternates=[{"url": f"{url}.pdf"}]) for url in urls]
        with CaptureQueriesContext(connection) as queries:
            add_items(reading_list, drafts, alice)
        return len(queries)

    assert cost("few", 2) == cost("many", 30) <= 24
    assert FetchJob.objects.count() == 32


def test_addresses_of_one_page_share_it(alice: User) -> None:
    reading_list = make_list(alice)
    known = add(reading_list, url="https://arxiv.org/abs/1706.03762")
    urls = ("https://arxiv.org/pdf/1706.03762", "https://example.org/", "http://www.example.org/")
    paper, *others = add_items(reading_list, [make_item_draft(url=url) for url in urls], alice)
    assert paper.page == known.page
    assert len({one.page_id for one in others}) == 1
    assert paper.asked_at is not None
    words, unasked = add_items(
        reading_list,
        [make_item_draft(title="words"), make_item_draft(url="https://example.org/x")],
        alice,
        ask=False,
    )
    assert (words.page, unasked.asked_at) == (None, None)
    assert FetchJob.objects.filter(page=unasked.page).count() == 0


def test_what_an_import_says_is_read_leaves_what_one_noted(alice: User, bob: User) -> None:
    reading_list = make_list(alice)
    paper = add(reading_list, url="https://example.org/")
    words, dropped = add(reading_list, "words"), add(reading_list, "dropped")
    set_progress(bob, dropped, "dropped")
    ListReading.objects.all().delete()
    mark_read(bob, [paper, words, dropped])
    states = Progress.objects.filter(reader=bob).order_by("pk").values_list("state", flat=True)
    assert list(states) == ["dropped", "read", "read"]
    assert ListReading.objects.filter(reader=bob, reading_list=reading_list).exists()
