import type { Identifier, Node } from "estree";
import { unsupportedGlobals, type GlobalRow } from "../table/globals.js";
import { unsupportedIntl } from "../table/intl.js";
import { isTest } from "./need.js";
import type { ProgramView } from "./program.js";
import { memberName } from "./uses.js";

/** A place that uses a global which the engine lacks. */
export interface GlobalUse {
  readonly name: string;
  readonly node: Node;
  readonly row: GlobalRow;
}

const GLOBAL_OBJECT = new Set(["globalThis", "global"]);

/** Also `globalThis.WebSocket`. Not what the code only asks for, nor what it gives the global object itself. */
export function globalUses(view: ProgramView): GlobalUse[] {
  const found = view.globals.flatMap((identifier) => asUse(identifier, view) ?? []);
  const given = new Set(found.filter(({ node }) => isAssigned(node, view)).map(({ name }) => name));
  return found.filter(({ name, node }) => !given.has(name) && !isTest(node, view));
}

function asUse(identifier: Identifier, view: ProgramView): GlobalUse | undefined {
  const parent = view.parentOf(identifier);
  if (identifier.name === "Intl") return asIntl(parent);
  if (!GLOBAL_OBJECT.has(identifier.name)) return lacking(identifier.name, identifier);
  if (parent?.type !== "MemberExpression" || parent.object !== identifier) return undefined;
  const name = memberName(parent);
  return name === undefined ? undefined : lacking(name, parent);
}

/** A class of Intl's. */
function asIntl(node: Node | undefined): GlobalUse | undefined {
  const name = node?.type === "MemberExpression" ? memberName(node) : undefined;
  const row = name !== undefined && Object.hasOwn(unsupportedIntl, name) ? unsupportedIntl[name] : undefined;
  return row && { name: `Intl.${name}`, node: node!, row };
}

function lacking(name: string, node: Node): GlobalUse | undefined {
  const row = Object.hasOwn(unsupportedGlobals, name) ? unsupportedGlobals[name] : undefined;
  return row && { name, node, row };
}

function isAssigned(node: Node, view: ProgramView): boolean {
  const parent = view.parentOf(node);
  return parent?.type === "AssignmentExpression" && parent.left === node;
}
