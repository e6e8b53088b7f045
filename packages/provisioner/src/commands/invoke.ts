import { calling, isNamed } from "../aws/aws-errors.js";
import type { Aws } from "../aws/clients.js";
import { ProvisionError } from "../errors.js";
import { deployedName } from "../template/names.js";

export interface RemoteInvocation {
  /** Name of the deployed function. */
  readonly functionName: string;
  readonly version: string;
  /** Lambda's answer, as JSON text. */
  readonly payload: string;
  /** `Unhandled` and the like, when the function failed. */
  readonly failure?: string;
  /** The end of its log. */
  readonly log: string;
}

/** Invokes a deployed function and waits for its answer. @throws {ProvisionError} LAC9030 when it is not deployed */
export async function invokeRemote(
  aws: Aws,
  stackName: string,
  functionName: string,
  event: string,
): Promise<RemoteInvocation> {
  const lambda = await aws.client("lambda");
  const name = deployedName(stackName, functionName);
  const invoked = lambda.invoke({ FunctionName: name, Payload: event, LogType: "Tail" });
  const answer = await calling(
    `Invoking ${name}`,
    invoked.catch(async (error: unknown) => {
      if (!isNamed(error, "ResourceNotFoundException")) throw error;
      throw new ProvisionError("LAC9030", `There is no function ${name} in ${await aws.region()}.`, {
        hint: "Check its name, --stage, --region and --profile, or deploy it with `npx @laconic/cli provision`.",
        cause: error,
      });
    }),
  );
  const { Payload, FunctionError, LogResult = "", ExecutedVersion = "$LATEST" } = answer;
  return {
    functionName: name,
    version: ExecutedVersion,
    payload: Buffer.from(Payload ?? []).toString("utf8"),
    ...(FunctionError && { failure: FunctionError }),
    log: Buffer.from(LogResult, "base64").toString("utf8"),
  };
}
