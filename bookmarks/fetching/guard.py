"""The only code that opens sockets to the outside; import `GuardedSession`.

A name is resolved once, every address behind it is judged, and the connection goes to the very
address that was judged, so that a name cannot change its mind between check and use (DNS
rebinding). The URL is never rewritten: Host header, SNI and certificate checks stay natural.
"""

import http.client
import socket
import ssl
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.cookiejar import DefaultCookiePolicy
from types import TracebackType
from typing import Any, Never, Self

import requests
import urllib3
from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.poolmanager import PoolManager

from bookmarks.fetching.addresses import is_allowed, may_connect, parse_address
from bookmarks.fetching.errors import (
    Busy,
    FetchError,
    NotReachable,
    Refused,
    ResolverFailed,
    TooLarge,
    TooSlow,
)
from bookmarks.fetching.policy import FetchPolicy
from bookmarks.fetching.targets import Target

DNS_SECONDS = 5.0
CONNECT_SECONDS = 5.0
READ_SECONDS = 10.0
ADDRESSES_TRIED = 4
CHUNK = 16 * 1024

# A stalled resolver keeps its thread until the system gives up; so many may be waiting at once.
_lookups = threading.BoundedSemaphore(64)

_AddressInfo = tuple[int, int, int, str, Any]

# RFC 3493, 6.1: the name service says "not now", or the system could not ask it.
RESOLVER_TROUBLE = frozenset({socket.EAI_AGAIN, socket.EAI_SYSTEM, socket.EAI_MEMORY})

# Other people's failures. Anything else is a fault of ours and must not be swallowed.
OUTSIDE_FAILURES = (
    requests.RequestException,
    urllib3.exceptions.HTTPError,
    http.client.HTTPException,
    OSError,
)


class Deadline:
    """The wall clock of one fetch: when it runs out, every watched socket is shut down.

    Read time-outs cannot do this, since they start again with each byte that drips in.
    """

    def __init__(self, seconds: float) -> None:
        self._end = time.monotonic() + seconds
        self._lock = threading.Lock()
        self._sockets: list[socket.socket] = []
        self.expired = False
        self._timer = threading.Timer(seconds, self._expire)
        self._timer.daemon = True
        self._timer.start()

    def left(self, at_most: float) -> float:
        """Seconds that remain, `at_most` so many; raises TooSlow when there are none."""
        seconds = self._end - time.monotonic()
        if self.expired or seconds <= 0:
            raise TooSlow("deadline")
        return min(seconds, at_most)

    def watch(self, sock: socket.socket) -> None:
        """Shut this connection down when time is up, also after TLS has taken the socket over."""
        with self._lock:
            self._sockets.append(sock.dup())
            if self.expired:
                self._shut_down()

    def close(self) -> None:
        self._timer.cancel()
        with self._lock:
            for sock in self._sockets:
                sock.close()
            self._sockets.clear()

    def _expire(self) -> None:
        with self._lock:
            self.expired = True
            self._shut_down()

    def _shut_down(self) -> None:
        for sock in self._sockets:
            try:
                sock.shutdown(socket.SHUT_RDWR)
            except OSError:  # the other side was faster
                continue


