import { HTTPParser } from "http-parser-js";
import type { Any } from "../../internal/any.js";
import { checkFraming, endError, execute, MOST_HEADERS, strict } from "../strict-parser.js";

/** The head of a request. */
export interface RequestHead {
  readonly versionMajor: number;
  readonly versionMinor: number;
  readonly method: string;
  readonly url: string;
  readonly headers: string[];
  readonly shouldKeepAlive: boolean;
  readonly upgrade: boolean;
}

export interface RequestListener {
  /** @returns whether another protocol takes over from here */
  onHead(head: RequestHead): boolean;
  onBody(chunk: Uint8Array): void;
  onTrailers(trailers: string[]): void;
  onComplete(): void;
}

// Known to Node, and newer than the package.
if (!HTTPParser.methods.includes("QUERY")) HTTPParser.methods.push("QUERY");

/** Reads the requests that come over one connection, one after the other. */
export class RequestParser {
  readonly #parser: Any;
  /** Bytes of a head. */
  readonly #most: number;

  constructor(listener: RequestListener, maxHeaderSize?: number) {
    this.#most = maxHeaderSize || MOST_HEADERS;
    const parser: Any = strict(new HTTPParser(HTTPParser.REQUEST));
    parser[HTTPParser.kOnHeadersComplete] = (info: Any) => {
      parser.isChunked = checkFraming(info.headers, this.#most);
      return listener.onHead({ ...info, method: HTTPParser.methods[info.method] }) ? 2 : 0;
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

  /** The peer sends no more. @returns the error when it stopped within a request */
  finish(): Error | undefined {
    return endError(this.#parser.finish());
  }
}
