// A notes API on Hono, with the middleware that comes with it.
import { Hono } from "hono";
import { basicAuth } from "hono/basic-auth";
import { bearerAuth } from "hono/bearer-auth";
import { bodyLimit } from "hono/body-limit";
import { deleteCookie, getCookie, getSignedCookie, setCookie, setSignedCookie } from "hono/cookie";
import { compress } from "hono/compress";
import { cors } from "hono/cors";
import { csrf } from "hono/csrf";
import { etag } from "hono/etag";
import { HTTPException } from "hono/http-exception";
import { html, raw } from "hono/html";
import { jwt, sign } from "hono/jwt";
import { languageDetector } from "hono/language";
import { methodOverride } from "hono/method-override";
import { poweredBy } from "hono/powered-by";
import { prettyJSON } from "hono/pretty-json";
import { requestId } from "hono/request-id";
import { secureHeaders } from "hono/secure-headers";
import { stream, streamSSE, streamText } from "hono/streaming";
import { trimTrailingSlash } from "hono/trailing-slash";
import { validator } from "hono/validator";

const notes = new Map([["1", { id: "1", text: "first" }]]);
const secret = "a secret";

export const app = new Hono();

app.use(poweredBy());
app.use(
  "/api/*",
  cors({ origin: ["https://app.example"], credentials: true, exposeHeaders: ["x-total"], maxAge: 600 }),
);
app.use("/secure/*", secureHeaders());
app.use("/etag/*", etag());
app.use("/pretty/*", prettyJSON());
app.use("/id/*", requestId({ generator: () => "generated-id" }));
app.use("/admin/*", basicAuth({ username: "admin", password: "päss", realm: "notes" }));
app.use("/bearer/*", bearerAuth({ token: "token" }));
app.use("/jwt/*", jwt({ secret, alg: "HS256" }));
app.use("/limited/*", bodyLimit({ maxSize: 10, onError: (c) => c.text("too large", 413) }));
app.use("/compressed/*", compress());
app.use("/csrf/*", csrf());
app.use(
  "/lang/*",
  languageDetector({ supportedLanguages: ["en", "de"], fallbackLanguage: "en", caches: false }),
);
app.use("/override/*", methodOverride({ app }));
app.use(trimTrailingSlash());

app.get("/", (c) => c.text("notes"));
app.get("/api/notes", (c) => c.json([...notes.values()], 200, { "x-total": String(notes.size) }));
app.get("/api/notes/:id{[0-9]+}", (c) => {
  const note = notes.get(c.req.param("id"));
  if (!note) throw new HTTPException(404, { message: "no such note" });
  return c.json(note);
});
app.post(
  "/api/notes",
  validator("json", (value, c) =>
    typeof value?.text === "string" ? value : c.json({ error: "text is needed" }, 400),
  ),
  (c) => {
    const note = { id: String(notes.size + 1), ...c.req.valid("json") };
    notes.set(note.id, note);
    return c.json(note, 201, { location: `/api/notes/${note.id}` });
  },
);
app.delete("/api/notes/:id", (c) => c.body(null, notes.delete(c.req.param("id")) ? 204 : 404));

app.get("/echo/query", (c) =>
  c.json({ one: c.req.query("a"), all: c.req.queries("a"), every: c.req.query() }),
);
app.get("/echo/headers", (c) => c.json(c.req.header()));
app.all("/echo/url", (c) =>
  c.json({ url: c.req.url, path: c.req.path, method: c.req.method, route: c.req.routePath }),
);
app.post("/echo/text", async (c) => c.text(await c.req.text()));
app.post("/echo/bytes", async (c) =>
  c.body(await c.req.arrayBuffer(), 200, { "content-type": "application/octet-stream" }),
);
app.post("/echo/form", async (c) => c.json(await c.req.parseBody({ all: true, dot: true })));
app.post("/echo/files", async (c) => {
  const { file, title } = await c.req.parseBody();
  return c.json({
    title,
    name: file.name,
    type: file.type,
    size: file.size,
    first: [...new Uint8Array(await file.arrayBuffer())].slice(0, 8),
  });
});
app.get("/wild/*", (c) => c.text(`wild ${c.req.path}`));
app.get("/optional/:name?", (c) => c.text(`hello ${c.req.param("name") ?? "nobody"}`));

