import { Hono } from "hono";
import { describe, expect, it } from "vitest";
import { http, lambda, main, type LambdaFunction, type RegistrationError } from "../src/index.js";

function failure(action: () => unknown): RegistrationError {
  try {
    action();
  } catch (error) {
    return error as RegistrationError;
  }
  throw new Error("nothing was thrown");
}

const handler = (): number => 1;
const kindOf = (registered: LambdaFunction): string => registered.adapter.kind;

describe("the kind of a function is what it is", () => {
  it("answers through a response with three parameters or more", () => {
    expect(kindOf(lambda("f", (_event, _context, response) => response.end()))).toBe("response");
    expect(kindOf(lambda("f", async (_event, _context, response, logger) => logger.info(response)))).toBe(
      "response",
    );
  });

  it("answers with its result with fewer", () => {
    expect(kindOf(lambda("f", () => 1))).toBe("event");
    expect(kindOf(lambda("f", (event, context) => [event, context]))).toBe("event");
  });

  it("can be stated where wrappers hide the parameters", () => {
    const wrapped = (...parameters: unknown[]): unknown => parameters;
    expect(kindOf(lambda("f", wrapped))).toBe("event");
    expect(kindOf(lambda("f", wrapped, { shape: "response" }))).toBe("response");
    expect(kindOf(lambda("f", (event, context, third) => [event, context, third], { shape: "event" }))).toBe(
      "event",
    );
  });

  it("is an HTTP app for a fetch function, an object with one and a Hono app", () => {
    const app = new Hono();
    for (const accepted of [
      (request: Request) => new Response(request.url),
      app,
      app.fetch,
      { fetch: app.fetch },
    ]) {
      expect(kindOf(http("site", accepted))).toBe("http");
    }
  });

  it("calls a fetch method on its object, with all it may take", async () => {
    const app = {
      greeting: "hi",
      fetch(_request: Request, env: { event: unknown }, execution: { waitUntil: unknown }) {
        return Response.json([this.greeting, typeof env.event, typeof execution.waitUntil]);
      },
    };
    const handle = main("S", "", [http("site", app)]).handler("site");
    const result = await handle({ httpMethod: "GET", path: "/" }, {} as never);
    expect(result).toMatchObject({ body: '["hi","object","function"]' });
  });
});

