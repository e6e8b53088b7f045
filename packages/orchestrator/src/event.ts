import { readFile } from "node:fs/promises";
import { text } from "node:stream/consumers";
import { LaconicError } from "./errors.js";

/** Where an event comes from: JSON itself, `@file`, `-` for standard input, or `METHOD /path` with --http. */
export async function readEvent(argument: string | undefined): Promise<unknown> {
  if (argument === undefined) return {};
  if (argument === "-") return parseEvent(await text(process.stdin), "standard input");
  if (argument.startsWith("@")) return parseEvent(await readEventFile(argument.slice(1)), argument.slice(1));
  return parseEvent(argument, "the event argument");
}

async function readEventFile(path: string): Promise<string> {
  return readFile(path, "utf8").catch((cause: NodeJS.ErrnoException) => {
    throw new LaconicError("LAC8003", `The event file ${path} cannot be read: ${cause.message}.`, { cause });
  });
}

function parseEvent(json: string, origin: string): unknown {
  try {
    return JSON.parse(json);
  } catch (cause) {
    throw new LaconicError("LAC8003", `The event is not JSON: ${(cause as Error).message}.`, {
      frame: `${origin}: ${json.length > 200 ? `${json.slice(0, 200)}…` : json}`,
      hint: `Quote it for the shell, as in '{"name":"x"}', or pass @file.json.`,
      cause,
    });
  }
}

/**
 * An HTTP request as API Gateway's HTTP API and function URLs send it (payload format 2.0).
 *
 * @param request a method and a path with its query, for example `GET /users?page=2`; the method may be left out
 * @throws {LaconicError} LAC8004 when it is neither
 */
export function httpEvent(request: string, body: string | undefined): Record<string, unknown> {
  const match = /^(?:([A-Z]+)\s+)?(\/\S*)$/.exec(request.trim());
  if (!match) {
    throw new LaconicError("LAC8004", `"${request}" is not an HTTP request.`, {
      hint: 'Write a method and a path, as in --http "GET /users?page=2".',
    });
  }
  const [, method = "GET", target = "/"] = match;
  const [rawPath = "/", rawQueryString = ""] = target.split(/\?(.*)/s);
  const query = [...new URLSearchParams(rawQueryString)];
  return {
    version: "2.0",
    routeKey: "$default",
    rawPath,
    rawQueryString,
    headers: { host: "localhost", ...(body !== undefined && { "content-type": "application/json" }) },
    ...(query.length > 0 && { queryStringParameters: joinRepeated(query) }),
    requestContext: {
      accountId: "anonymous",
      apiId: "local",
      domainName: "localhost",
      domainPrefix: "localhost",
      http: { method, path: rawPath, protocol: "HTTP/1.1", sourceIp: "127.0.0.1", userAgent: "laconic" },
      requestId: "local",
      routeKey: "$default",
      stage: "$default",
      time: new Date().toUTCString(),
      timeEpoch: Date.now(),
    },
    ...(body !== undefined && { body }),
    isBase64Encoded: false,
  };
}

/** Payload format 2.0 joins the values of a repeated key with commas. */
function joinRepeated(query: readonly (readonly [string, string])[]): Record<string, string> {
  const joined: Record<string, string> = {};
  for (const [key, value] of query) joined[key] = key in joined ? `${joined[key]},${value}` : value;
  return joined;
}
