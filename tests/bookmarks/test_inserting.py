"""Rows inserted and rewritten in bulk: nothing is cut, and what is not said has its default."""

import pytest
from django.db import DataError, connection, transaction

from accounts.models import User
from bookmarks.inserting import insert_rows, rewrite
from bookmarks.models import Note

pytestmark = pytest.mark.django_db
NAMES = ["owner_id", "title", "key", "length"]


def test_rows_are_written_as_said_and_the_rest_by_default(alice: User) -> None:
    insert_rows(Note, NAMES, [(alice.pk, f"a{place}", str(place) * 20, 0) for place in range(2)])
    first, second = Note.objects.order_by("pk")
    assert (first.title, second.title, second.private) == ("a0", "a1", False)
    assert (first.key, first.text) == ("0" * 20, "")
    rewrite(Note, ["title", "private"], [("new", True, second.pk)])
    second.refresh_from_db()
    first.refresh_from_db()
    assert (first.title, second.title, second.private) == ("a0", "new", True)


@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite knows no lengths")
def test_what_a_column_is_too_short_for_is_refused_and_not_cut(alice: User) -> None:
    with pytest.raises(DataError), transaction.atomic():
        insert_rows(Note, NAMES, [(alice.pk, "a" * 256, "0" * 20, 0)])
    insert_rows(Note, NAMES, [(alice.pk, "a", "0" * 20, 0)])
    with pytest.raises(DataError), transaction.atomic():
        rewrite(Note, ["title"], [("b" * 256, Note.objects.get().pk)])