class Dialer:
    """Resolves, judges and connects for one fetch."""

    def __init__(self, policy: FetchPolicy, deadline: Deadline) -> None:
        self.policy = policy
        self.deadline = deadline
        self.target: Target | None = None

    def dial(self, host: str, port: int) -> socket.socket:
        """A socket connected to an address that was judged; raises Refused or NotReachable."""
        target = self.target
        if target is None or (host, port) != (target.host, target.port):
            raise Refused(f"{host}:{port} was never checked")
        infos = self._resolve(target)
        failure: OSError | None = None
        for info in infos[:ADDRESSES_TRIED]:
            try:
                return self._connect(info)
            except OSError as error:
                failure = error
        raise NotReachable(f"{host}:{port}: {failure}", code="connect") from failure

    def _resolve(self, target: Target) -> list[_AddressInfo]:
        infos = look_up(target.host, target.port, self.deadline.left(DNS_SECONDS))
        for info in infos:
            self._judge(info[4][0], target)
        return infos

    def _judge(self, text: str, target: Target) -> None:
        """One address that is not allowed condemns the name: it could be the next one used."""
        address = parse_address(text)
        networks = self.policy.allow_networks
        allowed = is_allowed if target.internal_name else may_connect
        if not allowed(address, networks) or str(address) in self.policy.own_hosts:
            raise Refused(f"{target.host} is at {text}")

    def _connect(self, info: _AddressInfo) -> socket.socket:
        family, kind, protocol, _, address = info
        if self.policy.claim and not self.policy.claim(str(parse_address(address[0]))):
            raise Busy(f"{address[0]} is asked enough")
        sock = socket.socket(family, kind, protocol)
        try:
            sock.settimeout(self.deadline.left(CONNECT_SECONDS))
            sock.connect(address)
            peer = sock.getpeername()
            if parse_address(peer[0]) != parse_address(address[0]):
                raise Refused(f"connected to {peer[0]} instead of {address[0]}")
            self.deadline.watch(sock)
        except BaseException:
            sock.close()
            raise
        return sock


def look_up(host: str, port: int, seconds: float) -> list[_AddressInfo]:
    """The addresses behind a name, in `seconds` at most.

    `getaddrinfo` cannot be interrupted, so it runs in a thread of its own that is left behind when
    it takes too long. Raises ResolverFailed when it does or says that it cannot tell, and
    NotReachable with the code "dns" when there is no such name.
    """
    slots = _lookups
    if not slots.acquire(timeout=seconds):
        raise ResolverFailed("too many lookups are waiting")
    answer: list[_AddressInfo] = []
    failure: list[Exception] = []

    def ask() -> None:
        try:
            answer.extend(socket.getaddrinfo(host, port, 0, socket.SOCK_STREAM))
        except (OSError, UnicodeError) as error:
            failure.append(error)
        finally:
            slots.release()

    thread = threading.Thread(target=ask, daemon=True)
    thread.start()
    thread.join(seconds)
    if failure:
        raise _lookup_failure(host, failure[0]) from failure[0]
    if not answer:
        raise ResolverFailed(f"no answer for {host}")
    return list(answer)


def _lookup_failure(host: str, error: Exception) -> NotReachable:
    if isinstance(error, socket.gaierror) and error.errno in RESOLVER_TROUBLE:
        return ResolverFailed(f"{host}: {error}")
    return NotReachable(f"{host}: {error}", code="dns")


def _pinned_pools(dialer: Dialer) -> dict[str, type[HTTPConnectionPool]]:
    """Connection pools whose connections can only be opened by `dialer`."""

    class PinnedHTTPConnection(HTTPConnection):
        def _new_conn(self) -> socket.socket:
            return dialer.dial(self._dns_host, self.port or 80)

    class PinnedHTTPSConnection(HTTPSConnection):
        def _new_conn(self) -> socket.socket:
            return dialer.dial(self._dns_host, self.port or 443)

    class PinnedHTTPPool(HTTPConnectionPool):
        ConnectionCls = PinnedHTTPConnection

    class PinnedHTTPSPool(HTTPSConnectionPool):
        ConnectionCls = PinnedHTTPSConnection

    return {"http": PinnedHTTPPool, "https": PinnedHTTPSPool}


class _PinnedAdapter(HTTPAdapter):
    """Requests' way to the network, with pinned connections, no retries and no proxies."""

    def __init__(self, dialer: Dialer) -> None:
        self._dialer = dialer
        super().__init__(max_retries=0, pool_connections=1, pool_maxsize=1)

    def init_poolmanager(self, *_: Any, **__: Any) -> None:
        self.poolmanager = PoolManager(1)
        self.poolmanager.pool_classes_by_scheme = _pinned_pools(self._dialer)

    def proxy_manager_for(self, *_: Any, **__: Any) -> Never:
        raise Refused("proxies are not used")


