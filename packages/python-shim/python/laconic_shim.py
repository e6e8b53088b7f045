"""Hands Lambda requests to the native library beside this file and returns the bytes it answers with.

Lambda compiles this file at every cold start, so it is short, imports only what the runtime client has loaded
already (plus ctypes), and leaves all that only an error needs to laconic_faults.py.
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


class _Request(ctypes.Structure):
    """LaconicRequest. Each slice is two plain fields: nested structures take twice as long to fill."""

    _fields_ = [
        ("abi_version", ctypes.c_uint32),
        ("reserved", ctypes.c_uint32),
        *(
            field
            for name in ("function_name", "event", "context", "access_key_id", "secret_access_key", "session_token")
            for field in ((name, ctypes.c_char_p), (name + "_length", ctypes.c_size_t))
        ),
        ("deadline_ms", ctypes.c_int64),
    ]


class _Response(ctypes.Structure):
    """LaconicResponse. The pointers are void because c_char_p would stop at the first NUL."""

    _fields_ = [
        ("status", ctypes.c_int32),
        ("reserved", ctypes.c_uint32),
        ("body", ctypes.c_void_p),
        ("body_length", ctypes.c_size_t),
        ("content_type", ctypes.c_void_p),
        ("content_type_length", ctypes.c_size_t),
        ("owner", ctypes.c_void_p),
    ]


def _load() -> ctypes.CDLL:
    """Load the library, agree on the ABI version before anything else, then declare the other functions."""
    with open(_LIBRARY, "rb", buffering=0) as file:
        # An ELF file ends with its section table; dlopen would die (SIGBUS) of one that was cut short.
        offset, width, count = struct.unpack("<40xQ10xHH2x", file.read(64))
        if file.seek(0, os.SEEK_END) < offset + width * count:
            raise EOFError
    library = ctypes.CDLL(_LIBRARY)
    library.laconic_abi_version.argtypes = []
    library.laconic_abi_version.restype = ctypes.c_uint32
    version = library.laconic_abi_version()
    if version != _ABI_VERSION:
        raise NotImplementedError(f"the library speaks ABI {version} and the shim ABI {_ABI_VERSION}")
    library.laconic_init.argtypes = [ctypes.POINTER(_Response)]
    library.laconic_init.restype = ctypes.c_int32
    library.Lambda.argtypes = [ctypes.POINTER(_Request), ctypes.POINTER(_Response)]
    library.Lambda.restype = ctypes.c_int32
    library.laconic_release.argtypes = [ctypes.POINTER(_Response)]
    library.laconic_release.restype = None
    return library


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
        context.function_name,
        context.function_version,
        context.memory_limit_in_mb,
        context.log_group_name,
        context.log_stream_name,
    )
    text = _fixed_context.get(fixed)
    if text is None:  # the same for the life of the process
        names = ("functionName", "functionVersion", "memoryLimitInMB", "logGroupName", "logStreamName")
        text = _fixed_context[fixed] = _encode(dict(zip(names, fixed)))[:-1]
    text += f',"deadlineMs":{deadline},"awsRequestId":{_encode(context.aws_request_id)}'
    text += f',"invokedFunctionArn":{_encode(context.invoked_function_arn)}'
    trace_id = os.environ.get("_X_AMZN_TRACE_ID")
    if trace_id:
        text += f',"traceId":{_encode(trace_id)}'
    tenant_id = getattr(context, "tenant_id", None)  # absent in older runtime clients
    if tenant_id:
        text += f',"tenantId":{_encode(tenant_id)}'
    identity, client = context.identity, context.client_context
    if identity and identity.cognito_identity_id:
        pool = identity.cognito_identity_pool_id
        text += f',"identity":{_encode({"cognitoIdentityId": identity.cognito_identity_id, "cognitoIdentityPoolId": pool})}'
    if client:
        app = client.client and {name: getattr(client.client, name) for name in client.client.__slots__}
        text += f',"clientContext":{_encode({"client": app, "custom": client.custom, "env": client.env})}'
    return text + "}"


def _call(function_name: bytes, event: Any, context: Any) -> bytes:
    """Run one function of the app. Every call has structures of its own, so threads do not meet here."""
    try:
        payload = _encode(event).encode()
    except Exception as error:
        import laconic_faults

        raise laconic_faults.event_fault(error) from None
    # The runtime client keeps the deadline private; its public method reads the clock and subtracts.
    deadline = getattr(context, "_epoch_deadline_time_in_ms", None)
    if deadline is None:
        import time

        deadline = int(time.time() * 1000) + context.get_remaining_time_in_millis()
    details = _context(context, deadline).encode()
    # Read at every call because Lambda rotates them; environb spares the decoding.
    key = _environment.get(b"AWS_ACCESS_KEY_ID", b"")
    secret = _environment.get(b"AWS_SECRET_ACCESS_KEY", b"")
    token = _environment.get(b"AWS_SESSION_TOKEN", b"")
    request = _Request(
        _ABI_VERSION,
        0,
        *(function_name, len(function_name), payload, len(payload), details, len(details)),
        *(key, len(key), secret, len(secret), token, len(token)),
        deadline,
    )
    response = _Response()
    return _result(_lambda(ctypes.byref(request), ctypes.byref(response)), response)


# ASCII with escapes can hold everything that a Python string can, half a surrogate pair included.
_encode = json.JSONEncoder(separators=(",", ":"), check_circular=False, allow_nan=False).encode
_environment = os.environb
_fixed_context: dict[tuple[str, ...], str] = {}

try:
    _library = _load()
except Exception as _error:
    import laconic_faults

    raise laconic_faults.library_fault(_LIBRARY, _error) from None
_lambda, _release = _library.Lambda, _library.laconic_release

# The app starts here, inside Lambda's init phase: one that throws fails the init with its own error.
_started = _Response()
_result(_library.laconic_init(ctypes.byref(_started)), _started)
