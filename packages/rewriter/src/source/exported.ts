import type { ts as Ts } from "ts-morph";
import { assignedValue, assignmentsTo, declarationOf, inner } from "./declarations.js";
import type { Scopes } from "./scopes.js";
import { ts } from "./syntax.js";

/** Something that a module exports under a name. */
export interface Exported {
  /** `default` for a default export and for `module.exports = value`. */
  readonly name: string;
  /**
   * The declaration or expression that is exported; where it is known, what a variable was initialised with. Where that
   * depends on a condition it is only its name.
   */
  readonly value: Ts.Node;
  /** How the file itself can speak of it once all of it has run; undefined while it has no name. */
  readonly reference: string | undefined;
  /** The type that a variable is declared with, as written. */
  readonly type: Ts.TypeNode | undefined;
  /** The node to show when something is wrong with it. */
  readonly node: Ts.Node;
  /** The module that a re-export takes it from. */
  readonly from?: Ts.StringLiteralLike;
}

/** An export as it is read from one place, with what the rest of the file can change about it. */
export interface Found extends Exported {
  /** Set on CommonJS's object of exports. */
  readonly ofObject?: boolean;
  /** The assignment to `module.exports` that it is part of. */
  readonly replaces?: Ts.Node | undefined;
  readonly isConditional?: boolean;
  /** What is assigned to. */
  readonly target?: Ts.Node;
  /** `exports.name`: what holds it in the end, whatever the value was called. */
  readonly place?: string;
}

/** A variable that is exported by its declaration, or under another name. */
export function variable(scopes: Scopes, declaration: Ts.VariableDeclaration): Found[] {
  const { name, initializer, type } = declaration;
  if (ts.isObjectBindingPattern(name)) {
    return name.elements.flatMap(({ name: bound }) =>
      ts.isIdentifier(bound)
        ? [{ name: bound.text, value: bound, reference: bound.text, type: undefined, node: bound }]
        : [],
    );
  }
  if (!ts.isIdentifier(name)) return [];
  const isFixed = initializer !== undefined && assignmentsTo(scopes, name).length === 0;
  return [
    {
      name: name.text,
      value: isFixed ? assignedValue(initializer) : name,
      reference: name.text,
      type: type ?? (initializer && satisfied(initializer)),
      node: name,
    },
  ];
}

/** An expression that is exported; of a variable, what it was made with. */
export function valueExport(
  scopes: Scopes,
  name: string,
  expression: Ts.Expression,
  reference: string | undefined,
): Found {
  const value = isAssignment(expression) ? assignedValue(expression) : expression;
  if (!ts.isIdentifier(value))
    return { name, value: inner(value), reference, type: satisfied(value), node: value };
  const declaration = declarationOf(scopes, value);
  const own =
    declaration && ts.isVariableDeclaration(declaration) ? variable(scopes, declaration)[0] : undefined;
  return {
    name,
    value: own?.value ?? declaration ?? value,
    reference: value.text,
    type: own?.type,
    node: own?.node ?? value,
  };
}

function satisfied(initializer: Ts.Expression): Ts.TypeNode | undefined {
  return ts.isSatisfiesExpression(initializer) ? initializer.type : undefined;
}

export function isAssignment(node: Ts.Node): node is Ts.BinaryExpression {
  return ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.EqualsToken;
}
