"""Which statements of IAM documents allow a request, by moto's evaluation, which nobody here wrote."""

import json
from typing import Any

from moto.iam.access_control import IAMPolicyStatement, PermissionResult


def _statements(document: str) -> list[dict[str, Any]]:
    listed = json.loads(document)["Statement"]
    return listed if isinstance(listed, list) else [listed]


def _principals(statement: dict[str, Any]) -> list[str]:
    """moto looks at no service and no account of a trust policy."""
    named = statement.get("Principal", {})
    if isinstance(named, str):
        return [named]
    return [each for value in named.values() for each in ([value] if isinstance(value, str) else value)]


def _tells(context: dict[str, str], statement: dict[str, Any]) -> bool:
    """moto takes a condition for fulfilled whose key the request lacks."""
    return all(key in context for keys in statement.get("Condition", {}).values() for key in keys)


def allowing(
    document: str,
    action: str,
    resource: str,
    context: dict[str, str],
    principal: str | None = None,
) -> list[int]:
    """The places, from 0, of the statements that allow it; with a principal it is a trust policy, whose statements name whom they trust."""
    return [
        place
        for place, statement in enumerate(_statements(document))
        if (principal is None or principal in _principals(statement))
        and _tells(context, statement)
        and IAMPolicyStatement({**statement, "Principal": None}).is_action_permitted(
            action, resource, incoming_condition_values=context
        )
        is PermissionResult.PERMITTED
    ]
