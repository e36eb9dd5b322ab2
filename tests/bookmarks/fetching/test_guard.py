"""The guard against real sockets: what it connects to, and what it tells of failures."""

import socket
import threading
from collections.abc import Callable
from dataclasses import replace
from ipaddress import ip_network
from pathlib import Path
from typing import Any

import pytest

from bookmarks.fetching import guard
from bookmarks.fetching.errors import NotReachable, Refused, TooSlow
from bookmarks.fetching.fetch import Fetched, fetch_page
from bookmarks.fetching.policy import FetchPolicy
from bookmarks.fetching.targets import Target
from tests.hostile_server import HostileServer, Wire, page, redirect

CERTIFICATES = Path(__file__).parent / "certificates"

Names = Callable[[str, list[str]], list[str]]


@pytest.fixture
def names(monkeypatch: pytest.MonkeyPatch) -> Names:
    """A name service of our own: `names(host, addresses)`; one address is given out at a time
    when they are in a list of lists. What was asked for is returned, as it grows."""
    table: dict[str, list[str]] = {}
    asked: list[str] = []
    real = socket.getaddrinfo

    def answer(host: str, port: int, *rest: Any, **options: Any) -> Any:
        asked.append(host)
        if host not in table:
            return real(host, port, *rest, **options)
        infos = [real(address, port, *rest, **options)[0] for address in table[host]]
        return infos

    def register(host: str, addresses: list[str]) -> list[str]:
        table[host] = addresses
        return asked

    monkeypatch.setattr(socket, "getaddrinfo", answer)
    return register


def fetch(server: HostileServer, policy: FetchPolicy, path: str = "/", host: str = "") -> Fetched:
    return fetch_page(server.url(path, host), policy)


def test_it_fetches_from_a_network_the_operator_allowed(
    server: HostileServer, policy: FetchPolicy
) -> None:
    server.answers["/x"] = page("<title>Hello</title>")
    assert fetch(server, policy, "/x").body == b"<title>Hello</title>"
    assert fetch(server, policy, "/x", host="localhost").status == 200


def test_it_refuses_loopback_when_nothing_was_allowed(
    server: HostileServer, closed: FetchPolicy
) -> None:
    for host in ("127.0.0.1", "localhost", "[::1]"):
        with pytest.raises(Refused):
            fetch(server, closed, host=host)
    assert not server.received


def test_it_refuses_a_name_that_leads_to_loopback(
    server: HostileServer, closed: FetchPolicy, names: Names
) -> None:
    names("innocent.example", ["127.0.0.1"])
    with pytest.raises(Refused):
        fetch(server, closed, host="innocent.example")
    assert not server.received


def test_it_refuses_a_name_with_one_private_address(
    server: HostileServer, policy: FetchPolicy, names: Names
) -> None:
    names("mixed.example", ["127.0.0.1", "10.0.0.1"])
    with pytest.raises(Refused):
        fetch(server, policy, host="mixed.example")
    assert not server.received


def test_it_refuses_an_internal_name_with_one_public_address(
    server: HostileServer, policy: FetchPolicy, names: Names
) -> None:
    names("intranet", ["127.0.0.1", "8.8.8.8"])
    with pytest.raises(Refused):
        fetch(server, policy, host="intranet")


def test_it_refuses_a_name_that_leads_to_this_site(
    server: HostileServer, policy: FetchPolicy, names: Names
) -> None:
    names("other-name.example", ["127.0.0.1"])
    with pytest.raises(Refused):
        fetch(
            server, replace(policy, own_hosts=frozenset({"127.0.0.1"})), host="other-name.example"
        )
    assert not server.received


def test_it_connects_to_the_address_it_judged_although_the_name_changes_its_mind(
    server: HostileServer, policy: FetchPolicy, monkeypatch: pytest.MonkeyPatch
) -> None:
    only_two = replace(policy, allow_networks=(ip_network("127.0.0.2/32"),))
    answers = iter(["127.0.0.2"] + ["127.0.0.1"] * 20)
    asked = []

    def rebind(host: str, port: int, *rest: Any) -> Any:
        asked.append(host)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (next(answers), port))]

    monkeypatch.setattr(socket, "getaddrinfo", rebind)
    with HostileServer(address="127.0.0.2", port=server.port) as judged:
        judged.answers["/"] = page("judged")
        assert fetch(server, only_two, host="rebind.example").body == b"judged"
        with pytest.raises(Refused):
            fetch(server, only_two, host="rebind.example")
    assert asked == ["rebind.example"] * 2
    assert not server.received


