"""Libraries that cannot be loaded: each a clear error at import, none the death of the process."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from echo_package import ECHO, compile_library, write_shim

REPORT = """
import sys
from awslambdaric.lambda_runtime_exception import FaultException
try:
    import index
except FaultException as error:
    print(error.exception_type, error.msg, *error.trace, sep="\\n")
"""


@pytest.fixture
def folder(tmp_path: Path, package: Path) -> Path:
    write_shim(tmp_path)
    (tmp_path / "app.lambda.so").write_bytes((package / "app.lambda.so").read_bytes())
    return tmp_path


def import_error(folder: Path) -> list[str]:
    """Import the shim in a process of its own, from another folder; return the lines of its error."""
    environment = {"PYTHONPATH": str(folder), "PYTHONDONTWRITEBYTECODE": "1"}
    command = [sys.executable, "-c", REPORT]
    result = subprocess.run(command, env=environment, cwd="/", capture_output=True, text=True, check=False)
    assert (result.returncode, result.stderr) == (0, "")
    return result.stdout.splitlines()


def assert_refused(folder: Path, code: str, *parts: str) -> None:
    kind, message = import_error(folder)
    assert kind == "Laconic.LibraryError"
    assert message.startswith(f"{code}: ")
    for part in (*parts, "app.lambda.so"):
        assert part in message


def test_loads_from_any_working_folder(folder: Path) -> None:
    assert import_error(folder) == []


def test_missing(folder: Path) -> None:
    (folder / "app.lambda.so").unlink()
    assert_refused(folder, "LAC6101", "No such file", "build and upload it again")


@pytest.mark.parametrize(
    "content", [b"", b"\x7fELF", b"#!/bin/sh\n" * 20], ids=["empty", "four bytes", "text"]
)
def test_not_a_library(folder: Path, content: bytes) -> None:
    (folder / "app.lambda.so").write_bytes(content)
    assert_refused(folder, "LAC6102", f"({len(content)} bytes)")


@pytest.mark.parametrize("kept", [64, 500, 4096, -1])
def test_cut_short(folder: Path, kept: int) -> None:
    whole = (folder / "app.lambda.so").read_bytes()
    (folder / "app.lambda.so").write_bytes(whole[:kept])
    assert_refused(folder, "LAC6102", "cut short")


@pytest.mark.parametrize(("machine", "name"), [(183, "aarch64"), (243, "ELF machine 243")])
def test_other_architecture(folder: Path, machine: int, name: str) -> None:
    library = bytearray((folder / "app.lambda.so").read_bytes())
    library[18:20] = machine.to_bytes(2, "little") if library[18] != machine else (62).to_bytes(2, "little")
    (folder / "app.lambda.so").write_bytes(library)
    assert_refused(folder, "LAC6103", "this runtime is")


def test_other_word_size(folder: Path) -> None:
    library = bytearray((folder / "app.lambda.so").read_bytes())
    library[4] = 1
    (folder / "app.lambda.so").write_bytes(library)
    assert_refused(folder, "LAC6102", "64-bit")


def test_refused_by_the_loader(folder: Path) -> None:
    source = folder / "unresolved.c"
    source.write_text("extern int nowhere(void); unsigned laconic_abi_version(void) { return nowhere(); }")
    compile_library(source, folder / "app.lambda.so")
    assert_refused(folder, "LAC6104", "nowhere")


def test_another_library(folder: Path) -> None:
    source = folder / "other.c"
    source.write_text("int unrelated(void) { return 1; }")
    compile_library(source, folder / "app.lambda.so")
    assert_refused(folder, "LAC6105", "laconic_abi_version")


def test_other_abi_version(folder: Path) -> None:
    compile_library(ECHO, folder / "app.lambda.so", "-DABI=2")
    assert_refused(folder, "LAC6106", "ABI 2", "ABI 1")


def test_an_app_that_throws_while_loading(folder: Path) -> None:
    error = '{"errorType":"TypeError","errorMessage":"no table","stackTrace":["at app.ts:1:1"]}'
    quoted = error.replace('"', '\\"')
    compile_library(ECHO, folder / "app.lambda.so", f'-DINIT_ERROR="{quoted}"')
    assert import_error(folder) == ["TypeError", "no table", "at app.ts:1:1"]
