// The same import swap as `laconic-rewrite activate`, as one would write it for jscodeshift.
module.exports = function swap(file, { jscodeshift }) {
  const root = jscodeshift(file.source);
  const imports = root.find(jscodeshift.ImportDeclaration, { source: { value: "@laconic/runtime" } });
  if (imports.length === 0) return undefined;
  imports.forEach(({ node }) => {
    node.source = jscodeshift.stringLiteral("@laconic/runtime/library");
  });
  return root.toSource({ quote: "double" });
};
