import { lambda, type LambdaFunction } from "@laconic/runtime/library";

const { then } = Promise.prototype;
const { get } = Map.prototype;
const { slice } = String.prototype;
const { JSON: json } = globalThis;

function spoilt(): never {
  throw new Error("spoilt");
}

/** What an app can do to the ground that it stands on. Each is undone by a request of its own, after a right one. */
export const sabotage: LambdaFunction[] = [
  lambda("spoils-arrays", () => {
    Object.assign(Array.prototype, { spoilt: true });
    Object.defineProperty(Array.prototype, "3", {
      set() {
        throw new Error("spoilt");
      },
      configurable: true,
    });
    return "spoilt";
  }),
  lambda("mends-arrays", () => {
    for (const name of ["spoilt", "3"]) Reflect.deleteProperty(Array.prototype, name);
    return "mended";
  }),
  lambda("spoils-promises", () => {
    Promise.prototype.then = () => {
      throw new Error("spoilt");
    };
    return "spoilt";
  }),
  lambda("mends-promises", () => {
    Promise.prototype.then = then;
    return "mended";
  }),
  lambda("spoils-json", () => {
    Object.assign(globalThis, { JSON: undefined });
    return "spoilt";
  }),
  lambda("mends-json", () => {
    globalThis.JSON = json;
    return "mended";
  }),
  lambda("spoils-methods", () => {
    Map.prototype.get = spoilt;
    String.prototype.slice = spoilt;
    return "spoilt";
  }),
  lambda("mends-methods", () => {
    Map.prototype.get = get;
    String.prototype.slice = slice;
    return "mended";
  }),
  lambda("leaves-throwing-finalizer", () => {
    const registry = new FinalizationRegistry(() => {
      throw new Error("from a finalizer");
    });
    registry.register({}, 1);
    return "left";
  }),
  lambda("abandons-generator", async () => {
    async function* numbers(): AsyncGenerator<number> {
      try {
        for (;;) yield 1;
      } finally {
        await new Promise(() => {});
      }
    }
    const abandoned = numbers();
    await abandoned.next();
    void abandoned.return(0);
    return "abandoned";
  }),
  lambda("sorts-without-order", () => {
    const numbers = Array.from({ length: 10_000 }, (_, index) => index);
    return numbers.sort(() => Math.random() - 0.5).sort(() => NaN).length;
  }),
  lambda("shrinks-while-sorting", () => {
    const numbers = Array.from({ length: 1000 }, (_, index) => 1000 - index);
    numbers.sort((a, b) => {
      numbers.length = 3;
      return a - b;
    });
    return numbers.length;
  }),
];
