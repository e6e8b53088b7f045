import { Fn } from "@awboost/cfn-template-builder/intrinsics";
import { LogsSubscriptionFilter } from "@awboost/cfn-resource-types/AWS-Logs-SubscriptionFilter";
import type { LogsSource } from "../../registration.js";
import { addInvokePermission } from "../invoke-permission.js";
import { pascal } from "../names.js";
import { here, type DeployedFunction, type Scope } from "../scope.js";

/** @param index tells a function's filters apart */
export function addLogFilter(scope: Scope, fn: DeployedFunction, source: LogsSource, index: number): void {
  const id = `${fn.id}LogFilter${index || ""}`;
  const group = logGroupOf(scope, source.logGroup);
  const permission = addInvokePermission(scope, fn, id, "logs", group.arn);
  scope.template.add(
    new LogsSubscriptionFilter(
      id,
      {
        LogGroupName: group.name as string,
        FilterPattern: source.pattern ?? "",
        DestinationArn: fn.arn as string,
      },
      { DependsOn: [permission] },
    ),
    fn.owner,
  );
}

/** A function's name stands for its log group, which the stack makes; any other is the name of a group that is there. */
function logGroupOf({ functions }: Scope, name: string): { name: unknown; arn: unknown } {
  if (!functions.has(name)) return { name, arn: here("logs", `log-group:${name}:*`) };
  const id = `${pascal(name)}Logs`;
  return { name: Fn.ref(id), arn: Fn.getAtt(id, "Arn") };
}
