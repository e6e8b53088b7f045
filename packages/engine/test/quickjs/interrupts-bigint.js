const digits = "7".repeat(60000);
const large = 7n ** 60000n;
const cases = {
  multiplication: () => large ** 4n * large ** 4n,
  division: () => large ** 6n / large ** 3n,
  "from text": () => BigInt(digits.repeat(4)),
  "to text": () => String(large ** 4n),
};
for (const [name, run] of Object.entries(cases)) check(name, engine.isInterrupted(5, run));
