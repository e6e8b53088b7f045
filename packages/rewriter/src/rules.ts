import type { Severity } from "./diagnostics.js";

export interface Rule {
  readonly severity: Severity;
  readonly title: string;
  /** One sentence; `{name}` is filled in. */
  readonly message: string;
  readonly why: string;
  readonly fix: string;
}

const entry = {
  LAC1001: {
    severity: "error",
    title: "No call of main()",
    message: "{path} does not call main() from {specifier}",
    why: "The call of main() is what registers the app's functions; without it the library would have none.",
    fix: "Call main(name, description, [functions]) in this file, or name the file that does.",
  },
  LAC1002: {
    severity: "error",
    title: "More than one call of main()",
    message: "main() is called {count} times; the other call is at {other}",
    why: "A library holds one app, so its functions are registered in one call.",
    fix: "Give all functions to one call of main(), or split the file into two entry modules.",
  },
  LAC1003: {
    severity: "error",
    title: "main() is called outside the entry module",
    message: "main() is called in {path}, but the entry module is {entry}",
    why: "Only the entry module is rewritten, and the exported function has to come from the module that registers.",
    fix: "Move the call into {entry}, or make {path} the entry module.",
  },
  LAC1004: {
    severity: "error",
    title: "Syntax error",
    message: "{text}",
    why: "A file that does not parse cannot be edited safely, so it was left as it is.",
    fix: "Correct the syntax at the place shown and run again.",
  },
  LAC1005: {
    severity: "error",
    title: "The app imports the plain runtime",
    message: 'main() comes from "@laconic/runtime", which never becomes a library',
    why: "Opting in to the library is one changed import; without it the app's path stays as it was.",
    fix: 'Run `npx @laconic/rewriter activate {path} --write`, or change the import to "@laconic/runtime/library".',
  },
  LAC1006: {
    severity: "error",
    title: "The module already exports another Lambda",
    message: "{path} already exports something else as `Lambda`",
    why: "The library's one entry point has that name, and a module cannot export two things under one name.",
    fix: "Export it under another name.",
  },
  LAC1007: {
    severity: "error",
    title: "main() is never reached while the module loads",
    message: "The function around main() is never called, and there is no safe way to call it from here",
    why: "Functions are registered while the library loads; what runs later is too late.",
    fix: "Call it at the top level of the module, or call main() there directly.",
  },
  LAC1008: {
    severity: "error",
    title: "main() is passed on, not called",
    message: "main() is imported and used here, but never called directly",
    why: "The call has to be visible for the entry to be rewritten: its name, description and functions belong to it.",
    fix: "Call main(name, description, [functions]) in this file.",
  },
  LAC1009: {
    severity: "error",
    title: "main is imported as a type only",
    message: "main is imported with `import type`, which leaves nothing to call",
    why: "A type-only import is erased when the file is compiled.",
    fix: "Remove `type` from the import.",
  },
} as const;

