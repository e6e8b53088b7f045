/* Iterators that call themselves, and cycles of what is weak. */
const results = [];

const attempt = (act) => {
  try {
    results.push(act());
  } catch (error) {
    results.push(error.name);
  }
};

attempt(() => {
  let joined;
  const reentrant = {
    [Symbol.iterator]() {
      try {
        joined.return();
      } catch (error) {
        return [error.name].values();
      }
      return [].values();
    },
  };
  joined = Iterator.concat(reentrant);
  return joined.next();
});

attempt(() => {
  let joined;
  const inner = {
    next() {
      return joined.next();
    },
  };
  joined = Iterator.concat({ [Symbol.iterator]: () => inner });
  return joined.next();
});

attempt(() => {
  let mapped;
  const values = {
    __proto__: Iterator.prototype,
    next: () => ({ value: mapped?.return?.(), done: false }),
    return: () => ({}),
  };
  mapped = values.map((value) => [value]);
  return mapped.next();
});

attempt(() => {
  for (let each = 0; each < 20; each++) {
    const target = {};
    const registry = new FinalizationRegistry(() => {});
    registry.register(target, registry, registry);
    registry.of = target;
    target.in = new WeakRef(registry);
    target.map = new WeakMap([
      [registry, target],
      [target, registry],
    ]);
  }
  return "alive";
});

attempt(() => {
  function* each() {
    for (const item of yield "which?") yield item;
  }
  const iterator = each();
  return [iterator.next().value, iterator.next([1, 2]).value, iterator.return(3)];
});
