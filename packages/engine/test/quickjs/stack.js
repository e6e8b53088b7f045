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
Error.prepareStackTrace = undefined;
const failure = new RangeError("x");
const { value, ...traits } = Object.getOwnPropertyDescriptor(failure, "stack");
check(
  "it is the error's own",
  value.startsWith("RangeError: x") &&
    JSON.stringify(traits) === '{"writable":true,"enumerable":false,"configurable":true}' &&
    !("stack" in Error.prototype),
);
failure.stack = undefined;
check("it may be replaced by anything", failure.stack === undefined && "stack" in failure);
delete failure.stack;
check("it may be deleted", !("stack" in failure));
