import type { Metafile, Plugin } from "esbuild";
import { MODULES } from "./plugin.js";
import { findReach } from "./reach/reach.js";

/** The virtual module that puts the globals in place, evaluated before the app. */
const PRELUDE = "laconic:web-globals";

/**
 * Which shipped module has the platform's class or function of a name, and under which name when it is another. The
 * engine's own have less in them, or are not.
 */
const SOURCES: Readonly<Record<string, string>> = {
  AbortController: "web/abort.js",
  AbortSignal: "web/abort.js",
  atob: "web/base64.js",
  Blob: "web/blob.js",
  BroadcastChannel: "worker_threads.js",
  btoa: "web/base64.js",
  Buffer: "buffer/buffer.js",
  ByteLengthQueuingStrategy: "web/stream-classes.js",
  CompressionStream: "web/compression.js",
  CountQueuingStrategy: "web/stream-classes.js",
  Crypto: "crypto/webcrypto.js",
  crypto: "crypto/webcrypto.js#webcrypto",
  CryptoKey: "crypto/subtle/crypto-key.js",
  CustomEvent: "web/event.js",
  DecompressionStream: "web/compression.js",
  DOMException: "web/dom-exception.js",
  Event: "web/event.js",
  EventTarget: "web/event-target.js",
  fetch: "web/fetch.js",
  File: "web/blob.js",
  FormData: "web/form-data.js",
  Headers: "web/headers.js",
  Intl: "intl/intl.js",
  MessageChannel: "worker_threads.js",
  MessagePort: "worker_threads.js",
  performance: "perf_hooks.js",
  Performance: "perf_hooks.js",
  PerformanceEntry: "perf_hooks.js",
  PerformanceMark: "perf_hooks.js",
  PerformanceMeasure: "perf_hooks.js",
  PerformanceObserver: "perf_hooks.js",
  PerformanceObserverEntryList: "perf_hooks.js",
  PerformanceResourceTiming: "perf_hooks.js",
  process: "process/node-process.js#default",
  ReadableByteStreamController: "web/stream-classes.js",
  ReadableStream: "web/stream-classes.js",
  ReadableStreamBYOBReader: "web/stream-classes.js",
  ReadableStreamBYOBRequest: "web/stream-classes.js",
  ReadableStreamDefaultController: "web/stream-classes.js",
  ReadableStreamDefaultReader: "web/stream-classes.js",
  Request: "web/request.js",
  Response: "web/response.js",
  structuredClone: "web/structured-clone.js",
  SubtleCrypto: "crypto/subtle.js",
  TextDecoder: "web/text-coding.js",
  TextDecoderStream: "stream/web.js",
  TextEncoder: "web/text-coding.js",
  TextEncoderStream: "stream/web.js",
  TransformStream: "web/stream-classes.js",
  TransformStreamDefaultController: "web/stream-classes.js",
  URL: "web/url.js",
  URLSearchParams: "web/url.js",
  WritableStream: "web/stream-classes.js",
  WritableStreamDefaultController: "web/stream-classes.js",
  WritableStreamDefaultWriter: "web/stream-classes.js",
};

/** Stands among the names of globals for the methods of dates and numbers that write for people. */
const LOCALE_METHODS = "toLocaleString";

/** All of them, for an app of which nothing can be said. */
export const everyGlobal: readonly string[] = [...Object.keys(SOURCES), LOCALE_METHODS];

/** By what a user names globals that nothing in the app's text tells of, as features of the engine are named. */
export const globalGroups: Readonly<Record<string, readonly string[]>> = {
  abort: ["AbortController", "AbortSignal"],
  events: ["CustomEvent", "Event", "EventTarget"],
  intl: ["Intl", LOCALE_METHODS],
  stream_web: Object.keys(SOURCES).filter((name) => /Stream|QueuingStrategy/.test(name)),
  url: ["URL", "URLSearchParams"],
  util: ["TextDecoder", "TextEncoder"],
  webcrypto: ["crypto", "Crypto", "CryptoKey", "SubtleCrypto"],
};

/**
 * The globals of the web platform, and Buffer and process, that a finished bundle can reach. Our own modules do not count: they bring along what
 * they need. All when code of the app's own is made at run time, unless the user says what that uses.
 *
 * @param uses groups of globals, or features of the engine, that the user names
 * @param bundle what esbuild made, with its comment before each module, and its source map as JSON
 */
export function webGlobalsIn(
  bundle: { readonly code: string; readonly map: string },
  { inputs }: Metafile,
  usesAreKnown = false,
  uses: readonly string[] = [],
): readonly string[] {
  const reach = findReach({ ...bundle, inputs: Object.keys(inputs) }, true);
  const names = Object.keys(SOURCES);
  const isUnknown = reach.unknowable.length > 0 && !usesAreKnown;
  if (isUnknown || uses.includes("all")) return everyGlobal;
  const named = new Set(uses.flatMap((use) => globalGroups[use] ?? []));
  const writes = ["toLocaleString", "toLocaleDateString", "toLocaleTimeString"].some(
    (name) => reach.properties.has(name) || reach.globals.has(name),
  );
  return [
    ...names.filter((name) => reach.globals.has(name) || named.has(name)),
    ...(writes || named.has(LOCALE_METHODS) ? [LOCALE_METHODS] : []),
  ];
}

/**
 * esbuild plugin: JSON that fails in V8's words, and the named globals, each evaluated when it is first used; for an app
 * with a Node listener also the classes that the dispatcher makes an exchange of.
 */
export function webGlobals(names: readonly string[], hasListener: boolean): Plugin {
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
        contents: prelude(names, hasListener),
        loader: "js",
        resolveDir: MODULES,
      }));
    },
  };
}

function prelude(names: readonly string[], hasListener: boolean): string {
  const module = (file: string): string => JSON.stringify(`${MODULES}${file}`);
  return [
    `import ${module("globals/json.js")};`,
    `import ${module("globals/symbols.js")};`,
    ...(names.length > 0 ? [`import { lazily } from ${module("globals/lazily.js")};`] : []),
    ...(hasListener
      ? [
          `import { provided } from ${module("http/provided.js")};`,
          `provided.classes = () => require(${module("http/exchange-classes.js")});`,
        ]
      : []),
    ...(names.includes(LOCALE_METHODS) ? [`import ${module("intl/locale-methods.js")};`] : []),
    ...names
      .filter((name) => name !== LOCALE_METHODS)
      .map((name) => {
        const [file, exported = name] = SOURCES[name]!.split("#");
        return `lazily(globalThis, "${name}", () => require(${module(file!)}).${exported});`;
      }),
  ].join("\n");
}
