"""What can be asked for, and what is made of it."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from accounts.models import User
from bookmarks.drafts import InvalidDraft, make_draft
from bookmarks.models import Bookmark
from bookmarks.storing import store_bookmark

URL = "https://example.org/"


def test_a_draft_of_an_address_alone_is_public_read_and_untagged() -> None:
    draft = make_draft(URL)
    assert (draft.title, draft.description, draft.labels) == ("", "", ())
    assert (draft.private, draft.unread, draft.starred) == (False, False, None)
    assert draft.saved_at is None


def test_it_cuts_a_title_after_255_characters_and_says_so() -> None:
    draft = make_draft(URL, title="é" * 256)
    assert draft.title == "é" * 255
    assert draft.notices == ("The title was cut to 255 characters.",)


def test_it_keeps_a_title_of_255_characters() -> None:
    draft = make_draft(URL, title="e\u0301" * 255)
    assert draft.title == "é" * 255
    assert draft.notices == ()


def test_blanks_around_a_title_do_not_count() -> None:
    assert make_draft(URL, title=" " * 300 + "a").notices == ()


def test_it_takes_a_description_of_65536_characters_and_no_longer() -> None:
    assert len(make_draft(URL, description="é" * 65_536).description) == 65_536
    with pytest.raises(InvalidDraft) as refusal:
        make_draft(URL, description="é" * 65_537)
    assert refusal.value.errors == {
        "description": "The description has 65,537 characters; 65,536 are the most."
    }


def test_it_names_every_wrong_field_at_once() -> None:
    with pytest.raises(InvalidDraft) as refusal:
        make_draft("javascript:x", tags="a" * 256, description="a" * 65_537)
    assert set(refusal.value.errors) == {"url", "tags", "description"}
    assert all(sentence.endswith(".") for sentence in refusal.value.errors.values())
    assert str(refusal.value) == "; ".join(refusal.value.errors.values())


def test_a_title_is_one_line_and_a_description_keeps_its_lines() -> None:
    draft = make_draft(URL, title=" a\r\nb\tc  d ", description=" a\r\nb\rc\n\n\td ")
    assert draft.title == "a b c d"
    assert draft.description == "a\nb\nc\n\n\td"


@pytest.mark.parametrize(
    "odd",
    ["\x00", "\x07", "\x0b", "\x1b", "\x7f", "\x9f", "\u202e", "\u2066", "\ud800"],
)
def test_it_leaves_out_what_cannot_be_printed(odd: str) -> None:
    draft = make_draft(URL, title=f"a{odd}b", description=f"a{odd}b", source=f"a{odd}b")
    assert (draft.title, draft.description, draft.source) == ("ab", "ab", "ab")


@pytest.mark.parametrize("kept", ["👩‍🔬", "می‌خواهم", "<b>&amp;", "日本語", "\ufffd", "𝐀"])
def test_it_keeps_what_other_scripts_need(kept: str) -> None:
    draft = make_draft(URL, title=kept, description=kept)
    assert (draft.title, draft.description) == (kept, kept)


def test_it_cuts_the_name_of_a_source() -> None:
    assert make_draft(URL, source="a" * 50).source == "a" * 40


NOW = datetime.now(UTC)
EAST, WEST = timezone(timedelta(hours=14)), timezone(timedelta(hours=-12))


@pytest.mark.parametrize(
    "moment",
    [
        NOW,
        NOW - timedelta(days=9000),
        NOW + timedelta(minutes=9),
        datetime(1, 1, 1, tzinfo=UTC),
        datetime(1969, 12, 31, tzinfo=WEST),
    ],
)
def test_it_keeps_the_moment_of_saving(moment: datetime) -> None:
    draft = make_draft(URL, saved_at=moment)
    assert draft.saved_at == moment
    assert draft.saved_at.tzinfo is UTC


@pytest.mark.parametrize(
    "moment",
    [
        NOW + timedelta(days=1),  # more than the tests can take until it is looked at
        datetime(2100, 1, 1, tzinfo=UTC),
        datetime.max.replace(tzinfo=UTC),
        datetime.max.replace(tzinfo=WEST),
        datetime.min.replace(tzinfo=EAST),
    ],
)
def test_a_moment_ahead_or_beyond_the_calendar_means_now(moment: datetime) -> None:
    assert make_draft(URL, saved_at=moment).saved_at is None


@pytest.mark.django_db
@settings(max_examples=60, deadline=None, derandomize=True)
@given(text=st.text(), moment=st.datetimes(timezones=st.sampled_from([UTC, EAST, WEST])))
def test_whatever_is_typed_can_be_stored_and_comes_back_the_same(
    text: str, moment: datetime
) -> None:
    owner, _ = User.objects.get_or_create(username="typist")
    draft = make_draft(
        URL, title=text, description=text, tags=text[:40], source=text, saved_at=moment
    )
    store_bookmark(owner, draft)
    kept = Bookmark.objects.get(owner=owner)
    assert (kept.title, kept.description) == (draft.title, draft.description)
    assert tuple(kept.labels) == draft.labels
    assert draft.saved_at in (None, kept.saved_at)
