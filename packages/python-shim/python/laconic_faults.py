"""Errors of the shim as Lambda's runtime client reports them; imported only once there is one."""

from __future__ import annotations

import json
import os
import struct

_MACHINES = {62: "x86_64", 183: "aarch64"}


def fault(error_type: str, message: str, trace: list[str]) -> Exception:
    """Return the exception that the runtime client reports as exactly this type, message and stack trace."""
    try:
        from awslambdaric.lambda_runtime_exception import (  # type: ignore[import-not-found,import-untyped,unused-ignore]
            FaultException,
        )
    except ImportError:  # called outside Lambda, as in a unit test: the class name says the error type
        named: type[Exception] = type(error_type, (Exception,), {"trace": trace})
        return named(message)
    exception: Exception = FaultException(error_type, message, trace)
    return exception


def app_fault(status: int, body: bytes) -> Exception:
    """Return the app's own error, which the library describes as {errorType, errorMessage, stackTrace}."""
    try:
        error = json.loads(body)
        kind, message = str(error["errorType"]), str(error["errorMessage"])
        trace = [printable(str(line)) for line in error.get("stackTrace") or []]
    except (ValueError, TypeError, KeyError, AttributeError):
        message = (
            f"LAC6108: status {status} without an error description; build the app again with this Laconic"
        )
        return fault("Laconic.LibraryError", message, [])
    # Lambda takes the type as an HTTP header too, which holds printable ASCII only.
    header_safe = kind.isascii() and kind.isprintable() and kind != ""
    return fault(kind if header_safe else "Error", printable(message), trace)


def size_fault(size: int, limit: int) -> Exception:
    """Return the error of a result that Lambda would not take, under the name that Lambda gives it."""
    message = (
        f"LAC6110: the result has {size} bytes and Lambda takes {limit}; "
        "put what is larger in S3 and return its address"
    )
    return fault("Function.ResponseSizeTooLarge", message, [])


def event_fault(error: Exception) -> Exception:
    """Return the error of an event that JSON cannot hold: NaN, Infinity, Decimal, a cycle."""
    message = (
        f"LAC6107: the event cannot be JSON: {error or type(error).__name__}; send one that JSON can hold"
    )
    return fault("Laconic.EventError", printable(message), [])


def library_fault(path: str, error: Exception) -> Exception:
    """Return the error of a library that could not be loaded: what is wrong with it and the way out."""
    return fault("Laconic.LibraryError", printable(diagnosis(path, error)), [])


def diagnosis(path: str, error: Exception) -> str:
    """Say what is wrong with the file, because dlopen calls another architecture "no such file"."""
    try:
        with open(path, "rb") as file:
            head = file.read(64)
        size = os.stat(path).st_size
    except OSError as unreadable:
        hint = f"the package must hold {os.path.basename(path)} beside the shim: build and upload it again"
        return f"LAC6101: cannot read {path} ({unreadable.strerror}); {hint}"
    if head[:5] != b"\x7fELF\x02" or isinstance(error, (EOFError, struct.error)):
        return (
            f"LAC6102: {path} ({size} bytes) is cut short or no 64-bit ELF library; build and upload it again"
        )
    machine = int.from_bytes(head[18:20], "little")
    built, here = _MACHINES.get(machine, f"ELF machine {machine}"), os.uname().machine
    if built != here:
        hint = "build for this architecture or change the function's"
        return f"LAC6103: {path} is built for {built} and this runtime is {here}; {hint}"
    if isinstance(error, AttributeError):
        return f"LAC6105: {path} is no Laconic library ({error}); build and upload it again"
    if isinstance(error, NotImplementedError):
        return f"LAC6106: {path}: {error}; build both with one version of Laconic"
    return f"LAC6104: the loader refuses the library: {error}; build it for this runtime's Linux and glibc"


def printable(text: str) -> str:
    """Replace half surrogate pairs, of which the runtime client dies when it logs or posts them."""
    return text.encode("utf-8", "replace").decode()
