import { Agent, agents, ClientRequest, get, request } from "./http/client.js";
import { METHODS, STATUS_CODES } from "./http/constants.js";
import { validateHeaderName, validateHeaderValue } from "./http/header-checks.js";
import { IncomingMessage } from "./http/incoming.js";
import { OutgoingMessage } from "./http/outgoing.js";
import { connectionListener } from "./http/server/connection.js";
import { ServerResponse } from "./http/server-response.js";
import { createServer, Server } from "./http/server.js";
import { loaded } from "./internal/loaded.js";

export const maxHeaderSize = 16_384;

export function setMaxIdleHTTPParsers(): void {}

export { connectionListener as _connectionListener };

export const globalAgent = agents.http;

export {
  Agent,
  ClientRequest,
  createServer,
  get,
  request,
  IncomingMessage,
  METHODS,
  OutgoingMessage,
  Server,
  ServerResponse,
  STATUS_CODES,
  validateHeaderName,
  validateHeaderValue,
};

const http = {
  Agent,
  ClientRequest,
  get,
  /** An app may put another in its place, for all requests that name none. */
  get globalAgent() {
    return agents.http;
  },
  set globalAgent(agent: object) {
    agents.http = agent;
  },
  request,
  _connectionListener: connectionListener,
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

// For process.getBuiltinModule.
loaded.set("http", http);

export default http;
