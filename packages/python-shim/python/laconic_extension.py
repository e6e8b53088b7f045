"""An internal extension of Lambda's, for apps that send something after a response, such as metrics.

A sandbox that has one is told before it ends, by SIGTERM; without, it is killed. Where the runtime client is
not the one that is known, the extension also does the work: Lambda stops the sandbox only once every
extension has asked for the next event.
"""

from __future__ import annotations

import http.client
import json
import os
import time

TYPE_CHECKING = False  # typing itself would take 4 ms to import
if TYPE_CHECKING:
    from typing import Any, Callable

_VERSION = "/2020-01-01/extension"
_NAME = "laconic"
_ALONE_MS = 2000  # for the work, where no deadline is told


class Extension:
    """One that is registered, and has asked for its next event."""

    def __init__(self, address: str) -> None:
        """Register it, before the client asks for an event. Raises what http.client does, or OSError."""
        self._connection = http.client.HTTPConnection(address)
        self._headers = {"Lambda-Extension-Name": _NAME}
        # Internal extensions cannot ask for SHUTDOWN.
        self._ask("POST", "/register", b'{"events":["INVOKE"]}')
        response, _ = self._answer()
        identifier = response.headers["Lambda-Extension-Identifier"]
        self._headers = {"Lambda-Extension-Identifier": identifier}
        self.ask()

    @classmethod
    def registered(cls) -> Extension | None:
        """Return it; None where nobody takes extensions: there, no end is announced, either."""
        try:
            return cls(os.environ.get("AWS_LAMBDA_RUNTIME_API", ""))
        except (OSError, http.client.HTTPException):
            return None

    def ask(self) -> None:
        """Ask for the next event: from then on Lambda may stop the sandbox."""
        self._ask("GET", "/event/next", None)

    def take(self) -> dict[str, Any]:
        """Wait for the event that was asked for."""
        _, body = self._answer()
        event = json.loads(body)
        return event if isinstance(event, dict) else {}

    def turn(self) -> bool:
        """Take an answered request's event, and ask for the next one; return whether that worked."""
        try:
            self.take()
            self.ask()
        except (OSError, ValueError, http.client.HTTPException):
            return False
        return True

    def _ask(self, method: str, path: str, body: bytes | None) -> None:
        self._connection.request(method, _VERSION + path, body, self._headers)

    def _answer(self) -> tuple[http.client.HTTPResponse, bytes]:
        response = self._connection.getresponse()
        body = response.read()
        if response.status != 200:
            raise http.client.HTTPException(f"the Extensions API answered {response.status}")
        return response, body


def start_worker(tell: Callable[[bytes, int], Any]) -> Callable[[Any], None]:
    """Start a thread that has the work done, and return what to call with each answered request's context."""
    import signal
    import threading

    condition = threading.Condition()
    answered: list[Any] = [None]

    def on_answer(context: Any) -> None:
        with condition:
            answered[0] = getattr(context, "aws_request_id", None)
            condition.notify_all()

    def serve(extension: Extension) -> None:
        while True:
            event = extension.take()
            deadline = int(event.get("deadlineMs", 0))
            with condition:
                left = max(0.0, deadline / 1000 - time.time())
                condition.wait_for(lambda: answered[0] == event.get("requestId"), left)  # noqa: B023
            do_work(deadline)
            extension.ask()

    def serve_alone() -> None:
        # Such a host does not stop the process, either. A request that comes meanwhile waits.
        served: Any = None
        while True:
            with condition:
                condition.wait_for(lambda: answered[0] != served)  # noqa: B023
                served = answered[0]
            do_work(int(time.time() * 1000) + _ALONE_MS)

    def do_work(deadline: int) -> None:
        try:  # noqa: SIM105  # contextlib is nothing that the client has loaded
            tell(b"$afterResponse", deadline)
        except Exception:  # the app's own to tell of: the response has been sent
            pass

    extension = Extension.registered()

    def run() -> None:
        # The main thread, which alone may act on it, would not wake for a signal that this one takes.
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM})
        # The response, which the client's thread sends, goes first where there is one processor.
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), 19)
        if extension is None:
            serve_alone()
        else:
            serve(extension)

    threading.Thread(target=run, name="laconic-extension", daemon=True).start()
    return on_answer
