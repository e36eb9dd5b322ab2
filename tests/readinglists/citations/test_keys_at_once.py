"""Citation keys while several people ask for the first citations of a list."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from accounts.models import User
from readinglists.exporting import export_citations
from readinglists.models import CitationKey
from tests.readinglists.making import add, make_list

pytestmark = pytest.mark.django_db(transaction=True)

READERS = 6


def test_all_who_ask_at_once_get_the_same_keys(alice: User) -> None:
    reading_list = make_list(alice)
    for number in range(12):
        add(reading_list, f"Engines {number % 3}", url=f"https://example.org/{number}")

    def cite(_reader: int) -> str:
        try:
            return "".join(export_citations("bibtex", reading_list))
        finally:
            connection.close()

    with ThreadPoolExecutor(READERS) as pool:
        texts = set(pool.map(cite, range(READERS)))
    assert len(texts) == 1
    assert texts.pop().count("@misc{engines") == CitationKey.objects.count() == 12
