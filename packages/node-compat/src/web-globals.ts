/** Files of `modules/globals/`, and the globals of the web platform that each brings. */
const GROUPS: Readonly<Record<string, readonly string[]>> = {
  blob: ["Blob", "File"],
  // Each of these makes the others.
  fetch: ["fetch", "FormData", "Headers", "Request", "Response"],
  streams: [
    ...[
      "ReadableStream",
      "WritableStream",
      "TransformStream",
      "ByteLengthQueuingStrategy",
      "CountQueuingStrategy",
    ],
    ...["ReadableStreamDefaultReader", "ReadableStreamBYOBReader", "ReadableStreamDefaultController"],
    ...["ReadableByteStreamController", "ReadableStreamBYOBRequest", "WritableStreamDefaultWriter"],
    ...["WritableStreamDefaultController", "TransformStreamDefaultController"],
  ],
  text: ["TextDecoder", "TextEncoder"],
  url: ["URL", "URLSearchParams"],
  "text-streams": ["TextDecoderStream", "TextEncoderStream"],
};

/** What every app has. */
export const ALWAYS: readonly string[] = ["symbols", "json"];

/** The head of a module in a bundle, and whether it is one of those that take what the app or the engine has. */
const MODULE = /^\/\/ (.+)$/gm;
const OWN = /(?:^|\/)(?:@laconic|packages)\/(?:dispatcher|runtime|node-compat)\//;

/**
 * The files of `modules/globals/` that an app needs, by the names in its bundle. A name in a text or a comment counts:
 * one file too many costs a little, one too few is another behaviour.
 */
export function neededGlobals(code: string): string[] {
  const text = appText(code);
  return Object.keys(GROUPS).filter((group) =>
    new RegExp(String.raw`(?<![\w$])(?:${GROUPS[group]!.join("|")})(?![\w$])`).test(text),
  );
}

/** The bundle without the modules of the dispatcher and of this package. */
function appText(code: string): string {
  const parts: string[] = [];
  let start = 0;
  let isOwn = false;
  for (const match of code.matchAll(MODULE)) {
    if (!isOwn) parts.push(code.slice(start, match.index));
    start = match.index;
    isOwn = OWN.test(match[1]!);
  }
  if (!isOwn) parts.push(code.slice(start));
  return parts.join("");
}
