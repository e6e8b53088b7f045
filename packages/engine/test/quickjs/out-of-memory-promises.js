let settled = 0;
let started = 0;
const later = async () => {
  started++;
  await null;
  return 1;
};
engine.refusals(() => {
  later().then(
    () => settled++,
    () => settled++,
  );
});
engine.refusals(() => Promise.all([1, later()]));
engine.refusals(() => Promise.any([1, later()]));
engine.refusals(() => Promise.withResolvers());
const deep = async (n) => (n > 0 ? await deep(n - 1) : deep(0.5 + n));
let end;
(function recurse() {
  try {
    recurse();
  } catch {
    later().then(() => (end = "settled"));
  }
})();
let hops = Promise.resolve();
for (let index = 0; index < 10; index++) hops = hops.then(() => {});
hops.then(() => {
  check("an async function is settled where memory is short", settled > 0 && settled <= started);
  check("and at the end of the stack", end === "settled");
});
