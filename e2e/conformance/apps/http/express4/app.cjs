// A guest book on Express 4, in CommonJS, with views and static files.
const { createHash } = require("crypto");
const fs = require("fs");
const os = require("os");
const path = require("path");
const bodyParser = require("body-parser");
const compression = require("compression");
const cookieParser = require("cookie-parser");
const cors = require("cors");
const express = require("express4");
const morgan = require("morgan");
const handlebars = require("handlebars");

const folder = fs.mkdtempSync(path.join(os.tmpdir(), "guestbook-"));
fs.mkdirSync(path.join(folder, "views"));
fs.mkdirSync(path.join(folder, "public/sub"), { recursive: true });
const write = (name, content) => {
  fs.writeFileSync(path.join(folder, name), content);
  fs.utimesSync(path.join(folder, name), 1709211909, 1709211909);
};
write(
  "views/list.hbs",
  "<ul>{{#each entries}}<li>{{name}}: {{text}}</li>{{else}}<li>none</li>{{/each}}</ul>",
);
write("public/style.css", "body { color: red }\n");
write("public/index.html", "<h1>Static ä</h1>");
write("public/sub/index.html", "sub");
write("public/data.bin", Buffer.from(Array.from({ length: 2000 }, (_, i) => i % 256)));
write("public/.hidden", "hidden");

const entries = [];
const log = [];
const app = express();

app.engine("hbs", (file, options, done) => {
  fs.readFile(file, "utf8", (error, source) => {
    if (error) return done(error);
    done(null, handlebars.compile(source)(options));
  });
});
app.set("views", path.join(folder, "views"));
app.set("view engine", "hbs");
app.set("etag", "strong");
app.disable("x-powered-by");
app.locals.title = "Guest book";

app.use(
  morgan(":method :url :status :res[content-length]", { stream: { write: (line) => log.push(line.trim()) } }),
);
app.use(compression());
app.use(cookieParser());
app.use(
  bodyParser.json({
    strict: false,
    verify: (req, res, buffer) => (req.digest = createHash("md5").update(buffer).digest("hex")),
  }),
);
app.use(bodyParser.urlencoded({ extended: false, parameterLimit: 5 }));
app.use(
  "/static",
  express.static(path.join(folder, "public"), {
    maxAge: "1h",
    index: "index.html",
    setHeaders: (res) => res.set("X-Static", "yes"),
  }),
);

app.get("/", (req, res) => res.render("list", { entries }));
app.get("/broken-view", (req, res) => res.render("missing"));
app.post("/entries", (req, res) => {
  entries.push({ name: req.body.name, text: req.body.text });
  if (req.accepts("html") && !req.is("json")) return res.redirect(303, "/");
  res.status(201).json({ ...entries[entries.length - 1], digest: req.digest });
});
app.get("/log", (req, res) => res.json(log));
app.get("/file", (req, res) => res.sendFile(path.join(folder, "public/data.bin")));
app.get("/download", (req, res) => res.download(path.join(folder, "public/data.bin"), "grün.bin"));
app.get("/missing-file", (req, res, next) =>
  res.sendFile(path.join(folder, "no"), (error) => (error ? next(error) : undefined)),
);
app.get("/user/:name(\\w+)/:page?", (req, res) => res.json(req.params));
app.get(/^\/re(gex)?p?$/, (req, res) => res.json(req.params));
app.get("/ab*cd", (req, res) => res.json(req.params));
app.get(["/one", "/two"], (req, res) => res.send(req.path));
app.get(
  "/chain",
  (req, res, next) => {
    req.seen = ["a"];
    next();
  },
  [
    (req, res, next) => {
      req.seen.push("b");
      next("route");
    },
    (req, res) => res.send("never"),
  ],
);
app.get("/chain", (req, res) => res.json(req.seen));
app.get("/param", (req, res) => res.json([req.param("x"), req.protocol, req.ip, req.hostname]));
app.get("/json", (req, res) =>
  res.status(202).json({ html: "<b>", date: new Date(0), undef: undefined, nested: { a: [1] } }),
);
app.get("/send-number", (req, res) => res.send(204));
app.get("/cors", cors(), (req, res) => res.send("open"));
app.options("/cors", cors({ preflightContinue: false, optionsSuccessStatus: 200 }));
app.post("/raw", bodyParser.raw({ type: "*/*" }), (req, res) =>
  res.type("application/octet-stream").send(req.body),
);
app.post("/text", bodyParser.text({ type: "text/*" }), (req, res) => res.send(`[${req.body}]`));
app.get("/error", (req, res, next) =>
  next(Object.assign(new Error("teapot"), { status: 418, expose: true })),
);
app.get("/string-error", (req, res, next) => next("just words"));
app.get("/throws", () => {
  throw new TypeError("thrown");
});
app.use(
  "/sub",
  (() => {
    const sub = express();
    sub.get("/", (req, res) =>
      res.json({ mount: sub.mountpath, path: sub.path(), url: req.url, base: req.baseUrl }),
    );
    return sub;
  })(),
);

exports.app = app;
