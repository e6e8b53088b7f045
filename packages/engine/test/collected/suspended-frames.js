// Closures that outlive their function while it is suspended: what they read is still there after a collection.
const results = [];

/** A value that a later job gives, from outside the function that waits for it. */
function later(work) {
  Promise.resolve()
    .then(() => {})
    .then(work);
}

function* generator(late = () => second, second = { value: 7 }) {
  let first = { value: 1 };
  yield [() => first, () => late()];
  first = { value: 2 };
}
/** Only the closures are kept, the generator is not. */
function dropped() {
  const [first, second] = generator().next().value;
  return () => [first().value, second().value];
}

function* turns() {
  const closures = [];
  for (let turn = 0; turn < 3; turn++) {
    closures.push(() => turn);
    yield closures;
  }
}

async function* asyncGenerator() {
  let held = { value: 1 };
  const read = () => held.value;
  for (let turn = 0; turn < 3; turn++) {
    yield () => read() + turn;
    held = { value: turn + 10 };
  }
}

async function resumed() {
  let resume;
  later(() => resume("resumed"));
  return await new Promise((settle) => {
    resume = settle;
  });
}

async function mapped() {
  const all = arguments;
  let resume;
  later(() => resume(all[0].value));
  return await new Promise((settle) => {
    resume = settle;
  });
}

async function caught() {
  let fail;
  try {
    later(() => fail(new Error("failed")));
    await new Promise((_, reject) => {
      fail = reject;
    });
  } catch (error) {
    const read = () => error.message;
    await null;
    return read();
  }
}

class Method {
  async wait() {
    const self = this;
    let resume;
    later(() => resume(self === this));
    return await new Promise((settle) => {
      resume = settle;
    });
  }
}

/** Garbage that waits for ever. */
async function cycle() {
  let own = { read: () => own };
  own.own = own;
  await new Promise(() => {});
  return own;
}

async function work() {
  results.push(dropped()());
  for (let each = 0; each < 20; each++) cycle();
  let closures;
  for (closures of turns());
  results.push(closures.map((read) => read()));
  const reads = [];
  for await (const read of asyncGenerator()) reads.push(read);
  results.push(reads.map((read) => read()));
  const iterator = turns();
  iterator.next();
  results.push(iterator.return("ended"));
  results.push(await resumed(), await mapped({ value: 5 }), await caught(), await new Method().wait());
}

work().catch((error) => results.push(String(error)));
