"""The sample site: its files, and the command that puts it into an empty database."""

import io
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from pytest_django import Settings

from accounts.models import User
from bookmarks.drafts import make_draft
from bookmarks.links import page_key
from bookmarks.listing import Listing, Shelf, list_bookmarks
from bookmarks.models import Bookmark, FetchJob, Page
from bookmarks.popular import list_popular
from bookmarks.recounting import recount
from bookmarks.sample_data import Sample, SampleSave, fill, read_sample
from bookmarks.sample_data.reading import age_of
from bookmarks.saving import save_bookmark
from bookmarks.tag_names import is_private_tag

SAMPLE = read_sample()
SAVES = [save for page in SAMPLE.pages for save in page.saves]
# When the sample was written; the pages were there to save then, and later all the more.
NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch, settings: Settings) -> Sample:
    """Let the command know few of the pages, and no other app, which takes a tenth of the time."""
    settings.SAMPLE_DATA_STEPS = []
    sample = Sample(SAMPLE.people, SAMPLE.pages[:8])
    monkeypatch.setattr("bookmarks.management.commands.sample_data.read_sample", lambda: sample)
    return sample


@pytest.fixture
def filled(db: None, few: Sample) -> str:
    """Fill the database and return what the command printed."""
    out = io.StringIO()
    call_command("sample_data", password="not a secret", stdout=out)
    return out.getvalue()


def test_the_sample_has_eight_people_and_several_hundred_bookmarks() -> None:
    assert len(SAMPLE.people) == 8
    assert {save.by for save in SAVES} == set(SAMPLE.people)
    assert 250 <= len(SAVES) <= 400
    assert 170 <= len(SAMPLE.pages) <= 200


def test_no_page_is_in_the_files_twice() -> None:
    keys = Counter(page_key(page.url) for page in SAMPLE.pages)
    assert [key for key, number in keys.items() if number > 1] == []


def test_every_page_is_saved_and_by_nobody_twice() -> None:
    for page in SAMPLE.pages:
        savers = [save.by for save in page.saves]
        assert savers, page.url
        assert len(savers) == len(set(savers)), page.url


def test_every_draft_passes_the_door_unchanged() -> None:
    for save in SAVES:
        draft = save.draft
        again = make_draft(
            draft.url, title=draft.title, description=draft.description, tags=draft.labels
        )
        assert (again.url, again.title, again.description, again.labels) == (
            *(draft.url, draft.title, draft.description, draft.labels),
        )
        assert draft.notices == ()


def test_every_description_and_excerpt_is_written_once() -> None:
    said = [save.draft.description for save in SAVES if save.draft.description]
    said += [page.facts["excerpt"] for page in SAMPLE.pages]
    assert [text for text, number in Counter(said).items() if number > 1] == []


def test_some_bookmarks_have_no_description_and_one_page_a_long_excerpt() -> None:
    silent = [save for save in SAVES if not save.draft.description]
    assert 0.2 < len(silent) / len(SAVES) < 0.6
    assert max(len(page.facts["excerpt"]) for page in SAMPLE.pages) > 2000


def test_all_that_a_bookmark_can_be_is_in_the_sample() -> None:
    drafts = [save.draft for save in SAVES]
    assert any(draft.private for draft in drafts)
    assert any(draft.unread for draft in drafts)
    assert any(draft.starred for draft in drafts)
    assert any(not draft.labels for draft in drafts)
    assert any(is_private_tag(label) for draft in drafts for label in draft.labels)
    assert {"form", "iphone", "bookmarklet", "import"} == {draft.source for draft in drafts}


def test_the_first_person_has_something_on_every_shelf_worth_showing() -> None:
    own = [save.draft for save in SAVES if save.by == SAMPLE.people[0]]
    assert len(own) > 40
    assert sum(draft.private for draft in own) >= 3
    assert sum(draft.unread for draft in own) >= 3
    assert sum(bool(draft.starred) for draft in own) >= 3


def test_saves_reach_from_today_back_ten_years() -> None:
    ages = sorted(save.age for save in SAVES)
    assert ages[0] < timedelta(hours=1)
    assert ages[50] < timedelta(days=30)
    assert ages[-1] > timedelta(days=9 * 365)


def test_nothing_is_saved_before_it_was_published() -> None:
    early = []
    for page in SAMPLE.pages:
        published = page.facts["published"]
        early += [
            (page.url, save.by)
            for save in page.saves
            if (NOW - save.age).date().isoformat()[: len(published)] < published
        ]
    assert early == []


