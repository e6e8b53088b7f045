import { serverListener, type FetchFunction, type Listener, type ListenerSource } from "@laconic/dispatcher";
import { RegistrationError } from "./errors.js";

/** How an app is asked for a response. */
export type HttpApp =
  | { readonly kind: "fetch"; readonly fetch: FetchFunction }
  | { readonly kind: "listener"; readonly source?: ListenerSource };

// Apps are looked at by what they have: a bundle may hold two copies of any framework.
type Members = Record<string, unknown>;
type Method = (this: unknown, ...parameters: unknown[]) => unknown;

/**
 * What kind of app it is.
 * @throws RegistrationError LAC3108
 */
export function recogniseApp(name: string, app: unknown): HttpApp {
  if (isThenable(app)) return { kind: "listener", source: async () => listenerOf(name, await app) };
  // Express apps, too, are functions: what is a method of fetch apps only is looked at first.
  const fetch = (app as Members | null | undefined)?.["fetch"];
  if (typeof fetch === "function") {
    return {
      kind: "fetch",
      fetch: (request, env, execution) => (fetch as FetchFunction).call(app, request, env, execution),
    };
  }
  if (typeof app === "function" && !isListenerFunction(app))
    return { kind: "fetch", fetch: app as FetchFunction };
  if (!isListenerApp(app)) throw unknownApp(name, app);
  return { kind: "listener", source: () => listenerOf(name, app) };
}

function isThenable(app: unknown): app is PromiseLike<unknown> {
  // Fastify instances have a `then` of their own.
  return has(app, "then") && !has(app, "ready") && !has(app, "listen");
}

/** `(req, res)`, `(req, res, next)`, and apps of Express and connect. */
function isListenerFunction(app: { length: number }): boolean {
  return has(app, "listen") || has(app, "handle") || app.length >= 2;
}

function isListenerApp(app: unknown): boolean {
  if (typeof app === "function") return true;
  const isServer = has(app, "listen") && has(app, "emit");
  return (
    isServer ||
    ["callback", "routing", "getHttpAdapter", "handler"].some((member) => has(app, member)) ||
    hasListener(app)
  );
}

/** hapi's server keeps its http.Server there, restify's in `server`. */
function hasListener(app: unknown): boolean {
  const { listener, server } = (app ?? {}) as Members;
  return has(listener, "emit") || has(server, "emit");
}

function listenerOf(name: string, app: unknown): Listener | PromiseLike<Listener> {
  const members = (app ?? {}) as Members;
  if (has(app, "getHttpAdapter")) return nestListener(name, members);
  if (has(app, "routing") && has(app, "ready")) return fastifyListener(members);
  if (has(app, "callback")) return call(members, "callback") as Listener;
  if (has(app, "initialize") && has(members["listener"], "emit")) {
    return Promise.resolve(call(members, "initialize")).then(() => emitter(members["listener"]));
  }
  if (typeof app === "function") return app as unknown as Listener;
  if (has(app, "handler")) return (request, response) => call(members, "handler", request, response);
  if (has(app, "emit") && has(app, "listen")) return emitter(app);
  if (has(members["server"], "emit")) return emitter(members["server"]);
  throw unknownApp(name, app);
}

/** A server: whoever listens to its requests answers. */
function emitter(server: unknown): Listener {
  return serverListener(server as Parameters<typeof serverListener>[0]);
}

async function fastifyListener(app: Members): Promise<Listener> {
  await call(app, "ready");
  return (request, response) => call(app, "routing", request, response);
}

/** The framework below Nest, once Nest has put its routes there. */
async function nestListener(name: string, app: Members): Promise<Listener> {
  await call(app, "init");
  const adapter = call(app, "getHttpAdapter") as Members;
  return listenerOf(name, call(adapter, "getInstance"));
}

function has(app: unknown, member: string): boolean {
  return app !== null && app !== undefined && typeof (app as Members)[member] === "function";
}

function call(app: Members, method: string, ...parameters: unknown[]): unknown {
  return (app[method] as Method).call(app, ...parameters);
}

function unknownApp(name: string, app: unknown): RegistrationError {
  const what =
    app === null || app === undefined
      ? String(app)
      : typeof app === "object"
        ? "an object that is no HTTP app"
        : `a value of type ${typeof app}`;
  return new RegistrationError(
    "LAC3108",
    `HTTP function "${name}" was given ${what}`,
    "Accepted are apps of Express, Koa, Fastify, Nest, Hono and the like, an http.Server, a listener (req, res), and an " +
      "object with a fetch method or a function (request) => Response.",
  );
}
