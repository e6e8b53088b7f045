"""Hands Lambda requests to the native library beside this file and returns the bytes it answers with.

Lambda compiles this file at every cold start, so it is short, imports only what the runtime client has loaded
already (plus ctypes), and leaves what few starts need to modules of their own.
"""

from __future__ import annotations

import ctypes
import json
import os
import struct

TYPE_CHECKING = False  # typing itself would take 4 ms to import
if TYPE_CHECKING:
    from typing import Any

_LIBRARY = os.path.join(os.path.dirname(os.path.abspath(__file__)), "app.lambda.so")
_ABI_VERSION = 1


def _slices(pointer: Any, *names: str) -> list[tuple[str, Any]]:
    """Each LaconicSlice as two plain fields: nested structures take twice as long to fill."""
    return [field for name in names for field in ((name, pointer), (name + "_length", ctypes.c_size_t))]


class _Request(ctypes.Structure):
    _fields_ = [
        ("abi_version", ctypes.c_uint32),
        ("reserved", ctypes.c_uint32),
        *_slices(ctypes.c_char_p, "function_name", "event", "context"),
        *_slices(ctypes.c_char_p, "access_key_id", "secret_access_key", "session_token"),
        ("deadline_ms", ctypes.c_int64),
    ]


class _Response(ctypes.Structure):
    _fields_ = [
        ("status", ctypes.c_int32),
        ("reserved", ctypes.c_uint32),
        *_slices(ctypes.c_void_p, "body", "content_type"),  # c_char_p would stop at the first NUL
        ("owner", ctypes.c_void_p),
    ]


def _load() -> tuple[Any, Any, Any]:
    with open(_LIBRARY, "rb", buffering=0) as file:
        # An ELF file ends with its section table; dlopen would die (SIGBUS) of one that was cut short.
        offset, width, count = struct.unpack("<40xQ10xHH2x", file.read(64))
        if file.seek(0, os.SEEK_END) < offset + width * count:
            raise EOFError
    library = ctypes.CDLL(_LIBRARY)

    def function(name: str, result: Any, *arguments: Any) -> Any:
        found = library[name]
        found.restype, found.argtypes = result, arguments
        return found

    version = function("laconic_abi_version", ctypes.c_uint32)()
    if version != _ABI_VERSION:
        raise NotImplementedError(f"the library speaks ABI {version}, the shim ABI {_ABI_VERSION}")
    request, response = ctypes.POINTER(_Request), ctypes.POINTER(_Response)
    return (
        function("laconic_init", ctypes.c_int32, response),
        function("Lambda", ctypes.c_int32, request, response),
        function("laconic_release", None, response),
    )


def _result(status: int, response: _Response) -> bytes:
    """Copy the body out, give the library its memory back, and raise what the app raised."""
    try:
        body = ctypes.string_at(response.body, response.body_length) if response.body_length else b""
    finally:
        _release(ctypes.byref(response))
    if status:
        import laconic_faults

        raise laconic_faults.app_fault(status, body)
    return body


def _context(context: Any, deadline: int) -> str:
    fixed = (
        *(context.function_name, context.function_version, context.memory_limit_in_mb),
        *(context.log_group_name, context.log_stream_name),
    )
    text = _fixed_context.get(fixed)
    if text is None:  # once in the life of the process
        names = ("functionName", "functionVersion", "memoryLimitInMB", "logGroupName", "logStreamName")
        text = _fixed_context[fixed] = _encode(dict(zip(names, fixed)))[:-1] + ","
    fields = {
        "deadlineMs": deadline,
        "awsRequestId": context.aws_request_id,
        "invokedFunctionArn": context.invoked_function_arn,
    }
    trace_id = os.environ.get("_X_AMZN_TRACE_ID")
    if trace_id:
        fields["traceId"] = trace_id
    if context.client_context or context.identity.cognito_identity_id or getattr(context, "tenant_id", None):
        import laconic_caller

        fields.update(laconic_caller.caller(context))
    return text + _encode(fields)[1:]


def _call(function_name: bytes, event: Any, context: Any) -> bytes:
    """Run one function of the app. Every call has structures of its own, so threads do not meet here."""
    try:
        payload = _encode(event).encode()
    except Exception as error:
        import laconic_faults

        raise laconic_faults.event_fault(error) from None
    # Private, but exact and without a look at the clock; 0, no deadline, outside Lambda's client.
    deadline = getattr(context, "_epoch_deadline_time_in_ms", 0)
    details = _context(context, deadline).encode()
    # Read at every call because Lambda rotates them; environb spares the decoding.
    key = _environment.get(b"AWS_ACCESS_KEY_ID", b"")
    secret = _environment.get(b"AWS_SECRET_ACCESS_KEY", b"")
    token = _environment.get(b"AWS_SESSION_TOKEN", b"")
    request = _Request(
        *(_ABI_VERSION, 0, function_name, len(function_name), payload, len(payload), details, len(details)),
        *(key, len(key), secret, len(secret), token, len(token), deadline),
    )
    response = _Response()
    return _result(_lambda(ctypes.byref(request), ctypes.byref(response)), response)


# ASCII with escapes can hold everything that a Python string can, half a surrogate pair included.
_encode = json.JSONEncoder(separators=(",", ":"), check_circular=False, allow_nan=False).encode
_environment = os.environb
_fixed_context: dict[tuple[str, ...], str] = {}

try:
    _init, _lambda, _release = _load()
except Exception as _error:
    import laconic_faults

    raise laconic_faults.library_fault(_LIBRARY, _error) from None

# The app starts here, inside Lambda's init phase: one that throws fails the init with its own error.
_started = _Response()
_result(_init(ctypes.byref(_started)), _started)
