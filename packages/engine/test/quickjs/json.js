const text = JSON.stringify({ alpha: 1, beta: [1, 2, 3], gamma: "plain", delta: { epsilon: "text" } });
JSON.parse(text);
JSON.parse(text);
const parsing = engine.allocations(() => JSON.parse(text));
check(`a text is read without a token for each name (${parsing} allocations)`, parsing <= 16);
check("it reads what it wrote", JSON.stringify(JSON.parse(text)) === text);
check("the last of two names counts", JSON.parse('{"a":1,"a":2}').a === 2);
check("minus zero stays", Object.is(JSON.parse("-0"), -0) && Object.is(JSON.parse("[-0]")[0], -0));
check("large integers are numbers", JSON.parse("[9007199254740993,123456789012345]")[1] === 123456789012345);
check("__proto__ is a property", Object.keys(JSON.parse('{"__proto__":1}')).join() === "__proto__");
const odd = ["\u0000", '"', "\\", "é", "𝒳", "\ud800", "a".repeat(9000) + "é"];
check(
  "whatever is in a string",
  odd.every((each) => JSON.parse(JSON.stringify({ [each]: each }))[each] === each),
);
check("a rope is a string", JSON.stringify("x".repeat(9000) + "y".repeat(9000)).length === 18002);
const bad = ['{"a" 1}', '{"a":1,}', "{a:1}", '{"a":01}', '{"a":1', '"\n"', "[1,]", "{,}"];
check(
  "what is not JSON is refused",
  bad.every((each) => {
    try {
      JSON.parse(each);
    } catch (error) {
      return error instanceof SyntaxError;
    }
  }),
);
