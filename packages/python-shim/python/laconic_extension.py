"""An internal extension of Lambda's, for apps with work that no response waits for, such as sending metrics.

Lambda stops the sandbox once the runtime client and every extension have asked for the next event. This one asks
when the work is done; the client has sent the response before. A sandbox with an extension is also told before it
ends, by SIGTERM.
"""

from __future__ import annotations

import http.client
import json
import os
import signal
import threading
import time

TYPE_CHECKING = False  # typing itself would take 4 ms to import
if TYPE_CHECKING:
    from typing import Any, Callable

_VERSION = "/2020-01-01/extension"
_NAME = "laconic"
_ALONE_MS = 2000  # for the work, where no deadline is told
_ATTEMPTS = 3  # for a connection that breaks: a restore from a snapshot does that


def start(tell: Callable[[bytes, int], Any]) -> Callable[[Any], None] | None:
    """Register the extension and return what to call with each answered request's id; None outside Lambda."""
    address = os.environ.get("AWS_LAMBDA_RUNTIME_API")
    if not address:
        return None
    extension = _Extension(address, tell)
    work = extension.run
    try:
        extension.register()
    except (OSError, http.client.HTTPException):
        # An emulator that has no extensions: it does not stop the sandbox, either.
        work = extension.run_alone
    threading.Thread(target=_run, args=(work,), name="laconic-extension", daemon=True).start()
    return extension.answered


def _run(work: Callable[[], None]) -> None:
    # The main thread, which alone may act on it, would not wake for a signal that this one takes.
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM})
    # The response, which the client's thread sends, goes first where there is one processor.
    os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), 19)
    work()


class _Extension:
    def __init__(self, address: str, tell: Callable[[bytes, int], Any]) -> None:
        self._connection = http.client.HTTPConnection(address)
        self._tell = tell
        self._headers = {"Lambda-Extension-Name": _NAME}
        self._condition = threading.Condition()
        self._answered: Any = None

    def register(self) -> None:
        # Internal extensions cannot ask for SHUTDOWN.
        response = self._exchange("POST", "/register", b'{"events":["INVOKE"]}')
        self._headers = {"Lambda-Extension-Identifier": response.headers["Lambda-Extension-Identifier"]}

    def answered(self, request_id: Any) -> None:
        """Say that the function has answered this request."""
        with self._condition:
            self._answered = request_id
            self._condition.notify_all()

    def run(self) -> None:
        """Serve events until the API is gone."""
        while True:
            event = self._next()
            if event is None:
                return
            request_id, deadline = event.get("requestId"), int(event.get("deadlineMs", 0))
            with self._condition:
                left = max(0.0, deadline / 1000 - time.time())
                self._condition.wait_for(lambda: self._answered == request_id, left)  # noqa: B023
            self._do_work(deadline)

    def run_alone(self) -> None:
        """Work after each answer. A request that comes meanwhile waits for it."""
        served: Any = None
        while True:
            with self._condition:
                self._condition.wait_for(lambda: self._answered != served)  # noqa: B023
                served = self._answered
            self._do_work(int(time.time() * 1000) + _ALONE_MS)

    def _do_work(self, deadline: int) -> None:
        try:
            self._tell(b"$afterResponse", deadline)
        except Exception:  # noqa: S110  # the app's own to tell of: the response has been sent
            pass

    def _next(self) -> dict[str, Any] | None:
        for _ in range(_ATTEMPTS):
            try:
                response = self._exchange("GET", "/event/next", None)
                event = json.loads(response.read())
            except (OSError, http.client.HTTPException, ValueError):
                self._connection.close()
                continue
            return event if isinstance(event, dict) else None
        return None

    def _exchange(self, method: str, path: str, body: bytes | None) -> http.client.HTTPResponse:
        self._connection.request(method, _VERSION + path, body, self._headers)
        response = self._connection.getresponse()
        if response.status != 200:
            response.read()
            raise http.client.HTTPException(f"{path} answered {response.status}")
        if method == "POST":
            response.read()
        return response
