"""What reaches the library of a request, and what comes back."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any, Callable

import pytest


def test_hands_over_every_field_of_the_request(shim: ModuleType, context: Any, deadline: int) -> None:
    echo = json.loads(shim.echo({"name": "x"}, context))
    assert echo == {
        "abi": 1,
        "reserved": 0,
        "deadline": deadline,
        "name": "echo",
        "key": "AKIDEXAMPLE",
        "secret": "secret",
        "token": "token",
        "event": {"name": "x"},
        "context": {
            "functionName": "hello",
            "functionVersion": "$LATEST",
            "memoryLimitInMB": "128",
            "logGroupName": "/aws/lambda/hello",
            "logStreamName": "2018/06/01/[$LATEST]0123",
            "invokedFunctionArn": "arn:aws:lambda:us-east-1:123456789012:function:hello",
            "deadlineMs": deadline,
            "awsRequestId": "8476a536",
        },
    }


def test_tells_who_called(shim: ModuleType, make_context: Callable[..., Any]) -> None:
    client = {
        "client": {"app_title": "shop", "installation_id": "i"},
        "custom": {"a": "é"},
        "env": {"locale": "de"},
    }
    identity = {"cognitoIdentityId": "id", "cognitoIdentityPoolId": "pool"}
    sent = json.loads(shim.echo({}, make_context(client, identity)))["context"]
    assert sent["identity"] == identity
    assert sent["clientContext"]["custom"] == {"a": "é"}
    assert sent["clientContext"]["env"] == {"locale": "de"}
    assert sent["clientContext"]["client"] == {
        "installation_id": "i",
        "app_title": "shop",
        "app_version_name": None,
        "app_version_code": None,
        "app_package_name": None,
    }


def test_accepts_a_client_context_without_a_client(
    shim: ModuleType, make_context: Callable[..., Any]
) -> None:
    sent = json.loads(shim.echo({}, make_context({"custom": {"a": 1}})))["context"]
    assert sent["clientContext"] == {"client": None, "custom": {"a": 1}, "env": None}


def test_passes_the_tenant_on(shim: ModuleType, context: Any) -> None:
    context.tenant_id = "tenant"
    assert json.loads(shim.echo({}, context))["context"]["tenantId"] == "tenant"


def test_leaves_out_what_lambda_did_not_say(
    shim: ModuleType, context: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN"):
        monkeypatch.delenv(name)
    echo = json.loads(shim.echo({}, context))
    assert (echo["key"], echo["secret"], echo["token"]) == ("", "", "")
    assert not {"tenantId", "identity", "clientContext"} & set(echo["context"])


@pytest.mark.parametrize(
    ("context", "sent"),
    [
        (None, {"functionName": "hello", "awsRequestId": "", "deadlineMs": 0}),
        (SimpleNamespace(), {"memoryLimitInMB": "128", "invokedFunctionArn": "", "deadlineMs": 0}),
        (
            SimpleNamespace(
                function_name="other",
                function_version="7",
                memory_limit_in_mb=512,
                invoked_function_arn="arn",
                aws_request_id="id",
                log_group_name="group",
                log_stream_name="stream",
                identity=None,
                client_context=None,
                _epoch_deadline_time_in_ms=5,
            ),
            {"functionName": "other", "memoryLimitInMB": "512", "awsRequestId": "id", "deadlineMs": 5},
        ),
        (SimpleNamespace(identity={}, client_context={"custom": 1}), {"functionVersion": "$LATEST"}),
    ],
)
def test_takes_the_context_of_any_host(shim: ModuleType, context: Any, sent: dict[str, Any]) -> None:
    received = json.loads(shim.echo({}, context))["context"]
    assert {name: received[name] for name in sent} == sent
    assert not {"tenantId", "identity", "clientContext"} & set(received)


def test_asks_a_host_without_a_deadline_for_the_time_that_is_left(shim: ModuleType) -> None:
    before = int(time.time() * 1000)
    echo = json.loads(shim.echo({}, SimpleNamespace(get_remaining_time_in_millis=lambda: 5000)))
    assert before + 5000 <= echo["deadline"] <= int(time.time() * 1000) + 5000
    assert echo["context"]["deadlineMs"] == echo["deadline"]


@pytest.mark.parametrize(
    ("variables", "printed"),
    [({"AWS_LAMBDA_FUNCTION_NAME": "hello"}, "dict"), ({}, "bytes")],
)
def test_only_a_host_that_posts_bytes_gets_bytes(
    package: Path, variables: dict[str, str], printed: str
) -> None:
    code = "import index; print(type(index.echo({}, None)).__name__)"
    environment = {"PYTHONPATH": str(package), **variables}
    ran = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True)
    assert ran.stdout.strip() == printed, ran.stderr


def test_reads_credentials_at_every_call(
    shim: ModuleType, context: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    shim.echo({}, context)
    monkeypatch.setenv("AWS_SESSION_TOKEN", "rotated")
    assert json.loads(shim.echo({}, context))["token"] == "rotated"


def test_follows_a_context_that_changes(shim: ModuleType, context: Any) -> None:
    shim.echo({}, context)
    context.log_stream_name = "another"
    assert json.loads(shim.echo({}, context))["context"]["logStreamName"] == "another"


@pytest.mark.parametrize("request_id", ['"', "\\", "é\ud83d", ""])
def test_quotes_what_differs_from_request_to_request(shim: ModuleType, context: Any, request_id: str) -> None:
    context.aws_request_id = request_id
    assert json.loads(shim.echo({}, context))["context"]["awsRequestId"] == request_id


@pytest.mark.parametrize("event", [b'{ "a": 1.0 }', b"null", b'"\xc3\xa9"', b""])
def test_hands_over_bytes_as_they_came(shim: ModuleType, context: Any, event: bytes) -> None:
    assert shim.payload(event, context) == event


class Marshaller:
    """A client's marshaller of today."""

    def unmarshal_request(self, request: bytes, content_type: str = "application/json") -> Any:
        return json.loads(request)


