// Each way out of a for await loop, and what is called on it, as Node has it.
const iterator = (log, over = {}) => ({
  [Symbol.asyncIterator]() {
    let i = 0;
    return {
      next: async () => (i < 3 ? { done: false, value: i++ } : { done: true }),
      return: async () => {
        log.push("return");
        await null;
        log.push("released");
        return {};
      },
      ...over,
    };
  },
});
const cases = {
  async throwInBody(log) {
    try {
      for await (const v of iterator(log)) throw new Error("body");
    } catch (e) {
      log.push(e.message);
    }
  },
  async returnInBody(log) {
    const r = await (async () => {
      for await (const v of iterator(log)) return "r" + v;
    })();
    log.push(r);
  },
  async continueOuter(log) {
    o: for (const a of [1, 2])
      for await (const v of iterator(log)) {
        log.push(a + ":" + v);
        continue o;
      }
  },
  async breakOuter(log) {
    o: for await (const a of iterator(log))
      for await (const v of iterator(log)) {
        break o;
      }
    log.push("after");
  },
  async destructuringHead(log) {
    try {
      for await (const [x] of iterator(log)) log.push(x);
    } catch (e) {
      log.push(e.constructor.name);
    }
  },
  async destructuringDefaultThrows(log) {
    try {
      for await (const {
        a = (() => {
          throw "d";
        })(),
      } of iterator(log))
        log.push(a);
    } catch (e) {
      log.push(e);
    }
  },
  async targetSetterThrows(log) {
    const o = {
      set x(v) {
        throw "set";
      },
    };
    try {
      for await (o.x of iterator(log));
    } catch (e) {
      log.push(e);
    }
  },
  async nextThrows(log) {
    try {
      for await (const v of iterator(log, {
        next() {
          throw "n";
        },
      }));
    } catch (e) {
      log.push(e);
    }
  },
  async nextRejects(log) {
    try {
      for await (const v of iterator(log, { next: () => Promise.reject("n") }));
    } catch (e) {
      log.push(e);
    }
  },
  async nextNotObject(log) {
    try {
      for await (const v of iterator(log, { next: () => 1 }));
    } catch (e) {
      log.push(e.constructor.name);
    }
  },
  async doneThrows(log) {
    try {
      for await (const v of iterator(log, {
        next: () => ({
          get done() {
            throw "done";
          },
        }),
      }));
    } catch (e) {
      log.push(e);
    }
  },
  async valueThrows(log) {
    try {
      for await (const v of iterator(log, {
        next: () => ({
          done: false,
          get value() {
            throw "v";
          },
        }),
      }));
    } catch (e) {
      log.push(e);
    }
  },
  async returnThrowsAfterThrow(log) {
    try {
      for await (const v of iterator(log, {
        return() {
          log.push("ret");
          throw "r";
        },
      }))
        throw "body";
    } catch (e) {
      log.push(e);
    }
  },
  async returnRejectsAfterThrow(log) {
    try {
      for await (const v of iterator(log, { return: () => Promise.reject("r") })) throw "body";
    } catch (e) {
      log.push(e);
    }
  },
  async returnGetterThrowsAfterThrow(log) {
    try {
      for await (const v of iterator(log, {
        get return() {
          throw "g";
        },
      }))
        throw "body";
    } catch (e) {
      log.push(e);
    }
  },
  async returnRejectsAfterBreak(log) {
    try {
      for await (const v of iterator(log, { return: () => Promise.reject("r") })) break;
    } catch (e) {
      log.push(e);
    }
  },
  async returnNotObject(log) {
    try {
      for await (const v of iterator(log, { return: () => 1 })) break;
    } catch (e) {
      log.push(e.constructor.name);
    }
  },
  async noReturn(log) {
    try {
      for await (const v of iterator(log, { return: undefined })) throw "body";
    } catch (e) {
      log.push(e);
    }
    for await (const v of iterator(log, { return: null })) break;
    log.push("ok");
  },
  async finallyAround(log) {
    try {
      for await (const v of iterator(log)) {
        try {
          throw "in";
        } finally {
          log.push("fin");
        }
      }
    } catch (e) {
      log.push(e);
    }
  },
  async returnInFinally(log) {
    log.push(
      await (async () => {
        for await (const v of iterator(log)) {
          try {
            return 1;
          } finally {
            log.push("fin");
          }
        }
      })(),
    );
  },
  async syncIterableThrow(log) {
    const it = {
      [Symbol.iterator]() {
        return {
          next: () => ({ done: false, value: 1 }),
          return() {
            log.push("return");
            return {};
          },
        };
      },
    };
    try {
      for await (const v of it) throw "b";
    } catch (e) {
      log.push(e);
    }
  },
  async syncIterableRejectedValue(log) {
    const it = {
      [Symbol.iterator]() {
        return {
          next: () => ({ done: false, value: Promise.reject("rv") }),
          return() {
            log.push("return");
            return {};
          },
        };
      },
    };
    try {
      for await (const v of it) log.push("never");
    } catch (e) {
      log.push(e);
    }
  },
  async asyncGenerator(log) {
    async function* g() {
      try {
        yield 1;
        yield 2;
      } finally {
        await null;
        log.push("cleaned");
      }
    }
    try {
      for await (const v of g()) throw "b";
    } catch (e) {
      log.push(e);
    }
    for await (const v of g()) break;
    log.push("end");
  },
  async inAsyncGeneratorReturn(log) {
    async function* g() {
      for await (const v of iterator(log)) yield v;
    }
    const it = g();
    await it.next();
    log.push(JSON.stringify(await it.return("x")));
  },
  async inAsyncGeneratorThrow(log) {
    async function* g() {
      for await (const v of iterator(log)) yield v;
    }
    const it = g();
    await it.next();
    await it.throw("t").catch((e) => log.push(e));
  },
  async nested(log) {
    try {
      for await (const a of iterator(log)) for await (const b of iterator(log)) throw "both";
    } catch (e) {
      log.push(e);
    }
  },
  async usingIn(log) {
    for await (const v of iterator(log)) {
      const f = () => v;
      log.push(f());
    }
  },
  async evalIn(log) {
    for await (const v of iterator(log)) {
      eval("log.push(v)");
      if (v) break;
    }
  },
};
const expected = {
  throwInBody: ["return", "released", "body"],
  returnInBody: ["return", "released", "r0"],
  continueOuter: ["1:0", "return", "released", "2:0", "return", "released"],
  breakOuter: ["return", "released", "return", "released", "after"],
  destructuringHead: ["return", "released", "TypeError"],
  destructuringDefaultThrows: ["return", "released", "d"],
  targetSetterThrows: ["return", "released", "set"],
  nextThrows: ["n"],
  nextRejects: ["n"],
  nextNotObject: ["TypeError"],
  doneThrows: ["done"],
  valueThrows: ["v"],
  returnThrowsAfterThrow: ["ret", "body"],
  returnRejectsAfterThrow: ["body"],
  returnGetterThrowsAfterThrow: ["g"],
  returnRejectsAfterBreak: ["r"],
  returnNotObject: ["TypeError"],
  noReturn: ["body", "ok"],
  finallyAround: ["fin", "return", "released", "in"],
  returnInFinally: ["fin", "return", "released", 1],
  syncIterableThrow: ["return", "b"],
  syncIterableRejectedValue: ["return", "rv"],
  asyncGenerator: ["cleaned", "b", "cleaned", "end"],
  inAsyncGeneratorReturn: ["return", "released", '{"value":"x","done":true}'],
  inAsyncGeneratorThrow: ["return", "released", "t"],
  nested: ["return", "released", "return", "released", "both"],
  usingIn: [0, 1, 2],
  evalIn: [0, 1, "return", "released"],
};
(async () => {
  for (const name in cases) {
    const log = [];
    await cases[name](log);
    check(`${name}: ${JSON.stringify(log)}`, JSON.stringify(log) === JSON.stringify(expected[name]));
  }
})();
