class Declared {}
globalThis.Declared = "of the global object";
check("a class hides the property", typeof (0, eval)("Declared") === "function");
engine.forget("Declared");
check("until it is forgotten", (0, eval)("Declared") === "of the global object");
