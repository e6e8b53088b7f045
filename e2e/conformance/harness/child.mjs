// The Node process that holds an app: as the reference, or behind Laconic's dispatcher.
import { createServer } from "node:http";
import { caseHandler } from "./case-handler.mjs";

const [kind, module, mode] = process.argv.slice(2);
const send = (message) => new Promise((resolve) => process.send(message, resolve));

/** As the shim words a function error. */
function functionError(error) {
  const isError = typeof error === "object" && error !== null;
  return {
    errorType: String((isError && (error.errorType ?? error.name)) || "Error"),
    errorMessage: isError ? String(error.message) : String(error),
  };
}

/** @returns what answers the parent's events */
async function openHandler() {
  const exports = await import(module);
  if (mode === "dispatcher") return exports.entry;
  return kind === "cases" ? caseHandler(exports.cases) : exports.handler;
}

/** Starts the app as its users do. @returns {Promise<number>} the port */
async function listen(app) {
  if (typeof app.getHttpAdapter === "function") {
    await app.listen(0, "127.0.0.1");
    return app.getHttpServer().address().port;
  }
  if (typeof app.inject === "function") {
    await app.listen({ port: 0, host: "127.0.0.1" });
    return app.server.address().port;
  }
  const server = await serverOf(app);
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return server.address().port;
}

async function serverOf(app) {
  if (typeof app === "function" && (app.length >= 2 || typeof app.handle === "function"))
    return createServer(app);
  if (typeof app.callback === "function") return createServer(app.callback());
  if (typeof app.fetch !== "function") throw new Error("the app is of no kind that this suite knows");
  const { createAdaptorServer } = await import("@hono/node-server");
  return createAdaptorServer({ fetch: app.fetch, overrideGlobalObjects: false });
}

try {
  if (kind === "app" && mode === "reference") {
    await send({ port: await listen((await import(module)).app) });
  } else {
    const handler = await openHandler();
    process.on("message", async ({ event, context }) => {
      try {
        context.getRemainingTimeInMillis = () => 10_000;
        await send({ value: (await handler(event, context)) ?? null });
      } catch (error) {
        await send({ error: functionError(error) });
      }
    });
    const names =
      kind === "cases" && mode === "reference" ? Object.keys((await import(module)).cases) : undefined;
    await send({ ready: true, names });
  }
} catch (error) {
  await send({ failed: error.stack ?? String(error) });
  process.exit(1);
}
