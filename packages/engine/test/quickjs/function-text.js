const [plain, later, some, kind] = engine.throughBytecode(
  "[function plain() {}, async function later() {}, function* some() {}, class Kind {}]",
);
check("a function", String(plain) === "function plain() { [native code] }");
check("an async function", String(later) === "async function later() { [native code] }");
check("a generator", String(some).startsWith("function *some"));
check("a class", String(kind) === "class Kind { [native code] }");
check("a built-in is a function", String(Map) === "function Map() { [native code] }");
