"""Has the app do what no response waits for, such as sending metrics, before the next event."""

from __future__ import annotations

import sys

TYPE_CHECKING = False  # typing itself would take 4 ms to import
if TYPE_CHECKING:
    from typing import Any, Callable


def start(tell: Callable[[bytes, int], Any], work: bytes) -> Callable[[Any], None] | None:
    """Return what to call with the context of each answered request; None where nobody could do the work.

    Lambda stops the sandbox once the runtime client and every extension have asked for the next event, so the
    work is done when the client is about to ask. Where the client is another one, a thread does what is
    sent, and what is only written (`work` is `"write"`) is written before the response.
    """
    ask = _known_client()
    sends = work == b'"send"'
    if ask is not None:
        client = _Client(tell, sends)
        client.go_before(*ask)
        return client.answered
    if not sends:
        return None
    import laconic_extension

    return laconic_extension.start_worker(tell)


def _known_client() -> tuple[Any, Any] | None:
    """Return the class of AWS's client and its method that asks for an event, if they are as expected."""
    module = sys.modules.get("awslambdaric.lambda_runtime_client")
    client: Any = getattr(module, "LambdaRuntimeClient", None)
    ask = getattr(client, "wait_next_invocation", None)
    code = getattr(ask, "__code__", None)
    if code is None or code.co_varnames[: code.co_argcount] != ("self",):
        return None
    return client, ask


class _Client:
    """AWS's runtime client, which posts a response and then asks for the next event, on one thread."""

    def __init__(self, tell: Callable[[bytes, int], Any], sends: bool) -> None:
        self._tell = tell
        self._deadline: int | None = None
        self._extension: Any = None
        if sends:
            import laconic_extension

            self._extension = laconic_extension.Extension.registered()

    def go_before(self, client: Any, ask: Any) -> None:
        work = self._work

        def wait_next_invocation(self: Any) -> Any:
            work()
            return ask(self)

        client.wait_next_invocation = wait_next_invocation

    def answered(self, context: Any) -> None:
        self._deadline = getattr(context, "_epoch_deadline_time_in_ms", 0)

    def _work(self) -> None:
        deadline, self._deadline = self._deadline, None
        if deadline is None:  # nothing has been answered since
            return
        try:  # noqa: SIM105  # contextlib is nothing that the client has loaded
            self._tell(b"$afterResponse", deadline)
        except Exception:  # the app's own to tell of: the response has been sent
            pass
        if self._extension is not None and not self._extension.turn():
            self._extension = None
