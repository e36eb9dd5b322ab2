"""A web server on loopback that answers exactly the bytes it is told to. Import `HostileServer`.

No HTTP library stands between a test and the wire, so that an answer may be as wrong as it likes.
"""

import socket
import socketserver
import ssl
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Self

from tests.bombs import gzipped

DRIP_SECONDS = 0.02


@dataclass(frozen=True)
class Received:
    """A request as it came in: its path and its headers, names in lower case."""

    path: str
    headers: dict[str, str]


@dataclass
class Wire:
    """What an answer writes to, until the client hangs up or the server closes."""

    connection: socket.socket
    closing: threading.Event
    received: Received

    def send(self, data: bytes) -> None:
        self.connection.sendall(data)

    def drip(self, data: bytes) -> None:
        """Send the same bytes again and again, slowly, for as long as somebody listens."""
        while not self.closing.wait(DRIP_SECONDS):
            self.send(data)

    def stall(self) -> None:
        """Say nothing until the server closes."""
        self.closing.wait()


Answer = bytes | Callable[[Wire], None]


@dataclass
class HostileServer:
    """Serves `answers` by path; `received` lists the requests in the order they came."""

    address: str = "127.0.0.1"
    port: int = 0
    certificate: Path | None = None
    answers: dict[str, Answer] = field(default_factory=dict)
    received: list[Received] = field(default_factory=list)

    def url(self, path: str, host: str = "") -> str:
        scheme = "https" if self.certificate else "http"
        own = f"[{self.address}]" if ":" in self.address else self.address
        return f"{scheme}://{host or own}:{self.port}{path}"

    def paths(self) -> list[str]:
        return [one.path for one in self.received]

    def __enter__(self) -> Self:
        self._closing = threading.Event()
        kind = _Server6 if ":" in self.address else _Server
        self._server = kind((self.address, self.port), _Handler)
        self._server.owner = self
        self._server.closing = self._closing
        self.port = self._server.server_address[1]
        if self.certificate:
            self._server.tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            self._server.tls.load_cert_chain(self.certificate)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,))
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._closing.set()
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True
    block_on_close = True
    owner: HostileServer
    closing: threading.Event
    tls: ssl.SSLContext | None = None

    def handle_error(self, request: object, client_address: object) -> None:
        """Clients here hang up in the middle of things; that is no news."""


class _Server6(_Server):
    """Over IPv6; at "::" it hears IPv4 as well."""

    address_family = socket.AF_INET6


class _Handler(socketserver.BaseRequestHandler):
    server: _Server

    def handle(self) -> None:
        connection = self.request
        connection.settimeout(10)
        if self.server.tls:
            connection = self.server.tls.wrap_socket(connection, server_side=True)
        received = _receive(connection)
        if received is None:
            return
        self.server.owner.received.append(received)
        answer = self.server.owner.answers.get(received.path, page("404", status="404 Not Found"))
        try:
            if isinstance(answer, bytes):
                connection.sendall(answer)
            else:
                answer(Wire(connection, self.server.closing, received))
        finally:
            connection.close()


def _receive(connection: socket.socket) -> Received | None:
    """The request, or None when the client hangs up before it is whole."""
    head = b""
    while b"\r\n\r\n" not in head:
        chunk = connection.recv(4096)
        if not chunk:
            return None
        head += chunk
    first, _, rest = head.decode("latin-1").partition("\r\n")
    fields = (line.partition(":") for line in rest.split("\r\n") if ":" in line)
    headers = {name.lower(): value.strip() for name, _, value in fields}
    return Received(first.split(" ")[1], headers)


def page(body: str | bytes, *, status: str = "200 OK", **headers: str) -> bytes:
    """A whole answer; header names come as keywords, with underscores for dashes."""
    data = body.encode() if isinstance(body, str) else body
    fields = {"Content_Type": "text/html; charset=utf-8", "Content_Length": str(len(data))}
    return head(status, **(fields | headers)) + data


def head(status: str, **headers: str) -> bytes:
    """A status line and headers; one with an empty value is left out."""
    lines = [f"{name.replace('_', '-')}: {value}" for name, value in headers.items() if value]
    return "\r\n".join([f"HTTP/1.1 {status}", *lines, "", ""]).encode()


def redirect(location: str, status: str = "302 Found") -> bytes:
    return head(status, Location=location, Content_Length="0")


def bomb(megabytes: int) -> bytes:
    """So many megabytes of zeros, packed about a thousand to one."""
    return gzipped(bytes(1024 * 1024), megabytes)