def test_it_looks_at_the_peer_it_is_connected_to(
    server: HostileServer, policy: FetchPolicy, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(socket.socket, "getpeername", lambda _: ("10.0.0.1", 80), raising=False)
    with pytest.raises(Refused):
        fetch(server, policy)
    assert not server.received


def test_it_connects_to_nothing_that_was_not_checked(policy: FetchPolicy) -> None:
    with guard.GuardedSession(policy) as session:
        other = Target("http://127.0.0.1:9/", "127.0.0.2", 9, internal_name=False)
        with pytest.raises(Refused):
            session.get(other, {})


def test_it_tries_the_next_address_when_one_is_dead(
    server: HostileServer, policy: FetchPolicy, names: Names
) -> None:
    server.answers["/"] = page("alive")
    names("two.example", ["127.0.0.3", "127.0.0.1"])
    assert fetch(server, policy, host="two.example").body == b"alive"


def test_it_uses_no_proxy_and_no_password_file(
    server: HostileServer, policy: FetchPolicy, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    netrc = tmp_path / "netrc"
    netrc.write_text("machine 127.0.0.1 login ada password secret\n")
    monkeypatch.setenv("NETRC", str(netrc))
    monkeypatch.setenv("no_proxy", "")
    for variable in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.setenv(variable, "http://127.0.0.1:9")
    server.answers["/"] = page("direct")
    assert fetch(server, policy).body == b"direct"
    assert "authorization" not in server.received[0].headers


def test_it_keeps_no_cookies(server: HostileServer, policy: FetchPolicy) -> None:
    server.answers["/"] = redirect("/next").replace(b"\r\n\r\n", b"\r\nSet-Cookie: a=b\r\n\r\n")
    server.answers["/next"] = page("done", Set_Cookie="c=d")
    fetch(server, policy)
    fetch(server, policy)
    assert [one.path for one in server.received] == ["/", "/next"] * 2
    assert not any("cookie" in one.headers for one in server.received)


def test_it_says_who_it_is_and_asks_for_a_page_in_gzip(
    server: HostileServer, policy: FetchPolicy
) -> None:
    server.answers["/"] = page("hello")
    fetch(server, policy)
    headers = server.received[0].headers
    assert headers["user-agent"] == policy.user_agent
    assert headers["accept-encoding"] == "gzip"
    assert headers["accept"].startswith("text/html")
    assert headers["connection"] == "close"
    assert headers["host"] == f"127.0.0.1:{server.port}"
    assert set(headers) == {"user-agent", "accept-encoding", "accept", "connection", "host"}


@pytest.mark.parametrize("certificate", ["right", "wrong-host", "expired"])
def test_it_refuses_a_certificate_nobody_vouches_for(certificate: str, policy: FetchPolicy) -> None:
    with HostileServer(certificate=CERTIFICATES / f"{certificate}.pem") as tls:
        tls.answers["/"] = page("secret")
        with pytest.raises(NotReachable) as failure:
            fetch(tls, replace(policy, allow_ports=frozenset({tls.port})))
    assert failure.value.code == "certificate"
    assert not tls.received


@pytest.mark.parametrize(
    ("certificate", "trusted"), [("right", True), ("wrong-host", False), ("expired", False)]
)
def test_a_known_authority_does_not_make_a_wrong_certificate_right(
    certificate: str, trusted: bool, policy: FetchPolicy, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "requests.adapters.DEFAULT_CA_BUNDLE_PATH", str(CERTIFICATES / "authority.pem")
    )
    with HostileServer(certificate=CERTIFICATES / f"{certificate}.pem") as tls:
        tls.answers["/"] = page("secret")
        allowed = replace(policy, allow_ports=frozenset({tls.port}))
        if trusted:
            assert fetch(tls, allowed, host="localhost").body == b"secret"
        else:
            with pytest.raises(NotReachable):
                fetch(tls, allowed, host="localhost")


def test_a_name_nobody_knows_is_not_reachable(
    server: HostileServer, policy: FetchPolicy, monkeypatch: pytest.MonkeyPatch
) -> None:
    failures = {"dns": socket.EAI_NONAME, "resolver": socket.EAI_AGAIN}
    for code, number in failures.items():
        error = socket.gaierror(number, "no")

        def fail(*_: Any, error: socket.gaierror = error) -> Any:
            raise error

        monkeypatch.setattr(socket, "getaddrinfo", fail)
        with pytest.raises(NotReachable) as failure:
            fetch(server, policy, host="nobody.example")
        assert failure.value.code == code
        assert failure.value.retry


def test_a_name_service_that_never_answers_costs_no_more_than_the_deadline(
    server: HostileServer, hasty: FetchPolicy, monkeypatch: pytest.MonkeyPatch
) -> None:
    wire_closed = server._closing
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_: wire_closed.wait() and [])
    with pytest.raises((NotReachable, TooSlow)):
        fetch(server, hasty, host="tarpit.example")


def test_stalled_lookups_are_limited_and_then_refused_at_once(
    server: HostileServer, hasty: FetchPolicy, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(guard, "_lookups", threading.BoundedSemaphore(1))
    wire_closed = server._closing
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_: wire_closed.wait() and [])
    for _ in range(2):
        with pytest.raises((NotReachable, TooSlow)):
            fetch(server, hasty, host="tarpit.example")
    with pytest.raises(NotReachable) as failure:
        guard.look_up("tarpit.example", 80, 0.01)
    assert "waiting" in failure.value.cause


def test_closed_filtered_and_silent_ports_read_the_same(
    server: HostileServer, hasty: FetchPolicy, monkeypatch: pytest.MonkeyPatch
) -> None:
    sentences = set()
    with socket.create_server(("127.0.0.1", 0)) as probe:
        free = probe.getsockname()[1]
    with pytest.raises(NotReachable) as refused:
        fetch_page(f"http://127.0.0.1:{free}/", replace(hasty, allow_ports=frozenset({free})))
    sentences.add(refused.value.sentence)

    server.answers["/"] = Wire.stall
    with pytest.raises(TooSlow) as silent:
        fetch(server, hasty)
    sentences.add(silent.value.sentence)

    def time_out(*_: Any) -> None:
        raise TimeoutError("timed out")

    monkeypatch.setattr(socket.socket, "connect", time_out, raising=False)
    with pytest.raises(NotReachable) as filtered:
        fetch(server, hasty)
    sentences.add(filtered.value.sentence)
    assert sentences == {"The page could not be reached."}


def test_sockets_and_timers_are_gone_after_a_fetch(
    server: HostileServer, policy: FetchPolicy
) -> None:
    server.answers["/"] = page("x")
    with guard.GuardedSession(policy) as session:
        target = Target(server.url("/"), "127.0.0.1", server.port, internal_name=False)
        with session.get(target, {}) as answer:
            assert b"".join(answer.chunks()) == b"x"
    assert session.deadline._sockets == []
    assert not session.deadline._timer.is_alive() or session.deadline._timer.finished.is_set()
