import { calling } from "./aws-errors.js";
import type { Aws } from "./clients.js";

/** Who the credentials belong to, and where they lead. */
export interface Identity {
  readonly account: string;
  readonly arn: string;
  readonly region: string;
}

/** @throws {ProvisionError} LAC9010 to LAC9015 */
export async function whoAmI(aws: Aws): Promise<Identity> {
  const region = await aws.region();
  const sts = await aws.client("sts");
  const { Account = "", Arn = "" } = await calling("Asking AWS who you are", sts.getCallerIdentity({}));
  return { account: Account, arn: Arn, region };
}