class _BareSession(requests.Session):
    """A session that takes nothing from its surroundings and keeps nothing between requests."""

    def __init__(self, dialer: Dialer, user_agent: str) -> None:
        super().__init__()
        self.trust_env = False  # no proxy variables, no .netrc, no CA variables
        self.proxies = {}
        self.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
        self.headers.clear()
        self.headers.update(
            {
                "User-Agent": user_agent,
                "Accept": "text/html,application/xhtml+xml,text/plain;q=0.9,*/*;q=0.1",
                "Accept-Encoding": "gzip",
                "Connection": "close",
            }
        )
        self.adapters.clear()
        for scheme in ("http://", "https://"):
            self.mount(scheme, _PinnedAdapter(dialer))

    def get_redirect_target(self, resp: requests.Response) -> None:
        """Never: requests would read the whole body of a 3xx answer, however large or slow."""


class Answer:
    """What a server sent: `status`, `headers`, and a body that has not been read yet."""

    def __init__(self, response: requests.Response, session: "GuardedSession") -> None:
        self._response = response
        self._session = session
        self.status = response.status_code
        self.headers: Mapping[str, str] = response.headers

    def chunks(self) -> Iterator[bytes]:
        """The body as it comes over the wire, still compressed; raises FetchError."""
        with self._session.translated_errors():
            yield from self._response.raw.stream(CHUNK, decode_content=False)
        # A shut socket and a finished body look alike when no length was announced.
        self._session.deadline.left(1)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._response.close()


class GuardedSession:
    """One fetch's way to the outside: every request shares its deadline and its rules."""

    def __init__(self, policy: FetchPolicy) -> None:
        self.deadline = Deadline(policy.seconds)
        self._dialer = Dialer(policy, self.deadline)
        self._session = _BareSession(self._dialer, policy.user_agent)

    def get(self, target: Target, headers: Mapping[str, str]) -> Answer:
        """Ask for a target that `check_url` has passed; redirects are the caller's to follow.

        Raises Refused, NotReachable, TooSlow or TooLarge.
        """
        return self._ask("GET", target, headers)

    def post(self, target: Target, form: Mapping[str, str]) -> Answer:
        """Send a form to a target that `check_url` has passed; raises what `get` does."""
        return self._ask("POST", target, {}, form)

    def _ask(
        self,
        method: str,
        target: Target,
        headers: Mapping[str, str],
        form: Mapping[str, str] | None = None,
    ) -> Answer:
        self._dialer.target = target
        with self.translated_errors():
            response = self._session.request(
                method,
                target.url,
                data=form,
                headers=dict(headers),
                stream=True,
                allow_redirects=False,
                timeout=(self.deadline.left(CONNECT_SECONDS), self.deadline.left(READ_SECONDS)),
            )
        return Answer(response, self)

    @contextmanager
    def translated_errors(self) -> Iterator[None]:
        """Turn the libraries' failures into ours; those after the deadline are its doing."""
        try:
            yield
        except FetchError:
            raise
        except OUTSIDE_FAILURES as error:
            if self.deadline.expired:
                raise TooSlow("deadline") from error
            raise _explain(error) from error

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.deadline.close()
        self._session.close()


def _explain(error: BaseException) -> FetchError:
    """The failure behind the wrappers of requests and urllib3."""
    chain = list(_wrapped(error))
    cause = f"{type(error).__name__}: {error}"[:300]
    if any(isinstance(one, ssl.SSLCertVerificationError) for one in chain):
        return NotReachable(cause, code="certificate")
    if any(isinstance(one, ssl.SSLError) for one in chain):
        return NotReachable(cause, code="tls")
    if any(isinstance(one, TimeoutError | requests.Timeout) for one in chain):
        return TooSlow(cause)
    if any(isinstance(one, http.client.LineTooLong) or _too_many(one) for one in chain):
        return TooLarge(cause)
    return NotReachable(cause, code="protocol")


def _too_many(error: BaseException) -> bool:
    return isinstance(error, http.client.HTTPException) and "got more than" in str(error)


def _wrapped(error: BaseException) -> Iterator[BaseException]:
    """An error and those it wraps, by cause, by context or as an argument."""
    waiting, seen = [error], set()
    while waiting:
        one = waiting.pop()
        if id(one) in seen:
            continue
        seen.add(id(one))
        yield one
        inner = (one.__cause__, one.__context__, getattr(one, "reason", None), *one.args)
        waiting.extend(each for each in inner if isinstance(each, BaseException))
