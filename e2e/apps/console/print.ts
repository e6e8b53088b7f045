class Point {
  readonly x = 1;
  #hidden = 2;
  get sum(): number {
    return this.x + this.#hidden;
  }
}

/** Prints a bit of everything; Node must print the same. */
export function print(): void {
  console.log("text", 1, -0, 1.5, true, null, undefined, 10n, Symbol("sign"));
  console.log(
    "%s is %d, %i, %f, %j, %o, %O, %%, %c",
    "x",
    5.5,
    5.5,
    "1.5",
    { a: 1 },
    [1],
    { b: 2 },
    "css",
    "rest",
  );
  console.log(
    { a: 1, b: { c: [1, 2, { d: { e: {} } }] } },
    new Map([[1, { a: 2 }]]),
    new Set("ab"),
    new Point(),
  );
  console.log([1, , 3], [["a", "b"]], ["text"], "text", { "a-b": 1 }, Object.create(null));
  console.log(new Uint8Array(3), new Date(0), /x/g, () => 1, new Error("only").message);
  class Line extends Point {
    static readonly width = 2;
  }
  console.log(
    Point,
    [Line],
    class {},
    class extends Line {},
    { Point },
    function named() {},
    async () => 1,
  );
  const ring: Record<string, unknown> = { name: "ring" };
  ring["self"] = ring;
  console.log(ring, {
    get lazy() {
      return 1;
    },
    set lazy(_value) {},
  });
  console.log({ long: "x".repeat(100), list: Array.from({ length: 120 }, (_, i) => i), text: "a\nb" });
  console.group("group", 1);
  console.info({ inside: "a\nb" });
  console.group();
  console.debug("deeper\nlines");
  console.groupEnd();
  console.groupEnd();
  console.log("outside");
  console.dir({ a: { b: { c: { d: 1 } } } }, { depth: 0 });
  console.count();
  console.count("label");
  console.count();
  console.countReset();
  console.count();
  console.assert(true, "not printed");
  console.log();
}
