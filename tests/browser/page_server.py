"""A web server that shows pages made by the tests, with the service's static files beside them."""

from __future__ import annotations

import mimetypes
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from django.contrib.staticfiles import finders

NOTICE_EVERY = 0.01
"""Seconds after which a desk that is shut notices: half a second otherwise."""


class PageServer(ThreadingHTTPServer):
    """Shows one page at a time. Files may be kept by the browser, the page may not."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), PageHandler)
        self.page = ""

    def lay(self, html: str) -> str:
        """Show this page from now on. Gives its address."""
        self.page = html
        return f"http://127.0.0.1:{self.server_port}/page"


class PageHandler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: PageServer

    def do_GET(self) -> None:
        if self.path == "/page":
            self.answer(self.server.page.encode(), "text/html; charset=utf-8", "no-store")
        elif isinstance(found := finders.find(self.path.removeprefix("/static/")), str):
            kind = mimetypes.guess_type(found)[0] or "application/octet-stream"
            self.answer(Path(found).read_bytes(), kind, "max-age=3600")
        else:
            self.answer(b"", "text/plain", "no-store", status=404)

    def answer(self, body: bytes, kind: str, keep: str, *, status: int = 200) -> None:
        self.send_response(status)
        for name, value in {"Content-Type": kind, "Content-Length": str(len(body)), "Cache-Control": keep}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library’s own word
        """Log nothing."""


@contextmanager
def running_page_server() -> Iterator[PageServer]:
    """Run a page server for as long as the block lasts."""
    with PageServer() as desk:
        threading.Thread(target=desk.serve_forever, args=(NOTICE_EVERY,), daemon=True).start()
        try:
            yield desk
        finally:
            desk.shutdown()
