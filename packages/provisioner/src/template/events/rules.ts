import { Fn } from "@awboost/cfn-template-builder/intrinsics";
import { EventsRule } from "@awboost/cfn-resource-types/AWS-Events-Rule";
import { IAMRole } from "@awboost/cfn-resource-types/AWS-IAM-Role";
import { SchedulerSchedule } from "@awboost/cfn-resource-types/AWS-Scheduler-Schedule";
import type { EventBridgeSource, ScheduleSource } from "../../registration.js";
import { addInvokePermission } from "../invoke-permission.js";
import { trust } from "../role.js";
import { allow, cannotDeploy, type DeployedFunction, type Scope } from "../scope.js";

/** A rule of EventBridge. @param index tells a function's rules apart */
export function addRule(scope: Scope, fn: DeployedFunction, source: EventBridgeSource, index: number): void {
  const id = `${fn.id}Rule${index || ""}`;
  const rule = scope.template.add(
    new EventsRule(id, {
      Description: `Events for ${fn.owner} of ${scope.stackName}`,
      EventPattern: source.pattern,
      State: "ENABLED",
      ...(source.bus && { EventBusName: source.bus }),
      Targets: [
        {
          Id: "function",
          Arn: fn.arn as string,
          ...(source.input !== undefined && { Input: JSON.stringify(source.input) }),
        },
      ],
    }),
    fn.owner,
  );
  addInvokePermission(scope, fn, id, "events", rule.out.Arn);
}

const EXPRESSION =
  /^(rate\(\d+ (minute|hour|day)s?\)|cron\(([^\s()]+ ){5}[^\s()]+\)|at\(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\))$/;

/** A schedule of EventBridge Scheduler, which takes a role on to invoke the function. */
export function addSchedule(scope: Scope, fn: DeployedFunction, source: ScheduleSource, index: number): void {
  if (!EXPRESSION.test(source.expression)) {
    throw cannotDeploy(
      fn.definition,
      `${JSON.stringify(source.expression)} is no schedule.`,
      "Write rate(5 minutes), cron(0 12 * * ? *), which has six fields, or at(2027-01-01T00:00:00).",
    );
  }
  const roleId = `${fn.id}ScheduleRole`;
  if (!(roleId in scope.template.resources)) addScheduleRole(scope, fn, roleId);
  scope.template.add(
    new SchedulerSchedule(`${fn.id}Schedule${index || ""}`, {
      Description: `Schedule of ${fn.owner} of ${scope.stackName}`,
      ScheduleExpression: source.expression,
      ...(source.timezone && { ScheduleExpressionTimezone: source.timezone }),
      FlexibleTimeWindow: { Mode: "OFF" },
      State: source.enabled === false ? "DISABLED" : "ENABLED",
      Target: {
        Arn: fn.arn as string,
        RoleArn: Fn.getAtt(roleId, "Arn") as string,
        ...(source.input !== undefined && { Input: JSON.stringify(source.input) }),
      },
    }),
    fn.owner,
  );
}

function addScheduleRole({ template }: Scope, fn: DeployedFunction, roleId: string): void {
  const invoke = allow(["lambda:InvokeFunction"], [fn.arn]);
  template.add(
    new IAMRole(roleId, {
      Description: `Lets EventBridge Scheduler invoke ${fn.owner.replaceAll('"', "'")}`,
      AssumeRolePolicyDocument: trust("scheduler.amazonaws.com"),
      Policies: [{ PolicyName: "invoke", PolicyDocument: { Version: "2012-10-17", Statement: [invoke] } }],
    }),
    fn.owner,
  );
}
