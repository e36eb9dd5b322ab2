"""An internet of our own, in which public addresses lead here. Run by `test_small_internet`.

A network namespace with public and private addresses, a name service that lies, and the system's
own resolver: so the fetcher runs as it does on a real machine, with no network allowed to it. Each
part prints one line of JSON. Run it by `START`, as root of a namespace and not of a machine.
"""

import json
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack

from bookmarks.fetching.errors import FetchError
from bookmarks.fetching.fetch import fetch_page
from bookmarks.fetching.policy import FetchPolicy
from tests.hostile_server import Answer, HostileServer, page, redirect
from tests.name_server import NameServer

START = (
    "unshare",
    "--user",
    "--map-root-user",
    "--net",
    "--mount",
    sys.executable,
    "-m",
    "tests.small_internet",
)
# The status of ending when this system lets nobody make a network.
NO_NETWORK = 77
SERVICE = "127.0.0.53"
PUBLIC = ("93.184.216.34", "1.1.1.1", "2606:2800:220:1::1")
PRIVATE = ("127.0.0.1", "10.0.0.1", "169.254.169.254", "::1", "fd00:ec2::254")
MANY = [f"93.184.216.{number}" for number in range(1, 25)]
TRIES, TARPITS = 1000, 50
# By the clock, for the fetches that get no answer from the name service.
TARPIT_SECONDS = 0.5
POLICY = FetchPolicy(user_agent="Softmarks/test (+https://softmarks.example/about)", seconds=5)

NAMES: dict[str, list[str] | None] = {
    "public.example": [PUBLIC[0]],
    "six.example": [PUBLIC[2]],
    "both.example": [PUBLIC[1], PUBLIC[2]],
    "many.example": MANY,
    "one-of-many.example": [*MANY[:-1], PRIVATE[1]],
    "private-six.example": [PUBLIC[0], PRIVATE[4]],
    **{f"inside-{number}.example": [address] for number, address in enumerate(PRIVATE)},
}


def addresses(name: str, times: int) -> list[str] | None:
    """Answer for a name; those that rebind are public when first asked for, then they are here."""
    if name.endswith(".tarpit.example"):
        return None
    if name.endswith(".rebind.example"):
        return [PRIVATE[0]] if times else [PUBLIC[0]]
    return NAMES.get(name, [])


def make_network() -> None:
    """Give this namespace its addresses and its name service."""
    subprocess.run(("ip", "link", "set", "lo", "up"), check=True)
    for address in (*PUBLIC, *MANY, *PRIVATE):
        if address in ("127.0.0.1", "::1"):
            continue
        long = ("128", "nodad") if ":" in address else ("32",)
        command = ("ip", "addr", "replace", f"{address}/{long[0]}", "dev", "lo", *long[1:])
        subprocess.run(command, check=True)
    with tempfile.NamedTemporaryFile("w") as file:
        file.write(f"nameserver {SERVICE}\noptions timeout:10 attempts:1\n")
        file.flush()
        os.chmod(file.name, 0o644)
        subprocess.run(("mount", "--bind", file.name, "/etc/resolv.conf"), check=True)


class Canary:
    """Notices every connection to a private address, whether anything is asked for or not."""

    def __init__(self) -> None:
        self._listening: list[tuple[str, socket.socket]] = []
        for address in PRIVATE:
            family = socket.AF_INET6 if ":" in address else socket.AF_INET
            listening = socket.create_server((address, 80), family=family, backlog=64)
            listening.setblocking(False)
            self._listening.append((address, listening))

    def heard(self) -> list[str]:
        """Return what was connected to since it was asked last."""
        found: list[str] = []
        for address, listening in self._listening:
            while True:
                try:
                    connection, _ = listening.accept()
                except BlockingIOError:
                    break
                connection.close()
                found.append(address)
        return found


def fetched(url: str, seconds: float = 5) -> str:
    """Return what a fetch came to: the body, or the name and code of the error."""
    policy = POLICY if seconds == POLICY.seconds else FetchPolicy(user_agent="x", seconds=seconds)
    try:
        return fetch_page(url, policy).body.decode()
    except FetchError as error:
        return f"{type(error).__name__} {error.code}"


def web() -> dict[str, Answer]:
    """Return what the public server answers: a page, and redirects to where nobody may go."""
    answers: dict[str, Answer] = {"/": page("hello"), "/again": redirect("/")}
    for number, address in enumerate(PRIVATE):
        literal = f"[{address}]" if ":" in address else address
        answers[f"/to-{number}"] = redirect(f"http://{literal}/latest/meta-data/")
        answers[f"/to-name-{number}"] = redirect(f"//inside-{number}.example/")
        answers[f"/twice-{number}"] = redirect(f"http://both.example/to-{number}", "308 Moved")
    return answers


def sites() -> object:
    """What is public is fetched."""
    names = ("public", "six", "both", "many")
    literals = (PUBLIC[1], f"[{PUBLIC[2]}]")
    return [
        fetched(f"http://{host}/") for host in (*(f"{one}.example" for one in names), *literals)
    ]


def rebinding() -> object:
    """A thousand names that are here when asked for a second time, by a redirect too."""
    with ThreadPoolExecutor(2) as pool:
        once = pool.map(lambda n: fetched(f"http://{n}.rebind.example/"), range(TRIES))
        counts = Counter(once)
    return {"once": counts, "again": fetched("http://again.rebind.example/again")}


def the_trap_works() -> object:
    """Who looks up first and connects by name is led here."""
    for _ in "12":
        with socket.create_connection(("naive.rebind.example", 80), timeout=5) as connection:
            peer = connection.getpeername()[0]
    return peer


def mixed() -> object:
    """A name with a private address among public ones, and names that are private alone."""
    names = ("one-of-many", "private-six", *(f"inside-{n}" for n in range(len(PRIVATE))))
    return Counter(fetched(f"http://{name}.example/") for name in names)


def redirects() -> object:
    """Redirects from a public site to private addresses."""
    kinds = ("to", "to-name", "twice")
    paths = [f"{kind}-{number}" for kind in kinds for number in range(len(PRIVATE))]
    return Counter(fetched(f"http://public.example/{path}") for path in paths)


def tarpits() -> object:
    """Fifty names without an answer, and meanwhile a site as ever."""
    began = time.monotonic()
    with ThreadPoolExecutor(TARPITS) as pool:
        slow = [
            pool.submit(lambda n: fetched(f"http://{n}.tarpit.example/", TARPIT_SECONDS), number)
            for number in range(TARPITS)
        ]
        meanwhile = fetched("http://public.example/")
        waiting = sum(not one.done() for one in slow)
        ends = Counter(one.result() for one in slow)
    took = time.monotonic() - began
    return {"ends": ends, "meanwhile": meanwhile, "waiting": waiting, "seconds": took}


PARTS: tuple[Callable[[], object], ...] = (
    sites,
    rebinding,
    mixed,
    redirects,
    tarpits,
    the_trap_works,
)


def main() -> None:
    """Play all parts; each line says what came of one and what the canary heard meanwhile."""
    try:
        make_network()
    except (OSError, subprocess.CalledProcessError) as error:
        print(f"no network could be made: {error}", file=sys.stderr)
        sys.exit(NO_NETWORK)
    canary = Canary()
    with ExitStack() as stack:
        stack.enter_context(NameServer(SERVICE, addresses))
        for address in (*PUBLIC, *MANY):
            stack.enter_context(HostileServer(address, 80, answers=web()))
        for part in PARTS:
            line = {"part": part.__name__, "result": part(), "heard": canary.heard()}
            print(json.dumps(line), flush=True)


if __name__ == "__main__":
    main()
