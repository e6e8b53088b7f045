import { promisify } from "node:util";
import { gzip } from "node:zlib";
import { exportedBy, type Exported } from "./answer.js";
import { endpointOf, type EndpointOptions } from "./endpoint.js";
import type { Environment } from "./environment.js";
import type { Point } from "./point.js";
import { post } from "./post.js";
import { requestBody } from "./request-body.js";
import { resourceAttributes } from "./resource.js";
import { signed } from "./sign.js";

export type { Exported } from "./answer.js";

export interface ExporterOptions extends EndpointOptions {
  /** Milliseconds that the server has for an answer. */
  readonly timeoutMs: number;
}

/**
 * Sends points in one request, once.
 *
 * @throws {ExportError} when they were not stored, or nothing says that they were
 */
export type Export = (namespace: string, points: readonly Point[]) => Promise<Exported>;

/** Bytes from which on compressing takes less time than sending what it saves. */
const COMPRESSED_FROM = 1024;

/** @throws {ExportError} when the endpoint is not one */
export function openExporter(options: ExporterOptions, env: Environment = process.env): Export {
  const { url, headers, sigv4 } = endpointOf(options, env);
  return async (namespace, points) => {
    const text = new TextEncoder().encode(requestBody(namespace, points, resourceAttributes(env)));
    const isLarge = text.byteLength >= COMPRESSED_FROM;
    const body = isLarge ? await promisify(gzip)(text) : text;
    const own = {
      ...headers,
      "content-type": "application/json",
      ...(isLarge && { "content-encoding": "gzip" }),
    };
    const sent = sigv4 === undefined ? own : await signed(url, own, body, sigv4, env);
    return exportedBy(await post(url, sent, body, options.timeoutMs), Date.now());
  };
}
