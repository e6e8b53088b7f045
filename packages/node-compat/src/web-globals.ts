import { fileURLToPath } from "node:url";
import type { Metafile, Plugin } from "esbuild";

const MODULES = fileURLToPath(new URL("../dist/modules/", import.meta.url));
/** The virtual module that puts the globals in place, evaluated before the app. */
const PRELUDE = "laconic:web-globals";

/** Which shipped module has the platform's class or function of a name. The engine's own have less in them, or are not. */
const SOURCES: Readonly<Record<string, string>> = {
  Blob: "web/blob.js",
  BroadcastChannel: "worker_threads.js",
  fetch: "web/fetch.js",
  File: "web/blob.js",
  FormData: "web/form-data.js",
  Headers: "web/headers.js",
  MessageChannel: "worker_threads.js",
  MessagePort: "worker_threads.js",
  Performance: "perf_hooks.js",
  PerformanceEntry: "perf_hooks.js",
  PerformanceMark: "perf_hooks.js",
  PerformanceMeasure: "perf_hooks.js",
  PerformanceObserver: "perf_hooks.js",
  PerformanceObserverEntryList: "perf_hooks.js",
  PerformanceResourceTiming: "perf_hooks.js",
  Request: "web/request.js",
  Response: "web/response.js",
  TextDecoder: "web/text-coding.js",
  TextDecoderStream: "stream/web.js",
  TextEncoder: "web/text-coding.js",
  TextEncoderStream: "stream/web.js",
  TransformStream: "stream/web.js",
  TransformStreamDefaultController: "stream/web.js",
  URL: "web/url.js",
  URLSearchParams: "web/url.js",
};

/**
 * The globals of the web platform that a finished bundle names, as a variable or as a member of something: code reaches
 * them through `globalThis` under many other names.
 *
 * @param code what esbuild made, with its comment before each module
 */
export function webGlobalsIn(code: string, { inputs }: Metafile): string[] {
  const named = new Set<string>();
  let path = "";
  for (const line of code.split("\n")) {
    if (line.startsWith("// ") && line.slice(3) in inputs) path = line.slice(3);
    // Our own modules bring along what they need; the dispatcher is handed apps with a method `fetch`.
    else if (!isOurs(path)) for (const [name] of line.matchAll(NAMES)) named.add(name);
    else if (isDispatcher(path))
      for (const [name] of line.matchAll(NAMES)) if (name !== "fetch") named.add(name);
  }
  return [...named].sort();
}

const NAMES = new RegExp(`(?<![\\w$])(?:${Object.keys(SOURCES).join("|")})(?![\\w$])`, "g");

function isOurs(path: string): boolean {
  return /\b(?:node-compat\/dist\/modules|dispatcher\/dist|runtime\/dist)\//.test(path);
}

function isDispatcher(path: string): boolean {
  return /\bdispatcher\/dist\//.test(path);
}

/** esbuild plugin: JSON that fails in V8's words, and the named globals of the web platform. */
export function webGlobals(names: readonly string[]): Plugin {
  return {
    name: "laconic-web-globals",
    setup(build) {
      const { initialOptions } = build;
      initialOptions.inject = [...(initialOptions.inject ?? []), PRELUDE];
      build.onResolve({ filter: /^laconic:web-globals$/ }, ({ path }) => ({
        path,
        namespace: PRELUDE,
        sideEffects: true,
      }));
      build.onLoad({ filter: /.*/, namespace: PRELUDE }, () => ({
        contents: prelude(names),
        loader: "js",
        resolveDir: MODULES,
      }));
    },
  };
}

function prelude(names: readonly string[]): string {
  const module = (file: string): string => JSON.stringify(`${MODULES}${file}`);
  return [
    `import ${module("globals/json.js")};`,
    `import ${module("globals/symbols.js")};`,
    ...(names.length > 0 ? [`import { lazily } from ${module("globals/lazily.js")};`] : []),
    ...names.map((name) => `lazily("${name}", () => require(${module(SOURCES[name]!)}));`),
  ].join("\n");
}
