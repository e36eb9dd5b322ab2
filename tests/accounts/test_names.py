"""Which names an account may have."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, IntegrityError
from django.utils import timezone

from accounts.models import HeldName, User
from accounts.names import (
    RESERVED,
    NameMalformed,
    NameReserved,
    NameTaken,
    check_free,
    check_name,
    fold_name,
    hold_name,
    is_held,
)

SOME_RESERVED = """
    admin root api v1 feeds rss json add login logout signup settings recent popular lists network
    search static support help softmarks ADMIN Root moderator password url about
"""
GOOD = {
    "ada": "ada",
    "Ada": "ada",
    "  ada ": "ada",
    "a1": "a1",
    "__": "__",
    "A" * 30: "a" * 30,
    "0123": "0123",
}
MALFORMED = {
    "": "empty",
    "a": "one letter",
    "a" * 31: "31 letters",
    "ada lovelace": "a blank inside",
    "ada:lovelace": "the colon of NAME:HEX",
    "ada-lovelace": "a hyphen",
    "ada.l": "a dot",
    "ada/../bob": "a path",
    "ada\nbob": "a line feed",
    "ada\x00": "a NUL",
    "adа": "a Cyrillic a",
    "\u212aim": "the Kelvin sign, which folds to k",
    "\u017fam": "the long s, which folds to s",
    "ａｄａ": "full-width letters",
    "ada\u200b": "a zero-width blank",
    "\u202eada": "a right-to-left override",
    "ada\u0301": "a combining accent",
    "٣٤٥": "Arabic digits",
    "ida\u0130": "a dotted capital I",
}


@pytest.mark.parametrize(("typed", "stored"), GOOD.items())
def test_a_good_name_is_folded_and_trimmed(typed: str, stored: str) -> None:
    assert check_name(typed) == stored


@pytest.mark.parametrize("typed", MALFORMED, ids=list(MALFORMED.values()))
def test_a_malformed_name_is_refused(typed: str) -> None:
    with pytest.raises(NameMalformed):
        fold_name(typed)


@pytest.mark.parametrize(
    "typed",
    SOME_RESERVED.split(),
)
def test_a_reserved_name_is_refused_in_any_case(typed: str) -> None:
    with pytest.raises(NameReserved):
        check_name(typed)


def test_every_reserved_name_could_be_had_otherwise() -> None:
    assert [name for name in RESERVED if fold_name(name) != name] == []


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["Ada", "a", "a" * 31, "ada\n", "a:b", "", "adа"])
def test_the_database_refuses_a_malformed_name_too(name: str) -> None:
    with pytest.raises(DatabaseError, match=r"(?i)constraint|too long"):
        User(username=name, password="!").save()


@pytest.mark.django_db
@pytest.mark.parametrize("key", ["", "f" * 19, "F" * 20, "g" * 20, "f" * 19 + "\n"])
def test_the_database_refuses_a_malformed_feed_key(key: str) -> None:
    with pytest.raises(IntegrityError, match="feed_key"):
        User(username="ada", password="!", feed_key=key).save()


def test_a_name_that_somebody_has_is_taken(alice: User) -> None:
    with pytest.raises(NameTaken):
        check_free("alice")


@pytest.mark.django_db
def test_a_held_name_is_taken_for_ninety_days_and_free_after() -> None:
    hold_name("ada")
    with pytest.raises(NameTaken):
        check_free("ada")
    held = HeldName.objects.get()
    assert timedelta(days=89) < held.until - timezone.now() <= timedelta(days=90)
    HeldName.objects.update(until=timezone.now())
    assert not is_held("ada")
    check_free("ada")


@pytest.mark.django_db
def test_a_hold_does_not_tell_the_name() -> None:
    hold_name("ada")
    assert "ada" not in str(HeldName.objects.values().get())


@pytest.mark.django_db
def test_a_name_can_be_held_again() -> None:
    hold_name("ada")
    hold_name("ada")
    assert HeldName.objects.count() == 1
