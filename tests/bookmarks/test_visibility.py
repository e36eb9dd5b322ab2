"""What is private is seen by its owner alone: every way to look, by everyone who looks."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser

from accounts.models import User
from bookmarks.listing import Listing, Shelf, count_bookmarks, last_changed, list_bookmarks
from bookmarks.models import Bookmark, Page
from bookmarks.popular import count_popular, list_popular
from bookmarks.storing import delete_bookmark, set_flags
from bookmarks.tags import suggest_tags, tags_of, top_tags
from tests.bookmarks.keeping import SOME_DAY, keep

Viewer = User | AnonymousUser
VISITOR = AnonymousUser()
SHARED = "https://example.org/shared"
SECRET = "https://secret.example/secret"
TAGS = ("nlp", "secret", ".secret", "public")


@pytest.fixture
def saved(alice: User, bob: User) -> None:
    """Alice has public and private bookmarks with public and private tags; Bob shares a page."""
    keep(alice, SHARED, "nlp public .secret", title="open", saved_at=SOME_DAY)
    keep(alice, SECRET, "nlp secret .secret", private=True, unread=True, title="secret")
    keep(alice, "https://secret.example/untagged", private=True, starred=True, title="secret")
    keep(bob, SHARED, "nlp", title="his", saved_at=SOME_DAY)


def listings(owner: User) -> Iterator[Listing]:
    """Yield a listing of every kind there is."""
    label_sets = [(), *((tag,) for tag in TAGS), ("nlp", "secret"), ("nlp", ".secret", "public")]
    for labels in label_sets:
        yield Listing(labels=labels)
        for shelf in Shelf:
            yield Listing(owner=owner, labels=labels, shelf=shelf)
    for url in (SHARED, SECRET):
        yield Listing(page=Page.objects.get(url=url))


def seen(owner: User, viewer: Viewer) -> dict[str, Any]:
    """Return all that a viewer can learn of an owner through the domain's windows."""
    looks: dict[str, Any] = {}
    for listing in listings(owner):
        page = list_bookmarks(listing, viewer)
        looks[f"{listing.owner} {listing.labels} {listing.shelf} {listing.page}"] = {
            "entries": [
                (one.slug, one.labels_for(viewer), one.shown_title) for one in page.bookmarks
            ],
            "cursors": (page.earlier, page.later),
            "count": count_bookmarks(listing, viewer),
            "version": last_changed(page),
            "tags": tags_of(page.bookmarks),
        }
    looks["top tags"] = top_tags(owner, viewer_is_owner=viewer.pk == owner.pk)
    popular = list_popular()
    looks["popular"] = ([one.slug for one in popular.bookmarks], count_popular())
    if isinstance(viewer, User):
        for prefix in ("", "s", "se", "secret", ".", ".s", "n", "p", "S"):
            for page_of in (None, *Page.objects.filter(url__in=(SHARED, SECRET))):
                looks[f"suggest {prefix!r} {page_of}"] = suggest_tags(viewer, prefix, page_of)
    return looks


@pytest.mark.usefixtures("saved")
@pytest.mark.parametrize("who", ["bob", "visitor"])
def test_nobody_else_sees_a_private_bookmark_or_tag_anywhere(
    alice: User, bob: User, who: str
) -> None:
    viewer: Viewer = bob if who == "bob" else VISITOR
    looks = seen(alice, viewer)
    private = Bookmark.objects.filter(private=True).values_list("slug", flat=True)
    for name, look in looks.items():
        shown = str(look)
        assert not any(slug in shown for slug in private), name
        assert "secret" not in shown, name


@pytest.mark.usefixtures("saved")
def test_the_owner_sees_it_all_on_pages_of_her_own(alice: User) -> None:
    entries = list_bookmarks(Listing(alice), alice).bookmarks
    assert [one.title for one in entries] == ["secret", "secret", "open"]
    assert entries[-1].labels_for(alice) == ["nlp", "public", ".secret"]
    counts = {
        (labels, shelf): count_bookmarks(Listing(alice, labels, shelf), alice).number
        for labels in ((), ("nlp",), (".secret",), ("nlp", ".secret"))
        for shelf in (Shelf.ALL, Shelf.PUBLIC, Shelf.PRIVATE)
    }
    assert counts == {
        ((), Shelf.ALL): 3,
        ((), Shelf.PUBLIC): 1,
        ((), Shelf.PRIVATE): 2,
        (("nlp",), Shelf.ALL): 2,
        (("nlp",), Shelf.PUBLIC): 1,
        (("nlp",), Shelf.PRIVATE): 1,
        ((".secret",), Shelf.ALL): 2,
        ((".secret",), Shelf.PUBLIC): 0,
        ((".secret",), Shelf.PRIVATE): 1,
        (("nlp", ".secret"), Shelf.ALL): 2,
        (("nlp", ".secret"), Shelf.PUBLIC): 0,
        (("nlp", ".secret"), Shelf.PRIVATE): 1,
    }
    assert {tag.label: tag.count for tag in top_tags(alice, viewer_is_owner=True)} == {
        "nlp": 2,
        ".secret": 2,
        "secret": 1,
        "public": 1,
    }
    assert suggest_tags(alice, "se") == ["secret"]
    assert suggest_tags(alice, ".") == [".secret"]


