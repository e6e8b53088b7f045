// What the dispatcher makes an exchange of, without the client that `node:http` has besides.
export { IncomingMessage } from "./incoming.js";
export { ServerResponse } from "./server-response.js";
