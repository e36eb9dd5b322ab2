"""The outside world of the tests: a web server on loopback. Import `Outside`."""

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType


class Outside:
    """Serves the pages that were put into it, and counts how often each is asked for."""

    def __init__(self) -> None:
        self.pages: dict[str, tuple[int, str, bytes]] = {}
        self.asked: list[str] = []
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), make_handler(self))
        self.port = self.server.server_port
        self.thread = threading.Thread(target=self.server.serve_forever, args=(0.05,), daemon=True)

    def put(
        self,
        path: str,
        page: str | bytes,
        kind: str = "text/html; charset=utf-8",
        status: int = 200,
    ) -> str:
        """Serve a page from now on and return its address."""
        self.pages[path] = (status, kind, page.encode() if isinstance(page, str) else page)
        return f"http://127.0.0.1:{self.port}{path}"

    def __enter__(self) -> "Outside":
        self.thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.server.shutdown()
        self.thread.join()
        self.server.server_close()


def make_handler(outside: Outside) -> type[BaseHTTPRequestHandler]:
    """Return the class that answers requests with the pages of `outside`."""

    class Handler(BaseHTTPRequestHandler):
        """Answers GET."""

        def do_GET(self) -> None:
            outside.asked.append(self.path)
            found = outside.pages.get(self.path)
            status, kind, page = found or (404, "text/plain", b"Nothing is here.")
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(page)))
            self.end_headers()
            self.wfile.write(page)

        def log_message(self, format: str, *args: object) -> None:
            """Print nothing."""

    return Handler
