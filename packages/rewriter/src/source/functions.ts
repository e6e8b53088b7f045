import type { ts as Ts } from "ts-morph";
import { memberName, unwrap } from "./member-uses.js";
import type { Scopes } from "./scopes.js";
import { ts } from "./syntax.js";

/** The functions around a node, innermost first. A static block or a namespace is no function: it runs at load. */
export function functionsAround(node: Ts.Node): Ts.FunctionLikeDeclaration[] {
  const found: Ts.FunctionLikeDeclaration[] = [];
  for (let current: Ts.Node | undefined = node.parent; current; current = current.parent) {
    if (ts.isFunctionLike(current) && "body" in current) found.push(current as Ts.FunctionLikeDeclaration);
  }
  return found;
}

/** A name by which a function is reached: a variable, or a property of a class or object that a variable holds. */
export type FunctionName =
  | { readonly kind: "variable"; readonly name: Ts.Identifier }
  | {
      readonly kind: "member";
      readonly name: Ts.Identifier;
      readonly owner: Ts.Identifier | undefined;
      readonly body: Ts.Node;
    };

/** Every name of a function: `const a = function b() {}` has two. */
export function namesOf(fn: Ts.FunctionLikeDeclaration): FunctionName[] {
  const names: FunctionName[] = [];
  if ((ts.isFunctionDeclaration(fn) || ts.isFunctionExpression(fn)) && fn.name) {
    names.push({ kind: "variable", name: fn.name });
    const namespace = namespaceExporting(fn);
    if (namespace) names.push({ kind: "member", name: fn.name, owner: namespace, body: fn.parent });
  }
  const holder = ts.isMethodDeclaration(fn) ? fn : holderOf(fn);
  if (holder === undefined || !ts.isIdentifier(holder.name)) return names;
  if (ts.isVariableDeclaration(holder)) names.push({ kind: "variable", name: holder.name });
  else if (ts.isClassLike(holder.parent)) {
    if (!isStatic(holder)) return names;
    const owner = holder.parent.name ?? variableHolding(holder.parent);
    names.push({ kind: "member", name: holder.name, owner, body: holder.parent });
  } else if (ts.isObjectLiteralExpression(holder.parent)) {
    names.push({
      kind: "member",
      name: holder.name,
      owner: variableHolding(holder.parent),
      body: holder.parent,
    });
  }
  return names;
}

/** The name of the TypeScript namespace that a function is exported from. */
function namespaceExporting(fn: Ts.Node): Ts.Identifier | undefined {
  if (!ts.isModuleBlock(fn.parent) || !hasModifier(fn, ts.SyntaxKind.ExportKeyword)) return undefined;
  const { name } = fn.parent.parent;
  return ts.isIdentifier(name) ? name : undefined;
}

type Holder = Ts.VariableDeclaration | Ts.PropertyDeclaration | Ts.PropertyAssignment | Ts.MethodDeclaration;

// A function given to a wrapper (`const main = once(async () => {})`) is still what the variable stands for.
function holderOf(fn: Ts.Node): Holder | undefined {
  let value = unwrap(fn);
  while (ts.isCallExpression(value.parent) && value.parent.expression !== value) value = unwrap(value.parent);
  const parent = value.parent;
  if (
    ts.isVariableDeclaration(parent) ||
    ts.isPropertyDeclaration(parent) ||
    ts.isPropertyAssignment(parent)
  ) {
    return parent.initializer === value ? parent : undefined;
  }
  return undefined;
}

function variableHolding(value: Ts.Node): Ts.Identifier | undefined {
  const parent = unwrap(value).parent;
  return ts.isVariableDeclaration(parent) && ts.isIdentifier(parent.name) ? parent.name : undefined;
}

function isStatic(member: Ts.ClassElement | Holder): boolean {
  return ts.canHaveModifiers(member) && hasModifier(member, ts.SyntaxKind.StaticKeyword);
}

export function hasModifier(node: Ts.Node, kind: Ts.SyntaxKind): boolean {
  return (
    ts.canHaveModifiers(node) && (ts.getModifiers(node)?.some((modifier) => modifier.kind === kind) ?? false)
  );
}

/** Where a function is spoken of by one of its names, declarations left out. Property names are the `name` nodes. */
export function usesOf(scopes: Scopes, name: FunctionName): Ts.Node[] {
  if (name.kind === "variable") return scopes.occurrencesOf(name.name).filter((use) => use !== name.name);
  const owners: Ts.Node[] = name.owner ? scopes.occurrencesOf(name.owner) : [];
  return [...owners, ...thisIn(name.body)].flatMap((owner) => {
    const access = owner.parent;
    return memberName(access, owner) === name.name.text ? [propertyNode(access)] : [];
  });
}

function propertyNode(access: Ts.Node): Ts.Node {
  if (ts.isElementAccessExpression(access)) return access.argumentExpression;
  return (access as Ts.PropertyAccessExpression).name;
}

// `this` of static members (or of an object's methods): arrows keep it, other functions inside them do not.
function thisIn(body: Ts.Node): Ts.Node[] {
  const found: Ts.Node[] = [];
  const inside = (node: Ts.Node): void => {
    if (node.kind === ts.SyntaxKind.ThisKeyword) found.push(node);
    else if (!ts.isFunctionDeclaration(node) && !ts.isFunctionExpression(node) && !ts.isClassLike(node)) {
      ts.forEachChild(node, inside);
    }
  };
  if (ts.isModuleBlock(body)) return found;
  const members = ts.isClassLike(body)
    ? body.members.filter(isStaticElement)
    : (body as Ts.ObjectLiteralExpression).properties;
  for (const member of members) ts.forEachChild(member, inside);
  return found;
}

function isStaticElement(member: Ts.ClassElement): boolean {
  return ts.isClassStaticBlockDeclaration(member) || isStatic(member);
}

/** The `return` statements of a function itself. */
export function returnsOf(fn: Ts.FunctionLikeDeclaration): Ts.ReturnStatement[] {
  const found: Ts.ReturnStatement[] = [];
  const visit = (node: Ts.Node): void => {
    if (ts.isReturnStatement(node)) found.push(node);
    if (!ts.isFunctionLike(node) && !ts.isClassLike(node)) ts.forEachChild(node, visit);
  };
  if (fn.body) visit(fn.body);
  return found;
}
