import { HTTPParser } from "http-parser-js";
import type { Any } from "../../internal/any.js";
import { checkFraming, endError, execute, MOST_HEADERS, strict } from "../strict-parser.js";

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
  /** Bytes of a head. */
  readonly #most: number;

  constructor(listener: ResponseListener, maxHeaderSize?: number) {
    this.#most = maxHeaderSize || MOST_HEADERS;
    const parser: Any = strict(new HTTPParser(HTTPParser.RESPONSE));
    parser[HTTPParser.kOnHeadersComplete] = (head: ResponseHead) => {
      parser.isChunked = checkFraming(head.headers, this.#most);
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
    return execute(this.#parser, bytes, this.#most);
  }

  /** The connection has ended, which is the end of a body that has no length. */
  finish(): Error | undefined {
    return endError(this.#parser.finish());
  }
}
