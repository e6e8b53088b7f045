class Special extends Array {}
const work = {
  "an array of another prototype": () => new Special(),
  "a bound function": () => function () {}.bind(null, 1),
  "a prototype that is set": () => Object.setPrototypeOf({ a: 1 }, { b: 2 }),
  "a text from an array": () => JSON.stringify([[{ toJSON: () => [1] }]], (key, value) => value),
};
for (const [name, run] of Object.entries(work)) check(name, engine.refusals(run) === 0);
engine.refusals(() => Iterator.prototype.flatMap);
engine.refusals(() => Math.hypot);
check(
  "a built-in is made at the next attempt",
  typeof Math.hypot === "function" && typeof Iterator.prototype.flatMap === "function",
);
