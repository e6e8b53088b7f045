import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Outside, packAll } from "./packed.js";

// The README states both ranges: the ends of one with the ends of the other, and what is between them once, since only
// TypeScript 7 takes no seconds. TypeScript 6 is where projects stay whose tools call the compiler.
const [OLDEST, CALLABLE, NEWEST] = ["5.6.3", "6.0.3", "7.0.2"];
const COMPILERS_BY_NODE_TYPES = {
  20: [OLDEST, NEWEST],
  22: [NEWEST],
  24: [CALLABLE, NEWEST],
  26: [OLDEST, NEWEST],
};
const RESOLUTIONS = { nodenext: "nodenext", bundler: "esnext" };

const QUIET = "--no-audit --no-fund --loglevel=error";

describe("the packages' types in an app that checks its libraries", () => {
  let app: Outside;

  beforeAll(async () => {
    app = await Outside.open({ "app.ts": APP, "package.json": '{ "type": "module" }' });
    await packAll(app.path("packed"));
    await app.write("compilers/package.json", "{}");
    const compilers = [OLDEST, CALLABLE, NEWEST].map(
      (version) => `typescript-${version}@npm:typescript@${version}`,
    );
    await app.succeed(`npm install ${QUIET} --prefix compilers ${compilers.join(" ")}`);
    await app.succeed(`npm install -D ${QUIET} ./packed/laconic-*.tgz`);
  });
  afterAll(() => app?.remove());

  describe.each(Object.entries(COMPILERS_BY_NODE_TYPES))("with @types/node %s", (types, compilers) => {
    beforeAll(() => app.succeed(`npm install -D ${QUIET} @types/node@${types}`));

    it.each(compilers)("are right for TypeScript %s", async (version) => {
      const installed = JSON.parse(await app.succeed("npm ls @types/node --json --depth 0"));
      expect(installed.dependencies["@types/node"].version).toMatch(new RegExp(`^${types}\\.`));
      for (const [resolution, module] of Object.entries(RESOLUTIONS)) {
        const options = `--noEmit --strict --skipLibCheck false --target es2022 --module ${module} --moduleResolution ${resolution}`;
        const tsc = `node compilers/node_modules/typescript-${version}/bin/tsc ${options} app.ts`;
        expect(await app.shell(tsc), resolution).toEqual({ exitCode: 0, stdout: "", stderr: "" });
      }
    });
  });
});

/** Every entry of every package, and what is wrong is found: the expected errors show that it is. */
const APP = `import * as bench from "@laconic/bench";
import * as dispatcher from "@laconic/dispatcher";
import * as builder from "@laconic/docker-builder";
import { createMetrics } from "@laconic/metrics";
import * as otlp from "@laconic/metrics-otlp";
import * as compat from "@laconic/node-compat";
import * as orchestrator from "@laconic/orchestrator";
import * as cli from "@laconic/orchestrator/cli";
import * as shim from "@laconic/python-shim";
import * as rewriter from "@laconic/rewriter";
import * as file from "@laconic/rewriter/file";
import * as runtime from "@laconic/runtime";
import laconic, { http, lambda, main, type LambdaRequest } from "@laconic/runtime/library";
import { createServer } from "node:http";

const hello = lambda("hello", async (event: { name: string }, context, response, logger) => {
  logger.info(event.name, context.awsRequestId);
  response.setHeader("content-type", "application/json");
  response.end("{}");
});
const add = lambda("add", (event: { a: number; b: number }) => ({ sum: event.a + event.b }), { memorySize: 128 });
const site = http("site", (request: Request) => new Response(request.url));
const listener = http("listener", (request: LambdaRequest, response: import("node:http").ServerResponse) => {
  response.end(request.lambda.context.awsRequestId);
});
const server = http("server", createServer());
export const service = main("Hello", "says hello", [hello, add, site, listener, server]);

const metrics = createMetrics({ namespace: "Shop", sink: "cloudwatch", cloudwatch: { intervalMs: 1000 } });
export const answer: Promise<number> = metrics.run(async () => {
  metrics.add("Orders", [1, 2], "Count", { tenant: "a" }, { resolution: 1 });
  return metrics.dropped.overflow;
});

// @ts-expect-error A unit is one of CloudWatch's.
metrics.add("Orders", 1, "Pieces");
// @ts-expect-error A namespace or a service names the metrics.
createMetrics({ sink: "emf" });
// @ts-expect-error A function is registered by its name.
lambda(() => 1);
// @ts-expect-error A number is no app.
http("site", 1);
// @ts-expect-error An instance of what was made is no instance of any.
const text: string = service;

export const all = [bench, dispatcher, builder, otlp, compat, orchestrator, cli, shim, rewriter, file, runtime, laconic, text];
`;
