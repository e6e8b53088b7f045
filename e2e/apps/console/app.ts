import { afterRestore, beforeSnapshot, lambda, main as laconicMain } from "@laconic/runtime/library";
import { print } from "./print.js";

beforeSnapshot(() => console.log("before the snapshot"));
afterRestore(async () => {
  await null;
  console.log("after the restore");
});

function fail(): never {
  throw new TypeError("reported", { cause: new Error("behind it") });
}

function main() {
  return laconicMain("Console", "Prints what it is told", [
    lambda("print", () => {
      print();
      return "printed";
    }),
    lambda("report", () => {
      try {
        fail();
      } catch (error) {
        console.error("it failed:", error);
        console.warn(error);
        console.debug("not at this level");
        console.info("two\nlines", { a: 1 });
      }
      return "reported";
    }),
    lambda("stack", () => {
      try {
        return fail();
      } catch (error) {
        return (error as Error).stack;
      }
    }),
    lambda("fail", fail),
    lambda("environment", (name: string) => process.env[name] ?? null),
    lambda("random", () => Math.random()),
  ]);
}

main();