app.get("/cookies", async (c) =>
  c.json({ plain: getCookie(c), signed: await getSignedCookie(c, secret, "signed") }),
);
app.get("/cookies/set", async (c) => {
  setCookie(c, "plain", "ä b", { path: "/", httpOnly: true, maxAge: 60, sameSite: "Lax" });
  await setSignedCookie(c, "signed", "value", secret, {
    secure: true,
    expires: new Date(Date.UTC(2030, 0, 1)),
  });
  deleteCookie(c, "old");
  return c.text("set");
});
app.get("/redirect", (c) => c.redirect("/api/notes"));
app.get("/redirect/permanent", (c) => c.redirect("https://example.com/?q=ä", 301));
app.get("/html", (c) =>
  c.html(
    html`<h1>${"<escaped>"}</h1>
      ${raw("<b>raw</b>")}`,
  ),
);
app.get("/status/:code", (c) => c.body(null, Number(c.req.param("code"))));
app.get("/binary", (c) =>
  c.body(
    Uint8Array.from({ length: 256 }, (_, i) => i),
    200,
    { "content-type": "image/png" },
  ),
);
app.get("/large", (c) => c.text("0123456789".repeat(100_000)));
app.get("/unicode", (c) => c.json({ text: "Zoë 🌍 \u2028 \u0000" }));

app.get("/stream/text", (c) =>
  streamText(c, async (out) => {
    for (const word of ["one ", "two ", "three"]) {
      await out.write(word);
      await out.sleep(5);
    }
  }),
);
app.get("/stream/events", (c) =>
  streamSSE(c, async (out) => {
    for (let id = 0; id < 3; id++)
      await out.writeSSE({ id: String(id), event: "tick", data: `line ${id}\nsecond` });
  }),
);
app.get("/stream/bytes", (c) =>
  stream(c.header("content-type", "application/octet-stream") ?? c, async (out) => {
    for (let i = 0; i < 50; i++) await out.write(new Uint8Array(1000).fill(i));
  }),
);

app.get("/secure/page", (c) => c.text("secure"));
app.get("/etag/page", (c) => c.text("tagged"));
app.get("/pretty/page", (c) => c.json({ a: [1, 2], b: { c: null } }));
app.get("/id/page", (c) => c.text(c.get("requestId")));
app.get("/admin/page", (c) => c.text("admin"));
app.get("/bearer/page", (c) => c.text("bearer"));
app.get("/jwt/token", async (c) => c.text(await sign({ sub: "x" }, secret)));
app.get("/token", async (c) => c.text(await sign({ sub: "zoë", iat: 1709211909 }, secret)));
app.get("/jwt/page", (c) => c.json(c.get("jwtPayload")));
app.post("/limited/page", async (c) => c.text(await c.req.text()));
app.get("/compressed/page", (c) => c.text("compress me ".repeat(500)));
app.get("/compressed/small", (c) => c.text("small", 200, { "content-length": "5" }));
app.post("/csrf/page", (c) => c.text("posted"));
app.get("/lang/page", (c) => c.text(c.get("language")));
app.delete("/override/page", (c) => c.text("deleted"));
app.get("/headers/many", (c) => {
  c.header("x-many", "one");
  c.header("x-many", "two", { append: true });
  c.header("link", "</a>; rel=next");
  c.header("cache-control", "no-store");
  return c.text("many");
});
app.get("/late", async (c) => {
  await new Promise((resolve) => setTimeout(resolve, 20));
  return c.text("late");
});
app.get("/boom", () => {
  throw new Error("boom");
});
app.get("/http-error", () => {
  throw new HTTPException(418, {
    message: "teapot",
    res: new Response("short and stout", { status: 418, headers: { "x-tea": "yes" } }),
  });
});

const nested = new Hono().basePath("/v2");
nested.get("/ping", (c) => c.text("pong 2"));
app.route("/nested", nested);
app.mount("/mounted", (request) => new Response(`mounted ${new URL(request.url).pathname}`));

app.notFound((c) => c.json({ error: "nothing here", path: c.req.path }, 404));
app.onError((error, c) => {
  if (error instanceof HTTPException) return error.getResponse();
  return c.json({ error: error.message }, 500);
});
