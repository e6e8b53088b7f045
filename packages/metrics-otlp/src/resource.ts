import type { Environment } from "./environment.js";
import { keyValues } from "./key-values.js";

/**
 * What the values come from. `faas.instance` is the sandbox: the points of two of them must not be taken for one series.
 * https://opentelemetry.io/docs/specs/semconv/resource/faas/
 */
export function resourceAttributes(env: Environment): Readonly<Record<string, string>> {
  const name = env["AWS_LAMBDA_FUNCTION_NAME"];
  const detected = {
    "service.name": name ?? "unknown_service:node",
    ...(name !== undefined && {
      "cloud.provider": "aws",
      "cloud.platform": "aws_lambda",
      "cloud.region": env["AWS_REGION"],
      "faas.name": name,
      "faas.version": env["AWS_LAMBDA_FUNCTION_VERSION"],
      "faas.instance": env["AWS_LAMBDA_LOG_STREAM_NAME"],
    }),
    ...keyValues(env["OTEL_RESOURCE_ATTRIBUTES"]),
    ...(env["OTEL_SERVICE_NAME"] && { "service.name": env["OTEL_SERVICE_NAME"] }),
  };
  return Object.fromEntries(
    Object.entries(detected).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}
