import type { Any } from "../../internal/any.js";
import { invalidState, invalidThis } from "./errors.js";

interface Transformer {
  start?(controller: TransformStreamDefaultController): unknown;
  transform?(chunk: Any, controller: TransformStreamDefaultController): unknown;
  flush?(controller: TransformStreamDefaultController): unknown;
  cancel?(reason: unknown): unknown;
  readableType?: undefined;
  writableType?: undefined;
}

/** The readable side wants nothing (`isFull`) or something; `changed` settles when that turns. */
interface Pressure {
  isFull: boolean;
  changed: Promise<void>;
  turn(): void;
}

/** What both sides of one stream share. */
interface Sides {
  readonly pressure: Pressure;
  readable: ReadableStreamDefaultController;
  writable: WritableStreamDefaultController;
  isOver: boolean;
}

const sidesOf = new WeakMap<TransformStreamDefaultController, Sides>();

function sides(controller: TransformStreamDefaultController): Sides {
  const found = sidesOf.get(controller);
  if (found === undefined) throw invalidThis("TransformStreamDefaultController");
  return found;
}

/** What a transformer gives its results to. */
export class TransformStreamDefaultController {
  get desiredSize(): number | null {
    return sides(this).readable.desiredSize;
  }

  enqueue(chunk?: unknown): void {
    const { readable, pressure } = sides(this);
    readable.enqueue(chunk);
    const isFull = (readable.desiredSize ?? 0) <= 0;
    if (isFull !== pressure.isFull) setPressure(pressure, isFull);
  }

  error(reason?: unknown): void {
    fail(sides(this), reason);
  }

  terminate(): void {
    const { readable, writable, pressure } = sides(this);
    readable.close();
    writable.error(invalidState("TransformStream has been terminated"));
    setPressure(pressure, false);
  }
}

/**
 * The standard's TransformStream over the engine's own readable and writable streams, so that `pipeThrough` and
 * `pipeTo` take it for what it is.
 */
export class TransformStream {
  readonly #readable: ReadableStream;
  readonly #writable: WritableStream;

  constructor(transformer: Transformer | null = {}, writableStrategy: Any = {}, readableStrategy: Any = {}) {
    const given = transformer ?? {};
    if (given.readableType !== undefined) throw new RangeError("Invalid readableType");
    if (given.writableType !== undefined) throw new RangeError("Invalid writableType");
    const controller = Object.create(
      TransformStreamDefaultController.prototype,
    ) as TransformStreamDefaultController;
    const shared = { pressure: newPressure(), isOver: false } as Sides;
    sidesOf.set(controller, shared);
    // Both sides wait for start(), which needs both of them.
    let begin!: (result: unknown) => void;
    const started = new Promise((resolve) => (begin = resolve));
    this.#writable = new WritableStream(sink(given, controller, shared, started), {
      highWaterMark: 1,
      ...writableStrategy,
    });
    this.#readable = new ReadableStream(source(given, shared, started), {
      highWaterMark: 0,
      ...readableStrategy,
    });
    begin(given.start?.(controller));
  }

  get readable(): ReadableStream {
    return this.#readable;
  }

  get writable(): WritableStream {
    return this.#writable;
  }

  get [Symbol.toStringTag](): string {
    return "TransformStream";
  }
}

function sink(
  transformer: Transformer,
  controller: TransformStreamDefaultController,
  shared: Sides,
  started: Promise<unknown>,
): Any {
  return {
    start(writable: WritableStreamDefaultController) {
      shared.writable = writable;
      return started as Promise<void>;
    },
    async write(chunk: unknown) {
      if (shared.pressure.isFull) await shared.pressure.changed;
      if (shared.isOver) return;
      try {
        if (transformer.transform) await transformer.transform(chunk, controller);
        else controller.enqueue(chunk);
      } catch (error) {
        fail(shared, error);
        throw error;
      }
    },
    async close() {
      try {
        await transformer.flush?.(controller);
      } catch (error) {
        fail(shared, error);
        throw error;
      }
      if (!shared.isOver) closeReadable(shared);
    },
    abort(reason: unknown) {
      return abandon(transformer, reason, shared, () => shared.readable.error(reason));
    },
  };
}

function source(transformer: Transformer, shared: Sides, started: Promise<unknown>): Any {
  return {
    start(readable: ReadableStreamDefaultController) {
      shared.readable = readable;
      return started;
    },
    pull() {
      const { pressure } = shared;
      setPressure(pressure, false);
      return pressure.changed;
    },
    cancel(reason: unknown) {
      return abandon(transformer, reason, shared, () => {
        shared.writable.error(reason);
        setPressure(shared.pressure, false);
      });
    },
  };
}

/** One side gave up: the transformer is told, then the other side. At once when there is nobody to tell. */
function abandon(
  transformer: Transformer,
  reason: unknown,
  shared: Sides,
  tellOther: () => void,
): Promise<void> | undefined {
  shared.isOver = true;
  const told = transformer.cancel?.(reason);
  if (transformer.cancel)
    return Promise.resolve(told)
      .then(() => undefined)
      .finally(tellOther);
  tellOther();
  return undefined;
}

function fail(shared: Sides, reason: unknown): void {
  shared.isOver = true;
  shared.readable.error(reason);
  shared.writable.error(reason);
  // A write that waits for room would wait for ever.
  if (shared.pressure.isFull) setPressure(shared.pressure, false);
}

/** terminate() may have closed it before. */
function closeReadable({ readable }: Sides): void {
  try {
    readable.close();
  } catch {
    // It is closed, or failed, already.
  }
}

function newPressure(): Pressure {
  const pressure = { isFull: false } as Pressure;
  setPressure(pressure, true);
  return pressure;
}

function setPressure(pressure: Pressure, isFull: boolean): void {
  const { turn } = pressure;
  pressure.changed = new Promise((resolve) => (pressure.turn = resolve));
  pressure.isFull = isFull;
  turn?.();
}
