import type { ts as Ts } from "ts-morph";
import { inner } from "../../source/declarations.js";
import { exportsOf, type Exported } from "../../source/exports.js";
import { memberUses, type MemberUses } from "../../source/member-uses.js";
import { ts } from "../../source/syntax.js";
import type { Workpiece } from "../transform.js";
import { nameDefault } from "./default-export.js";
import type { Names } from "./names.js";
import { dropImport } from "./unused-import.js";

interface Adapter {
  readonly module: string;
  readonly member: string;
  /** Where the app is: the first argument itself, or its property `app`. */
  readonly app: "argument" | "property";
}

const ADAPTERS: readonly Adapter[] = [
  { module: "serverless-http", member: "default", app: "argument" },
  { module: "@vendia/serverless-express", member: "default", app: "property" },
  { module: "@vendia/serverless-express", member: "configure", app: "property" },
  { module: "@codegenie/serverless-express", member: "default", app: "property" },
  { module: "@codegenie/serverless-express", member: "configure", app: "property" },
  { module: "hono/aws-lambda", member: "handle", app: "argument" },
  { module: "hono/aws-lambda", member: "streamHandle", app: "argument" },
  { module: "@fastify/aws-lambda", member: "default", app: "argument" },
  { module: "aws-lambda-fastify", member: "default", app: "argument" },
];

/** Options that `http()` needs no word about: it recognises binary bodies by their content type. */
const NEEDLESS = new Set(["binary", "binarySettings", "binaryMimeTypes", "app"]);

export interface AdoptedAdapters {
  readonly registered: string[];
  /** The exports that are taken care of. */
  readonly exports: ReadonlySet<Ts.Node>;
}

/** `export const handler = serverless(app)` becomes `export const handler = http("handler", app)`. */
export function adoptAdapters(piece: Workpiece, names: Names): AdoptedAdapters {
  const registered: string[] = [];
  const done = new Set<Ts.Node>();
  const exported = exportsOf(piece.scopes);
  for (const adapter of ADAPTERS) {
    const uses = memberUses(piece.scopes, adapter.module, adapter.member);
    const swapped = uses.calls.filter((call) => {
      const target = exported.find(({ value }) => value === call);
      const app = target && isOnlyExported(piece, target) ? appOf(adapter, call) : undefined;
      if (!target || !app || !optionsAreNeedless(piece, adapter, call)) return false;
      registered.push(swap(piece, names, target, call, app));
      done.add(target.value);
      return true;
    });
    if (swapped.length > 0 && swapped.length === uses.calls.length) dropUnused(piece, names, uses);
  }
  return { registered, exports: done };
}

function swap(
  piece: Workpiece,
  names: Names,
  target: Exported,
  call: Ts.CallExpression,
  app: Ts.Node,
): string {
  const name = target.name === "default" ? "handler" : target.name;
  piece.edits.replace(piece.rangeOf(call), names.http(name, piece.textOf(app)));
  const declaration = target.node.parent;
  if (target.type && ts.isVariableDeclaration(declaration) && declaration.type) {
    piece.edits.replace({ start: declaration.name.end, end: declaration.type.end }, "");
  }
  return target.reference ?? nameDefault(piece, target);
}

// A handler that the file also calls itself has to stay the function that it is.
function isOnlyExported(piece: Workpiece, { node }: Exported): boolean {
  if (!ts.isIdentifier(node) || !ts.isVariableDeclaration(node.parent)) return true;
  return piece.scopes.occurrencesOf(node).every(({ parent }) => !ts.isCallExpression(parent));
}

function appOf(adapter: Adapter, call: Ts.CallExpression): Ts.Node | undefined {
  const [first] = call.arguments;
  if (first === undefined) return undefined;
  if (adapter.app === "argument") return inner(first);
  const properties = ts.isObjectLiteralExpression(first) ? first.properties : [];
  const app = properties.find(({ name }) => name && ts.isIdentifier(name) && name.text === "app");
  if (app && ts.isShorthandPropertyAssignment(app)) return app.name;
  return app && ts.isPropertyAssignment(app) ? app.initializer : undefined;
}

function optionsAreNeedless(piece: Workpiece, adapter: Adapter, call: Ts.CallExpression): boolean {
  const options = call.arguments[adapter.app === "argument" ? 1 : 0];
  if (options === undefined) return true;
  const what = piece.textOf(call.expression);
  const keys = ts.isObjectLiteralExpression(options)
    ? options.properties.map(({ name }) => (name ? piece.textOf(name) : "..."))
    : ["..."];
  const others = keys.filter((key) => !NEEDLESS.has(key));
  const needless = keys.filter((key) => NEEDLESS.has(key) && key !== "app");
  if (others.length > 0) piece.report("LAC1043", options, { what, options: others.join(", ") });
  else if (needless.length > 0) piece.report("LAC1046", options, { what, options: needless.join(", ") });
  return others.length === 0;
}

function dropUnused(piece: Workpiece, names: Names, uses: MemberUses): void {
  if (uses.passedOn.length > 0) return;
  for (const specifier of uses.specifiers) {
    const range = dropImport(piece, specifier);
    if (range) names.importInsteadOf(range);
  }
}
