/** Stable codes of this package's errors, and what each means; a code is never given another meaning. */
export const PROVISION_ERRORS = {
  LAC9001: "the stack's name is not one that CloudFormation allows",
  LAC9002: "two things in the template would have the same logical id",
  LAC9003: "the template does not fit CloudFormation's resource schemas",
  LAC9004: "the template is larger than CloudFormation takes",
  LAC9005: "an option or event source of a function cannot be deployed",
  LAC9006: "a name refers to no resource of the stack",
  LAC9007: "the value of a secret would be written into the template",
  LAC9010: "there are no AWS credentials",
  LAC9011: "the AWS credentials are expired or wrong",
  LAC9012: "there is no AWS region",
  LAC9013: "AWS denied access",
  LAC9014: "AWS cannot be reached or does not keep up",
  LAC9015: "the clock of this machine is wrong",
  LAC9016: "AWS refused a request",
  LAC9020: "the bucket for packages cannot be used",
  LAC9021: "the execution role cannot be used",
  LAC9022: "the package is larger than Lambda takes",
  LAC9023: "the artifacts of the build are damaged",
  LAC9030: "there is no such stack",
  LAC9031: "the stack is in a state that takes no update",
  LAC9032: "the stack belongs to something else",
  LAC9033: "the change set could not be made",
  LAC9034: "the change was not confirmed",
  LAC9035: "the stack operation failed",
  LAC9036: "the stack could not be deleted",
  LAC9037: "the command was interrupted",
  LAC9038: "a hook failed",
  LAC9039: "the deployed function failed",
  LAC9040: "another run changes the stack",
  LAC9041: "a function failed its smoke test",
} as const;

export type ProvisionErrorCode = keyof typeof PROVISION_ERRORS;

export interface ProvisionErrorDetails {
  /** Where it happened: a place in the app's source, or the lines that AWS reported. */
  readonly frame?: string | undefined;
  /** The next step. */
  readonly hint: string;
  readonly cause?: unknown;
}

/** Something that keeps a stack from being made, changed, read or deleted. Match it by `code`. */
export class ProvisionError extends Error {
  override readonly name = "ProvisionError";
  readonly frame?: string;
  readonly hint: string;

  constructor(
    readonly code: ProvisionErrorCode,
    message: string,
    { frame, hint, cause }: ProvisionErrorDetails,
  ) {
    super(message, cause === undefined ? undefined : { cause });
    if (frame) this.frame = frame;
    this.hint = hint;
  }
}
