import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import type { APIGatewayProxyEventV2, APIGatewayProxyResultV2, Context, Handler, S3Event } from "aws-lambda";
import { Hono } from "hono";
import { describe, expectTypeOf, it } from "vitest";
import {
  http,
  lambda,
  main,
  type LambdaFunction,
  type LambdaRequest,
  type LambdaResponse,
  type Logger,
  type Service,
} from "../src/index.js";

// Checked by the compiler; that nothing throws is a by-product.
describe("types", () => {
  it("lambda() needs no annotations for (event, context, response, logger)", () => {
    const hello = lambda(
      "hello",
      async (event, context, response, logger) => {
        expectTypeOf(event).toBeAny();
        expectTypeOf(context).toEqualTypeOf<Context>();
        expectTypeOf(response).toEqualTypeOf<LambdaResponse>();
        expectTypeOf(logger).toEqualTypeOf<Logger>();
        response.setHeader("content-type", "application/json");
        response.writeHead(200, { "x-a": "1" }).end(JSON.stringify({ hello: event.name }));
      },
      { memorySize: 128 },
    );
    expectTypeOf(hello).toEqualTypeOf<LambdaFunction>();
  });

  it("lambda() needs none for (event, context) => result", () => {
    lambda("plain", (event, context) => {
      expectTypeOf(event).toBeAny();
      expectTypeOf(context).toEqualTypeOf<Context>();
      return { hello: event.name, left: context.getRemainingTimeInMillis() };
    });
    lambda("none", () => null);
    lambda("async", async (event) => event.list.length);
  });

  it("an event may be typed where it is used, or by a type argument", () => {
    lambda("annotated", (event: S3Event) => event.Records.length);
    lambda<S3Event>("argument", (event) => {
      expectTypeOf(event).toEqualTypeOf<S3Event>();
      return event.Records[0]?.s3.bucket.name;
    });
    lambda<{ name: string }>("four", (event, _context, response, logger) => {
      expectTypeOf(event.name).toBeString();
      logger.info(event.name);
      response.end(event.name);
    });
    // @ts-expect-error -- an S3 event has no name
    lambda<S3Event>("wrong", (event) => event.name);
  });

  it("a handler may have the types of @types/aws-lambda, a response that of Node", () => {
    const typed: Handler<APIGatewayProxyEventV2, APIGatewayProxyResultV2> = async (event) => ({
      body: event.rawPath,
    });
    lambda("typed", typed);
    lambda("node", (_event: unknown, _context: Context, response: ServerResponse, logger: Logger) =>
      logger.info(response),
    );
  });

  it("a response has only those members of Node's that work", () => {
    expectTypeOf<ServerResponse>().toExtend<LambdaResponse>();
    expectTypeOf<LambdaResponse>().toHaveProperty("appendHeader");
    expectTypeOf<LambdaResponse>().not.toHaveProperty("assignSocket");
  });

  it("options are typed", () => {
    lambda("f", () => 1, {
      timeout: 3,
      environment: { A: "1" },
      vpcConfig: { subnetIds: [], securityGroupIds: [] },
    });
    // @ts-expect-error -- megabytes are a number
    expectTypeOf(() => lambda("f", () => 1, { memorySize: "128" })).toBeFunction();
    // @ts-expect-error -- no such option
    expectTypeOf(() => lambda("f", () => 1, { memory: 128 })).toBeFunction();
    // @ts-expect-error -- an HTTP app has one shape
    expectTypeOf(() => http("f", new Hono(), { shape: "event" })).toBeFunction();
  });

  it("http() takes Hono apps of any environment, fetch functions and objects with one", () => {
    const app = new Hono<{ Bindings: { event: APIGatewayProxyEventV2; lambdaContext: Context } }>();
    app.get("/", (c) => c.json(c.env.event.rawPath));
    http("hono", app);
    http("fetch", app.fetch);
    http("function", async (request) => {
      expectTypeOf(request).toEqualTypeOf<Request>();
      return Response.json(await request.json());
    });
    http("mapped", app, { basePath: ["/v1", "/v2"], eventPath: "/queue", timeout: 29 });
    http("object", { fetch: (request: Request) => new Response(request.url) });
    // @ts-expect-error -- a fetch function gives a Response
    expectTypeOf(() => http("text", () => "text")).toBeFunction();
  });

  it("http() takes listeners, of which the response is named, and the server that the app listens with", () => {
    const typed: RequestListener = (_request, response) => void response.end();
    http("typed", typed);
    http("annotated", (request: LambdaRequest, response: ServerResponse) => response.end(request.url));
    // @ts-expect-error -- by the number of its parameters alone the compiler does not tell what they are
    expectTypeOf(() => http("untyped", (_, response) => response.end())).toBeFunction();
    // @ts-expect-error -- a function of one parameter is a fetch function
    expectTypeOf(() => http("short", (request: IncomingMessage) => void request.resume())).toBeFunction();
    http("listening");
    http("listening", { timeout: 3 });
    // @ts-expect-error -- no option
    expectTypeOf(() => http("listening", { speed: 3 })).toBeFunction();
  });

  it("main() gives a service of Node handlers", () => {
    const service = main("S", "d", [lambda("a", () => 1), http("b", new Hono())]);
    expectTypeOf(service).toEqualTypeOf<Service>();
    expectTypeOf(service.handler).returns.parameter(1).toEqualTypeOf<Context>();
  });
});
