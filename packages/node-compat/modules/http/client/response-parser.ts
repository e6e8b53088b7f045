import { MessageParser, type MessageListener } from "../strict-parser.js";

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

export interface ResponseListener extends MessageListener {
  /** @returns what follows the head: its body, none ("skip"), or another protocol ("upgrade") */
  onHead(head: ResponseHead): "body" | "skip" | "upgrade";
}

const FOLLOWS = { body: 0, skip: 1, upgrade: 2 } as const;

/** Reads the responses that come over one connection, one after the other. */
export class ResponseParser extends MessageParser {
  constructor(listener: ResponseListener, maxHeaderSize?: number) {
    super("RESPONSE", listener, maxHeaderSize, (head: ResponseHead) => FOLLOWS[listener.onHead(head)]);
  }
}
