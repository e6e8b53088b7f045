"""Compiles a shim (its source on stdin) for this interpreter and prints {path, bytecode, version} as JSON."""

from __future__ import annotations

import base64
import importlib.util
import json
import os
import platform
import py_compile
import sys
import tempfile


def compile_shim(source: bytes) -> dict[str, str]:
    """Return where in the package the bytecode belongs, and the bytecode in base64."""
    with tempfile.TemporaryDirectory() as folder:
        path, compiled = os.path.join(folder, "index.py"), os.path.join(folder, "index.pyc")
        with open(path, "wb") as file:
            file.write(source)
        # By hash, not by time: the bytes depend on the source alone, and an edited index.py is still obeyed.
        mode = py_compile.PycInvalidationMode.CHECKED_HASH
        py_compile.compile(
            path, cfile=compiled, dfile="/var/task/index.py", doraise=True, invalidation_mode=mode
        )
        with open(compiled, "rb") as file:
            bytecode = base64.b64encode(file.read()).decode()
    return {
        "path": importlib.util.cache_from_source("index.py"),
        "bytecode": bytecode,
        "version": platform.python_version(),
    }


if __name__ == "__main__":
    print(json.dumps(compile_shim(sys.stdin.buffer.read())))
