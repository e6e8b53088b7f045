// A blog on Koa 3.
import { Readable } from "node:stream";
import Router from "@koa/router";
import Koa from "koa";
import bodyParser from "koa-bodyparser";
import compress from "koa-compress";
import session from "koa-session";

const posts = new Map([["1", { id: "1", title: "First" }]]);

export const app = new Koa();
app.keys = ["key one", "key two"];
app.proxy = true;
app.silent = true;

app.use(async (ctx, next) => {
  await next();
  ctx.set("X-Elapsed", "0");
});
app.use(async (ctx, next) => {
  try {
    await next();
  } catch (error) {
    if (!ctx.path.startsWith("/handled")) throw error;
    ctx.status = error.status ?? 500;
    ctx.body = { error: error.message, expose: error.expose };
  }
});
app.use(compress({ threshold: 200, br: false }));
app.use(session({ key: "blog", genid: undefined, maxAge: "session" }, app));
app.use(
  bodyParser({
    enableTypes: ["json", "form", "text"],
    jsonLimit: "10kb",
    onerror: (error, ctx) => ctx.throw(422, "unreadable body"),
  }),
);

const router = new Router();
router.get("/", (ctx) => (ctx.body = "blog"));
router.get("/posts", (ctx) => (ctx.body = [...posts.values()]));
router.get("post", "/posts/:id", (ctx) => {
  const post = posts.get(ctx.params.id);
  ctx.assert(post, 404, "no such post");
  ctx.body = { ...post, url: router.url("post", ctx.params.id) };
});
router.post("/posts", (ctx) => {
  const post = { id: String(posts.size + 1), ...ctx.request.body };
  posts.set(post.id, post);
  ctx.status = 201;
  ctx.set("Location", `/posts/${post.id}`);
  ctx.body = post;
});
router.del("/posts/:id", (ctx) => {
  posts.delete(ctx.params.id);
  ctx.status = 204;
});
router.all("/echo{/*rest}", (ctx) => {
  const {
    method,
    url,
    originalUrl,
    path,
    query,
    querystring,
    search,
    host,
    hostname,
    protocol,
    secure,
    ip,
    ips,
    href,
    origin,
    type,
    charset,
    length,
    idempotent,
    subdomains,
  } = ctx.request;
  ctx.body = {
    method,
    url,
    originalUrl,
    path,
    query,
    querystring,
    search,
    host,
    hostname,
    protocol,
    secure,
    ip,
    ips,
    href,
    origin,
    type,
    charset,
    length,
    idempotent,
    subdomains,
    params: ctx.params,
    body: ctx.request.body,
  };
});
router.get(
  "/cookies",
  (ctx) =>
    (ctx.body = {
      plain: ctx.cookies.get("plain") ?? null,
      signed: ctx.cookies.get("signed", { signed: true }) ?? null,
    }),
);
router.get("/cookies/set", (ctx) => {
  ctx.cookies.set("plain", "value", { signed: false, httpOnly: false });
  ctx.cookies.set("signed", "value", {
    signed: true,
    expires: new Date(Date.UTC(2030, 0, 1)),
    sameSite: "lax",
  });
  ctx.cookies.set("old");
  ctx.body = "set";
});
router.get("/session", (ctx) => {
  ctx.session.views = (ctx.session.views ?? 0) + 1;
  ctx.body = String(ctx.session.views);
});
router.get("/stream", (ctx) => {
  ctx.type = "text/plain";
  ctx.body = Readable.from(["one ", "two ", "three"]);
});
router.get("/stream/web", (ctx) => {
  ctx.type = "text/plain";
  ctx.body = new Response("from a web response");
});
router.get("/blob", (ctx) => (ctx.body = new Blob(["a blob"], { type: "text/plain" })));
router.get("/buffer", (ctx) => (ctx.body = Buffer.from([0, 1, 2, 255])));
router.get("/null", (ctx) => (ctx.body = null));
router.get("/undefined", (ctx) => (ctx.body = undefined));
router.get("/html", (ctx) => (ctx.body = "<p>html</p>"));
router.get("/json", (ctx) => (ctx.body = { a: undefined, b: [1, null], c: "ä" }));
router.get("/large", (ctx) => (ctx.body = "0123456789".repeat(100_000)));
router.get("/status/:code", (ctx) => (ctx.status = Number(ctx.params.code)));
router.get("/redirect", (ctx) => ctx.redirect("/posts"));
router.get("/redirect/back", (ctx) => ctx.back("/fallback"));
router.redirect("/old", "/new", 301);
router.get("/attachment", (ctx) => {
  ctx.attachment("grüße.txt");
  ctx.body = "attached";
});
router.get(
  "/negotiate",
  (ctx) =>
    (ctx.body = [
      ctx.accepts("json", "html"),
      ctx.acceptsEncodings("gzip", "identity"),
      ctx.acceptsLanguages("de", "en"),
      ctx.is("json"),
    ]),
);
router.get("/fresh", (ctx) => {
  ctx.status = 200;
  ctx.etag = "abc";
  ctx.lastModified = new Date(Date.UTC(2024, 1, 29));
  if (ctx.fresh) ctx.status = 304;
  else ctx.body = "stale";
});
router.get("/raw", (ctx) => {
  ctx.respond = false;
  ctx.res.writeHead(200, { "Content-Type": "text/plain", "X-Raw": "yes" });
  ctx.res.end("raw response");
});
router.get("/compressible", (ctx) => (ctx.body = "compress me ".repeat(300)));
router.get("/state", (ctx) => {
  ctx.state.user = "x";
  ctx.vary("Accept");
  ctx.append("Link", "<a>");
  ctx.append("Link", "<b>");
  ctx.body = { state: ctx.state, inspect: ctx.toJSON().request.method };
});
router.get("/late", async (ctx) => {
  await new Promise((resolve) => setTimeout(resolve, 15));
  ctx.body = "late";
});
router.get("/throw", (ctx) => ctx.throw(403, "forbidden words", { headers: { "X-Why": "because" } }));
router.get("/boom", () => {
  throw new Error("boom");
});
router.get("/handled/boom", () => {
  throw new Error("boom");
});
router.get("/handled/throw", (ctx) => ctx.throw(409, "conflict"));
router.get(
  "/stream/error",
  (ctx) =>
    (ctx.body = new Readable({
      read() {
        this.destroy(new Error("broken stream"));
      },
    })),
);

const admin = new Router({ prefix: "/admin" });
admin.use((ctx, next) => (ctx.get("authorization") ? next() : ctx.throw(401)));
admin.get("/:page", (ctx) => (ctx.body = ctx.params.page));

app.use(router.routes()).use(router.allowedMethods());
app.use(admin.routes()).use(admin.allowedMethods());
