"""How often something may be tried, by whom, from where."""

import time
from collections.abc import Callable

import pytest
from django.test import Client, RequestFactory
from pytest_django.fixtures import Settings

from accounts.models import Attempts, User
from accounts.throttle import LOG_IN, Limiter, TooMany, client_address, forget_old_attempts
from tests.accounts.at_once import at_once
from tests.people import PASSWORD

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("limits")]

FORM = {"username": "alice", "password": PASSWORD}
WRONG = FORM | {"password": "wrong"}


def log_in(address: str, form: dict[str, str], client: Client | None = None) -> int:
    answer = (client or Client()).post("/login/", form, REMOTE_ADDR=address)
    return int(answer.status_code)


def test_thirty_tries_at_one_account_from_one_address_are_slowed_down(alice: User) -> None:
    assert [log_in("192.0.2.1", WRONG) for _ in range(30)] == [200] * 8 + [429] * 22
    assert log_in("192.0.2.1", FORM) == 429


def test_thirty_tries_at_one_account_from_thirty_addresses_are_slowed_down(alice: User) -> None:
    answers = [log_in(f"192.0.2.{number}", WRONG) for number in range(30)]
    assert answers == [200] * 20 + [429] * 10


def test_thirty_tries_from_one_ipv6_network_are_one_address(alice: User) -> None:
    tries = [log_in(f"2001:db8:1:2::{number:x}", WRONG) for number in range(30)]
    assert tries == [200] * 8 + [429] * 22
    assert log_in("2001:db8:1:3::1", WRONG) == 200


def test_one_address_trying_many_accounts_is_slowed_down(alice: User) -> None:
    answers = [log_in("192.0.2.1", WRONG | {"username": f"ada{n}"}) for n in range(30)]
    assert answers == [200] * 20 + [429] * 10


def test_the_tries_of_everyone_together_have_a_budget() -> None:
    limiter = Limiter("test", seconds=60, address=100, everyone=3)
    for number in range(3):
        limiter.count(f"192.0.2.{number}")
    with pytest.raises(TooMany):
        limiter.count("192.0.2.200")


def test_one_stranger_alone_does_not_keep_a_person_out(alice: User) -> None:
    for _ in range(40):
        log_in("192.0.2.1", WRONG)
    assert log_in("198.51.100.7", FORM) == 302


def test_a_browser_known_to_the_person_gets_in_while_many_strangers_try(alice: User) -> None:
    browser = Client()
    assert log_in("198.51.100.7", FORM, browser) == 302
    browser.post("/logout/")
    for number in range(30):
        log_in(f"192.0.2.{number}", WRONG)
    assert log_in("198.51.100.8", FORM) == 429
    assert log_in("198.51.100.7", FORM, browser) == 302


def test_a_known_browser_has_a_budget_too(alice: User) -> None:
    browser = Client()
    log_in("192.0.2.1", FORM, browser)
    browser.post("/logout/")
    tries = [log_in(f"192.0.2.{number}", WRONG, browser) for number in range(10)]
    assert tries == [200] * 8 + [429] * 2


@pytest.mark.parametrize("mark", ["", "x", "WyJhbGljZSIsImFhIl0:1abc:forged"])
def test_a_forged_mark_of_a_browser_is_none(alice: User, mark: str) -> None:
    for number in range(20):
        log_in(f"192.0.2.{number}", WRONG)
    stranger = Client()
    stranger.cookies["device"] = mark
    assert log_in("198.51.100.7", FORM, stranger) == 429


def test_the_mark_of_one_account_does_not_serve_for_another(alice: User, bob: User) -> None:
    browser = Client()
    log_in("192.0.2.1", FORM | {"username": "bob"}, browser)
    browser.post("/logout/")
    for number in range(20):
        log_in(f"192.0.2.{number}", WRONG)
    assert log_in("198.51.100.7", FORM, browser) == 429


def test_the_answer_says_when_to_come_back_and_keeps_the_name(alice: User) -> None:
    for _ in range(8):
        log_in("192.0.2.1", WRONG)
    answer = Client().post("/login/", WRONG | {"next": "/settings/"}, REMOTE_ADDR="192.0.2.1")
    assert 0 < int(answer["Retry-After"]) <= 300
    page = answer.content.decode()
    assert 'role="alert"' in page
    assert "Too many tries" in page
    assert 'value="alice"' in page
    assert 'value="/settings/"' in page


def test_the_wait_ends(alice: User, monkeypatch: pytest.MonkeyPatch) -> None:
    for _ in range(9):
        log_in("192.0.2.1", WRONG)
    assert log_in("192.0.2.1", FORM) == 429
    later = time.time() + 301
    monkeypatch.setattr(time, "time", lambda: later)
    assert log_in("192.0.2.1", FORM) == 302


def test_logging_in_does_not_use_up_the_budget(alice: User) -> None:
    assert [log_in("192.0.2.1", FORM) for _ in range(25)] == [302] * 25


def test_a_success_takes_back_its_own_try_only(alice: User, bob: User) -> None:
    bobs = FORM | {"username": "bob"}
    tries = [log_in("192.0.2.1", WRONG) + log_in("192.0.2.1", bobs) for _ in range(10)]
    assert tries == [502] * 8 + [731] * 2


def test_unknown_names_are_slowed_down_as_known_ones_are(alice: User) -> None:
    known = [log_in("192.0.2.1", WRONG) for _ in range(10)]
    unknown = [log_in("192.0.2.2", WRONG | {"username": "nobody"}) for _ in range(10)]
    assert known == unknown


