import { getRandomValues, randomBytes, randomUUID } from "node:crypto";
import { once } from "node:events";
import { Agent, get, type IncomingMessage } from "node:http";
import net from "node:net";
import { lambda, type LambdaFunction } from "@laconic/runtime/library";

interface Ports {
  readonly tcp: number;
  readonly http: number;
}

const host = "127.0.0.1";
const agent = new Agent({ keepAlive: true });
const heard: string[] = [];

function listen(socket: net.Socket, name: string): void {
  socket.on("close", () => heard.push(`${name} closed`));
  socket.on("error", (error: NodeJS.ErrnoException) => heard.push(`${name}: ${error.code}`));
}

/** Connections that outlive the request which made them, what they hear later, and random numbers. */
export const kept: LambdaFunction[] = [
  lambda("connect", async ({ tcp }: Ports) => {
    const socket = net.connect(tcp, host);
    listen(socket, "socket");
    await once(socket, "connect");
    // Nobody listens to the errors of this one.
    const other = net.connect(tcp, host);
    await once(other, "connect");
    return "connected";
  }),
  lambda("ask", async ({ http }: Ports) => {
    const [response] = (await once(get({ port: http, host, agent }), "response")) as [IncomingMessage];
    let text = "";
    for await (const chunk of response.setEncoding("utf8")) text += chunk;
    return text;
  }),
  lambda("leave-request", async ({ http }: Ports) => {
    const request = get({ port: http, host, path: "/never" });
    request.on("error", (error: NodeJS.ErrnoException) => heard.push(`request: ${error.code}`));
    await once(request, "finish");
    return "left";
  }),
  lambda("heard", () => heard.splice(0)),
  lambda("draw", () => [
    Math.random(),
    randomUUID(),
    randomBytes(16).toString("hex"),
    crypto.randomUUID(),
    getRandomValues(new Uint32Array(4)).join(),
  ]),
];