@pytest.mark.usefixtures("saved")
def test_not_even_the_owner_sees_it_on_pages_of_everyone(alice: User, bob: User) -> None:
    for labels in ((), *((tag,) for tag in TAGS), ("nlp", "secret")):
        listing = Listing(labels=labels)
        hers, his = list_bookmarks(listing, alice), list_bookmarks(listing, bob)
        assert [one.slug for one in hers.bookmarks] == [one.slug for one in his.bookmarks]
        assert count_bookmarks(listing, alice) == count_bookmarks(listing, bob)


def save_a_hundred(alice: User) -> None:
    for number in range(99):
        keep(
            alice,
            f"https://secret.example/{number}",
            f"nlp secret{number} sesame",
            private=True,
            unread=True,
        )
    keep(alice, "https://bob.example/", "NLP Public bayes sesame", private=True)


def edit_and_delete_a_hundred(alice: User) -> None:
    for bookmark in Bookmark.objects.filter(owner=alice, private=True, tagged__tag__name="sesame"):
        set_flags(bookmark, starred=True)
        delete_bookmark(bookmark)


@pytest.mark.usefixtures("saved")
def test_a_hundred_private_saves_change_nothing_anyone_else_can_see(alice: User, bob: User) -> None:
    keep(bob, "https://bob.example/", "bayes")
    others: tuple[Viewer, Viewer] = (bob, VISITOR)
    before = {(viewer, owner): seen(owner, viewer) for viewer in others for owner in (alice, bob)}
    for private_life in (save_a_hundred, edit_and_delete_a_hundred):
        private_life(alice)
        for (viewer, owner), looks in before.items():
            after = seen(owner, viewer)
            changed = {name: look for name, look in looks.items() if after.get(name) != look}
            assert changed == {}, (private_life, viewer, owner)


@pytest.mark.usefixtures("saved")
def test_making_a_bookmark_private_takes_it_away_at_once_everywhere(alice: User, bob: User) -> None:
    listed = Bookmark.objects.get(owner=alice, private=False)
    set_flags(listed, private=True)
    for viewer in (bob, VISITOR):
        assert listed.slug not in str(seen(alice, viewer))
    assert top_tags(alice, viewer_is_owner=False) == []
    assert count_popular().number == 0


@pytest.mark.usefixtures("saved")
def test_others_suggestions_are_never_fed_by_private_tags(alice: User, bob: User) -> None:
    keep(alice, "https://example.org/more", "selfish")
    assert suggest_tags(bob, "se") == ["selfish"]
    assert suggest_tags(bob, "", Page.objects.get(url=SHARED)) == ["nlp", "public"]
    assert suggest_tags(bob, "", Page.objects.get(url=SECRET)) == ["nlp"]


@pytest.mark.usefixtures("saved")
def test_private_tags_push_no_public_one_out_of_the_suggestions(
    alice: User, bob: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bookmarks.tags.TAGS_READ", 3)
    keep(alice, "https://example.org/more", "series")
    assert suggest_tags(bob, "se") == ["series"]
    keep(alice, "https://secret.example/more", "sea sect seed self", private=True)
    assert suggest_tags(bob, "se") == ["series"]


@pytest.mark.usefixtures("saved")
def test_ones_own_tags_are_suggested_first_and_as_one_writes_them(alice: User, bob: User) -> None:
    keep(bob, "https://example.org/one", "PyTorch")
    keep(bob, "https://example.org/two", "PyTorch")
    keep(alice, "https://example.org/three", "python pytest")
    keep(alice, "https://example.org/four", "python")
    assert suggest_tags(bob, "py") == ["PyTorch", "python", "pytest"]
    assert suggest_tags(bob, "PY", limit=2) == ["PyTorch", "python"]