def test_signing_up_is_slowed_down(client: Client, alice: User) -> None:
    def sign_up(number: int) -> int:
        form = {"username": f"eve{number}", "password": PASSWORD}
        return int(Client().post("/signup/", form, REMOTE_ADDR="192.0.2.1").status_code)

    assert [sign_up(number) for number in range(22)] == [302] * 20 + [429] * 2
    assert User.objects.filter(username__startswith="eve").count() == 20


def test_asking_for_mails_is_slowed_down_by_address_of_either_kind(alice: User) -> None:
    def ask(number: int, email: str) -> int:
        answer = Client().post(
            "/password/reset/", {"email": email}, REMOTE_ADDR=f"192.0.2.{number}"
        )
        return int(answer.status_code)

    assert [ask(n, "Alice@example.org") for n in range(5)] == [302] * 3 + [429] * 2
    assert [ask(n, "nobody@example.org") for n in range(5)] == [302] * 3 + [429] * 2
    assert [ask(200, f"a{n}@example.org") for n in range(12)] == [302] * 10 + [429] * 2


@pytest.mark.parametrize("path", ["/settings/password/", "/settings/delete/", "/settings/email/"])
def test_guessing_the_password_in_a_stolen_session_is_slowed_down(
    alice: User, alice_client: Client, path: str
) -> None:
    def guess(number: int) -> int:
        form = {"old_password": f"guess {number}", "password": f"guess {number}"}
        answer = alice_client.post(path, form, REMOTE_ADDR=f"192.0.2.{number}")
        return int(answer.status_code)

    assert [guess(number) for number in range(10)] == [200] * 8 + [429] * 2
    assert log_in("198.51.100.7", FORM) == 302


def test_nothing_is_counted_when_the_limits_are_off(alice: User, settings: Settings) -> None:
    settings.RATE_LIMITS = False
    assert [log_in("192.0.2.1", WRONG) for _ in range(30)] == [200] * 30
    assert not Attempts.objects.exists()


def test_neither_names_nor_addresses_are_kept(alice: User) -> None:
    log_in("192.0.2.77", WRONG)
    kept = str(list(Attempts.objects.values()))
    assert len(Attempts.objects.all()) == 4
    assert "alice" not in kept
    assert "192.0.2.77" not in kept


def test_counts_that_are_over_are_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    LOG_IN.count("192.0.2.1", "alice")
    assert forget_old_attempts() == 0
    later = time.time() + 301
    monkeypatch.setattr(time, "time", lambda: later)
    assert forget_old_attempts() == 4


@pytest.mark.django_db(transaction=True)
def test_of_many_tries_at_once_no_more_than_the_limit_are_let_through() -> None:
    limiter = Limiter("test", seconds=60, address=5, everyone=1000)

    def several(_: int) -> int:
        return sum(passes(lambda: limiter.count("192.0.2.1")) for _ in range(5))

    assert sum(count for count in at_once(8, several) if isinstance(count, int)) == 5
    assert sorted(Attempts.objects.values_list("count", flat=True)) == [5, 40]


@pytest.mark.django_db(transaction=True)
def test_of_many_guesses_at_once_no_more_than_the_limit_are_looked_at(alice: User) -> None:
    answers = at_once(16, lambda _: log_in("192.0.2.1", WRONG))
    assert (answers.count(200), answers.count(429)) == (8, 8)


def passes(do: Callable[[], object]) -> bool:
    try:
        do()
    except TooMany:
        return False
    return True


@pytest.mark.parametrize(
    ("proxies", "header", "address"),
    [
        (0, None, "10.0.0.1"),
        (0, "203.0.113.9", "10.0.0.1"),
        (1, None, "10.0.0.1"),
        (1, "", "10.0.0.1"),
        (1, "203.0.113.9", "203.0.113.9"),
        (1, "1.1.1.1, 203.0.113.9", "203.0.113.9"),
        (1, "1.1.1.1,2.2.2.2,203.0.113.9", "203.0.113.9"),
        (2, "1.1.1.1, 203.0.113.9, 10.0.0.2", "203.0.113.9"),
        (2, "203.0.113.9", "10.0.0.1"),
    ],
)
def test_the_address_is_what_our_own_proxies_saw(
    settings: Settings, proxies: int, header: str | None, address: str
) -> None:
    settings.PROXIES = proxies
    headers = {} if header is None else {"x-forwarded-for": header}
    request = RequestFactory().get("/", headers=headers, REMOTE_ADDR="10.0.0.1")
    assert client_address(request) == address


@pytest.mark.parametrize("proxies", [0, 1])
def test_writing_another_address_into_the_header_gains_nothing(
    alice: User, settings: Settings, proxies: int
) -> None:
    settings.PROXIES = proxies

    def guess(number: int) -> int:
        seen = ", 203.0.113.9" if proxies else ""
        headers = {"x-forwarded-for": f"1.1.1.{number}{seen}", "x-forwarded-proto": "http"}
        return int(Client().post("/login/", WRONG, headers=headers).status_code)

    assert [guess(number) for number in range(10)] == [200] * 8 + [429] * 2


@pytest.mark.parametrize("nonsense", ["", "unknown", "1.2.3.4:5678", "[::1]", "x" * 1000, "\x00"])
def test_an_address_that_is_none_shares_one_budget(nonsense: str) -> None:
    limiter = Limiter("test", seconds=60, address=1, everyone=100)
    limiter.count("also nonsense")
    with pytest.raises(TooMany):
        limiter.count(nonsense)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("192.0.2.1", "::ffff:192.0.2.1"),
        ("2001:db8::1", "2001:db8::ffff:ffff:ffff:ffff"),
    ],
)
def test_two_ways_of_writing_a_neighbourhood_are_one(one: str, other: str) -> None:
    limiter = Limiter("test", seconds=60, address=1, everyone=100)
    limiter.count(one)
    with pytest.raises(TooMany):
        limiter.count(other)
