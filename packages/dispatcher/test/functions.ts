import type { Context } from "aws-lambda";
import {
  createDispatch,
  eventAdapter,
  fetchAdapter,
  nodeHandler,
  responseAdapter,
  type RegisteredFunction,
  type Dispatch,
  type FetchFunction,
  type Registry,
  type ResponseHandler,
} from "../src/index.js";

type AnyAdapter = RegisteredFunction["adapter"];

/** A registry of one function named `subject`. */
export function registryOf(adapter: AnyAdapter): Registry {
  const subject = { name: "subject", options: {}, adapter };
  return { name: "Tests", description: "", functions: new Map([["subject", subject]]) };
}

export function dispatchTo(adapter: AnyAdapter): Dispatch {
  return createDispatch(registryOf(adapter));
}

export const plain = (handler: (event: never, context: Context) => unknown): AnyAdapter =>
  eventAdapter("subject", handler as never);

export const responding = (handler: ResponseHandler): AnyAdapter => responseAdapter("subject", handler);

export const fetching = (app: FetchFunction): AnyAdapter => fetchAdapter("subject", app);

/** Calls the function both ways the project calls it, as library and as Node handler, and expects the same of both. */
export async function invoke(adapter: AnyAdapter, event: unknown, context: object = {}): Promise<unknown> {
  const inNode = nodeHandler({ name: "subject", options: {}, adapter });
  const [library, node] = await Promise.allSettled([
    (async () => dispatchTo(adapter)("subject", JSON.stringify(event), JSON.stringify(context)))(),
    inNode(event, context as Context),
  ]);
  if (library.status !== node.status) {
    throw new Error("The library and Node disagree", { cause: { library, node } });
  }
  if (library.status === "rejected") throw library.reason;
  const value: unknown = JSON.parse(library.value);
  const other: unknown = JSON.parse(JSON.stringify((node as PromiseFulfilledResult<unknown>).value));
  if (JSON.stringify(value) !== JSON.stringify(other)) {
    throw new Error("The library and Node give different results", { cause: { value, other } });
  }
  return value;
}
