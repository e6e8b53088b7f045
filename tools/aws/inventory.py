"""Prints what an account holds, service by service, as JSON: what is there before and after must be the same."""

from __future__ import annotations

import json
import sys
from typing import Any

from botocore.session import Session

# service, operation, the list in its answer, and what names an item
LISTS = [
    ("cloudformation", "describe_stacks", "Stacks", "StackName"),
    ("lambda", "list_functions", "Functions", "FunctionName"),
    ("lambda", "list_event_source_mappings", "EventSourceMappings", "UUID"),
    ("iam", "list_roles", "Roles", "RoleName"),
    ("iam", "list_policies", "Policies", "PolicyName"),
    ("logs", "describe_log_groups", "logGroups", "logGroupName"),
    ("s3", "list_buckets", "Buckets", "Name"),
    ("sqs", "list_queues", "QueueUrls", None),
    ("sns", "list_topics", "Topics", "TopicArn"),
    ("sns", "list_subscriptions", "Subscriptions", "SubscriptionArn"),
    ("dynamodb", "list_tables", "TableNames", None),
    ("kinesis", "list_streams", "StreamNames", None),
    ("events", "list_rules", "Rules", "Name"),
    ("events", "list_event_buses", "EventBuses", "Name"),
    ("scheduler", "list_schedules", "Schedules", "Name"),
    ("apigatewayv2", "get_apis", "Items", "ApiId"),
    ("apigateway", "get_rest_apis", "items", "id"),
    ("secretsmanager", "list_secrets", "SecretList", "Name"),
    ("ssm", "describe_parameters", "Parameters", "Name"),
    ("cloudwatch", "describe_alarms", "MetricAlarms", "AlarmName"),
    ("cloudwatch", "list_dashboards", "DashboardEntries", "DashboardName"),
    ("ses", "list_receipt_rule_sets", "RuleSets", "Name"),
]


def names(session: Session, endpoint: str, service: str, operation: str, key: str, name: Any) -> list[str]:
    client = session.create_client(service, endpoint_url=endpoint)
    arguments = {"Scope": "Local"} if operation == "list_policies" else {}
    items = getattr(client, operation)(**arguments).get(key) or []
    return sorted(item if name is None else item[name] for item in items)


def main(endpoint: str) -> None:
    session = Session()
    found: dict[str, Any] = {}
    for service, operation, key, name in LISTS:
        try:
            found[f"{service} {key}"] = names(session, endpoint, service, operation, key, name)
        except Exception as error:  # noqa: BLE001 - an emulator that lacks a service holds nothing of it
            found[f"{service} {key}"] = f"not there: {type(error).__name__}"
    buckets = session.create_client("s3", endpoint_url=endpoint)
    for bucket in found["s3 Buckets"]:
        objects = buckets.list_object_versions(Bucket=bucket)
        found[f"s3 {bucket}"] = sorted(item["Key"] for item in objects.get("Versions", []))
    print(json.dumps(found))


main(sys.argv[1])
