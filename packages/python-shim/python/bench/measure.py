"""Prints what the shim costs with a library that does nothing: a call, and the import at a cold start."""

from __future__ import annotations

import os
import py_compile
import statistics
import subprocess
import sys
import tempfile
import time
import timeit
from pathlib import Path
from types import SimpleNamespace

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))

from echo_package import ECHO, compile_library, write_shim

CLIENT = "import json, logging, os, time, traceback\n"
EVENTS = {"small": {"name": "x"}, "2 KB": {f"header-{n}": "v" * 50 for n in range(32)}}


def call_cost(folder: Path) -> None:
    """Print the microseconds of a call, without Lambda's client around it."""
    sys.path.insert(0, str(folder))
    import index  # type: ignore[import-not-found]

    os.environ.update(AWS_ACCESS_KEY_ID="A" * 20, AWS_SECRET_ACCESS_KEY="s" * 40, AWS_SESSION_TOKEN="t" * 600)
    os.environ["_X_AMZN_TRACE_ID"] = "Root=1-5759e988-bd862e3fe1be46a994272793;Sampled=1"
    context = SimpleNamespace(
        function_name="hello",
        function_version="$LATEST",
        memory_limit_in_mb="128",
        log_group_name="/aws/lambda/hello",
        log_stream_name="2018/06/01/[$LATEST]0123",
        aws_request_id="8476a536-e9f4-11e8-9739-2dfe598c3fcd",
        invoked_function_arn="arn:aws:lambda:us-east-1:123456789012:function:hello",
        client_context=None,
        identity=SimpleNamespace(cognito_identity_id=None),
        _epoch_deadline_time_in_ms=int(time.time() * 1000) + 3000,
    )
    for name, event in EVENTS.items():
        names = {"call": index.payload, "event": event, "context": context}
        rounds = timeit.repeat("call(event, context)", globals=names, number=5000, repeat=9)
        print(f"call, {name} event: {min(rounds) / 5000 * 1e6:.1f} us")


def import_cost(title: str, statement: str, folder: Path) -> None:
    """Print the milliseconds of a statement in fresh processes that write no bytecode, as in Lambda."""
    code = f"{CLIENT}a = time.perf_counter()\n{statement}\nprint(time.perf_counter() - a)"
    environment = {"PYTHONPATH": str(folder), "PYTHONDONTWRITEBYTECODE": "1"}
    samples = [
        float(
            subprocess.run(
                [sys.executable, "-c", code], env=environment, capture_output=True, check=True
            ).stdout
        )
        for _ in range(30)
    ]
    print(f"{title}: {statistics.median(samples) * 1e3:.2f} ms (best {min(samples) * 1e3:.2f})")


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as name:
        package = Path(name)
        write_shim(package)
        compile_library(ECHO, package / "app.lambda.so")
        (package / "empty_handler.py").write_text("def handler(event, context):\n    return None\n")
        print(f"Python {sys.version.split()[0]}")
        sys.dont_write_bytecode = True
        call_cost(package)
        import_cost("import of an empty handler", "import empty_handler", package)
        import_cost("import of ctypes", "import ctypes", package)
        import_cost("import of the shim", "import index", package)
        bytecode = package / "__pycache__" / f"index.{sys.implementation.cache_tag}.pyc"
        checked = py_compile.PycInvalidationMode.CHECKED_HASH
        py_compile.compile(str(package / "index.py"), cfile=str(bytecode), invalidation_mode=checked)
        import_cost("import of the shim with bytecode", "import index", package)
