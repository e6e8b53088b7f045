import { HTTPParser } from "http-parser-js";
import { Buffer } from "../buffer.js";
import type { Any } from "../internal/any.js";

// Header values are Latin-1 on the wire; "ascii" would drop their upper half.
HTTPParser.encoding = "latin1";
// Its count takes a whole message in one piece for a head; `execute` counts itself.
HTTPParser.maxHeaderSize = Infinity;

/** Node's own limit, in bytes. */
const MOST_HEADERS = 16 * 1024;

/** What a parser tells of each message but its head. */
export interface MessageListener {
  onBody(chunk: Uint8Array): void;
  onTrailers(trailers: string[]): void;
  onComplete(): void;
}

/** Reads the messages that come over one connection, one after the other, and refuses what Node's parser refuses. */
export class MessageParser {
  readonly #parser: Any;
  /** Bytes of a head. */
  readonly #most: number;

  /** @param onHead is told of each head as the package has it, and returns what the package asks for */
  constructor(
    kind: "REQUEST" | "RESPONSE",
    listener: MessageListener,
    maxHeaderSize: number | undefined,
    onHead: (head: Any) => number,
  ) {
    this.#most = maxHeaderSize || MOST_HEADERS;
    const parser: Any = strict(new HTTPParser(HTTPParser[kind]));
    parser[HTTPParser.kOnHeadersComplete] = (head: Any) => {
      parser.isChunked = checkFraming(head.headers, this.#most);
      return onHead(head);
    };
    parser[HTTPParser.kOnBody] = (chunk: Uint8Array, offset: number, length: number) =>
      listener.onBody(chunk.subarray(offset, offset + length));
    parser[HTTPParser.kOnHeaders] = (trailers: string[]) => listener.onTrailers(trailers);
    parser[HTTPParser.kOnMessageComplete] = () => listener.onComplete();
    this.#parser = parser;
  }

  /** @returns how many bytes were read: not all when another protocol takes over, or the error that the bytes are */
  execute(bytes: Uint8Array): number | Error {
    return execute(this.#parser, bytes, this.#most);
  }

  /** The peer sends no more. @returns the error when it stopped within a message */
  finish(): Error | undefined {
    return endError(this.#parser.finish());
  }
}

/** Makes the parser refuse what Node's refuses. */
function strict(parser: Any): Any {
  parser.consumeLine = readLine;
  parser.BODY_CHUNKHEAD = readChunkHead;
  parser.parseHeader = readHeader;
  return parser;
}

/**
 * @param most bytes of a head
 * @returns how many bytes were read: not all when another protocol takes over, or the error that the bytes are
 */
function execute(parser: Any, bytes: Uint8Array, most: number): number | Error {
  let read: Any;
  try {
    read = parser.execute(Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes));
    parser.headerSize = 0;
    if (unfinishedHead(parser) > most) read = new Malformed("HPE_HEADER_OVERFLOW");
  } catch (error) {
    if (!(error instanceof Malformed)) throw error;
    read = error;
  }
  if (typeof read === "number") return read;
  if (parser.type === HTTPParser.RESPONSE && read.code === "HPE_INVALID_CONSTANT") {
    read.reason = "Expected HTTP/, RTSP/ or ICE/";
  }
  // Node looks at the method first.
  const isMethod = parser.type !== HTTPParser.REQUEST || /^[A-Z-]+ /.test(latin1(bytes));
  return parseError(isMethod ? read : new Malformed("HPE_INVALID_METHOD"), bytes);
}

function latin1(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes.subarray(0, 32));
}

/** Bytes of a head whose end has not come. */
function unfinishedHead({ state, line, info }: Any): number {
  if (state !== "HEADER" && !state.endsWith("_LINE")) return 0;
  return info.headers.reduce((size: number, text: string) => size + text.length, line.length);
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

const LF = 10;

/** In the place of the parser's own, to which a line feed alone is the end of a line. */
function readLine(this: Any): string | undefined {
  const { chunk, offset, end, state } = this;
  const at = chunk.indexOf(LF, offset);
  const isWhole = at >= 0 && at < end;
  const line: string = this.line + chunk.toString("latin1", offset, isWhole ? at : end);
  this.offset = isWhole ? at + 1 : end;
  this.line = isWhole ? "" : line;
  if (!isWhole) return undefined;
  if (line.endsWith("\r")) return line.slice(0, -1);
  // Empty lines in front of a request are passed over.
  if (state === "REQUEST_LINE" && line === "") return line;
  throw bareLineFeed(state, line);
}

function bareLineFeed(state: string, line: string): Malformed {
  if (state === "REQUEST_LINE") return new Malformed("HPE_INVALID_VERSION", "Expected CRLF after version");
  const isField = state === "HEADER" || state === "BODY_CHUNKTRAILERS";
  if (isField && line === "") return new Malformed("HPE_INVALID_HEADER_TOKEN", "Invalid header field char");
  if (isField && /:[\t ]*$/.test(line)) {
    return new Malformed("HPE_INVALID_HEADER_TOKEN", "Invalid header value char");
  }
  return new Malformed("HPE_CR_EXPECTED", `Missing expected CR after ${LINES[state] ?? "header value"}`);
}

/** What a line holds in a state of the parser. */
const LINES: Readonly<Record<string, string>> = {
  RESPONSE_LINE: "response line",
  BODY_CHUNKHEAD: "chunk size",
  BODY_CHUNKEMPTYLINE: "chunk data",
};
const CHUNK_HEAD = /^(?:[\da-f]+[\t ]*(?:;.*)?\r?)?$/i;

/** In the place of the parser's own, which takes what is no number for the end of the body. */
function readChunkHead(this: Any): void {
  const line: string | undefined = this.consumeLine();
  // The beginning of a line tells enough: who sends nonsense need not send a line's end.
  if (!CHUNK_HEAD.test(line ?? this.line) || line === "") throw new Malformed("HPE_INVALID_CHUNK_SIZE");
  if (line === undefined) return;
  this.body_bytes = parseInt(line, 16);
  this.state = this.body_bytes === 0 ? "BODY_CHUNKTRAILERS" : "BODY_CHUNK";
}

/** In front of the parser's own, which lets the first line begin with white space. */
function readHeader(this: Any, line: string, headers: string[]): void {
  if (/^[\t ]/.test(line) && headers.length === 0) throw new Malformed("HPE_INVALID_HEADER_TOKEN");
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
  HPE_INVALID_METHOD: "Invalid method encountered",
  HPE_INVALID_HEADER_TOKEN: "Unexpected whitespace after header value",
  HPE_INVALID_TRANSFER_ENCODING: "Transfer-Encoding can't be present with Content-Length",
  HPE_LF_EXPECTED: "Missing expected LF after header value",
  HPE_UNEXPECTED_CONTENT_LENGTH: "Duplicate Content-Length",
};

function parseError(error: Any, bytes: Uint8Array): Error {
  const code: string =
    error.code ??
    (error.message === "invalid request method" ? "HPE_INVALID_METHOD" : "HPE_INVALID_CHUNK_SIZE");
  const reason = error.reason ?? REASONS[code] ?? error.message;
  return Object.assign(new Error(`Parse Error: ${reason}`), {
    bytesParsed: 0,
    code,
    reason,
    rawPacket: Buffer.from(bytes),
  });
}

/** The end of a connection within a message. */
function endError(error: Any): Error | undefined {
  if (!error) return undefined;
  const reason = "Invalid EOF state";
  const fields = { bytesParsed: 0, code: "HPE_INVALID_EOF_STATE", reason };
  return Object.assign(new Error(`Parse Error: ${reason}`), fields);
}
