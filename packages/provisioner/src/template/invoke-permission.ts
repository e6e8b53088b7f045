import { AwsParam } from "@awboost/cfn-template-builder/pseudo";
import { LambdaPermission } from "@awboost/cfn-resource-types/AWS-Lambda-Permission";
import type { DeployedFunction, Scope } from "./scope.js";

/** Lets a service invoke a function, for one source and, where an ARN does not say it, one account. */
export function addInvokePermission(
  { template }: Scope,
  fn: DeployedFunction,
  id: string,
  service: string,
  sourceArn: unknown,
): string {
  const permission = new LambdaPermission(`${id}Permission`, {
    Action: "lambda:InvokeFunction",
    FunctionName: fn.arn as string,
    Principal: `${service}.amazonaws.com`,
    SourceArn: sourceArn as string,
    // A bucket's ARN names no account: whoever takes a deleted bucket's name would be let in.
    ...(service === "s3" || service === "ses" ? { SourceAccount: AwsParam.AccountId as string } : {}),
  });
  template.add(permission, fn.owner);
  return permission.name;
}
