const error = new TypeError("told");
check("a stack begins with the error", error.stack.startsWith("TypeError: told\n    at "));
check("its last line has no line feed", !error.stack.endsWith("\n"));
const odd = {
  get name() {
    throw 1;
  },
};
Error.captureStackTrace(odd);
check("an error that cannot be told has its frames alone", odd.stack.startsWith("    at "));
const other = engine.refusals(() => {
  throw new RangeError("out of memory, or this");
});
check("what is thrown stays thrown, whatever is refused", other === 0);
Error.prepareStackTrace = (_, sites) => sites.length;
const thrown = engine.refusals(() => {
  throw new RangeError("out of memory, or this");
});
check("call sites are freed once", thrown === 0);
