// A shop on Express 5, as its users write it.
import { createHash } from "node:crypto";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import compression from "compression";
import cookieParser from "cookie-parser";
import cors from "cors";
import express from "express";
import session from "express-session";
import { body, query, validationResult } from "express-validator";
import helmet from "helmet";
import createError from "http-errors";
import methodOverride from "method-override";
import multer from "multer";

const products = new Map([
  [1, { id: 1, name: "Tee", price: 3.5 }],
  [2, { id: 2, name: "Kaffee ☕", price: 4 }],
]);

export const app = express();

app.set("trust proxy", true);
app.set("json spaces", 0);
app.use(helmet());
app.use(cookieParser("a secret"));
app.use("/cors", cors({ origin: /\.example$/, credentials: true, methods: ["GET", "PUT"], maxAge: 300 }));
app.use("/compressed", compression({ threshold: 100 }));
app.use(
  "/session",
  session({
    secret: "keyboard cat",
    resave: false,
    saveUninitialized: false,
    genid: () => "fixed-session-id",
    cookie: { maxAge: null },
  }),
);
app.use("/override", methodOverride("X-HTTP-Method-Override"));
app.use(express.json({ limit: "100kb" }));
app.use(express.urlencoded({ extended: true }));
app.use(express.text({ type: ["text/plain", "text/csv"] }));
app.use(express.raw({ type: "application/octet-stream", limit: "2mb" }));

app.param("id", (req, res, next, id) => {
  req.product = products.get(Number(id));
  next(req.product ? undefined : createError(404, "no such product", { product: id }));
});

app.get("/", (req, res) => {
  res.send("<h1>Shop</h1>");
});
app
  .route("/products")
  .get((req, res) => {
    res.json([...products.values()].filter(({ name }) => name.includes(req.query.q ?? "")));
  })
  .post((req, res) => {
    const product = { id: products.size + 1, ...req.body };
    products.set(product.id, product);
    res.status(201).location(`/products/${product.id}`).json(product);
  });
app.get("/products/:id", (req, res) => res.json(req.product));
app.put("/products/:id", (req, res) => {
  Object.assign(req.product, req.body);
  res.json(req.product);
});
app.delete("/products/:id", (req, res) => {
  products.delete(req.product.id);
  res.sendStatus(204);
});

app.all("/echo/*splat", (req, res) => {
  res.json({
    method: req.method,
    url: req.url,
    originalUrl: req.originalUrl,
    baseUrl: req.baseUrl,
    path: req.path,
    params: req.params,
    query: req.query,
    hostname: req.hostname,
    host: req.host,
    protocol: req.protocol,
    secure: req.secure,
    ip: req.ip,
    ips: req.ips,
    subdomains: req.subdomains,
    xhr: req.xhr,
    fresh: req.fresh,
    httpVersion: req.httpVersion,
    body: Buffer.isBuffer(req.body)
      ? { bytes: req.body.length, sha1: createHash("sha1").update(req.body).digest("hex") }
      : req.body,
  });
});
app.get("/headers", (req, res) => {
  res.json({
    headers: req.headers,
    raw: req.rawHeaders.map((text, index) => (index % 2 === 0 ? text.toLowerCase() : text)),
    distinct: req.headersDistinct,
  });
});
app.post(
  "/validated",
  body("email").isEmail().normalizeEmail(),
  body("age").isInt({ min: 18 }).toInt(),
  query("page").optional().isInt(),
  (req, res) => {
    const errors = validationResult(req);
    if (!errors.isEmpty()) return res.status(422).json({ errors: errors.array() });
    res.json(req.body);
  },
);

const upload = multer({ limits: { fileSize: 10_000, files: 2 } });
app.post("/upload", upload.fields([{ name: "file", maxCount: 1 }, { name: "extra" }]), (req, res) => {
  const files = Object.entries(req.files).map(([field, list]) => [
    field,
    list.map(({ originalname, mimetype, size, buffer }) => ({
      originalname,
      mimetype,
      size,
      sha1: createHash("sha1").update(buffer).digest("hex"),
    })),
  ]);
  res.json({ body: req.body, files });
});

app.get("/cookies", (req, res) => {
  res.json({ plain: req.cookies, signed: req.signedCookies });
});
app.get("/cookies/set", (req, res) => {
  res.cookie("plain", "ä b;c", { maxAge: undefined, httpOnly: true, sameSite: "strict", path: "/" });
  res.cookie("signed", "value", { signed: true, secure: true });
  res.cookie("object", { a: 1 }, { expires: new Date(Date.UTC(2030, 0, 1)) });
  res.clearCookie("old", { path: "/admin" });
  res.send("ok");
});
app.get("/session", (req, res) => {
  req.session.views = (req.session.views ?? 0) + 1;
  res.json({ views: req.session.views, id: req.sessionID });
});
app.get("/session/destroy", (req, res, next) =>
  req.session.destroy((error) => (error ? next(error) : res.send("bye"))),
);

