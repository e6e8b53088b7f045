import { HTTPParser } from "http-parser-js";
import { Buffer } from "../../buffer.js";
import type { Any } from "../../internal/any.js";

// Header values are Latin-1 on the wire; "ascii" would drop their upper half.
HTTPParser.encoding = "latin1";

/** The head of a response. */
export interface ResponseHead {
  readonly versionMajor: number;
  readonly versionMinor: number;
  readonly statusCode: number;
  readonly statusMessage: string;
  readonly headers: string[];
  readonly shouldKeepAlive: boolean;
  readonly upgrade: boolean;
}

export interface ResponseListener {
  /** @returns what follows the head: its body, none ("skip"), or another protocol ("upgrade") */
  onHead(head: ResponseHead): "body" | "skip" | "upgrade";
  onBody(chunk: Uint8Array): void;
  onTrailers(trailers: string[]): void;
  onComplete(): void;
}

const FOLLOWS = { body: 0, skip: 1, upgrade: 2 } as const;

/** Reads the responses that come over one connection, one after the other. */
export class ResponseParser {
  readonly #parser: Any;

  constructor(listener: ResponseListener, maxHeaderSize?: number) {
    const parser: Any = new HTTPParser(HTTPParser.RESPONSE);
    if (maxHeaderSize) parser.maxHeaderSize = maxHeaderSize;
    parser[HTTPParser.kOnHeadersComplete] = (head: ResponseHead) => FOLLOWS[listener.onHead(head)];
    parser[HTTPParser.kOnBody] = (chunk: Uint8Array, offset: number, length: number) =>
      listener.onBody(chunk.subarray(offset, offset + length));
    parser[HTTPParser.kOnHeaders] = (trailers: string[]) => listener.onTrailers(trailers);
    parser[HTTPParser.kOnMessageComplete] = () => listener.onComplete();
    this.#parser = parser;
  }

  /** @returns how many bytes were read: not all when another protocol takes over, or the error that the bytes are */
  execute(bytes: Uint8Array): number | Error {
    const read = this.#parser.execute(Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes));
    return typeof read === "number" ? read : parseError(read, bytes);
  }

  /** The connection has ended, which is the end of a body that has no length. */
  finish(): Error | undefined {
    return this.#parser.finish();
  }
}

function parseError(error: Any, bytes: Uint8Array): Error {
  const isTooLarge = /header size/.test(error.message);
  const code = error.code ?? (isTooLarge ? "HPE_HEADER_OVERFLOW" : "HPE_INVALID_CHUNK_SIZE");
  const reason = isTooLarge ? "Header overflow" : (REASONS[code] ?? error.message);
  const message = `Parse Error: ${reason}`;
  return Object.assign(new Error(message), { code, reason, bytesParsed: 0, rawPacket: Buffer.from(bytes) });
}

const REASONS: Readonly<Record<string, string>> = {
  HPE_INVALID_CONSTANT: "Expected HTTP/",
  HPE_LF_EXPECTED: "Missing expected LF after header value",
  HPE_UNEXPECTED_CONTENT_LENGTH: "Content-Length can't be present with Transfer-Encoding",
};
