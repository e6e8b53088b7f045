"""Fixtures: a package built once a session, its shim, and contexts of the real runtime client."""

from __future__ import annotations

import importlib
import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any, Callable

import pytest
from awslambdaric.lambda_context import LambdaContext
from echo_package import ECHO, compile_library, write_shim

ENVIRONMENT = {
    "AWS_LAMBDA_FUNCTION_NAME": "hello",
    "AWS_LAMBDA_FUNCTION_VERSION": "$LATEST",
    "AWS_LAMBDA_FUNCTION_MEMORY_SIZE": "128",
    "AWS_LAMBDA_LOG_GROUP_NAME": "/aws/lambda/hello",
    "AWS_LAMBDA_LOG_STREAM_NAME": "2018/06/01/[$LATEST]0123",
    "AWS_ACCESS_KEY_ID": "AKIDEXAMPLE",
    "AWS_SECRET_ACCESS_KEY": "secret",
    "AWS_SESSION_TOKEN": "token",
    "_X_AMZN_TRACE_ID": "Root=1-0-0;Sampled=0",
}
ARN = "arn:aws:lambda:us-east-1:123456789012:function:hello"


@pytest.fixture(scope="session")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("package")
    write_shim(folder)
    compile_library(ECHO, folder / "app.lambda.so")
    return folder


@pytest.fixture(scope="session")
def shim(package: Path) -> Iterator[ModuleType]:
    os.environ.update(ENVIRONMENT)
    sys.path.insert(0, str(package))
    yield importlib.import_module("index")
    sys.path.remove(str(package))


@pytest.fixture(autouse=True)
def lambda_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in ENVIRONMENT.items():
        monkeypatch.setenv(name, value)


@pytest.fixture
def deadline() -> int:
    return int(time.time() * 1000) + 3000


@pytest.fixture
def make_context(deadline: int) -> Callable[..., Any]:
    """The context as the real client makes it from the Runtime API's headers."""

    def make(client: Any = None, identity: Any = None, *tenant: str) -> Any:
        tenants = tenant or ((None,) if LambdaContext.__init__.__code__.co_argcount > 6 else ())
        return LambdaContext("8476a536", client, identity, deadline, ARN, *tenants)

    return make


@pytest.fixture
def context(make_context: Callable[..., Any]) -> Any:
    return make_context()
