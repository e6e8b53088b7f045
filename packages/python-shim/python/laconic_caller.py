"""What few invocations need of a context: who called, and what another host than AWS's client leaves out."""

from __future__ import annotations

import os
import time
from types import SimpleNamespace

TYPE_CHECKING = False  # typing itself would take 4 ms to import
if TYPE_CHECKING:
    from typing import Any


def caller(context: Any) -> dict[str, Any]:
    """Return the tenant, the Cognito identity and the mobile client, as far as there are any."""
    fields: dict[str, Any] = {}
    tenant_id = getattr(context, "tenant_id", None)  # older runtime clients have no such attribute
    if tenant_id:
        fields["tenantId"] = tenant_id
    if context.identity and context.identity.cognito_identity_id:
        fields["identity"] = {
            "cognitoIdentityId": context.identity.cognito_identity_id,
            "cognitoIdentityPoolId": context.identity.cognito_identity_pool_id,
        }
    if context.client_context:
        fields["clientContext"] = client_context(context.client_context)
    return fields


_FROM_ENVIRONMENT = {
    "function_name": "AWS_LAMBDA_FUNCTION_NAME",
    "function_version": "AWS_LAMBDA_FUNCTION_VERSION",
    "memory_limit_in_mb": "AWS_LAMBDA_FUNCTION_MEMORY_SIZE",
    "log_group_name": "AWS_LAMBDA_LOG_GROUP_NAME",
    "log_stream_name": "AWS_LAMBDA_LOG_STREAM_NAME",
}


def complete(context: Any) -> tuple[Any, int]:
    """Return a context with every field, and its deadline; 0, no deadline, where the host tells none.

    Emulators and test harnesses hand over what they like: an object with some of the fields, or None.
    """
    names = ("invoked_function_arn", "aws_request_id", "identity", "client_context", "tenant_id")
    fields: dict[str, Any] = {name: getattr(context, name, None) for name in names}
    for name in ("invoked_function_arn", "aws_request_id"):
        fields[name] = str(fields[name] or "")
    for name, variable in _FROM_ENVIRONMENT.items():
        fields[name] = str(getattr(context, name, None) or os.environ.get(variable, ""))
    if not hasattr(fields["identity"], "cognito_identity_id"):
        fields["identity"] = None
    if not hasattr(fields["client_context"], "client"):
        fields["client_context"] = None
    return SimpleNamespace(**fields), _deadline(context)


def _deadline(context: Any) -> int:
    exact = getattr(context, "_epoch_deadline_time_in_ms", None)
    if isinstance(exact, int):
        return exact
    try:
        return int(time.time() * 1000 + context.get_remaining_time_in_millis())
    except (AttributeError, TypeError):
        return 0


def client_context(context: Any) -> dict[str, Any]:
    """Return the ClientContext object as the JSON that the mobile SDK sent."""
    client = context.client and {name: getattr(context.client, name) for name in context.client.__slots__}
    return {"client": client, "custom": context.custom, "env": context.env}
