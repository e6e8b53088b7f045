import { http, lambda, main as laconicMain } from "@laconic/runtime/library";

interface Greeting {
  readonly name?: string;
}

// Answers through a response object, as the handlers of a Node server do.
const hello = lambda(
  "hello",
  async (event: Greeting, _context, response, logger) => {
    logger.debug("greeting", { name: event.name });
    response.setHeader("content-type", "application/json");
    response.end(JSON.stringify({ hello: event.name ?? "world" }));
  },
  { memorySize: 128, description: "Greets by name" },
);

// A plain Lambda handler: what it returns is the result.
const add = lambda("add", (event: { a: number; b: number }, context) => ({
  sum: event.a + event.b,
  by: context.functionName,
}));

// A fetch function: any HTTP app that takes a Request and gives a Response.
const site = http("site", (request: Request) => {
  const { pathname, searchParams } = new URL(request.url);
  if (pathname !== "/greet") return new Response("not found\n", { status: 404 });
  return Response.json({ greeting: `hello, ${searchParams.get("name") ?? "world"}` });
});

function main() {
  return laconicMain("HelloService", "Says hello in three ways", [hello, add, site]);
}

main();
