import { SNSSubscription } from "@awboost/cfn-resource-types/AWS-SNS-Subscription";
import { SNSTopic } from "@awboost/cfn-resource-types/AWS-SNS-Topic";
import type { SnsSource } from "../../registration.js";
import type { FunctionDefinition } from "../../service.js";
import { addInvokePermission } from "../invoke-permission.js";
import { pascal, shortHash } from "../names.js";
import { arnOf, isThere, type DeployedFunction, type Scope } from "../scope.js";

/** A topic of that name, unless the stack holds it already or it is somebody else's. */
export function nameTopic(scope: Scope, definition: FunctionDefinition, { topic }: SnsSource): void {
  if (isThere(scope, definition, topic, SNSTopic.Type)) return;
  const made = scope.template.add(
    new SNSTopic(`${pascal(topic)}Topic`, { KmsMasterKeyId: "alias/aws/sns" }),
    `topic "${topic}"`,
  );
  scope.named.set(topic, { type: made.type, ref: made.ref, arn: made.ref });
  scope.template.output(`${made.name}Arn`, made.ref, `ARN of topic "${topic}"`);
}

export function addSubscription(scope: Scope, fn: DeployedFunction, source: SnsSource): void {
  const arn = arnOf(scope, fn.definition, source.topic);
  const id = `${fn.id}${source.topic.startsWith("arn:") ? shortHash(source.topic) : pascal(source.topic)}Topic`;
  addInvokePermission(scope, fn, id, "sns", arn);
  scope.template.add(
    new SNSSubscription(`${id}Subscription`, {
      Protocol: "lambda",
      TopicArn: arn as string,
      Endpoint: fn.arn as string,
      ...(source.filter && {
        FilterPolicy: source.filter,
        FilterPolicyScope: source.filterScope === "body" ? "MessageBody" : "MessageAttributes",
      }),
    }),
    fn.owner,
  );
}
