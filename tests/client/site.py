"""A brand's site on this machine: a real server that answers well, or as it should not."""

from __future__ import annotations

import ssl
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread

Reply = Callable[[BaseHTTPRequestHandler], None]


class Site:
    """What the server answers next, and what it was asked."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.reply: Reply = answer(b"")
        self.asked: list[tuple[str, str]] = []
        self.over = Event()

    @property
    def domain(self) -> str:
        return f"localhost:{self.port}"


def answer(body: bytes, *, status: int = 200, **headers: str) -> Reply:
    """Return a reply with a body; header names are written with underscores."""

    def reply(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        named = {"content_type": "application/json", "content_length": str(len(body)), **headers}
        for name, value in named.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.end_headers()
        handler.wfile.write(body)

    return reply


def drip(site: Site, *, in_headers: bool) -> Reply:
    """Return a reply that never ends: a byte from time to time, so that no single wait is long."""

    def reply(handler: BaseHTTPRequestHandler) -> None:
        start = b"HTTP/1.1 200 OK\r\n"
        handler.wfile.write(
            start if in_headers else start + b"Content-Type: application/json\r\n\r\n"
        )
        while not site.over.is_set():
            handler.wfile.write(b"x")
            time.sleep(0.05)

    return reply


def endless(handler: BaseHTTPRequestHandler) -> None:
    """Send for ever, as fast as it goes, without saying how much."""
    handler.send_response(200)
    handler.send_header("Content-Type", "application/json")
    handler.end_headers()
    while True:
        handler.wfile.write(b" " * 65_536)


@contextmanager
def served(context: ssl.SSLContext | None = None) -> Iterator[Site]:
    """Yield a running site, over TLS where a context is given."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            site.asked.append((self.path, self.headers["Host"]))
            with suppress(OSError):  # who asked has heard enough
                site.reply(self)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    if context:
        server.socket = context.wrap_socket(server.socket, server_side=True)
    site = Site(server.server_address[1])
    Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    try:
        yield site
    finally:
        site.over.set()
        server.shutdown()
        server.server_close()
