"""What only functions with SnapStart need: hooks round the snapshot, credentials from an endpoint."""

from __future__ import annotations

import json
import os
import sys
import time

TYPE_CHECKING = False  # typing itself would take 4 ms to import
if TYPE_CHECKING:
    from typing import Any, Callable

_FIELDS = (
    ("AccessKeyId", b"AWS_ACCESS_KEY_ID"),
    ("SecretAccessKey", b"AWS_SECRET_ACCESS_KEY"),
    ("Token", b"AWS_SESSION_TOKEN"),
)
_EARLY = 300  # seconds before the credentials expire in which they are fetched again, as AWS's SDKs do
_RETRY = 10  # seconds after a failure in which the old ones are made do
_TIMEOUT = 2


def register_hooks(call: Callable[[bytes], Any]) -> None:
    """Have the runtime client tell the library of the snapshot and of the restore from it."""
    try:
        import snapshot_restore_py  # type: ignore[import-not-found,import-untyped,unused-ignore]
    except ImportError:  # a client without SnapStart: nothing to be told of
        return
    snapshot_restore_py.register_before_snapshot(call, b"$beforeSnapshot")
    snapshot_restore_py.register_after_restore(call, b"$afterRestore")


class ContainerCredentials:
    """The role's credentials from AWS_CONTAINER_CREDENTIALS_FULL_URI, under the environment's names."""

    def __init__(self) -> None:
        """Begin without any."""
        self.values: dict[bytes, bytes] = {}
        self._due = 0.0

    def refresh(self) -> None:
        """Fetch them when there are none or they are about to expire. A failure is logged, never raised."""
        now = time.time()
        if now < self._due:
            return
        self._due = now + _RETRY
        try:
            fetched = fetch()
            self.values.update((name, str(fetched[field]).encode()) for field, name in _FIELDS)
            self._due = max(self._due, expiry(fetched.get("Expiration"), now) - _EARLY)
        except Exception as error:
            message = f"LAC6109: no credentials from AWS_CONTAINER_CREDENTIALS_FULL_URI: {error!r}"
            print(message, file=sys.stderr, flush=True)


def fetch() -> dict[str, Any]:
    """Ask the endpoint, with the token that the environment names."""
    import http.client

    scheme, _, rest = os.environ["AWS_CONTAINER_CREDENTIALS_FULL_URI"].partition("://")
    host, _, path = rest.partition("/")
    kind = http.client.HTTPSConnection if scheme == "https" else http.client.HTTPConnection
    connection = kind(host, timeout=_TIMEOUT)
    try:
        token = authorization()
        connection.request("GET", f"/{path}", headers={"Authorization": token} if token else {})
        response = connection.getresponse()
        body = response.read()
    finally:
        connection.close()
    if response.status != 200:
        raise OSError(f"status {response.status}")
    credentials = json.loads(body)
    if not isinstance(credentials, dict):
        raise ValueError("the answer is no object")
    return credentials


def authorization() -> str | None:
    """Return the token; the one in a file may change, so it is read each time."""
    path = os.environ.get("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE")
    if path:
        with open(path, encoding="utf-8") as file:
            return file.read().strip()
    return os.environ.get("AWS_CONTAINER_AUTHORIZATION_TOKEN")


def expiry(expiration: Any, now: float) -> float:
    """Return a time such as 2026-01-31T23:59:59Z in seconds since 1970; an unreadable one is in 15 min."""
    import calendar

    try:
        return calendar.timegm(time.strptime(str(expiration)[:19], "%Y-%m-%dT%H:%M:%S"))
    except ValueError:
        return now + 900
