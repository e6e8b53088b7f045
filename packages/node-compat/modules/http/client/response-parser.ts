import { HTTPParser } from "http-parser-js";
import { Buffer } from "../../buffer.js";
import type { Any } from "../../internal/any.js";

// Header values are Latin-1 on the wire; "ascii" would drop their upper half.
HTTPParser.encoding = "latin1";

/** Node's own limit, in bytes. */
const MOST_HEADERS = 16 * 1024;

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
    parser.maxHeaderSize = maxHeaderSize || MOST_HEADERS;
    parser.BODY_CHUNKHEAD = readChunkHead;
    parser.parseHeader = readHeader;
    parser[HTTPParser.kOnHeadersComplete] = (head: ResponseHead) => {
      parser.isChunked = checkFraming(head.headers, parser.maxHeaderSize);
      return FOLLOWS[listener.onHead(head)];
    };
    parser[HTTPParser.kOnBody] = (chunk: Uint8Array, offset: number, length: number) =>
      listener.onBody(chunk.subarray(offset, offset + length));
    parser[HTTPParser.kOnHeaders] = (trailers: string[]) => listener.onTrailers(trailers);
    parser[HTTPParser.kOnMessageComplete] = () => listener.onComplete();
    this.#parser = parser;
  }

  /** @returns how many bytes were read: not all when another protocol takes over, or the error that the bytes are */
  execute(bytes: Uint8Array): number | Error {
    let read: Any;
    try {
      read = this.#parser.execute(Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes));
    } catch (error) {
      if (!(error instanceof Malformed)) throw error;
      read = error;
    }
    return typeof read === "number" ? read : parseError(read, bytes);
  }

  /** The connection has ended, which is the end of a body that has no length. */
  finish(): Error | undefined {
    return this.#parser.finish();
  }
}

/** What http-parser-js would let pass, and Node's parser does not. */
class Malformed extends Error {
  constructor(
    readonly code: string,
    readonly reason = REASONS[code],
  ) {
    super(code);
  }
}

/** In the place of the parser's own, which takes what is no number for the end of the body. */
function readChunkHead(this: Any): void {
  const line: string | undefined = this.consumeLine();
  if (line === undefined) return;
  if (!/^[\da-f]+[\t ]*(?:;.*)?$/i.test(line)) throw new Malformed("HPE_INVALID_CHUNK_SIZE");
  this.body_bytes = parseInt(line, 16);
  this.state = this.body_bytes === 0 ? "BODY_CHUNKTRAILERS" : "BODY_CHUNK";
}

/** In front of the parser's own, which takes a line that begins with white space for more of the one before. */
function readHeader(this: Any, line: string, headers: string[]): void {
  if (/^[\t ]/.test(line)) throw new Malformed("HPE_INVALID_HEADER_TOKEN");
  HTTPParser.prototype.parseHeader.call(this, line, headers);
}

/**
 * @param most bytes of all fields together
 * @returns whether the body comes in chunks, which is so when that is the last of its encodings
 */
function checkFraming(headers: readonly string[], most: number): boolean {
  let size = 0;
  let codings: string | undefined;
  let length: string | undefined;
  for (let index = 0; index < headers.length; index += 2) {
    const [name, value] = [headers[index]!, headers[index + 1]!];
    size += name.length + value.length;
    if (/^transfer-encoding$/i.test(name)) {
      if (length !== undefined) throw new Malformed("HPE_INVALID_TRANSFER_ENCODING");
      codings = codings === undefined ? value : `${codings},${value}`;
    } else if (/^content-length$/i.test(name)) {
      if (length !== undefined) throw new Malformed("HPE_UNEXPECTED_CONTENT_LENGTH");
      if (codings !== undefined) throw new Malformed("HPE_INVALID_CONTENT_LENGTH", BOTH);
      if (!/^\d+$/.test(value)) throw new Malformed("HPE_INVALID_CONTENT_LENGTH");
      length = value;
    }
  }
  if (size > most) throw new Malformed("HPE_HEADER_OVERFLOW");
  return codings !== undefined && /(?:^|,)[\t ]*chunked[\t ]*$/i.test(codings);
}

const BOTH = "Content-Length can't be present with Transfer-Encoding";

const REASONS: Readonly<Record<string, string>> = {
  HPE_HEADER_OVERFLOW: "Header overflow",
  HPE_INVALID_CHUNK_SIZE: "Invalid character in chunk size",
  HPE_INVALID_CONSTANT: "Expected HTTP/",
  HPE_INVALID_CONTENT_LENGTH: "Invalid character in Content-Length",
  HPE_INVALID_HEADER_TOKEN: "Unexpected whitespace after header value",
  HPE_INVALID_TRANSFER_ENCODING: "Transfer-Encoding can't be present with Content-Length",
  HPE_LF_EXPECTED: "Missing expected LF after header value",
  HPE_UNEXPECTED_CONTENT_LENGTH: "Duplicate Content-Length",
};

function parseError(error: Any, bytes: Uint8Array): Error {
  const code: string =
    error.code ?? (/header size/.test(error.message) ? "HPE_HEADER_OVERFLOW" : "HPE_INVALID_CHUNK_SIZE");
  const reason = error.reason ?? REASONS[code] ?? error.message;
  return Object.assign(new Error(`Parse Error: ${reason}`), {
    bytesParsed: 0,
    code,
    reason,
    rawPacket: Buffer.from(bytes),
  });
}
