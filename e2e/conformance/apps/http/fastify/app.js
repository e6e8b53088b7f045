// An inventory on Fastify 5 with its own plugins.
import { Readable } from "node:stream";
import compress from "@fastify/compress";
import cookie from "@fastify/cookie";
import cors from "@fastify/cors";
import formbody from "@fastify/formbody";
import helmet from "@fastify/helmet";
import jwt from "@fastify/jwt";
import multipart from "@fastify/multipart";
import Fastify from "fastify";

export const app = Fastify({
  logger: false,
  trustProxy: true,
  bodyLimit: 100_000,
  genReqId: () => "req-1",
  routerOptions: { ignoreTrailingSlash: true },
});

await app.register(cookie, { secret: "a secret" });
await app.register(cors, { origin: ["https://app.example"], credentials: true });
await app.register(helmet, { contentSecurityPolicy: false });
await app.register(formbody);
await app.register(multipart, { limits: { fileSize: 10_000 } });
await app.register(jwt, { secret: "a jwt secret" });
await app.register(compress, { global: false, threshold: 100 });

const items = new Map([["1", { id: "1", name: "Tee", count: 3 }]]);
const Item = {
  type: "object",
  required: ["name"],
  additionalProperties: false,
  properties: {
    id: { type: "string" },
    name: { type: "string", minLength: 2 },
    count: { type: "integer", minimum: 0, default: 1 },
  },
};
app.addSchema({ $id: "item", ...Item });
app.decorate("shout", (text) => `${text.toUpperCase()}!`);
app.decorateReply("ok", function (payload) {
  return this.code(200).send({ ok: true, ...payload });
});

app.addHook("onRequest", async (request) => {
  request.trail = ["onRequest"];
});
app.addHook("preHandler", async (request) => void request.trail.push("preHandler"));
app.addHook("onSend", async (request, reply, payload) => {
  reply.header("x-trail", request.trail.join());
  return payload;
});

