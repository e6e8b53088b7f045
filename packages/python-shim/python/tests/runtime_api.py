"""The least Runtime API that AWS's client can be run against; the bench package has the complete one."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class RuntimeApi:
    """Hands out `events` one by one and keeps what is posted as (path, headers, body)."""

    def __init__(self, events: list[bytes]) -> None:
        self.events = list(enumerate(events))
        self.posts: list[tuple[str, dict[str, str], bytes]] = []
        self.complete = threading.Event()
        self.expected = len(events)
        self.address = ""

    @contextmanager
    def serving(self) -> Iterator[RuntimeApi]:
        server = ThreadingHTTPServer(("127.0.0.1", 0), self.handler())
        server.daemon_threads = True
        self.address = f"127.0.0.1:{server.server_port}"
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield self
        finally:
            server.shutdown()
            server.server_close()
            thread.join()

    def handler(self) -> type[BaseHTTPRequestHandler]:
        api = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                if not api.events:
                    threading.Event().wait()  # no more events: the client is left waiting, as in Lambda
                number, event = api.events.pop(0)
                self.send_response(200)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(event)))
                self.send_header("Lambda-Runtime-Aws-Request-Id", f"request-{number}")
                self.send_header("Lambda-Runtime-Deadline-Ms", "4102444800000")
                self.send_header("Lambda-Runtime-Invoked-Function-Arn", "arn:aws:lambda:::function:hello")
                self.send_header("Lambda-Runtime-Trace-Id", "Root=1-0-0")
                self.end_headers()
                self.wfile.write(event)

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                api.posts.append((self.path, dict(self.headers.items()), body))
                self.send_response(202)
                self.send_header("Content-Length", "0")
                self.end_headers()
                if len(api.posts) == api.expected or self.path.endswith("init/error"):
                    api.complete.set()

            def log_message(self, format: str, *arguments: object) -> None:  # noqa: A002 (the base class's name)
                pass

        return Handler
