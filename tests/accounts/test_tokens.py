"""API tokens, feed keys and HTTP Basic: what opens whose door."""

from datetime import timedelta

import pytest
from django.db import IntegrityError
from django.utils import timezone

from accounts.credentials import WrongCredentials, check_basic
from accounts.models import ApiToken, User
from accounts.throttle import TooMany
from accounts.tokens import (
    MOST,
    MOST_OF_PROGRAMS,
    TooManyTokens,
    find_feed_reader,
    find_key,
    make_program_token,
    make_token,
    renew_feed_key,
    revoke_token,
)
from tests.people import PASSWORD

pytestmark = pytest.mark.django_db


def test_a_token_opens_its_owners_door(alice: User) -> None:
    token = make_token(alice)
    name, secret = token.split(":")
    assert name == "alice"
    assert len(secret) == 40
    for presented in (token, secret, f"ALICE:{secret.upper()}", f" {token}\n"):
        key = find_key(presented)
        assert key is not None
        assert (key.user, key.can_write) == (alice, True)


def test_anything_else_opens_nothing(alice: User, bob: User) -> None:
    secret = make_token(alice).split(":")[1]
    wrong = ["", ":", "alice:", secret[:-1], secret + "0", f"bob:{secret}", f":{secret}"]
    wrong += [f"alice:{'0' * 40}", f"alice:x:{secret}", f"álice:{secret}", "é" * 40, "\x00"]
    assert [presented for presented in wrong if find_key(presented)] == []


def test_only_a_digest_is_kept(alice: User) -> None:
    secret = make_token(alice).split(":")[1]
    assert secret not in str(ApiToken.objects.values().get())


def test_a_token_for_reading_does_not_write(alice: User) -> None:
    key = find_key(make_token(alice, can_write=False))
    assert key is not None
    assert not key.can_write


def test_a_token_of_an_account_switched_off_opens_nothing(alice: User) -> None:
    token = make_token(alice)
    User.objects.update(is_active=False)
    assert find_key(token) is None


def test_a_revoked_token_opens_nothing_and_only_the_owner_revokes(alice: User, bob: User) -> None:
    token = make_token(alice)
    pk = ApiToken.objects.get().pk
    assert not revoke_token(bob, pk)
    assert find_key(token)
    assert revoke_token(alice, pk)
    assert find_key(token) is None


def test_the_last_use_is_noted_once_an_hour(alice: User) -> None:
    token = make_token(alice)
    assert ApiToken.objects.get().last_used is None
    find_key(token)
    first = ApiToken.objects.get().last_used
    assert first is not None
    find_key(token)
    assert ApiToken.objects.get().last_used == first
    ApiToken.objects.update(last_used=timezone.now() - timedelta(hours=2))
    find_key(token)
    later = ApiToken.objects.get().last_used
    assert later is not None
    assert later >= first


def test_a_person_has_so_many_tokens_and_no_more(alice: User, bob: User) -> None:
    for _ in range(MOST):
        make_token(alice)
    with pytest.raises(TooManyTokens):
        make_token(alice)
    with pytest.raises(TooManyTokens):
        make_program_token(alice)
    assert make_token(bob)


def test_of_the_tokens_that_programs_made_the_one_longest_out_of_use_goes(alice: User) -> None:
    own = make_token(alice)
    made = [make_program_token(alice) for _ in range(MOST_OF_PROGRAMS)]
    ApiToken.objects.update(created=timezone.now() - timedelta(days=9))
    assert find_key(made[0])  # in use
    made += [make_program_token(alice), make_program_token(alice)]
    assert [token for token in (own, *made) if not find_key(token)] == made[1:3]


@pytest.mark.parametrize("wrong", [{"digest": "0" * 63}, {"digest": "G" * 64}, {"scope": "admin"}])
def test_the_database_refuses_a_malformed_token(alice: User, wrong: dict[str, str]) -> None:
    with pytest.raises(IntegrityError):
        ApiToken.objects.create(**({"user": alice, "digest": "0" * 64} | wrong))


def test_basic_takes_the_name_with_the_password_or_with_a_token(alice: User) -> None:
    secret = make_token(alice, can_write=False).split(":")[1]
    by_password = check_basic("Alice", PASSWORD, address="192.0.2.1")
    by_token = check_basic("Alice", secret, address="192.0.2.1")
    assert (by_password.user, by_password.can_write) == (alice, True)
    assert (by_token.user, by_token.can_write) == (alice, False)


@pytest.mark.parametrize(
    ("name", "secret"),
    [("alice", "wrong"), ("nobody", PASSWORD), ("", ""), ("alice", "0" * 40), ("alice", "")],
)
def test_basic_refuses_anything_else(alice: User, name: str, secret: str) -> None:
    with pytest.raises(WrongCredentials):
        check_basic(name, secret, address="192.0.2.1")


def test_basic_does_not_take_a_token_with_another_name(alice: User, bob: User) -> None:
    secret = make_token(alice).split(":")[1]
    with pytest.raises(WrongCredentials):
        check_basic("bob", secret, address="192.0.2.1")


@pytest.mark.usefixtures("limits")
def test_guessing_by_basic_is_slowed_down_as_logging_in_is(alice: User) -> None:
    for _ in range(8):
        with pytest.raises(WrongCredentials):
            check_basic("alice", "wrong", address="192.0.2.1")
    with pytest.raises(TooMany):
        check_basic("alice", PASSWORD, address="192.0.2.1")


@pytest.mark.usefixtures("limits")
def test_a_program_with_the_right_password_is_never_slowed_down(alice: User) -> None:
    for _ in range(40):
        check_basic("alice", PASSWORD, address="192.0.2.1")


def test_a_feed_key_opens_its_owners_feeds_alone(alice: User, bob: User) -> None:
    assert find_feed_reader("Alice", alice.feed_key.upper()) == alice
    for name, key in [("bob", alice.feed_key), ("alice", ""), ("nobody", alice.feed_key)]:
        assert find_feed_reader(name, key) is None
    assert find_feed_reader("alice", "é" * 20) is None
    assert alice.feed_key != bob.feed_key


def test_a_renewed_feed_key_ends_the_old_one(alice: User) -> None:
    old = alice.feed_key
    renew_feed_key(alice)
    assert find_feed_reader("alice", old) is None
    assert find_feed_reader("alice", alice.feed_key) == alice
