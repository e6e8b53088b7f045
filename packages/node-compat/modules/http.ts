import { METHODS, STATUS_CODES } from "./http/constants.js";
import { validateHeaderName, validateHeaderValue } from "./http/header-checks.js";
import { IncomingMessage } from "./http/incoming.js";
import { OutgoingMessage } from "./http/outgoing.js";
import { ServerResponse } from "./http/server-response.js";
import { createServer, Server } from "./http/server.js";

export const maxHeaderSize = 16_384;

export function setMaxIdleHTTPParsers(): void {}

export function _connectionListener(): void {}

export {
  createServer,
  IncomingMessage,
  METHODS,
  OutgoingMessage,
  Server,
  ServerResponse,
  STATUS_CODES,
  validateHeaderName,
  validateHeaderValue,
};

export default {
  _connectionListener,
  METHODS,
  STATUS_CODES,
  IncomingMessage,
  OutgoingMessage,
  Server,
  ServerResponse,
  createServer,
  validateHeaderName,
  validateHeaderValue,
  setMaxIdleHTTPParsers,
  maxHeaderSize,
};