const files = {
  LAC1010: {
    severity: "error",
    title: "Not UTF-8",
    message: "{path} is not valid UTF-8 (first bad byte at offset {offset})",
    why: "Reading it would replace the bytes that cannot be decoded, and writing it back would lose them.",
    fix: "Convert the file to UTF-8 and run again.",
  },
  LAC1011: {
    severity: "error",
    title: "Empty file",
    message: "{path} is empty",
    why: "There is nothing in it to rewrite; usually a path is wrong or a file was not saved.",
    fix: "Name the app's entry module.",
  },
  LAC1012: {
    severity: "error",
    title: "File too large",
    message: "{path} has {size} bytes, more than the limit of {limit}",
    why: "A source file of that size is nearly always a bundle or generated, and editing it would be undone by its generator.",
    fix: "Name the source that it was made from, or raise the limit with --max-bytes.",
  },
  LAC1013: {
    severity: "error",
    title: "Symbolic link",
    message: "{path} is a symbolic link to {target}",
    why: "Writing replaces a file by renaming, which would turn the link into a copy.",
    fix: "Run on {target} itself.",
  },
  LAC1014: {
    severity: "error",
    title: "Read-only",
    message: "{path} cannot be written: {reason}",
    why: "The file or its folder does not allow it, and nothing was changed.",
    fix: "Make it writable (`chmod u+w {path}`) and run again.",
  },
  LAC1015: {
    severity: "error",
    title: "Changed between preview and write",
    message: "{path} changed after it was read",
    why: "The edits were computed for other bytes; applying them could damage what was written since.",
    fix: "Run again: the preview will be made from the file as it is now.",
  },
  LAC1016: {
    severity: "error",
    title: "No such file",
    message: "{path} does not exist",
    why: "A path that is named has to be there; only patterns may match nothing.",
    fix: "Check the path. It is taken relative to {cwd}.",
  },
  LAC1017: {
    severity: "error",
    title: "Not a file",
    message: "{path} is {kind}",
    why: "Only regular files are rewritten.",
    fix: "Name a file, a folder of source files, or a quoted pattern.",
  },
  LAC1018: {
    severity: "error",
    title: "Not TypeScript or JavaScript",
    message: "{path} is not a TypeScript or JavaScript file",
    why: "The extension says how a file is to be parsed.",
    fix: "Name a file that ends in .ts, .tsx, .mts, .cts, .js, .jsx, .mjs or .cjs, or a program without an extension.",
  },
  LAC1019: {
    severity: "error",
    title: "Uncommitted changes",
    message: "{path} has changes that are not committed",
    why: "Git could not give back what the file was before, so a mistake could not be undone with it.",
    fix: "Commit or stash them first, or add --force.",
  },
  LAC1020: {
    severity: "error",
    title: "Nothing to revert",
    message: "There is no write to undo in {path}",
    why: "Each --write keeps the originals of the files it changed until they are reverted; none are kept here.",
    fix: "Run from the folder where --write was run.",
  },
  LAC1021: {
    severity: "error",
    title: "Edited since the write",
    message: "{path} was edited after it was rewritten",
    why: "Reverting would throw those edits away.",
    fix: "Keep the file as it is, or add --force to go back to the original in {backup}.",
  },
  LAC1022: {
    severity: "error",
    title: "Wrong use",
    message: "{text}",
    why: "Guessing what was meant could change files that were not.",
    fix: "`npx @laconic/rewriter --help` lists what there is.",
  },
  LAC1023: {
    severity: "error",
    title: "No file matches",
    message: "No TypeScript or JavaScript file matches {path}, or git ignores them all",
    why: "A run that looks at nothing would look like a success.",
    fix: "Check the pattern, and quote it so that the shell leaves it alone. It is taken relative to {cwd}.",
  },
  LAC1024: {
    severity: "error",
    title: "Unreadable tsconfig",
    message: "{path} cannot be used: {reason}",
    why: "The files and path aliases of the project come from it.",
    fix: "Correct the file, or name another with --tsconfig.",
  },
  LAC1025: {
    severity: "error",
    title: "Reading or writing failed",
    message: "{path}: {reason}",
    why: "The operating system refused; the file has either all of its old bytes or all of the new ones.",
    fix: "Look at the reason, then run again.",
  },
  LAC1026: {
    severity: "warning",
    title: "Deleted since the write",
    message: "{path} is not there any more; its original is in {kept}",
    why: "A file that was deleted on purpose should stay so.",
    fix: "Copy it back if you need it. --revert --force puts such files back where they were.",
  },
} as const;

