const source = `(function (a, { b, c = () => [...b, a] }) {
  label: for (const [key, value] of Object.entries(b)) { switch (key) { case "x": continue label; default: break label; } }
  class Inner extends Object { #p = a; static { this.q = 1; } get p() { return this.#p; } async *g() { yield* b; } }
  try { return \`\${a}\${new Inner().p}\`; } finally { c?.(); }
})`;
const expected = (0, eval)(source)(1, { b: [1] });
const other = (run) =>
  engine.refusals(() => {
    let value;
    try {
      value = run();
    } catch {
      return;
    }
    if (value !== true) throw new Error("another value");
  });
check("no half of a program is run", other(() => (0, eval)(source)(1, { b: [1] }) === expected) === 0);
check("nor of a pattern", other(() => new RegExp("(?<a>x|[y-z]+)\\d{2,3}", "u").test("yz12")) === 0);
