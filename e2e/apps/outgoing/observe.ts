import type { EventEmitter } from "node:events";

/** Resolves with what the event carries, rejects with an error that comes first. */
export function once(emitter: EventEmitter, event: string): Promise<unknown[]> {
  return new Promise((resolve, reject) => {
    const failed = (error: unknown): void => reject(error);
    if (event !== "error") emitter.once("error", failed);
    emitter.once(event, (...values: unknown[]) => {
      emitter.off("error", failed);
      resolve(values);
    });
  });
}

/** The events as they come, in their order. */
export function record(emitter: EventEmitter, ...events: string[]): unknown[] {
  const seen: unknown[] = [];
  for (const event of events) {
    emitter.on(event, (...values: unknown[]) => seen.push([event, ...values.map(plain)]));
  }
  return seen;
}

function plain(value: unknown): unknown {
  if (value instanceof Error) return describe(value);
  return typeof value === "object" && value !== null ? value.constructor.name : value;
}

/** What a caller looks at in an error. */
export function describe(error: unknown): object {
  const { name, message, code, errno, syscall, address, hostname, cause } = error as Record<string, unknown>;
  return {
    name,
    message,
    code,
    errno,
    syscall,
    address,
    hostname,
    ...(cause ? { cause: describe(cause) } : {}),
  };
}

export async function failure(promise: Promise<unknown>): Promise<object> {
  return promise.then((value) => ({ unexpected: value }), describe);
}
