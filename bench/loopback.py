"""Web pages on loopback, each address a host of its own; import `Loopback` and `urls_at`."""

import threading
import time
from collections import Counter
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Self

from tests.services import free_port

SENTENCES = (
    "A prior is a belief held before the data have spoken, and it is dropped slowly.",
    "Most of what is written about gradients holds for the small ones as well.",
    "The longer a sequence is, the less of its beginning is remembered at the end.",
    "Nobody knows why this works, but it works on all the sets that were tried.",
)
PARAGRAPHS = 60


class Loopback:
    """Serves an article of about 25 KB at any path, after `seconds`, and counts what is asked."""

    def __init__(self, hosts: int, seconds: float = 0.0, port: int = 0) -> None:
        self.asked: Counter[str] = Counter()
        self.port = port or free_port()
        handler = type("Handler", (_Handler,), {"asked": self.asked, "seconds": seconds})
        self._servers = [_Server((host, self.port), handler) for host in _addresses(hosts)]

    def __enter__(self) -> Self:
        for server in self._servers:
            threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for server in self._servers:
            server.shutdown()
            server.server_close()


def urls_at(hosts: int, port: int, count: int) -> list[str]:
    """Addresses of so many pages, of all hosts in turn."""
    addresses = _addresses(hosts)
    return [f"http://{addresses[n % hosts]}:{port}/page/{n}" for n in range(count)]


def _addresses(hosts: int) -> list[str]:
    return [f"127.0.0.{number}" for number in range(1, hosts + 1)]


class _Server(ThreadingHTTPServer):
    request_queue_size = 128
    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """Whoever asked was killed; that is what is measured."""


class _Handler(BaseHTTPRequestHandler):
    asked: Counter[str]
    seconds = 0.0

    def do_GET(self) -> None:
        """Answer with an article that has everything an article has."""
        self.asked[self.path] += 1
        time.sleep(self.seconds)
        body = article(self.path)
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Print nothing."""


def article(path: str) -> bytes:
    """The page at a path."""
    title = f"On the priors of {path}"
    links = "".join(f'<li><a href="/page/{n}">Another article, number {n}</a>' for n in range(60))
    prose = "".join(f"<p>{n}. {' '.join(SENTENCES)}</p>" for n in range(PARAGRAPHS))
    return (
        f"<!doctype html><html lang=en><head><title>{title} | The Journal</title>"
        f'<meta property="og:title" content="{title}"><meta name="author" content="Ada Lovelace">'
        '<meta property="article:published_time" content="2021-03-04T05:06:07Z">'
        '<script type="application/ld+json">{"@type":"Article","author":{"name":"Ada Lovelace"}}'
        f"</script></head><body><nav><ul>{links}</ul></nav><article><h1>{title}</h1>{prose}"
        "</article><footer>The Journal</footer></body></html>"
    ).encode()
