/** esbuild's helper for a `require` of an ES module. Its parameters have other names where a module has such names at its top. */
const HELPER =
  /^var __toCommonJS = \((\w+)\) => __copyProps\(__defProp\(\{\}, "__esModule", \{ value: true \}\), \1\);$/m;

/**
 * What Node gives: the export `module.exports` when the module has it, otherwise one object for all who require the module,
 * marked as an ES module for the code that compilers wrote when it has a default export. What is exported later, in a
 * cycle of imports, is added when the module is required again.
 */
const NODES = [
  'var __esmRequired = new WeakMap(), __toCommonJS = (m, o) => __hasOwnProp.call(m, "module.exports") ? m["module.exports"] :',
  "((o = __esmRequired.get(m)) || __esmRequired.set(m, o = {}),",
  '"default" in m && !("__esModule" in m) && __defProp(o, "__esModule", { value: true, configurable: true }), __copyProps(o, m));',
].join(" ");

/** Lets `require` of an ES module give what it gives in Node. Every line of the bundle stays where it is. */
export function withRequireOfEsm(code: string): string {
  return code.replace(HELPER, NODES);
}
