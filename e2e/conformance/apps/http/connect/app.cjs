// The bare middleware stack: connect with middleware of its time.
const { createHash } = require("crypto");
const connect = require("connect");
const bodyParser = require("body-parser");
const compression = require("compression");
const cookieParser = require("cookie-parser");
const finalhandler = require("finalhandler");
const onFinished = require("on-finished");
const onHeaders = require("on-headers");
const rawBody = require("raw-body");
const typeis = require("type-is");
const contentDisposition = require("content-disposition");
const accepts = require("accepts");
const escapeHtml = require("escape-html");
const qs = require("qs");

const finished = [];
const app = connect();
app.use((req, res, next) => {
  onHeaders(res, function () {
    this.setHeader("X-Status", String(this.statusCode));
  });
  onFinished(res, (error, response) =>
    finished.push(`${req.method} ${req.url} ${response.statusCode} ${error ? error.message : "ok"}`),
  );
  next();
});
app.use(compression({ threshold: 0, filter: (req) => req.url.startsWith("/gzip") }));
app.use(cookieParser());
app.use("/json", bodyParser.json());
app.use("/json", (req, res) => res.end(JSON.stringify(req.body)));
app.use("/raw", async (req, res, next) => {
  try {
    const body = await rawBody(req, {
      length: req.headers["content-length"],
      limit: "20kb",
      encoding: typeis(req, ["text/*"]) ? "utf-8" : null,
    });
    res.end(`${typeof body} ${body.length} ${createHash("sha1").update(body).digest("hex")}`);
  } catch (error) {
    next(error);
  }
});
app.use("/url", (req, res) => res.end(`${req.url} ${req.originalUrl}`));
app.use("/qs", (req, res) =>
  res.end(JSON.stringify(qs.parse(req.url.split("?")[1], { depth: 2, comma: true, allowDots: true }))),
);
app.use("/cookies", (req, res) => res.end(JSON.stringify(req.cookies)));
app.use("/gzip", (req, res) => {
  res.setHeader("Content-Type", "text/plain");
  res.write("a".repeat(100));
  res.flush();
  res.end("b".repeat(100));
});
app.use("/download", (req, res) => {
  res.setHeader(
    "Content-Disposition",
    contentDisposition.create ? contentDisposition.create("€ rates.txt") : contentDisposition("€ rates.txt"),
  );
  res.end("rates");
});
app.use("/accepts", (req, res) => {
  const accept = accepts(req);
  res.end(
    JSON.stringify([
      accept.types(["html", "json"]),
      accept.encodings(),
      accept.languages(),
      accept.charsets(),
    ]),
  );
});
app.use("/html", (req, res) => res.end(escapeHtml("<a href=\"x\">'&'</a>")));
app.use("/finished", (req, res) => res.end(JSON.stringify(finished)));
app.use("/final", (req, res) =>
  finalhandler(
    req,
    res,
  )(req.url.includes("error") ? Object.assign(new Error("final"), { status: 400 }) : undefined),
);
app.use("/trailers", (req, res) => {
  res.writeHead(200, { Trailer: "X-Sum", "Transfer-Encoding": "chunked" });
  res.write("body");
  res.addTrailers({ "X-Sum": "1" });
  res.end();
});
app.use("/continue", (req, res) => {
  res.writeContinue();
  res.writeProcessing();
  res.end("continued");
});
app.use("/array", (req, res) => {
  res.writeHead(200, ["X-A", "1", "X-B", "2"]);
  res.end();
});
app.use("/no-content-length", (req, res) => {
  res.removeHeader("Content-Length");
  res.sendDate = false;
  res.statusMessage = "Custom";
  res.end(Buffer.from("bytes"));
});
app.use("/header-api", (req, res) => {
  res.setHeader("X-One", ["a", "b"]);
  res.appendHeader?.("X-One", "c");
  const before = [
    res.getHeaderNames(),
    res.hasHeader("x-one"),
    res.getHeader("X-ONE"),
    res.getHeaders()["x-one"],
  ];
  res.end(JSON.stringify(before));
});
app.use("/invalid-header", (req, res) => {
  const errors = [];
  for (const [name, value] of [
    ["a b", "x"],
    ["x", "a\nb"],
    ["x", undefined],
    ["ä", "x"],
  ]) {
    try {
      res.setHeader(name, value);
    } catch (error) {
      errors.push([error.code, error.message, error.name]);
    }
  }
  res.end(JSON.stringify(errors));
});
app.use("/write-after-end", (req, res) => {
  res.end("done");
  res.on("error", (error) => finished.push(error.code));
  res.write("more");
});
app.use("/slow", (req, res) => {
  let n = 0;
  const timer = setInterval(() => {
    res.write(`${n} `);
    if (++n === 4) {
      clearInterval(timer);
      res.end();
    }
  }, 3);
});
app.use("/state", (req, res) => {
  const before = {
    ended: res.writableEnded,
    finished: res.finished,
    sent: res.headersSent,
    code: res.statusCode,
    message: res.statusMessage ?? null,
  };
  res.write("x");
  const middle = { ended: res.writableEnded, sent: res.headersSent, message: res.statusMessage };
  res.end(JSON.stringify({ before, middle }));
});
app.use("/socket", (req, res) =>
  res.end(
    JSON.stringify({
      encrypted: Boolean(req.socket.encrypted),
      remote: req.socket.remoteAddress,
      destroyed: req.socket.destroyed,
      same: req.socket === req.connection && res.socket === req.socket,
      version: req.httpVersion,
      major: req.httpVersionMajor,
      minor: req.httpVersionMinor,
      aborted: req.aborted,
    }),
  ),
);
app.use("/throw", () => {
  throw new Error("thrown");
});
app.use("/next", (req, res, next) => next(Object.assign(new Error("nexted"), { statusCode: 422 })));
app.use("/handled", (req, res, next) => next(new Error("handled")));
app.use("/handled", (error, req, res, next) => {
  res.statusCode = 500;
  res.end(`handled ${error.message} ${next.length}`);
});
exports.app = app;
