"""Counters stay exact through any sequence of writes."""

import random
from datetime import timedelta

import pytest
from django.core.management import call_command

from accounts.models import User
from bookmarks.drafts import Draft, make_draft
from bookmarks.forgetting import forget_owner
from bookmarks.models import Bookmark, DeletedBookmark
from bookmarks.storing import (
    AlreadySaved,
    delete_bookmark,
    edit_bookmark,
    restore_bookmark,
    set_flags,
    store_bookmark,
)
from tests.bookmarks.judge import assert_counters_are_exact
from tests.bookmarks.keeping import SOME_DAY

pytestmark = pytest.mark.django_db

URLS = [f"https://example.org/{number}" for number in range(8)]
URLS += ["http://www.example.org/1", "https://example.org/1#part"]  # other bookmarks of one page
LABELS = ["bayes", "Bayes", "nlp", "NLP", "c++", ".secret", ".Secret", "straße", "STRASSE"]


class Walk:
    """Writes at random, the same for the same seed."""

    def __init__(self, seed: int, people: list[User]) -> None:
        self.random = random.Random(seed)
        self.people = people

    def draft(self) -> Draft:
        pick = self.random
        return make_draft(
            pick.choice(URLS),
            tags=pick.sample(LABELS, pick.randint(0, 4)),
            private=pick.random() < 0.4,
            unread=pick.random() < 0.3,
            starred=pick.choice([None, True, False]),
            saved_at=pick.choice([None, SOME_DAY - timedelta(days=pick.randint(0, 40))]),
        )

    def step(self) -> None:
        """Do one thing of one person."""
        owner = self.random.choice(self.people)
        doing = self.random.choice(["store", "store", "edit", "flag", "delete", "restore"])
        getattr(self, doing)(owner)

    def one_of(self, owner: User) -> Bookmark | None:
        theirs = list(Bookmark.objects.filter(owner=owner).order_by("pk"))
        return self.random.choice(theirs) if theirs else None

    def store(self, owner: User) -> None:
        store_bookmark(owner, self.draft())

    def edit(self, owner: User) -> None:
        bookmark = self.one_of(owner)
        if bookmark:
            try:
                edit_bookmark(bookmark, self.draft())
            except AlreadySaved:
                pass

    def flag(self, owner: User) -> None:
        bookmark = self.one_of(owner)
        if bookmark:
            name = self.random.choice(["private", "unread", "starred"])
            set_flags(bookmark, **{name: self.random.random() < 0.5})

    def delete(self, owner: User) -> None:
        bookmark = self.one_of(owner)
        if bookmark:
            delete_bookmark(bookmark)

    def restore(self, owner: User) -> None:
        deleted = DeletedBookmark.objects.filter(owner=owner).order_by("pk").first()
        if deleted:
            restore_bookmark(deleted)


@pytest.fixture
def people(db: None) -> list[User]:
    return [User.objects.create_user(f"person{number}") for number in range(3)]


@pytest.mark.parametrize("seed", range(4))
def test_they_are_exact_after_every_one_of_many_random_writes(
    seed: int, people: list[User]
) -> None:
    walk = Walk(seed, people)
    for step in range(100):
        walk.step()
        if step % 5 == 0:
            assert_counters_are_exact()
    assert Bookmark.objects.count() > 5


def test_they_are_exact_after_someone_with_many_bookmarks_left(people: list[User]) -> None:
    walk = Walk(99, people)
    for _ in range(150):
        walk.step()
    leaving, *others = people
    forget_owner(leaving)
    assert_counters_are_exact()
    assert set(Bookmark.objects.values_list("owner", flat=True)) == {one.pk for one in others}


def test_the_recount_command_finds_nothing_wrong_with_them(
    people: list[User], capsys: pytest.CaptureFixture[str]
) -> None:
    walk = Walk(7, people)
    for _ in range(150):
        walk.step()
    call_command("recount", "--check")
    assert capsys.readouterr().out == "All counters are right.\n"
