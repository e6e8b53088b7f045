engine.wordStacks(true);
check("the host words a stack", new Error("a").stack === "worded");
engine.wordStacks(false);
check("or leaves it", new Error("a").stack !== "worded");
