"""Hands Lambda requests to the native library beside this file and returns the bytes it answers with.

Lambda compiles this file at every cold start, so it is short, imports only what the runtime client has loaded
already (plus the half of ctypes that is written in C: the other one takes three times as long to import), and
leaves what few starts need to modules of their own.
"""

from __future__ import annotations

import _ctypes
import _signal  # type: ignore[import-not-found,unused-ignore]  # the half of signal that is written in C
import json
import os
import struct
import sys
import time

TYPE_CHECKING = False  # typing itself would take 4 ms to import
if TYPE_CHECKING:
    from typing import Any

_LIBRARY = os.path.join(os.path.dirname(os.path.abspath(__file__)), "app.lambda.so")
_ABI_VERSION = 1
_SHUTDOWN_MS = 2000  # as long as Lambda waits before it kills the process


def _simple(code: str) -> Any:
    """Return the type of one C value, named by the letter that ctypes' own types have as their `_type_`."""
    return type(code, (_ctypes._SimpleCData,), {"_type_": code})


_int32, _uint32, _int64, _size = _simple("i"), _simple("I"), _simple("q"), _simple("Q")
_text, _address, _object = _simple("z"), _simple("P"), _simple("O")


def _slices(pointer: Any, *names: str) -> list[tuple[str, Any]]:
    """Each LaconicSlice as two plain fields: nested structures take twice as long to fill."""
    return [field for name in names for field in ((name, pointer), (name + "_length", _size))]


class _Request(_ctypes.Structure):
    _fields_ = [
        ("abi_version", _uint32),
        ("reserved", _uint32),
        *_slices(_text, "function_name", "event", "context"),
        *_slices(_text, "access_key_id", "secret_access_key", "session_token"),
        ("deadline_ms", _int64),
    ]


class _Response(_ctypes.Structure):
    _fields_ = [
        ("status", _int32),
        ("reserved", _uint32),
        *_slices(_address, "body", "content_type"),  # a text would stop at the first NUL
        ("owner", _address),
    ]


def _function(library: int, name: str, result: Any, **details: Any) -> Any:
    members = {"_flags_": _ctypes.FUNCFLAG_CDECL, "_restype_": result, **details}
    try:
        address = _ctypes.dlsym(library, name)
    except OSError as error:
        raise AttributeError(str(error)) from None  # what ctypes makes of it: no library of this kind
    return type(name, (_ctypes.CFuncPtr,), members)(address)


def _load() -> tuple[Any, Any, Any]:
    with open(_LIBRARY, "rb", buffering=0) as file:
        # An ELF file ends with its section table; dlopen would die (SIGBUS) of one that was cut short.
        offset, width, count = struct.unpack("<40xQ10xHH2x", file.read(64))
        if file.seek(0, os.SEEK_END) < offset + width * count:
            raise EOFError
    library = _ctypes.dlopen(_LIBRARY, 0)
    version = _function(library, "laconic_abi_version", _uint32)()
    if version != _ABI_VERSION:
        raise NotImplementedError(f"the library speaks ABI {version}, the shim ABI {_ABI_VERSION}")
    return (
        _function(library, "laconic_init", _int32),
        _function(library, "Lambda", _int32),
        _function(library, "laconic_release", None),
    )


def _result(status: int, response: _Response) -> bytes:
    """Copy the body out, give the library its memory back, and raise what the app raised."""
    try:
        body = _bytes_at(response.body, response.body_length) if response.body_length else b""
    finally:
        _release(_byref(response))
    if status:
        import laconic_faults

        raise laconic_faults.app_fault(status, body)
    if len(body) > _largest_result:
        import laconic_faults

        raise laconic_faults.size_fault(len(body), _largest_result)
    return body


def _fixed_context(context: Any) -> str:
    """Encode what stays the same while the process lives, once for each combination that is met."""
    names = {
        "functionName": context.function_name,
        "functionVersion": context.function_version,
        "memoryLimitInMB": str(context.memory_limit_in_mb),  # Lambda's own is text
        "logGroupName": context.log_group_name,
        "logStreamName": context.log_stream_name,
        "invokedFunctionArn": context.invoked_function_arn,
    }
    return _encode(names)[:-1]


