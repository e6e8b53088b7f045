import { LogsSubscriptionFilter } from "@awboost/cfn-resource-types/AWS-Logs-SubscriptionFilter";
import type { LogsSource } from "../../registration.js";
import { addInvokePermission } from "../invoke-permission.js";
import { here, type DeployedFunction, type Scope } from "../scope.js";

export function addLogFilter(scope: Scope, fn: DeployedFunction, source: LogsSource, index: number): void {
  const id = `${fn.id}LogFilter${index || ""}`;
  const permission = addInvokePermission(
    scope,
    fn,
    id,
    "logs",
    here("logs", `log-group:${source.logGroup}:*`),
  );
  scope.template.add(
    new LogsSubscriptionFilter(
      id,
      {
        LogGroupName: source.logGroup,
        FilterPattern: source.pattern ?? "",
        DestinationArn: fn.arn as string,
      },
      { DependsOn: [permission] },
    ),
    fn.owner,
  );
}
