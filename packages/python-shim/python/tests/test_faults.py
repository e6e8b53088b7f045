"""What a failure looks like to the runtime client, and that the next request is unharmed."""

from __future__ import annotations

import sys
from decimal import Decimal
from types import ModuleType
from typing import Any

import pytest
from awslambdaric.lambda_runtime_exception import FaultException


def fault_of(handler: Any, event: Any, context: Any) -> tuple[str, str, list[str]]:
    with pytest.raises(FaultException) as caught:
        handler(event, context)
    return caught.value.exception_type, caught.value.msg, caught.value.trace


def test_raises_the_apps_own_error(shim: ModuleType, context: Any) -> None:
    trace = ["TypeError: x is not a function", "at hello (app.ts:3:7)"]
    assert fault_of(shim.fail, {}, context) == ("TypeError", "x is not a function", trace)
    assert shim.payload({"next": 1}, context) == b'{"next":1}'


def test_replaces_what_the_client_would_die_of(shim: ModuleType, context: Any) -> None:
    assert fault_of(shim.surrogate, {}, context) == ("Error", "half ?", ["at ?"])


def test_says_so_when_the_library_describes_no_error(shim: ModuleType, context: Any) -> None:
    kind, message, trace = fault_of(shim.broken, {}, context)
    assert (kind, trace) == ("Laconic.LibraryError", [])
    assert message.startswith("LAC6108: status 5 without an error description")


def test_refuses_a_result_that_lambda_would_not_take(
    shim: ModuleType, context: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shim, "_largest_result", 10)
    kind, message, trace = fault_of(shim.payload, "eleven byte", context)
    assert (kind, trace) == ("Function.ResponseSizeTooLarge", [])
    assert message.startswith("LAC6110: the result has 13 bytes and Lambda takes 10; ")
    assert shim.payload({"next": 1}, context) == b'{"next":1}'


def test_accepts_an_error_without_a_stack(shim: ModuleType, context: Any) -> None:
    assert fault_of(shim.unknown, {}, context) == ("UnknownFunction", "no function named unknown", [])


def cycle() -> list[Any]:
    endless: list[Any] = []
    endless.append(endless)
    return endless


@pytest.mark.parametrize(
    "event",
    [float("nan"), {"a": [float("inf")]}, Decimal(1), {1, 2}, bytearray(b"bytes"), cycle()],
    ids=["NaN", "Infinity", "Decimal", "set", "bytes", "cycle"],
)
def test_refuses_events_that_json_cannot_hold(shim: ModuleType, context: Any, event: Any) -> None:
    kind, message, _ = fault_of(shim.payload, event, context)
    assert kind == "Laconic.EventError"
    assert message.startswith("LAC6107: the event cannot be JSON: ")
    assert shim.payload({"next": 1}, context) == b'{"next":1}'


def test_names_the_error_also_without_the_runtime_client(
    shim: ModuleType, context: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "awslambdaric.lambda_runtime_exception", None)
    with pytest.raises(Exception, match="x is not a function") as caught:
        shim.fail({}, context)
    assert type(caught.value).__name__ == "TypeError"
    assert caught.value.trace == ["TypeError: x is not a function", "at hello (app.ts:3:7)"]  # type: ignore[attr-defined]
