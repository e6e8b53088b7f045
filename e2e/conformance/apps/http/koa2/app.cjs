// A small service on Koa 2, in CommonJS.
const fs = require("fs");
const os = require("os");
const path = require("path");
const Koa = require("koa2");
const Router = require("@koa/router");
const bodyParser = require("koa-bodyparser");
const serve = require("koa-static");

const folder = fs.mkdtempSync(path.join(os.tmpdir(), "koa2-"));
const write = (name, content) => {
  fs.writeFileSync(path.join(folder, name), content);
  fs.utimesSync(path.join(folder, name), 1709211909, 1709211909);
};
write("hello.txt", "hello ä\n");
write("index.html", "<h1>index</h1>");

const app = new Koa({ keys: ["k"], proxy: false });
const errors = [];
app.on("error", (error) => errors.push(error.message));
app.context.shout = (text) => `${text.toUpperCase()}!`;

app.use(serve(folder, { maxage: 60_000 }));
app.use(bodyParser());
app.use(async (ctx, next) => {
  ctx.state.trail = ["in"];
  await next();
  ctx.state.trail.push("out");
  ctx.set("X-Trail", ctx.state.trail.join());
});
const router = new Router();
router
  .get("/shout/:text", (ctx) => {
    ctx.body = ctx.shout(ctx.params.text);
  })
  .post("/echo", (ctx) => {
    ctx.body = ctx.request.body;
  })
  .get("/errors", (ctx) => {
    ctx.body = errors;
  })
  .get("/throw", (ctx) => ctx.throw(418, "teapot", { user: "x" }))
  .get("/reject", () => Promise.reject(new Error("rejected")))
  .get("/non-error", () => {
    throw "a string";
  })
  .get("/stream", (ctx) => {
    ctx.body = fs.createReadStream(path.join(folder, "hello.txt"));
    ctx.type = ".txt";
  })
  .get("/missing-stream", (ctx) => {
    ctx.body = fs.createReadStream(path.join(folder, "no"));
  })
  .get(
    "/multi",
    async (ctx, next) => {
      ctx.body = ["first"];
      await next();
    },
    (ctx) => ctx.body.push("second"),
  )
  .get("/length", (ctx) => {
    ctx.body = "12345";
    ctx.length = 5;
    ctx.remove("X-None");
    ctx.lastModified = new Date(0);
  })
  .get("/message", (ctx) => {
    ctx.status = 200;
    ctx.message = "All Fine";
    ctx.body = "message";
  });
app.use(router.routes());
exports.app = app;