def _context(context: Any, deadline: int) -> bytes:
    """Encode the context; the trace id is not in it, because the client sets it in the environment."""
    key = (
        *(context.function_name, context.function_version, context.memory_limit_in_mb),
        *(context.log_group_name, context.log_stream_name, context.invoked_function_arn),
    )
    fixed = _fixed_contexts.get(key)
    if fixed is None:
        fixed = _fixed_contexts[key] = _fixed_context(context)
    text = f'{fixed},"deadlineMs":{deadline},"awsRequestId":{_quote(context.aws_request_id)}}}'
    identity = context.identity
    if (
        context.client_context
        or (identity and identity.cognito_identity_id)
        or getattr(context, "tenant_id", None)
    ):
        import laconic_caller

        text = f"{text[:-1]},{_encode(laconic_caller.caller(context))[1:]}"
    return text.encode()


def _payload(event: Any) -> bytes:
    """Encode an event that did not come as the bytes that Lambda sent."""
    try:
        return _encode(event).encode()
    except Exception as error:
        import laconic_faults

        raise laconic_faults.event_fault(error) from None


def _call(function_name: bytes, event: Any, context: Any) -> bytes:
    """Run one function of the app. Every call has structures of its own, so threads do not meet here."""
    payload = event if type(event) is bytes else _payload(event)
    try:
        # Private, but exact and without a look at the clock.
        deadline = context._epoch_deadline_time_in_ms
        details = _context(context, deadline)
    except (AttributeError, TypeError):
        import laconic_caller

        context, deadline = laconic_caller.complete(context)
        details = _context(context, deadline)
    # Read at every call because Lambda rotates them.
    if _refresh:
        _refresh()
    key = _credentials.get(b"AWS_ACCESS_KEY_ID", b"")
    secret = _credentials.get(b"AWS_SECRET_ACCESS_KEY", b"")
    token = _credentials.get(b"AWS_SESSION_TOKEN", b"")
    request = _Request(
        *(_ABI_VERSION, 0, function_name, len(function_name), payload, len(payload), details, len(details)),
        *(key, len(key), secret, len(secret), token, len(token), deadline),
    )
    response = _Response()
    return _result(_lambda(_byref(request), _byref(response)), response)


def _tell(notice: bytes, deadline_ms: int = 0, details: bytes = b"") -> bytes:
    """Tell the library of what concerns no function of the app; its names begin with a dollar sign."""
    event = b"%d" % deadline_ms
    texts = notice, len(notice), event, len(event), details, len(details)
    request, response = _Request(_ABI_VERSION, 0, *texts), _Response()
    request.deadline_ms = deadline_ms
    return _result(_lambda(_byref(request), _byref(response)), response)


def _terminate(signal: int, frame: Any) -> None:
    """End as the app's own listeners for SIGTERM say; without any, as Python would without this function."""
    deadline = int(time.time() * 1000) + _SHUTDOWN_MS
    try:  # noqa: SIM105  # contextlib is nothing that the client has loaded
        _tell(b"$afterResponse", deadline, b'{"isLast":true}')
    except Exception:  # the app's own to tell of
        pass
    try:
        has_none = _tell(b"$terminate", deadline) == b"false"
    except Exception as error:
        # Raised, the client may take it for the failure of a request that it is busy with, and go on. An
        # ordinary exit waits for the client's thread, which waits for the next event.
        sys.excepthook(type(error), error, error.__traceback__)
        os._exit(1)
    if has_none:
        _signal.signal(signal, _signal.SIG_DFL)
        os.kill(os.getpid(), signal)


def _answer_with_values() -> None:
    """Answer with values instead of their JSON: only AWS's client posts bytes as they are.

    Other programs that run Python functions turn the result into JSON themselves, as AWS's client does with
    everything but bytes.
    """
    global _call
    call = _call
    _call = lambda *request: json.loads(call(*request) or b"null")  # noqa: E731


