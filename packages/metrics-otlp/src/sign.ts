import type { SigV4 } from "./endpoint.js";
import type { Environment } from "./environment.js";
import { notSent } from "./errors.js";

/** The headers with the signature, by the credentials that Lambda gives a function. The library is loaded for the first request. */
export async function signed(
  url: URL,
  headers: Readonly<Record<string, string>>,
  body: Uint8Array,
  { service, region }: SigV4,
  env: Environment,
): Promise<Record<string, string>> {
  const accessKeyId = env["AWS_ACCESS_KEY_ID"];
  const secretAccessKey = env["AWS_SECRET_ACCESS_KEY"];
  const sessionToken = env["AWS_SESSION_TOKEN"];
  if (!accessKeyId || !secretAccessKey)
    throw notSent(
      `${url.host} wants a signature, and AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY are not set`,
    );
  const { AwsV4Signer } = await import("aws4fetch").catch((cause: unknown) => {
    throw notSent(`${url.host} wants a signature, and aws4fetch cannot be loaded: install it`, cause);
  });
  const signer = new AwsV4Signer({
    method: "POST",
    url: url.href,
    headers,
    body: body as Uint8Array<ArrayBuffer>,
    accessKeyId,
    secretAccessKey,
    ...(sessionToken && { sessionToken }),
    service,
    region,
  });
  const { headers: withSignature } = await signer.sign();
  return Object.fromEntries(withSignature);
}