describe("what cannot be registered", () => {
  it.each([[undefined], [[]], [{}]])("a function list %j", (functions) => {
    const error = failure(() => main("S", "d", functions as never));
    expect(error).toMatchObject({
      name: "RegistrationError",
      code: "LAC3101",
      message: "No lambda functions provided",
    });
    expect(error.hint).toContain('main("S", "d", [');
  });

  it.each(["", "a b", "-a", "1a", "a/b", "a".repeat(65), "ü", "$describe", 5, undefined])(
    "the name %j",
    (name) => {
      expect(failure(() => lambda(name as string, handler)).code).toBe("LAC3102");
      expect(failure(() => http(name as string, new Hono())).code).toBe("LAC3102");
    },
  );

  it("two functions of one name, or of one name in the shim", () => {
    const both = (one: string, two: string) => () =>
      main("S", "", [lambda(one, handler), lambda(two, handler)]);
    expect(failure(both("a", "a"))).toMatchObject({
      code: "LAC3103",
      message: 'Two functions are named "a"',
    });
    expect(failure(both("get-item", "get.item"))).toMatchObject({
      code: "LAC3104",
      message: 'Functions "get-item" and "get.item" would both be called get_item in the generated shim',
    });
    expect(() => both("a", "A")()).not.toThrow();
  });

  it.each<[object, string]>([
    [
      { memorySize: 127 },
      'Option "memorySize" of function "f" is 127, but must be a whole number of megabytes',
    ],
    [{ memorySize: 10_241 }, "from 128 to 10240"],
    [{ memorySize: "128" }, 'is "128", but must be'],
    [{ memorySize: 128.5 }, "a whole number"],
    [{ timeout: 0 }, "a whole number of seconds from 1 to 900"],
    [{ timeout: 901 }, "is 901"],
    [{ timeout: NaN }, "is NaN"],
    [{ description: 5 }, "a string"],
    [{ environment: { A: 1 } }, "an object of strings"],
    [{ environment: ["A"] }, "an object of strings"],
    [{ vpcConfig: { subnetIds: [] } }, "the lists subnetIds and securityGroupIds"],
    [{ shape: "callback" }, '"response" or "event"'],
  ])("the options %j", (options, message) => {
    const error = failure(() => lambda("f", handler, options));
    expect(error.code).toBe("LAC3105");
    expect(error.message).toContain(message);
  });

  it.each<[object, string]>([
    [{ memorySize: 1 }, "from 128 to 10240"],
    [{ basePath: "v1" }, 'is "v1", but must be a path such as "/v1", or a list of them'],
    [{ basePath: [] }, "a list of them"],
    [{ basePath: ["/v1", "/a?b"] }, "a list of them"],
    [{ basePath: 5 }, "is 5"],
    [{ eventPath: "/a b" }, 'a path such as "/events"'],
  ])("the options %j of an HTTP app", (options, message) => {
    const error = failure(() => http("f", new Hono(), options));
    expect(error.code).toBe("LAC3105");
    expect(error.message).toContain(message);
  });

  it("an option of the other kind of function", () => {
    expect(failure(() => http("f", new Hono(), { shape: "event" } as never)).code).toBe("LAC3106");
    expect(failure(() => lambda("f", handler, { basePath: "/v1" } as never)).code).toBe("LAC3106");
  });

  it("an option that does not exist, with the one that was meant", () => {
    const misspelt = failure(() => lambda("f", handler, { memory: 128 } as never));
    expect(misspelt).toMatchObject({ code: "LAC3106" });
    expect(misspelt.message).toContain('did you mean "memorySize"?');
    expect(failure(() => lambda("f", handler, { timeOut: 3 } as never)).message).toContain('"timeout"');
    expect(failure(() => lambda("f", handler, { constructor: 1 } as never)).code).toBe("LAC3106");
    expect(failure(() => lambda("f", handler, null as never)).code).toBe("LAC3105");
  });

  it.each([undefined, null, 5, "hello", {}])("the handler %j", (value) => {
    expect(failure(() => lambda("f", value as never)).code).toBe("LAC3107");
  });

  it("an HTTP app as a handler: the way out is http()", () => {
    expect(failure(() => lambda("site", new Hono() as never)).hint).toContain('http("site", app)');
  });

  it.each<[string, unknown, string]>([
    ["an object of another kind", { inject: () => 1 }, "an object that is no HTTP app"],
    ["nothing", undefined, "undefined"],
    ["a text", "app", "a value of type string"],
  ])("%s as an HTTP app", (_name, app, message) => {
    const error = failure(() => http("site", app as never));
    expect(error).toMatchObject({ code: "LAC3108" });
    expect(error.message).toContain(message);
    expect(error.hint).toContain("Hono");
  });

  it("a service without a name, and things that are no functions", () => {
    expect(failure(() => main("", "", [lambda("f", handler)])).code).toBe("LAC3109");
    expect(failure(() => main("S", undefined as never, [lambda("f", handler)])).code).toBe("LAC3109");
    expect(failure(() => main("S", "", [handler as never]))).toMatchObject({
      code: "LAC3110",
      message: "Item 0 of the function list is a bare function",
    });
    expect(failure(() => main("S", "", [lambda("f", handler), null as never])).message).toContain("Item 1");
  });
});

describe("a service", () => {
  const service = main("Hello", "says hello", [
    lambda("add", (event) => event.a + event.b, { timeout: 900 }),
  ]);

  it("tells what it holds", () => {
    expect(service).toMatchObject({ name: "Hello", description: "says hello" });
    expect(service.functions.map(({ name, options }) => [name, options])).toEqual([
      ["add", { timeout: 900 }],
    ]);
  });

  it("gives plain Lambda handlers for Node", async () => {
    expect(await service.handler("add")({ a: 1, b: 2 }, {} as never)).toBe(3);
  });

  it("names the functions it has when asked for another", () => {
    expect(failure(() => service.handler("ad"))).toMatchObject({ code: "LAC3001" });
  });
});
