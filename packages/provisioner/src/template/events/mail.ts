import { AwsParam } from "@awboost/cfn-template-builder/pseudo";
import { SESReceiptRule } from "@awboost/cfn-resource-types/AWS-SES-ReceiptRule";
import { SESReceiptRuleSet } from "@awboost/cfn-resource-types/AWS-SES-ReceiptRuleSet";
import { LambdaPermission } from "@awboost/cfn-resource-types/AWS-Lambda-Permission";
import type { SesSource } from "../../registration.js";
import { here, type DeployedFunction, type Scope } from "../scope.js";

const RULE_SET = "MailRules";

/**
 * A receipt rule. SES has one active rule set a region, which CloudFormation cannot choose: a set that the stack makes is an
 * output, to be made active once.
 */
export function addMailRule(scope: Scope, fn: DeployedFunction, source: SesSource, index: number): void {
  const { template } = scope;
  const id = `${fn.id}Mail${index || ""}`;
  if (source.ruleSet === undefined && !(RULE_SET in template.resources)) {
    const made = template.add(new SESReceiptRuleSet(RULE_SET, {}), "the rule set for mail");
    template.output(
      "MailRuleSet",
      made.ref,
      "Make it active: aws ses set-active-receipt-rule-set --rule-set-name",
    );
  }
  // The rule's name is not known before the rule, which asks for the permission: the account is what can be said.
  const permission = template.add(
    new LambdaPermission(`${id}Permission`, {
      Action: "lambda:InvokeFunction",
      FunctionName: fn.arn as string,
      Principal: "ses.amazonaws.com",
      SourceAccount: AwsParam.AccountId as string,
      SourceArn: here("ses", `receipt-rule-set/*`) as string,
    }),
    fn.owner,
  );
  template.add(
    new SESReceiptRule(
      id,
      {
        RuleSetName: source.ruleSet ?? ({ Ref: RULE_SET } as unknown as string),
        Rule: {
          Enabled: true,
          ScanEnabled: source.scan ?? true,
          TlsPolicy: source.tls ? "Require" : "Optional",
          ...(source.recipients && { Recipients: [...source.recipients] }),
          Actions: [{ LambdaAction: { FunctionArn: fn.arn as string, InvocationType: "Event" } }],
        },
      },
      { DependsOn: [permission.name] },
    ),
    fn.owner,
  );
}
