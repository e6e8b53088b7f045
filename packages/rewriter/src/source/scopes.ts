import type { ts as Ts } from "ts-morph";
import { ts } from "./syntax.js";

/**
 * Which identifiers mean the same variable, from the syntax alone. A type checker would need the whole program and its
 * libraries; renaming in one file needs only the scopes of that file.
 */
export class Scopes {
  readonly #declared = new Map<Ts.Node, Set<string>>();
  readonly #occurrences = new Map<string, Ts.Identifier[]>();
  readonly root: Ts.SourceFile;

  constructor(root: Ts.SourceFile) {
    this.root = root;
    this.#visit(root);
  }

  /** Whether some variable of that name is declared or used anywhere: such a name must not be introduced. */
  has(name: string): boolean {
    return this.#occurrences.has(name);
  }

  /** Whether the module itself declares the name, imports included. */
  declaredAtTop(name: string): boolean {
    return this.#declared.get(this.root)?.has(name) ?? false;
  }

  /** The scope that declares the variable an identifier stands for; undefined for a global. */
  scopeOf(identifier: Ts.Identifier): Ts.Node | undefined {
    let node: Ts.Node | undefined = namesItsParent(identifier) ? identifier.parent.parent : identifier.parent;
    for (; node !== undefined; node = node.parent) {
      if (this.#declared.get(node)?.has(identifier.text)) return node;
    }
    return undefined;
  }

  /** Every occurrence of the variable that a declaring identifier introduces, itself included, in source order. */
  occurrencesOf(declaration: Ts.Identifier): Ts.Identifier[] {
    const scope = this.scopeOf(declaration);
    const sameName = this.#occurrences.get(declaration.text) ?? [];
    return sameName.filter((identifier) => this.scopeOf(identifier) === scope);
  }

  /** `wanted`, or the first of wanted2, wanted3, ... that means nothing yet in this file. */
  freeName(wanted: string): string {
    let name = wanted;
    for (let next = 2; this.has(name); next++) name = `${wanted}${next}`;
    return name;
  }

  #visit(node: Ts.Node): void {
    if (ts.isIdentifier(node) && isVariable(node)) push(this.#occurrences, node.text, node);
    this.#declare(node);
    ts.forEachChild(node, (child) => this.#visit(child));
  }

  #declare(node: Ts.Node): void {
    if (ts.isVariableDeclaration(node) || ts.isParameter(node)) {
      const scope = ts.isParameter(node) ? node.parent : variableScope(node);
      for (const name of boundNames(node.name)) this.#add(scope, name);
    } else if (ts.isFunctionExpression(node) || ts.isClassExpression(node)) {
      if (node.name) this.#add(node, node.name.text);
    } else if (ts.isFunctionDeclaration(node) || ts.isClassDeclaration(node) || ts.isEnumDeclaration(node)) {
      if (node.name) this.#add(blockScope(node.parent), node.name.text);
    } else if (ts.isModuleDeclaration(node) && ts.isIdentifier(node.name)) {
      this.#add(blockScope(node.parent), node.name.text);
    } else if (ts.isImportClause(node) || ts.isImportSpecifier(node) || ts.isNamespaceImport(node)) {
      if (node.name) this.#add(this.root, node.name.text);
    } else if (ts.isImportEqualsDeclaration(node)) {
      this.#add(blockScope(node.parent), node.name.text);
    }
  }

  #add(scope: Ts.Node, name: string): void {
    const names = this.#declared.get(scope);
    if (names) names.add(name);
    else this.#declared.set(scope, new Set([name]));
  }
}

function push<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}

/** The identifiers that a declaration's name binds, through destructuring. */
export function boundNames(name: Ts.BindingName): string[] {
  if (ts.isIdentifier(name)) return [name.text];
  return name.elements.flatMap((element) =>
    ts.isOmittedExpression(element) ? [] : boundNames(element.name),
  );
}

function variableScope(node: Ts.VariableDeclaration): Ts.Node {
  const list = node.parent;
  if (ts.isCatchClause(list)) return list;
  const lexical = (list.flags & ts.NodeFlags.BlockScoped) !== 0;
  return lexical ? blockScope(list.parent) : hoistScope(list);
}

function blockScope(from: Ts.Node): Ts.Node {
  let node = from;
  while (!isBlockScope(node) && !isHoistScope(node)) node = node.parent;
  return node;
}

function hoistScope(from: Ts.Node): Ts.Node {
  let node = from;
  while (!isHoistScope(node)) node = node.parent;
  return node;
}

function isBlockScope(node: Ts.Node): boolean {
  return ts.isBlock(node) || ts.isCaseBlock(node) || ts.isIterationStatement(node, false);
}

function isHoistScope(node: Ts.Node): boolean {
  return (
    ts.isSourceFile(node) ||
    ts.isModuleBlock(node) ||
    ts.isFunctionLike(node) ||
    ts.isClassStaticBlockDeclaration(node)
  );
}

// The name of a function or class declaration belongs to the scope around it, not to the one that it opens.
function namesItsParent(identifier: Ts.Identifier): boolean {
  const parent = identifier.parent;
  return (ts.isFunctionDeclaration(parent) || ts.isClassDeclaration(parent)) && parent.name === identifier;
}

/** Whether an identifier stands for a variable: not a property, label, attribute, or the far name of an alias. */
function isVariable(identifier: Ts.Identifier): boolean {
  const parent = identifier.parent;
  if (ts.isPropertyAccessExpression(parent)) return parent.expression === identifier;
  if (ts.isQualifiedName(parent)) return parent.left === identifier;
  if (ts.isBindingElement(parent)) return parent.propertyName !== identifier;
  if (ts.isImportSpecifier(parent)) return parent.name === identifier;
  if (ts.isExportSpecifier(parent)) return isExportedVariable(parent, identifier);
  if (ts.isNamespaceExport(parent) || ts.isMetaProperty(parent) || ts.isImportAttribute(parent)) return false;
  if (ts.isTypeReferenceNode(parent) || ts.isTypeAliasDeclaration(parent)) return false;
  if (ts.isInterfaceDeclaration(parent) || ts.isTypeParameterDeclaration(parent)) return false;
  if (ts.isNamedTupleMember(parent) || ts.isJsxAttribute(parent) || ts.isJsxNamespacedName(parent))
    return false;
  if (ts.isLabeledStatement(parent) || ts.isBreakOrContinueStatement(parent)) return false;
  if (isJsxTag(parent, identifier)) return !/^[a-z]/.test(identifier.text);
  if (ts.isShorthandPropertyAssignment(parent)) return true;
  return !(isNamedMember(parent) && parent.name === identifier);
}

function isExportedVariable(specifier: Ts.ExportSpecifier, identifier: Ts.Identifier): boolean {
  const fromElsewhere = specifier.parent.parent.moduleSpecifier !== undefined;
  return !fromElsewhere && (specifier.propertyName ?? specifier.name) === identifier;
}

function isJsxTag(parent: Ts.Node, identifier: Ts.Identifier): boolean {
  const tag =
    ts.isJsxSelfClosingElement(parent) || ts.isJsxOpeningElement(parent) || ts.isJsxClosingElement(parent);
  return tag && parent.tagName === identifier;
}

function isNamedMember(
  node: Ts.Node,
): node is Ts.PropertyAssignment | Ts.ClassElement | Ts.TypeElement | Ts.EnumMember {
  return (
    ts.isPropertyAssignment(node) ||
    ts.isClassElement(node) ||
    ts.isTypeElement(node) ||
    ts.isEnumMember(node)
  );
}
