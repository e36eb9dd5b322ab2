"""Everything hostile there is, in one row, with real sockets. Import `CASES`, `World`, `Case`.

Two servers play: one that may be asked and answers as badly as it can, and a canary that hears all
this machine answers to and must never be asked. The policy is the site's own but for its clock.
"""

import contextlib
import socket
import time
from dataclasses import dataclass, replace
from ipaddress import ip_network
from pathlib import Path
from types import TracebackType
from typing import Self

from bookmarks.fetching.errors import FetchError, Refused
from bookmarks.fetching.fetch import fetch_page
from bookmarks.fetching.policy import FetchPolicy
from tests.hostile_addresses import ELSEWHERE, LOOPBACK, ODD
from tests.hostile_answers import ANSWERS, Kind
from tests.hostile_server import Answer, HostileServer, page, redirect

# Names would be looked up once a network is allowed, and tests ask no name service.
NAMED = ("localhost", "loopback", "ｌ", "ⓛ")
# A redirect to these leads nowhere: not even a URL.
NO_URL = ("[127.", "[::1:")
SECONDS, HASTY_SECONDS = 10.0, 0.25
# Linux: proc(5), /proc/pid/clear_refs.
STATUS, FORGET_HIGHEST = Path("/proc/self/status"), Path("/proc/self/clear_refs")


@dataclass(frozen=True)
class Case:
    """One URL to fetch, or one answer to get; `hops` redirects come before it."""

    name: str
    expected: Kind
    url: str = ""
    answer: Answer = b""
    hops: int = 0
    status: int = 302
    seconds: float = SECONDS


@dataclass(frozen=True)
class Verdict:
    """What a case came to: `heard` by the canary, by the clock, in new memory at its highest."""

    kind: Kind
    heard: int
    seconds: float
    megabytes: float


def _cases() -> list[Case]:
    odd = [*LOOPBACK, *ELSEWHERE, *ODD]
    cases = [Case(f"asked for {url[:60]!r}", Kind.REFUSED, url) for url in odd]
    led = [
        url
        for url in [*LOOPBACK, *ELSEWHERE[:32]]
        if not any(word in url.lower() for word in (*NAMED, *NO_URL))
    ]
    for number, url in enumerate(led):
        status, hops = (301, 302, 303, 307, 308)[number % 5], number % 5 + 1
        cases.append(Case(f"{hops} x {status} to {url!r}", Kind.REFUSED, url, b"", hops, status))
    cases.append(Case("a sixth redirect", Kind.FAILED, "", page("x"), hops=6))
    for answers, expected in ANSWERS:
        for name, answer in answers.items():
            slow = any(word in name for word in ("crawl", "stop", "silence", "ever", "flood"))
            seconds = HASTY_SECONDS if slow and expected is Kind.FAILED else SECONDS
            cases.append(Case(name, expected, "", answer, seconds=seconds))
    return cases


CASES = _cases()


class World:
    """The server, the canary, and the machine's memory."""

    def __enter__(self) -> Self:
        everywhere = "::" if socket.has_dualstack_ipv6() else "0.0.0.0"
        with contextlib.ExitStack() as stack:
            self.server = stack.enter_context(HostileServer())
            canary = HostileServer(everywhere, answers={"/": page("<title>secret</title>")})
            self.canary = stack.enter_context(canary)
            self._stack = stack.pop_all()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._stack.close()

    def policy(self, case: Case) -> FetchPolicy:
        """What the operator allows: nothing private, or the hostile server where it is needed."""
        policy = FetchPolicy(
            user_agent="Softmarks/test (+https://softmarks.example/about)",
            allow_ports=frozenset({80, 443, self.server.port, self.canary.port}),
            seconds=case.seconds,
        )
        closed = case.url and not case.hops
        networks = () if closed else (ip_network("127.0.0.1/32"),)
        return replace(policy, allow_networks=networks)

    def run(self, case: Case) -> Verdict:
        """Fetch it and tell what happened."""
        url = self._prepare(case)
        memory = _megabytes("VmRSS")
        FORGET_HIGHEST.write_text("5")
        heard, began = len(self.canary.received), time.monotonic()
        kind = Kind.PAGE
        try:
            fetch_page(url, self.policy(case))
        except Refused:
            kind = Kind.REFUSED
        except FetchError:
            kind = Kind.FAILED
        return Verdict(
            kind,
            len(self.canary.received) - heard,
            time.monotonic() - began,
            _megabytes("VmHWM") - memory,
        )

    def _prepare(self, case: Case) -> str:
        canary = f"http://127.0.0.2:{self.canary.port}/"
        last = case.url.replace("{port}", str(self.canary.port)) or "/0"
        answer = case.answer
        if isinstance(answer, bytes):
            answer = answer.replace(b"{canary}", canary.encode())
        self.server.answers = {"/0": answer, "/end": page("<title>The end</title>")}
        if not case.hops:
            return last if case.url else self.server.url("/0")
        for hop in range(1, case.hops + 1):
            there = f"/{hop - 1}" if hop > 1 else last
            self.server.answers[f"/{hop}"] = redirect(there, f"{case.status} Moved")
        return self.server.url(f"/{case.hops}")


def _megabytes(line: str) -> float:
    """Return a line of this process's status: VmRSS is the memory now, VmHWM at its highest."""
    found = [one for one in STATUS.read_text().splitlines() if one.startswith(f"{line}:")]
    return int(found[0].split()[1]) / 1024
