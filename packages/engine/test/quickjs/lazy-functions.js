const body = Array.from({ length: 200 }, (_, n) => `let v${n} = "text ${n}" + a; use(v${n});`).join("\n");
const source = `(function (use) { return function large(a) { ${body} return () => v7; }; })`;
const make = engine.throughBytecode(source);
const large = make(() => {});
const first = engine.allocations(() => large(1));
const second = engine.allocations(() => large(1));
check(
  `a function is read when it is first called (${first} allocations, then ${second})`,
  first > second + 200,
);
check("it works", large("!")() === "text 7!");
const captured = engine.throughBytecode(
  `(a, ...b) => { let c = 1; { let d = 2; var f = () => [a, b, c++, d++]; } return [f, () => eval("c + a")]; }`,
);
const [values, evaluates] = captured(5, 6);
check(
  "variables are captured",
  JSON.stringify([values(), values(), evaluates()]) === "[[5,[6],1,2],[5,[6],2,3],8]",
);
const early = engine.throughBytecode(
  "() => { try { return x; let x; } catch (error) { return error.message; } }",
);
check("an error tells a variable's name", early().includes("x"));
const where = engine.throughBytecode("\n\n  (() => new Error('a'))").call().stack;
check("positions are there", where.includes("app.js:3"));
check(
  "a built-in that is written in JavaScript shows nothing of it",
  !/native>/.test(String(Iterator.zip)) &&
    Iterator.zip([[1], [2]])
      .next()
      .value.join() === "1,2",
);