app.get("/redirect", (req, res) => res.redirect("/products"));
app.get("/redirect/permanent", (req, res) => res.redirect(301, "https://example.com/ä?b=c d"));
app.get("/redirect/back", (req, res) => res.redirect(req.get("referer") ?? "/"));
app.get("/format", (req, res) => {
  res.format({
    "text/plain": () => res.send("text"),
    "text/html": () => res.send("<p>html</p>"),
    "application/json": () => res.send({ json: true }),
    default: () => res.status(406).send("nothing you like"),
  });
});
app.get("/accepts", (req, res) => {
  res.json([
    req.accepts(["json", "html"]),
    req.acceptsCharsets("utf-8"),
    req.acceptsEncodings("gzip", "br"),
    req.acceptsLanguages("de", "en"),
    req.is("json"),
  ]);
});
app.get("/etag", (req, res) => res.send("tagged body"));
app.get("/etag/weak", (req, res) =>
  res.set("ETag", 'W/"own"').set("Last-Modified", "Thu, 29 Feb 2024 13:05:09 GMT").json({ a: 1 }),
);
app.get("/buffer", (req, res) =>
  res.type("png").send(Buffer.from(Uint8Array.from({ length: 256 }, (_, i) => i))),
);
app.get("/jsonp", (req, res) => res.jsonp({ a: "\u2028" }));
app.get("/null", (req, res) => res.json(null));
app.get("/number", (req, res) => res.send("42"));
app.get("/status/:code", (req, res) => res.status(Number(req.params.code)).end());
app.get("/sendStatus/:code", (req, res) => res.sendStatus(Number(req.params.code)));
app.get("/attachment", (req, res) => res.attachment("grüße.txt").send("attached"));
app.get("/links", (req, res) => {
  res.links({ next: "/a?page=2", last: "/a?page=9" });
  res.append("Warning", "199 one").append("Warning", "199 two").vary("Accept").vary("Origin");
  res
    .set({ "X-One": "1", "X-Many": ["a", "b"] })
    .type("text/plain")
    .send("linked");
});
app.get("/large", (req, res) => res.send("0123456789".repeat(200_000)));
app.get("/unicode", (req, res) => res.send("Zoë 🌍 \u2028"));
app.get("/locals", (req, res) => {
  res.locals.user = "x";
  res.json({ ...res.locals, sent: res.headersSent });
});

app.get("/stream", (req, res) => {
  res.type("text/plain");
  Readable.from(["one ", "two ", "three"]).pipe(res);
});
app.get("/stream/pipeline", async (req, res) => {
  async function* lines() {
    for (let i = 0; i < 100; i++) yield `line ${i}\n`;
  }
  await pipeline(Readable.from(lines()), res);
});
app.get("/stream/write", (req, res) => {
  res.writeHead(200, "Fine", { "Content-Type": "text/plain", "X-Written": "yes" });
  res.write("a");
  setTimeout(() => {
    res.write(Buffer.from("b"));
    res.end("c");
  }, 10);
});
app.get("/stream/events", (req, res) => {
  res.set({ "Content-Type": "text/event-stream", "Cache-Control": "no-cache" });
  res.flushHeaders();
  let left = 3;
  const timer = setInterval(() => {
    res.write(`data: ${left}\n\n`);
    if (--left === 0) {
      clearInterval(timer);
      res.end();
    }
  }, 5);
});
app.post("/stream/upload", (req, res) => {
  const hash = createHash("sha256");
  let length = 0;
  req.on("data", (chunk) => {
    hash.update(chunk);
    length += chunk.length;
  });
  req.on("end", () => res.json({ length, sha256: hash.digest("hex") }));
});
app.post("/stream/iterate", async (req, res) => {
  let length = 0;
  for await (const chunk of req) length += chunk.length;
  res.json({ length, complete: req.complete, readableEnded: req.readableEnded });
});

app.get("/compressed/text", (req, res) => res.type("text/plain").send("compress me ".repeat(500)));
app.get("/compressed/small", (req, res) => res.type("text/plain").send("small"));
app.get("/compressed/image", (req, res) => res.type("image/png").send(Buffer.alloc(1000)));
app.get("/compressed/stream", (req, res) => {
  res.type("text/plain");
  Readable.from(Array.from({ length: 100 }, (_, i) => `line ${i} of many\n`)).pipe(res);
});
app.get("/cors/open", (req, res) => res.json({ open: true }));
app.delete("/override", (req, res) => res.send("deleted"));

const admin = express.Router({ mergeParams: true, caseSensitive: true });
admin.use((req, res, next) =>
  req.get("authorization") === "Basic YTpi"
    ? next()
    : res.set("WWW-Authenticate", "Basic").status(401).send("who are you?"),
);
admin.get("/", (req, res) => res.send(`admin of ${req.params.shop} at ${req.baseUrl}`));
admin.get("/Case", (req, res) => res.send("case"));
app.use("/shops/:shop/admin", admin);

app.get("/late", async (req, res) => {
  await new Promise((resolve) => setTimeout(resolve, 20));
  res.send("late");
});
app.get("/finish", (req, res) => {
  res.on("finish", () => (app.locals.finished = (app.locals.finished ?? 0) + 1));
  res.json({ before: app.locals.finished ?? 0 });
});
app.get("/boom", () => {
  throw new Error("boom");
});
app.get("/boom/async", async () => {
  await null;
  throw createError(503, "try later", { headers: { "Retry-After": "5" } });
});
app.get("/boom/exposed", () => {
  throw createError(400, "said aloud", { code: "EBAD" });
});
app.get("/boom/late", (req, res, next) => {
  setTimeout(() => next(new Error("later")), 5);
});
app.get("/twice", (req, res) => {
  res.send("once");
  try {
    res.setHeader("x", "late");
  } catch (error) {
    app.locals.twice = error.code;
  }
});
app.get("/twice/told", (req, res) => res.json(app.locals.twice ?? null));

app.use("/handled", (req) => {
  throw createError(409, `conflict at ${req.path}`);
});
app.use("/handled", (error, req, res, next) => {
  if (res.headersSent) return next(error);
  res.status(error.status).json({ error: error.message, name: error.name });
});
