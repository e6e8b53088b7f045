import { HTTPParser } from "http-parser-js";
import { MessageParser, type MessageListener } from "../strict-parser.js";

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

export interface RequestListener extends MessageListener {
  /** @returns whether another protocol takes over from here */
  onHead(head: RequestHead): boolean;
}

// Known to Node, and newer than the package.
if (!HTTPParser.methods.includes("QUERY")) HTTPParser.methods.push("QUERY");

/** Reads the requests that come over one connection, one after the other. */
export class RequestParser extends MessageParser {
  constructor(listener: RequestListener, maxHeaderSize?: number) {
    super("REQUEST", listener, maxHeaderSize, (info) =>
      listener.onHead({ ...info, method: HTTPParser.methods[info.method] }) ? 2 : 0,
    );
  }
}
