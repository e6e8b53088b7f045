import { http, main as laconicMain } from "@laconic/runtime/library";
import Koa from "koa";

const app = new Koa();
app.use((context) => {
  context.body = { hello: context.query["name"] ?? "world" };
});

function main() {
  return laconicMain("KoaService", "says hello through Koa", [http("koa", app)]);
}

main();
