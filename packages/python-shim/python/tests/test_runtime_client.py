"""The shim under AWS's own runtime client, as a process of its own."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from conftest import ENVIRONMENT
from echo_package import ECHO, compile_library
from runtime_api import RuntimeApi

Post = tuple[str, dict[str, str], bytes]


def run_client(package: Path, handler: str, *events: bytes) -> tuple[list[Post], str]:
    """Serve the events to the client running the handler; return what it posted and what it logged."""
    with RuntimeApi(list(events)).serving() as api:
        environment = {**ENVIRONMENT, "AWS_LAMBDA_RUNTIME_API": api.address, "PATH": os.environ["PATH"]}
        environment["_HANDLER"] = handler
        environment["AWS_EXECUTION_ENV"] = (
            "AWS_Lambda_python3.13"  # since 3.12 the client posts errors unescaped
        )
        client = subprocess.Popen(
            [sys.executable, "-m", "awslambdaric", handler],
            cwd=package,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
        try:
            assert api.complete.wait(20), client.poll()
            if api.posts[-1][0].endswith("init/error"):
                client.wait(10)
        finally:
            client.kill()
        return api.posts, client.communicate()[0].decode()


def paths(posts: list[Post]) -> list[str]:
    return [path.replace("/2018-06-01/runtime/", "") for path, _, _ in posts]


def body(post: Post) -> Any:
    return json.loads(post[2])


def test_answers_events(package: Path) -> None:
    posts, _ = run_client(package, "index.payload", b'{"a": 1}', b'"\xc3\xa9\\ud83d"')
    assert paths(posts) == ["invocation/request-0/response", "invocation/request-1/response"]
    assert [post[2] for post in posts] == [b'{"a": 1}', b'"\xc3\xa9\\ud83d"']


def test_reports_the_apps_error(package: Path) -> None:
    posts, log = run_client(package, "index.fail", b"{}", b"{}")
    assert paths(posts) == ["invocation/request-0/error", "invocation/request-1/error"]
    assert body(posts[0]) == {
        "errorType": "TypeError",
        "errorMessage": "x is not a function",
        "requestId": "request-0",
        "stackTrace": ["TypeError: x is not a function", "at hello (app.ts:3:7)"],
    }
    assert "[ERROR] TypeError: x is not a function\r" in log
    assert "\rat hello (app.ts:3:7)\n" in log


def test_survives_an_error_that_cannot_be_encoded(package: Path) -> None:
    posts, _ = run_client(package, "index.surrogate", b"{}", b"{}")
    assert [body(post)["errorMessage"] for post in posts] == ["half ?", "half ?"]


def test_leaves_an_event_that_is_not_json_to_the_app(package: Path) -> None:
    posts, _ = run_client(package, "index.payload", b"{broken", b"\xff")
    assert [post[2] for post in posts] == [b"{broken", b"\xff"]


def test_reports_an_app_that_throws_while_loading(package: Path, tmp_path: Path) -> None:
    shutil.copytree(package, tmp_path, dirs_exist_ok=True)
    error = '{"errorType":"Fehler\\u00e9","errorMessage":"no \\ud83d table","stackTrace":["at app.ts:1:1"]}'
    quoted = error.replace("\\", "\\\\").replace('"', '\\"')
    compile_library(ECHO, tmp_path / "app.lambda.so", f'-DINIT_ERROR="{quoted}"')
    posts, log = run_client(tmp_path, "index.payload", b"{}")
    assert paths(posts) == ["init/error"]
    assert posts[0][1]["Lambda-Runtime-Function-Error-Type"] == "Error"
    assert body(posts[0])["errorMessage"] == "no ? table"
    assert body(posts[0])["stackTrace"] == ["at app.ts:1:1"]
    assert "[ERROR] Error: no ? table\r" in log


def test_reports_a_missing_library(package: Path, tmp_path: Path) -> None:
    shutil.copytree(package, tmp_path, dirs_exist_ok=True)
    (tmp_path / "app.lambda.so").unlink()
    posts, log = run_client(tmp_path, "index.payload", b"{}")
    assert paths(posts) == ["init/error"]
    assert posts[0][1]["Lambda-Runtime-Function-Error-Type"] == "Laconic.LibraryError"
    assert body(posts[0])["errorMessage"].startswith(f"LAC6101: cannot read {tmp_path}/app.lambda.so")
    assert "[ERROR] Laconic.LibraryError: LAC6101" in log


@pytest.mark.parametrize("size", [1, 6_000_000])
def test_answers_of_any_size(package: Path, size: int) -> None:
    posts, _ = run_client(package, "index.payload", json.dumps("x" * size).encode())
    assert len(posts[0][2]) == size + 2
