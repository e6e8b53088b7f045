import { ProvisionError, type ProvisionErrorCode } from "../errors.js";

export interface AwsFailure {
  readonly name: string;
  readonly message: string;
  readonly code?: string;
  readonly Code?: string;
  readonly $metadata?: { readonly httpStatusCode?: number; readonly requestId?: string };
  readonly $retryable?: object;
}

interface Kind {
  readonly code: ProvisionErrorCode;
  readonly names: RegExp;
  readonly says: string;
  readonly hint: string;
}

const KINDS: readonly Kind[] = [
  {
    code: "LAC9010",
    names: /^(CredentialsProviderError|CredentialsError|TokenProviderError)$/,
    says: "there are no AWS credentials",
    hint: "Log in (aws sso login, aws configure), name a profile with --profile, or set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY. Try: aws sts get-caller-identity",
  },
  {
    code: "LAC9011",
    names:
      /^(ExpiredToken|ExpiredTokenException|InvalidClientTokenId|UnrecognizedClientException|InvalidAccessKeyId|SignatureDoesNotMatch|InvalidToken|AuthFailure|InvalidSignatureException)$/,
    says: "the AWS credentials are expired or wrong",
    hint: "Log in again (aws sso login), or name another profile with --profile. Try: aws sts get-caller-identity",
  },
  {
    code: "LAC9015",
    names: /^(RequestTimeTooSkewed|RequestExpired|RequestInTheFuture)$/,
    says: "this machine's clock differs too much from AWS's",
    hint: "Set the clock, for example with: sudo timedatectl set-ntp true",
  },
  {
    code: "LAC9013",
    names: /^(AccessDenied|AccessDeniedException|UnauthorizedOperation|AuthorizationError|Forbidden|403)$/,
    says: "AWS denied it",
    hint: "Ask for the actions that `npx @laconic/cli policies` prints, or use another profile with --profile.",
  },
  {
    code: "LAC9014",
    names:
      /^(Throttling|ThrottlingException|ThrottledException|TooManyRequestsException|RequestLimitExceeded|SlowDown|LimitExceededException|TimeoutError|ServiceUnavailable|ServiceUnavailableException|InternalError|InternalFailure|InternalServerError|RequestTimeout|ECONNREFUSED|ECONNRESET|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|ETIMEDOUT|EPIPE|EPROTO|CERT_.*|.*SELF_SIGNED.*|UNABLE_TO_.*|50[0-9])$/,
    says: "AWS cannot be reached or does not keep up",
    hint: "Check the network, the proxy (HTTPS_PROXY) and AWS_ENDPOINT_URL, then run the same command again: it goes on where it stopped.",
  },
];

/**
 * What AWS or the network said, as an error with a cause and a next step.
 *
 * @param doing what was being done, for example "reading the stack HelloService"
 */
export function fromAws(error: unknown, doing: string): ProvisionError {
  if (error instanceof ProvisionError) return error;
  const failure = error as AwsFailure;
  const names = [failure.name, failure.code, failure.Code, String(failure.$metadata?.httpStatusCode ?? "")];
  const kind = KINDS.find(({ names: known }) => names.some((name) => name !== undefined && known.test(name)));
  const { code, says, hint } = kind ?? {
    code: "LAC9016" as const,
    says: "AWS refused it",
    hint: "Correct what AWS names, then run the same command again.",
  };
  return new ProvisionError(code, `${doing} failed: ${says}.`, {
    frame: whatAwsSaid(failure),
    hint,
    cause: error,
  });
}

export function whatAwsSaid({ name, message, code, $metadata }: AwsFailure): string {
  const request = $metadata?.requestId ? ` (request ${$metadata.requestId})` : "";
  const said = message && message !== "UnknownError" ? message : (code ?? "no reason given");
  return `${name}: ${said}${request}`;
}

/** Waits for a call and names what it was for when it fails. @throws {ProvisionError} */
export async function calling<T>(doing: string, call: Promise<T>): Promise<T> {
  return call.catch((error: unknown) => {
    throw fromAws(error, doing);
  });
}

export function isNamed(error: unknown, ...names: string[]): boolean {
  const { name, Code, code } = error as AwsFailure;
  return [name, Code, code].some((one) => one !== undefined && names.includes(one));
}

export function hasStatus(error: unknown, status: number): boolean {
  return (error as AwsFailure).$metadata?.httpStatusCode === status;
}