def _tell_of_answers(answered: Any) -> None:
    """Say of each request that it was answered, to what comes after a response."""
    global _call
    call = _call

    def told(function_name: bytes, event: Any, context: Any) -> bytes:
        try:
            return call(function_name, event, context)
        finally:
            answered(context)

    _call = told


def _take_events_as_bytes() -> None:
    """Have the runtime client hand over the event as the bytes it received: the app parses them itself.

    Parsed there, serialised here and parsed again by the app, an HTTP event costs more than the app's answer.
    Where another module is the handler, or the client has no such method, the client goes on parsing, and a
    parsed event is as welcome.
    """
    if os.environ.get("_HANDLER", "").rpartition(".")[0] != __name__:
        return
    module = sys.modules.get("awslambdaric.lambda_runtime_marshaller")
    marshaller: Any = getattr(module, "LambdaMarshaller", None)
    code = getattr(getattr(marshaller, "unmarshal_request", None), "__code__", None)
    if code and code.co_varnames[: code.co_argcount] == ("self", "request", "content_type"):
        marshaller.unmarshal_request = lambda self, request, content_type="": request


# ASCII with escapes can hold everything that a Python string can, half a surrogate pair included.
_encode = json.JSONEncoder(separators=(",", ":"), check_circular=False, allow_nan=False).encode
_quote = json.encoder.encode_basestring_ascii
# The dictionary under os.environb, whose own look-up is four calls.
_environment = getattr(os.environb, "_data", os.environb)
_credentials = _environment
# Lambda refuses a larger one, and of its refusal the runtime client dies. Other hosts have no limit.
_largest_result = 6_291_556 if b"AWS_LAMBDA_RUNTIME_API" in _environment else sys.maxsize
_refresh: Any = None
_byref = _ctypes.byref
# What ctypes.string_at does, from Python's own C API.
_bytes_at = _function(
    _ctypes.dlopen(None, 0),  # type: ignore[arg-type]  # the process itself
    *("PyBytes_FromStringAndSize", _object),
    _flags_=_ctypes.FUNCFLAG_CDECL | _ctypes.FUNCFLAG_PYTHONAPI,
    _argtypes_=(_address, _size),
)
_fixed_contexts: dict[tuple[str, ...], str] = {}

try:
    _init, _lambda, _release = _load()
except Exception as _error:
    import laconic_faults

    raise laconic_faults.library_fault(_LIBRARY, _error) from None

# The app starts here, inside Lambda's init phase: one that throws fails the init with its own error.
_started = _Response()
_result(_init(_byref(_started)), _started)
_take_events_as_bytes()
# There the client waits for events in C on the main thread, where Python could not act on a signal.
if not _environment.get(b"AWS_EXECUTION_ENV", b"").endswith((b"python3.9", b"python3.10", b"python3.11")):
    try:  # noqa: SIM105  # contextlib is nothing that the client has loaded
        _signal.signal(_signal.SIGTERM, _terminate)
    except ValueError:  # loaded by another thread than the main one, which alone may listen
        pass
_work = _tell(b"$workAfterResponse")
if _work in (b'"write"', b'"send"'):
    import laconic_after_response

    _answered = laconic_after_response.start(_tell, _work)
    if _answered:
        _tell_of_answers(_answered)
# Who imports the shim without being, or playing, Lambda takes the bytes.
if "awslambdaric" not in sys.modules and b"AWS_LAMBDA_FUNCTION_NAME" in _environment:
    _answer_with_values()
if b"AWS_CONTAINER_CREDENTIALS_FULL_URI" in _environment or (
    _environment.get(b"AWS_LAMBDA_INITIALIZATION_TYPE") == b"snap-start"
):
    import laconic_snapstart

    laconic_snapstart.register_hooks(_tell)
    if not _environment.get(b"AWS_ACCESS_KEY_ID"):
        _container = laconic_snapstart.ContainerCredentials()
        _credentials, _refresh = _container.values, _container.refresh