def test_an_age_is_as_written_plus_less_than_one_unit_and_never_changes() -> None:
    for text, least, most in (
        ("45min", timedelta(minutes=45), timedelta(minutes=46)),
        ("3h", timedelta(hours=3), timedelta(hours=4)),
        ("8w", timedelta(weeks=8), timedelta(weeks=9)),
        ("9y", timedelta(days=9 * 365), timedelta(days=10 * 365)),
    ):
        assert least <= age_of(text, "seed") < most
        assert age_of(text, "seed") == age_of(text, "seed") != age_of(text, "other seed")


def test_kinds_are_those_of_the_addresses_unless_the_files_know_better() -> None:
    kinds = {page.url: page.facts["kind"] for page in SAMPLE.pages}
    assert kinds["https://arxiv.org/abs/1706.03762"] == "paper"
    assert kinds["https://github.com/karpathy/nanoGPT"] == "code"
    assert kinds["https://www.statlearning.com/"] == "book"
    assert kinds["https://horace.io/brrr_intro.html"] == "article"


def test_the_command_tells_how_to_log_in(filled: str) -> None:
    assert "Log in as ada with the password not a secret" in filled
    assert Client().login(username="ada", password="not a secret")
    assert Client().login(username="jules", password="not a secret")


def test_without_a_password_each_run_makes_another_one(db: None, few: Sample) -> None:
    printed = []
    for force in (False, True):
        out = io.StringIO()
        call_command("sample_data", force=force, stdout=out)
        printed.append(out.getvalue().partition("password ")[2].splitlines()[0])
    assert printed[0] != printed[1]
    assert not Client().login(username="kim", password=printed[0])
    assert Client().login(username="kim", password=printed[1])


def test_the_site_lives_after_the_command(db: None, settings: Settings) -> None:
    settings.SAMPLE_DATA_STEPS = []
    call_command("sample_data", stdout=io.StringIO())
    assert Bookmark.objects.count() == len(SAVES)
    assert list(recount(change=False)) == []
    ada = User.objects.get(username="ada")
    assert len(list_bookmarks(Listing(), ada).bookmarks) == 50
    assert list_bookmarks(Listing(labels=("bayes",)), ada).earlier
    assert list_bookmarks(Listing(owner=ada, shelf=Shelf.PRIVATE), ada).bookmarks
    assert len(list_popular().bookmarks) == 50


def test_nothing_is_left_to_fetch_and_every_page_has_its_facts(filled: str, few: Sample) -> None:
    assert not FetchJob.objects.exists()
    assert Page.objects.filter(state=Page.State.FETCHED).count() == len(few.pages)
    assert not Bookmark.objects.filter(facts_at=None).exists()
    page = Page.objects.get(key=page_key("https://arxiv.org/abs/1601.00670"))
    assert page.authors[0] == "David M. Blei"
    assert (page.site_name, page.published, page.language) == ("arXiv", "2016-01-04", "en")


def test_times_are_the_ages_before_now(db: None, few: Sample) -> None:
    fill(few, "not a secret", NOW)
    times = set(Bookmark.objects.values_list("saved_at", flat=True))
    assert times == {NOW - save.age for save in few.saves()}


def test_a_second_run_is_refused(filled: str) -> None:
    with pytest.raises(CommandError, match="There are accounts here already"):
        call_command("sample_data", password="another")
    assert Client().login(username="ada", password="not a secret")


def test_a_forced_second_run_changes_nothing_but_the_password(filled: str) -> None:
    before = list(Bookmark.objects.order_by("slug").values_list("slug", "url", "labels_text"))
    call_command("sample_data", force=True, password="another", stdout=io.StringIO())
    after = list(Bookmark.objects.order_by("slug").values_list("slug", "url", "labels_text"))
    assert before == after
    assert not FetchJob.objects.exists()
    assert list(recount(change=False)) == []


def test_a_real_person_of_the_same_name_is_left_alone(db: None, few: Sample) -> None:
    ada = User.objects.create_user("ada", "her own password", "ada@example.org")
    with pytest.raises(CommandError, match="called ada"):
        call_command("sample_data", force=True)
    assert User.objects.get().pk == ada.pk
    assert not Bookmark.objects.exists()


def test_pages_the_site_knows_keep_their_own_facts_and_jobs(alice: User, few: Sample) -> None:
    url = few.pages[0].url
    stored = save_bookmark(alice, make_draft(url))
    call_command("sample_data", force=True, stdout=io.StringIO())
    page = Page.objects.get(key=page_key(url))
    assert page.state == Page.State.NEW
    assert page.title == ""
    assert FetchJob.objects.get().pk == stored.job_id


def test_a_failure_in_the_middle_leaves_nothing_behind(db: None, few: Sample) -> None:
    def stop_halfway(saves: Sequence[SampleSave]) -> Iterator[SampleSave]:
        yield saves[0]
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fill(few, "not a secret", NOW, stop_halfway)
    assert not User.objects.exists()
