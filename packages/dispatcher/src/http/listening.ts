import { DispatchError } from "../errors.js";
import type { InProcessSocket } from "./in-process-socket.js";
import type { Listener } from "./listener-exchange.js";
import { listeningServers, type ListeningServer } from "./node-http.js";
import type { Emitter } from "./node-emitter.js";

/**
 * The listener of an app that was registered without one: whatever hears the requests of the server that it listens with.
 * Servers on one port are one, as frameworks open one for each address of `localhost`.
 * @throws DispatchError LAC3011 when none listens, LAC3012 when several do
 */
export function listeningApp(functionName: string): Listener {
  const byPort = new Map<number | string, ListeningServer>();
  for (const server of listeningServers()) {
    const place = placeOf(server);
    if (!byPort.has(place)) byPort.set(place, server);
  }
  const [server] = byPort.values();
  if (server === undefined) throw nothingListens(functionName);
  if (byPort.size > 1) throw severalListen(functionName, [...byPort.keys()]);
  return serverListener(server);
}

/** What hands requests to whatever hears those of a server, with the time that its connections may be idle. */
export function serverListener(server: Pick<ListeningServer, "emit" | "timeout">): Listener {
  return (request, response) => {
    const socket = request.socket as unknown as InProcessSocket;
    socket.server = server as unknown as Emitter;
    if (server.timeout) socket.setTimeout(server.timeout);
    server.emit("request", request, response);
  };
}

function placeOf(server: ListeningServer): number | string {
  const address = server.address();
  return typeof address === "object" && address !== null ? address.port : String(address);
}

function nothingListens(functionName: string): DispatchError {
  return new DispatchError(
    "LAC3011",
    `HTTP function "${functionName}" was registered without an app, and no server of the app listens`,
    { hint: `Call listen() before the first request, or pass the app: http("${functionName}", app).` },
  );
}

function severalListen(functionName: string, places: readonly (number | string)[]): DispatchError {
  return new DispatchError(
    "LAC3012",
    `HTTP function "${functionName}" was registered without an app, and the app listens on ${places.join(" and ")}`,
    { hint: `Pass the server that answers: http("${functionName}", server).` },
  );
}