app.get("/", async () => "inventory");
app.get(
  "/items",
  {
    schema: {
      querystring: {
        type: "object",
        properties: { min: { type: "integer" }, tags: { type: "array", items: { type: "string" } } },
      },
      response: { 200: { type: "array", items: { $ref: "item#" } } },
    },
  },
  async (request) =>
    [...items.values()]
      .filter(({ count }) => count >= (request.query.min ?? 0))
      .map((item) => ({ ...item, secret: "not serialised" })),
);
app.get(
  "/items/:id",
  async (request, reply) => items.get(request.params.id) ?? reply.code(404).send({ error: "no such item" }),
);
app.post("/items", { schema: { body: { $ref: "item#" } } }, async (request, reply) => {
  const item = { id: String(items.size + 1), ...request.body };
  items.set(item.id, item);
  return reply.code(201).header("location", `/items/${item.id}`).send(item);
});
app.delete("/items/:id", (request, reply) => {
  items.delete(request.params.id);
  reply.code(204).send();
});
app.all("/echo/*", async (request) => ({
  method: request.method,
  url: request.url,
  originalUrl: request.originalUrl,
  params: request.params,
  query: request.query,
  hostname: request.hostname,
  host: request.host,
  port: request.port,
  protocol: request.protocol,
  ip: request.ip,
  ips: request.ips,
  id: request.id,
  body: Buffer.isBuffer(request.body) ? request.body.length : request.body,
  route: request.routeOptions.url,
  is404: request.is404,
}));
app.addContentTypeParser("text/csv", { parseAs: "string" }, (request, body, done) =>
  done(
    null,
    body.split("\n").map((line) => line.split(",")),
  ),
);
app.addContentTypeParser("application/octet-stream", { parseAs: "buffer" }, (request, body, done) =>
  done(null, body),
);
app.addContentTypeParser("application/x-stream", (request, payload, done) => {
  let length = 0;
  payload.on("data", (chunk) => (length += chunk.length));
  payload.on("end", () => done(null, { length }));
});
app.post("/upload", async (request) => {
  const parts = [];
  for await (const part of request.parts()) {
    parts.push(
      part.type === "file"
        ? {
            field: part.fieldname,
            filename: part.filename,
            type: part.mimetype,
            bytes: (await part.toBuffer()).length,
          }
        : { field: part.fieldname, value: part.value },
    );
  }
  return parts;
});
app.get("/cookies", async (request) => ({
  ...request.cookies,
  signed: request.cookies.signed ? request.unsignCookie(request.cookies.signed) : null,
}));
app.get("/cookies/set", async (request, reply) => {
  reply
    .setCookie("plain", "ä b", { path: "/", httpOnly: true, maxAge: 60 })
    .setCookie("signed", "value", { signed: true })
    .clearCookie("old");
  return "set";
});
app.get("/token", async () => app.jwt.sign({ sub: "zoë", iat: 1709211909 }));
app.get("/private", { onRequest: (request) => request.jwtVerify() }, async (request) => request.user);
app.get("/redirect", async (request, reply) => reply.redirect("/items"));
app.get("/redirect/permanent", async (request, reply) => reply.redirect("https://example.com/ä", 301));
app.get("/stream", async (request, reply) =>
  reply.type("text/plain").send(Readable.from(["one ", "two ", "three"])),
);
app.get("/stream/web", async (request, reply) =>
  reply.type("text/plain").send(new Response("from the web").body),
);
app.get(
  "/response",
  async () =>
    new Response(JSON.stringify({ web: true }), {
      status: 202,
      headers: { "content-type": "application/json", "x-web": "yes" },
    }),
);
app.get("/raw", (request, reply) => {
  reply.hijack();
  reply.raw.writeHead(200, { "Content-Type": "text/plain" });
  reply.raw.end("raw");
});
app.get("/buffer", async () => Buffer.from([0, 1, 2, 255]));
app.get("/typed", async (request, reply) => reply.type("image/png").send(new Uint8Array([1, 2, 3])));
app.get("/null", async () => null);
app.get("/undefined", async (request, reply) => reply.send());
app.get("/large", async () => "0123456789".repeat(100_000));
app.get("/ok", async (request, reply) => reply.ok({ shout: app.shout("hey") }));
app.get("/compressed", { compress: {} }, async (request, reply) =>
  reply.type("text/plain").send("compress me ".repeat(100)),
);
app.get("/compressed/stream", { compress: {} }, async (request, reply) =>
  reply.type("text/plain").compress(Readable.from(Array.from({ length: 50 }, (_, i) => `line ${i}\n`))),
);
app.get("/headers", async (request, reply) =>
  reply
    .headers({ "x-one": "1", "x-many": ["a", "b"] })
    .header("x-many", "c")
    .removeHeader("x-one")
    .send(request.headers),
);
app.get("/versioned", { constraints: { version: "1.2.0" } }, async () => "1.2.0");
app.get("/versioned", { constraints: { version: "2.0.0" } }, async () => "2.0.0");
app.get("/regex/:file(^\\d+).png", async (request) => request.params);
app.get("/multi/:from-:to", async (request) => request.params);
app.get("/late", async () => new Promise((resolve) => setTimeout(resolve, 15, "late")));
app.get("/callback", (request, reply) => void setTimeout(() => reply.send({ called: "back" }), 5));
app.get("/boom", async () => {
  throw new Error("boom");
});
app.get("/boom/coded", async () => {
  throw Object.assign(new Error("teapot"), { statusCode: 418, code: "TEA" });
});
app.get("/boom/sync", () => {
  throw new TypeError("sync");
});
app.get("/boom/stream", async (request, reply) =>
  reply.send(
    new Readable({
      read() {
        this.destroy(new Error("broken stream"));
      },
    }),
  ),
);

app.register(
  async (scope) => {
    scope.addHook("preHandler", async (request) => void request.trail.push("scoped"));
    scope.setErrorHandler((error, request, reply) =>
      reply.code(error.statusCode ?? 500).send({ handled: error.message, validation: error.validation }),
    );
    scope.setNotFoundHandler((request, reply) => reply.code(404).send({ scoped: "nothing here" }));
    scope.get("/boom", async () => {
      throw new Error("scoped boom");
    });
    scope.post(
      "/validated",
      { attachValidation: false, schema: { body: Item } },
      async (request) => request.body,
    );
  },
  { prefix: "/scope" },
);
