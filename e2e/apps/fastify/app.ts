import { http, main as laconicMain } from "@laconic/runtime/library";
import fastify from "fastify";

const app = fastify();
app.get("/hello", (request) => ({ hello: (request.query as { name?: string }).name ?? "world" }));

function main() {
  return laconicMain("FastifyService", "says hello through Fastify", [http("fastify", app)]);
}

main();
