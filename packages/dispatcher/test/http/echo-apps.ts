import { buffer } from "node:stream/consumers";
import { fetchAdapter, listenerAdapter, type Listener, type RegisteredFunction } from "../../src/index.js";

/** What an app tells of the request that it was given. */
export interface Echo {
  readonly method: string;
  /** Absolute. */
  readonly url: string;
  readonly headers: readonly (readonly [string, string])[];
  /** Base64. */
  readonly body: string;
}

const options = { basePath: ["/v1", "/"] };

const fetchApp = fetchAdapter(
  "subject",
  async (request) => {
    const { method, url } = request;
    const body = Buffer.from(await request.arrayBuffer()).toString("base64");
    const told: Echo = { method, url, headers: [...request.headers], body };
    return Response.json(told);
  },
  options,
);

const listener: Listener = async (request, response) => {
  const { method = "", url = "", rawHeaders } = request;
  const headers = rawHeaders.flatMap((name, at): [string, string][] =>
    at % 2 === 0 ? [[name.toLowerCase(), rawHeaders[at + 1]!]] : [],
  );
  const body = (await buffer(request)).toString("base64");
  const told: Echo = { method, url: `http://${request.headers.host}${url}`, headers, body };
  response.setHeader("content-type", "application/json");
  response.end(JSON.stringify(told));
};

/** Apps of both kinds that answer with an Echo, so that nothing of the request is left unread. */
export const echoApps: Record<string, RegisteredFunction["adapter"]> = {
  "a fetch app": fetchApp,
  "a Node listener": listenerAdapter("subject", () => listener, options),
};
