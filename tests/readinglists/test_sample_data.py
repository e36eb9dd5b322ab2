"""The lists of the sample site: what they have to show, and that they ask for nothing."""

import tomllib
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from django.test import Client
from django.utils.module_loading import import_string
from pytest_django import Settings

from accounts.models import User
from bookmarks.models import FetchJob
from bookmarks.sample_data import read_sample
from readinglists.models import (
    GroupSession,
    Item,
    Progress,
    ReadingList,
    StudyGroup,
    Suggestion,
)
from readinglists.sample_data.filling import FILE
from readinglists.upstream import compare
from tests.people import signed_in

pytestmark = pytest.mark.once
NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)


@pytest.fixture
def people(db: None) -> dict[str, User]:
    """Return the sample people, without the passwords that take time."""
    names = read_sample().people
    return {name: User.objects.create(username=name, email=f"{name}@x.invalid") for name in names}


def test_every_address_is_one_of_the_sample_pages() -> None:
    rows = tomllib.loads(FILE.read_text(encoding="utf-8"))
    parts = [part for row in rows["list"] for part in (row, *row.get("section", ()))]
    items = [item for part in parts for item in part.get("items", ())] + [rows["fork"]["added"]]
    urls = {item["url"] for item in items if "url" in item}
    assert urls <= {page.url for page in read_sample().pages}


def test_the_lists_have_something_of_everything(
    people: dict[str, User], settings: Settings
) -> None:
    fill: Callable[[dict[str, User], datetime], str] = import_string(settings.SAMPLE_DATA_STEPS[0])
    said = fill(people, NOW)
    assert said.startswith(f"{ReadingList.objects.count()} reading lists have ")
    ada = people["ada"]
    assert not FetchJob.objects.exists()
    assert not Item.objects.filter(added_at__gt=NOW, reading_list__upstream=None).exists()
    for name in ("need", "level", "reading_pass", "note"):
        assert Item.objects.exclude(**{name: ""}).exists(), name
    assert Item.objects.filter(url="", title__contains="$").exists()
    states = set(Progress.objects.filter(reader=ada).values_list("state", flat=True))
    assert states == {"read", "skimmed", "reading", "dropped"}
    fork = ReadingList.objects.get(upstream__isnull=False)
    assert fork.upstream is not None
    kinds = {one.kind for one in compare(fork, fork.upstream).changes}
    assert kinds == {"added", "changed", "moved", "removed", "sections"}
    waiting = Suggestion.objects.filter(state="open")
    assert waiting.filter(reading_list__owner=ada).count() == 2
    assert waiting.filter(by=ada).count() == 1
    group = StudyGroup.objects.get()
    sessions = GroupSession.objects.filter(group=group)
    assert sessions.filter(starts_at__lt=NOW).exists()
    assert sessions.filter(starts_at__gt=NOW, presenter__isnull=False).exists()
    before = Item.objects.count()
    assert fill(people, NOW) == ""
    assert Item.objects.count() == before
    client: Client = signed_in(ada)
    for path in (
        "/lists/",
        "/lists/reading/",
        "/network/",
        "/suggestions/",
        f"/g:{group.key}/s:4/",
    ):
        assert client.get(path).status_code == 200
