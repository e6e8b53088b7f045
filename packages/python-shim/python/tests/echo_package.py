"""Builds a package around the double of the engine: the shim, its handlers and the compiled library."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

PYTHON = Path(__file__).parent.parent
ECHO = Path(__file__).parent / "fixtures" / "echo_library.c"
FUNCTIONS = ("echo", "payload", "binary", "empty", "held", "fail", "surrogate", "broken", "unknown")


def compile_library(source: Path, target: Path, *flags: str) -> None:
    command = ["cc", "-shared", "-fPIC", "-O1", "-Wall", "-Wextra", *flags, "-o", str(target), str(source)]
    subprocess.run(command, check=True)


def write_shim(folder: Path) -> None:
    """Put the shim into the folder, with handlers as the generator writes them."""
    for name in (
        "laconic_faults.py",
        "laconic_caller.py",
        "laconic_extension.py",
        "laconic_after_response.py",
        "laconic_snapstart.py",
    ):
        shutil.copy(PYTHON / name, folder)
    source = (PYTHON / "laconic_shim.py").read_text()
    for name in FUNCTIONS:
        source += f"\n\ndef {name}(event: Any, context: Any) -> bytes:\n"
        source += f'    return _call(b"{name}", event, context)\n'
    (folder / "index.py").write_text(source)