class OtherMarshaller:
    """One with another signature."""

    def unmarshal_request(self, request: bytes) -> Any:
        return json.loads(request)


@pytest.mark.parametrize(
    ("handler", "marshaller", "event"),
    [
        ("index.echo", Marshaller, b"[ ]"),
        ("router.handler", Marshaller, []),
        ("", Marshaller, []),
        ("index.echo", OtherMarshaller, []),
    ],
)
def test_the_client_hands_over_the_event_as_it_came_when_it_can(
    shim: ModuleType, monkeypatch: pytest.MonkeyPatch, handler: str, marshaller: type[Any], event: Any
) -> None:
    from awslambdaric import lambda_runtime_marshaller

    monkeypatch.setenv("_HANDLER", handler)
    fresh = type("Fresh", (), dict(vars(marshaller)))
    monkeypatch.setattr(lambda_runtime_marshaller, "LambdaMarshaller", fresh)
    shim._take_events_as_bytes()
    assert fresh().unmarshal_request(b"[ ]") == event


def test_needs_no_deadline(shim: ModuleType, context: Any) -> None:
    del context._epoch_deadline_time_in_ms
    assert json.loads(shim.echo({}, context))["deadline"] == 0


@pytest.mark.parametrize(
    "event",
    [
        None,
        True,
        0,
        -1.5,
        1e300,
        2**70,
        "",
        "é😀\u2028\0",
        "\ud83d",
        [],
        {},
        [[]],
        {"": {"\udc00": None}},
        "x" * 7_000_000,
    ],
    ids=lambda event: repr(event)[:20],
)
def test_events_arrive_unchanged(shim: ModuleType, context: Any, event: Any) -> None:
    assert json.loads(shim.payload(event, context)) == event


def random_value(source: random.Random, depth: int) -> Any:
    kind = source.randrange(7 if depth else 5)
    if kind == 5:
        return [random_value(source, depth - 1) for _ in range(source.randrange(4))]
    if kind == 6:
        return {random_text(source): random_value(source, depth - 1) for _ in range(source.randrange(4))}
    return (
        None,
        source.random() < 0.5,
        source.randrange(-(2**64), 2**64),
        source.gauss(0, 1e9),
        random_text(source),
    )[kind]


def random_text(source: random.Random) -> str:
    return "".join(
        chr(source.choice((0x1F, 0x7F, 0xD8FF, 0x10FFFF)) - source.randrange(0x1F)) for _ in range(5)
    )


@pytest.mark.parametrize("seed", range(200))
def test_any_json_value_arrives_unchanged(shim: ModuleType, context: Any, seed: int) -> None:
    event = random_value(random.Random(seed), 4)
    assert json.loads(shim.payload(event, context)) == event


def test_returns_the_bytes_as_they_are(shim: ModuleType, context: Any) -> None:
    assert shim.binary({}, context) == b"\0\xff\0end"
    assert shim.empty({}, context) == b""


def test_gives_all_memory_back(shim: ModuleType, context: Any) -> None:
    for _ in range(50):
        shim.echo({}, context)
        for failing in (shim.fail, shim.surrogate, shim.broken):
            with pytest.raises(Exception):  # noqa: B017, PT011 (which one is other tests' matter)
                failing({}, context)
    assert shim.held({}, context) == b"0"


def test_threads_get_their_own_answers(shim: ModuleType, context: Any) -> None:
    def calls(thread: int) -> bool:
        return all(
            json.loads(shim.payload({"thread": thread, "call": call}, context))
            == {"thread": thread, "call": call}
            for call in range(2000)
        )

    with ThreadPoolExecutor(8) as threads:
        assert all(threads.map(calls, range(8)))
    assert shim.held({}, context) == b"0"


def test_imports_only_half_of_ctypes_besides_what_the_client_has(package: Any) -> None:

    script = (
        "import awslambdaric.bootstrap, awslambdaric.lambda_runtime_client, sys; before = set(sys.modules);"
        "import index; print(*sorted(set(sys.modules) - before))"
    )
    environment = {**os.environ, "PYTHONPATH": str(package), "PYTHONDONTWRITEBYTECODE": "1"}
    result = subprocess.run(
        [sys.executable, "-c", script], env=environment, capture_output=True, text=True, check=True
    )
    allowed = {"_ctypes", "_struct", "index", "struct"}
    assert set(result.stdout.split()) <= allowed