const transforms = {
  LAC1030: {
    severity: "error",
    title: "Both runtimes in one file",
    message: '{path} imports both "@laconic/runtime" and "@laconic/runtime/library"',
    why: "Switching would make them the same, and switching back could not tell them apart.",
    fix: "Make the imports agree by hand first.",
  },
  LAC1031: {
    severity: "note",
    title: "Nothing to switch",
    message: "{path} does not import {specifier}",
    why: "activate and deactivate change imports of the runtime only.",
    fix: "Nothing needs to be done if it was switched before.",
  },
  LAC1040: {
    severity: "error",
    title: "No handler found",
    message: "{path} has no exported Lambda handler and starts no HTTP app that adopt knows",
    why: "adopt registers what it can recognise: exported handlers, serverless adapters, and apps that listen or are exported.",
    fix: 'Name the file that Lambda\'s Handler setting points to, or write main("service", "", [lambda("name", handler)]) or [http("site", app)] by hand.',
  },
  LAC1041: {
    severity: "warning",
    title: "Callback-style handler, rewritten",
    message: "The handler answered through {what}; it returns a promise now",
    why: "Lambda's Node 24 runtime has no callback; promises work in every one.",
    fix: "Read the change: each answer is now a return, a throw, resolve or reject.",
  },
  LAC1042: {
    severity: "error",
    title: "Callback-style handler, not safe to rewrite",
    message: "The handler answers through {what}, in a way that cannot be rewritten safely: {reason}",
    why: "Lambda's Node 24 runtime has neither callbacks nor context.done, succeed and fail.",
    fix: "Make the handler async and return its result, then run adopt again.",
  },
  LAC1043: {
    severity: "error",
    title: "Adapter options without an equivalent",
    message: "{what} is given options that http() does not have: {options}",
    why: "Dropping them could change what the app answers.",
    fix: "Move what they do into the app (a middleware that reads req.lambda), remove them, then run adopt again.",
  },
  LAC1044: {
    severity: "error",
    title: "A server that cannot be registered",
    message: "{what} cannot be replaced by a registration: {reason}",
    why: "A library is ready when its modules have run; it opens no port and takes its requests through main().",
    fix: 'Make the app at the top level of the file and write main("service", "", [http("site", app)]) there; a promise of the app will do.',
  },
  LAC1045: {
    severity: "note",
    title: "Already adopted",
    message: "{path} already registers its functions with main()",
    why: "Adopting is done once.",
    fix: "Nothing needs to be done.",
  },
  LAC1046: {
    severity: "warning",
    title: "Adapter options dropped",
    message: "{what} was given {options}, which http() does by itself",
    why: "Binary bodies are recognised by their content type.",
    fix: "Nothing, unless the app answers binary bodies without a content type.",
  },
  LAC1047: {
    severity: "error",
    title: "Streaming handler",
    message: "{what} streams its response",
    why: "A library called through the Python runtime cannot stream; the response would never be sent.",
    fix: "Return the whole response, or keep this function on the node shim.",
  },
  LAC1048: {
    severity: "warning",
    title: "An exported function was left out",
    message: "{what} is exported beside handlers, and nothing shows that it is one",
    why: "Only what is listed in main() is part of the app.",
    fix: 'Add lambda("{what}", {what}) to main() if Lambda calls it.',
  },
  LAC1049: {
    severity: "error",
    title: "The app reads the event in the adapter's way",
    message: "{what} has no equivalent where the app is called by http()",
    why: "The adapter sets it for each request; without the adapter it would be empty.",
    fix: "Read req.lambda.event and req.lambda.context instead, then run adopt again.",
  },
  LAC1050: {
    severity: "error",
    title: "An adapter that cannot be replaced here",
    message:
      "{what} listens on a socket of the file system, which a library cannot do, and here it cannot be replaced",
    why: "It is replaced where the handler ends with it, and the app is made above, in a variable of its own.",
    fix: 'Move what else is done into a middleware of the app and export http("handler", app) in place of the handler.',
  },
  LAC1051: {
    severity: "note",
    title: "The app is in another file",
    message: "{what} comes from another file; if it reads {property}, that is req.lambda now",
    why: "The adapter put the event and the context there; http() has them in req.lambda.",
    fix: "Look for {property} and eventContext() in that file.",
  },
  LAC1052: {
    severity: "error",
    title: "Two changes of the same text",
    message: "Two changes would be made here, and one would undo the other",
    why: "The result would be neither, so the file was left as it is.",
    fix: "Move what is inside to a variable of its own, then run again.",
  },
  LAC1053: {
    severity: "error",
    title: "A handler that returns nothing",
    message: "The handler returns nothing, and {reason}",
    why: "A library answers with what the handler returns, as soon as it returns.",
    fix: "Make the handler async, await what it starts and return its result, then run adopt again.",
  },
  LAC1054: {
    severity: "error",
    title: "A handler that cannot be seen",
    message: "What is exported here is not known: {reason}",
    why: "adopt looks at one file, and registers what it is sure of.",
    fix: 'Run adopt on the file that holds the handler, or write main("service", "", [lambda("name", handler, { shape: "event" })]) for one that returns a promise.',
  },
} as const;

/** Every diagnostic there is. Codes are never reused; docs/diagnostics.md is written from this table. */
const table = { ...entry, ...files, ...transforms } satisfies Record<string, Rule>;

export type Code = keyof typeof table;
export const RULES: Readonly<Record<Code, Rule>> = table;
