import { createHash } from "node:crypto";
import { gzipSync } from "node:zlib";
import { Hono } from "hono";
import { getCookie, setCookie } from "hono/cookie";
import { cors } from "hono/cors";
import { etag } from "hono/etag";
import { HTTPException } from "hono/http-exception";
import { streamText } from "hono/streaming";

const png = Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 255]);

/** A Hono app that answers with what it saw, so that two ways to call it can be compared. */
export function createApp(): Hono {
  const app = new Hono();
  app.use("/cors/*", cors({ origin: "https://example.com" }));
  app.use("/etag/*", etag());
  app.onError((error, c) =>
    error instanceof HTTPException ? error.getResponse() : c.text(error.message, 500),
  );
  app.get("/", (c) => c.text("root"));
  app.get("/json", (c) => c.json({ grüße: "☃", list: [1, 2.5, null] }));
  app.get("/html", (c) => c.html("<p>ü</p>"));
  app.get("/items/:id", (c) => c.json({ id: c.req.param("id"), path: c.req.path }));
  app.get("/files/*", (c) => c.text(new URL(c.req.url).pathname));
  app.get("/query", (c) => c.json({ all: c.req.queries(), one: c.req.query("a") ?? null }));
  app.get("/headers", (c) =>
    // Gateways join the lines of one header with or without a space.
    c.json({ x: c.req.header("x-seen") ?? null, list: c.req.header("x-list")?.split(/, ?/) ?? null }),
  );
  app.get("/cookies", (c) => {
    setCookie(c, "first", "1", { path: "/", httpOnly: true });
    setCookie(c, "second", "a, b", { sameSite: "Lax", expires: new Date(0) });
    return c.json(getCookie(c));
  });
  app.get("/many", (c) => {
    c.header("x-many", "1");
    c.header("x-many", "2", { append: true });
    c.header("vary", "Accept");
    return c.body(null, 200);
  });
  app.get("/redirect", (c) => c.redirect("/elsewhere?a=b%20c", 303));
  app.get("/teapot", (c) => c.text("short and stout", 418));
  app.get("/empty", (c) => c.body(null, 204));
  app.get("/error", () => {
    throw new HTTPException(409, { message: "conflict" });
  });
  app.get("/png", (c) => c.body(png, 200, { "content-type": "image/png" }));
  app.get("/bytes", (c) => c.body(png));
  app.get("/not-utf8", (c) => c.body(png, 200, { "content-type": "text/plain" }));
  app.get("/bom", (c) => c.text("\ufeffbom"));
  app.get("/gzip", (c) =>
    c.body(gzipSync("zipped"), 200, { "content-type": "text/plain", "content-encoding": "gzip" }),
  );
  app.get("/stream", (c) =>
    streamText(c, async (stream) => {
      await stream.write("one ");
      await stream.sleep(1);
      await stream.write("twö");
    }),
  );
  app.get("/cors/x", (c) => c.text("ok"));
  app.get("/etag/x", (c) => c.text("tagged"));
  app.on(["POST", "PUT", "PATCH", "DELETE"], "/echo", async (c) => {
    const body = new Uint8Array(await c.req.arrayBuffer());
    c.header("x-type", c.req.header("content-type") ?? "none");
    c.header("x-sha", createHash("sha256").update(body).digest("hex"));
    return c.body(body, 200, { "content-type": "application/octet-stream" });
  });
  app.post("/json", async (c) => c.json(await c.req.json<unknown>()));
  app.post("/form", async (c) => c.json((await c.req.parseBody({ all: true })) as Record<string, string>));
  app.post("/upload", async (c) => {
    const { file, note } = await c.req.parseBody();
    const bytes = Buffer.from(await (file as File).arrayBuffer());
    return c.json({ note, name: (file as File).name, base64: bytes.toString("base64") } as Record<
      string,
      string
    >);
  });
  return app;
}
