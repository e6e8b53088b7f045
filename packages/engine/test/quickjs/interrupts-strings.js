const text = "a".repeat(1 << 18);
const pattern = "a".repeat(1 << 16) + "b";
const cases = {
  indexOf: () => text.indexOf(pattern),
  lastIndexOf: () => text.lastIndexOf(pattern),
  includes: () => text.includes(pattern),
  split: () => text.split(pattern),
  replaceAll: () => text.replaceAll(pattern, ""),
  sort: () => Array.from({ length: 300 }, (_, n) => text + n).sort(),
};
for (const [name, run] of Object.entries(cases)) check(name, engine.isInterrupted(5, run));
