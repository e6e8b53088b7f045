import type { ts as Ts } from "ts-morph";
import type { Scopes } from "./scopes.js";
import { ts } from "./syntax.js";

/** How one export of a module is reached in a file. */
export interface MemberUses {
  /** Calls of it, in source order. */
  readonly calls: readonly Ts.CallExpression[];
  /** Expressions that stand for it and are not called. */
  readonly passedOn: readonly Ts.Node[];
  /** Every expression that stands for it, called or not. */
  readonly references: readonly Ts.Node[];
  /** The string literals that name the module, in imports, requires and import(). */
  readonly specifiers: readonly Ts.StringLiteralLike[];
  /** An import of the member that is erased when the file is compiled. */
  readonly typeOnly: Ts.Node | undefined;
}

/**
 * Follows a module's export through every way of importing it: named, aliased, default and namespace imports,
 * `import x = require()`, `require` and `await import()` with and without destructuring, and constants made from those.
 */
export function memberUses(scopes: Scopes, specifier: string, member: string): MemberUses {
  const search = new Search(scopes, member);
  const specifiers = literals(scopes.root, specifier);
  for (const literal of specifiers) search.from(literal);
  return search.finish(specifiers);
}

function literals(root: Ts.SourceFile, text: string): Ts.StringLiteralLike[] {
  const found: Ts.StringLiteralLike[] = [];
  // Most files name few of the modules that are asked for, and a look at the text costs far less than one at the tree.
  if (!root.text.includes(text)) return found;
  const visit = (node: Ts.Node): void => {
    if (ts.isStringLiteralLike(node) && node.text === text) found.push(node);
    ts.forEachChild(node, visit);
  };
  visit(root);
  return found;
}

class Search {
  readonly #calls: Ts.CallExpression[] = [];
  readonly #passedOn: Ts.Node[] = [];
  readonly #references: Ts.Node[] = [];
  #typeOnly: Ts.Node | undefined;

  constructor(
    private readonly scopes: Scopes,
    private readonly member: string,
  ) {}

  finish(specifiers: readonly Ts.StringLiteralLike[]): MemberUses {
    const calls = this.#calls.sort((a, b) => a.pos - b.pos);
    return {
      calls,
      passedOn: this.#passedOn,
      references: this.#references,
      specifiers,
      typeOnly: this.#typeOnly,
    };
  }

  from(literal: Ts.StringLiteralLike): void {
    const parent = literal.parent;
    if (ts.isImportDeclaration(parent)) this.#importClause(parent.importClause);
    else if (ts.isExternalModuleReference(parent)) {
      if (ts.isImportEqualsDeclaration(parent.parent) && !parent.parent.isTypeOnly)
        this.#eachUse(parent.parent.name, true);
    } else if (ts.isCallExpression(parent) && parent.arguments[0] === literal && this.#loadsModule(parent)) {
      this.#expression(parent, true);
    }
  }

  #loadsModule(call: Ts.CallExpression): boolean {
    const callee = call.expression;
    if (callee.kind === ts.SyntaxKind.ImportKeyword) return true;
    return ts.isIdentifier(callee) && callee.text === "require";
  }

  #importClause(clause: Ts.ImportClause | undefined): void {
    if (clause === undefined) return;
    const { name, namedBindings: bindings } = clause;
    const erased = clause.phaseModifier === ts.SyntaxKind.TypeKeyword;
    if (name && !erased) this.#eachUse(name, true);
    if (bindings === undefined) return;
    if (ts.isNamespaceImport(bindings)) {
      if (!erased) this.#eachUse(bindings.name, true);
      return;
    }
    for (const element of bindings.elements) {
      const imported = (element.propertyName ?? element.name).text;
      if (imported !== this.member && imported !== "default") continue;
      if (!erased && !element.isTypeOnly) this.#eachUse(element.name, imported === "default");
      else if (imported === this.member) this.#typeOnly ??= element;
    }
  }

  #eachUse(declaration: Ts.Identifier, isModule: boolean): void {
    for (const use of this.scopes.occurrencesOf(declaration)) {
      if (use !== declaration) this.#expression(use, isModule);
    }
  }

  /** Follows an expression that stands for the module (or for the member) to what is done with it. */
  #expression(node: Ts.Node, isModule: boolean): void {
    const expression = unwrap(node);
    const parent = expression.parent;
    if (!isModule) this.#references.push(expression);
    if (ts.isVariableDeclaration(parent) && parent.initializer === expression)
      this.#bind(parent.name, isModule);
    else if (isModule) this.#module(expression, parent);
    else if (ts.isCallExpression(parent) && parent.expression === expression) this.#calls.push(parent);
    else if (!ts.isTypeQueryNode(parent)) this.#passedOn.push(expression);
  }

  #module(expression: Ts.Node, parent: Ts.Node): void {
    // A CommonJS module may be its own default export: `require("x")()`.
    const called = ts.isCallExpression(parent) && parent.expression === expression;
    if (called && this.member === "default") this.#calls.push(parent);
    const name = memberName(parent, expression);
    if (name === this.member) this.#expression(parent, false);
    else if (name === "default") this.#expression(parent, true);
    else if (name === "then" && ts.isCallExpression(parent.parent))
      this.#thenCallback(parent.parent.arguments[0]);
  }

  #thenCallback(callback: Ts.Expression | undefined): void {
    if (callback === undefined || !(ts.isArrowFunction(callback) || ts.isFunctionExpression(callback)))
      return;
    const parameter = callback.parameters[0];
    if (parameter) this.#bind(parameter.name, true);
  }

  #bind(name: Ts.BindingName, isModule: boolean): void {
    if (ts.isIdentifier(name)) this.#eachUse(name, isModule);
    else if (isModule && ts.isObjectBindingPattern(name)) {
      for (const element of name.elements) this.#bindElement(element);
    }
  }

  #bindElement(element: Ts.BindingElement): void {
    const from = element.propertyName ?? element.name;
    const key = ts.isIdentifier(from) || ts.isStringLiteralLike(from) ? from.text : undefined;
    if (element.dotDotDotToken) this.#bind(element.name, true);
    else if (key === this.member) this.#bind(element.name, false);
    else if (key === "default") this.#bind(element.name, true);
  }
}

/** Climbs out of what does not change a value: parentheses, casts, `!` and `await`. */
export function unwrap(node: Ts.Node): Ts.Node {
  let current = node;
  for (;;) {
    const parent = current.parent;
    const transparent =
      ts.isParenthesizedExpression(parent) ||
      ts.isAsExpression(parent) ||
      ts.isSatisfiesExpression(parent) ||
      ts.isNonNullExpression(parent) ||
      ts.isTypeAssertionExpression(parent) ||
      ts.isAwaitExpression(parent);
    if (!transparent) return current;
    current = parent;
  }
}

/** The property that `parent` reads from `object`: `object.name` or `object["name"]`. */
export function memberName(parent: Ts.Node, object: Ts.Node): string | undefined {
  if (ts.isPropertyAccessExpression(parent) && parent.expression === object) return parent.name.text;
  if (ts.isElementAccessExpression(parent) && parent.expression === object) {
    return ts.isStringLiteralLike(parent.argumentExpression) ? parent.argumentExpression.text : undefined;
  }
  return undefined;
}
