"""The parts of a context that tell who called: most invocations have none of them."""

from __future__ import annotations

TYPE_CHECKING = False  # typing itself would take 4 ms to import
if TYPE_CHECKING:
    from typing import Any


def caller(context: Any) -> dict[str, Any]:
    """Return the tenant, the Cognito identity and the mobile client, as far as there are any."""
    fields: dict[str, Any] = {}
    tenant_id = getattr(context, "tenant_id", None)  # older runtime clients have no such attribute
    if tenant_id:
        fields["tenantId"] = tenant_id
    if context.identity.cognito_identity_id:
        fields["identity"] = {
            "cognitoIdentityId": context.identity.cognito_identity_id,
            "cognitoIdentityPoolId": context.identity.cognito_identity_pool_id,
        }
    if context.client_context:
        fields["clientContext"] = client_context(context.client_context)
    return fields


def client_context(context: Any) -> dict[str, Any]:
    """Return the ClientContext object as the JSON that the mobile SDK sent."""
    client = context.client and {name: getattr(context.client, name) for name in context.client.__slots__}
    return {"client": client, "custom": context.custom, "env": context.env}
