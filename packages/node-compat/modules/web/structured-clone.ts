import { classNumber } from "laconic:node";
import type { Any } from "../internal/any.js";
import { cloningOf } from "../internal/cloning.js";
import { missingArgs } from "../internal/errors.js";
import { failed, uncloneable } from "./clone/failure.js";
import { isBuffer, transferOf } from "./clone/transfer.js";

/** Copies an object whose class's state is known, before or while its parts are copied by the same run. */
type Copy = (value: Any, run: Run) => object;

/** A copy of a value with all that it refers to, as the web platform and V8 make it. */
export function structuredClone(value?: unknown, options?: unknown): unknown {
  if (arguments.length === 0) throw missingArgs("The value argument must be specified");
  const transfer = transferOf(options);
  const run = new Run(new Set(transfer));
  const copy = run.copy(value);
  // Only now: nothing is taken away when something cannot be copied.
  for (const one of transfer as Any[]) if (isBuffer(one)) one.transfer();
  return copy;
}

/** One call: every object is copied once, however often it is referred to. */
class Run {
  readonly copies = new Map<unknown, unknown>();
  readonly #transfer: ReadonlySet<object>;

  constructor(transfer: ReadonlySet<object>) {
    this.#transfer = transfer;
  }

  copy(value: Any): unknown {
    if (typeof value !== "object" || value === null) {
      if (typeof value === "function" || typeof value === "symbol") throw failed(uncloneable(value));
      return value;
    }
    const known = this.copies.get(value);
    if (known !== undefined) return known;
    const made = this.#made(value);
    this.copies.set(value, made);
    return made;
  }

  /** To be called before the parts of an object are copied, which may refer to it. */
  begin<Made extends object>(value: object, made: Made): Made {
    this.copies.set(value, made);
    return made;
  }

  #made(value: Any): object {
    const rule = Object.getPrototypeOf(value) === Object.prototype ? undefined : cloningOf(value);
    if (typeof rule === "function") return rule(value as never);
    if (rule === "never") throw failed("Cannot clone object of unsupported type.");
    if (rule === "transferred") {
      if (this.#transfer.has(value)) return value;
      throw failed("Object that needs transfer was found in message but not listed in transferList");
    }
    const copy = copiers().get(classNumber(value));
    if (copy === undefined) throw failed(uncloneable(value));
    return copy(value, this);
  }
}

let known: Map<number, Copy> | undefined;

/** How to copy by class, as the engine numbers them: a property or a prototype can be anything. */
function copiers(): Map<number, Copy> {
  const typedArrays = [
    ...[Int8Array, Uint8Array, Uint8ClampedArray, Int16Array, Uint16Array, Int32Array, Uint32Array],
    ...[Float32Array, Float64Array, BigInt64Array, BigUint64Array],
    ...((globalThis as Any).Float16Array ? [(globalThis as Any).Float16Array] : []),
  ];
  return (known ??= new Map<number, Copy>([
    [classNumber({}), (value, run) => fill(value, run.begin(value, {}), run)],
    [classNumber([]), array],
    [classNumber(new Error()), error],
    [classNumber(new Date()), (value) => new Date(Date.prototype.getTime.call(value))],
    [classNumber(/a/), regularExpression],
    [classNumber(new Map()), map],
    [classNumber(new Set()), set],
    [classNumber(new ArrayBuffer(0)), buffer],
    [classNumber(new SharedArrayBuffer(0)), (value) => value],
    [classNumber(new DataView(new ArrayBuffer(0))), view(() => DataView)],
    ...[Number, String, Boolean, BigInt].map(boxed),
    ...typedArrays.map((Kind): [number, Copy] => [classNumber(new Kind(0)), view(() => Kind)]),
  ]));
}

function boxed(Kind: Any): [number, Copy] {
  const { valueOf } = Kind.prototype;
  return [classNumber(Object(Kind(0))), (value) => Object(valueOf.call(value))];
}

/** Copies the properties; one that a getter has deleted meanwhile is left out. */
function fill<Made extends object>(value: Any, made: Made, run: Run): Made {
  for (const name of Object.keys(value)) {
    if (!Object.hasOwn(value, name)) continue;
    const copy = run.copy(value[name]);
    if (name === "__proto__") {
      Object.defineProperty(made, name, {
        value: copy,
        writable: true,
        enumerable: true,
        configurable: true,
      });
    } else (made as Any)[name] = copy;
  }
  return made;
}

/** Holes stay, and so do properties that are no elements. */
function array(value: Any, run: Run): object {
  const made: unknown[] = run.begin(value, []);
  made.length = value.length;
  return fill(value, made, run);
}

const ERRORS: Readonly<Record<string, ErrorConstructor>> = {
  EvalError,
  RangeError,
  ReferenceError,
  SyntaxError,
  TypeError,
  URIError,
};

/** Of its properties only these, and the class that its name says. */
function error(value: Any, run: Run): object {
  const name = String(value.name);
  const Kind = Object.hasOwn(ERRORS, name) ? ERRORS[name]! : Error;
  const made = run.begin(value, new Kind());
  const hide = (key: string, part: unknown): void => {
    Object.defineProperty(made, key, { value: part, writable: true, enumerable: false, configurable: true });
  };
  const message = Object.getOwnPropertyDescriptor(value, "message");
  if (message && "value" in message) hide("message", String(message.value));
  const cause = Object.getOwnPropertyDescriptor(value, "cause");
  if (cause && "value" in cause) hide("cause", run.copy(cause.value));
  if (typeof value.stack === "string") hide("stack", value.stack);
  return made;
}

function regularExpression(value: RegExp): object {
  return new RegExp(value.source, value.flags);
}

/** What the map holds now, whatever getters of it change. */
function map(value: Any, run: Run): object {
  const made = run.begin(value, new Map());
  const entries: unknown[] = [];
  Map.prototype.forEach.call(value, (one, key) => entries.push(key, one));
  for (let at = 0; at < entries.length; at += 2) made.set(run.copy(entries[at]), run.copy(entries[at + 1]));
  return made;
}

function set(value: Any, run: Run): object {
  const made = run.begin(value, new Set());
  const members: unknown[] = [];
  Set.prototype.forEach.call(value, (one) => members.push(one));
  for (const one of members) made.add(run.copy(one));
  return made;
}

/** Memory that is transferred is copied too: should a later part refuse to be copied, it has to be there still. */
function buffer(value: Any): object {
  if (value.detached) throw failed("An ArrayBuffer is detached and could not be cloned.");
  if (!value.resizable) return ArrayBuffer.prototype.slice.call(value, 0);
  const made = new (ArrayBuffer as Any)(value.byteLength, { maxByteLength: value.maxByteLength });
  new Uint8Array(made).set(new Uint8Array(value));
  return made;
}

/** Views of one memory stay views of one memory. */
function view(kind: () => Any): Copy {
  return (value, run) => {
    const memory = value.buffer;
    const copy = run.copy(memory);
    const Kind = kind();
    const { byteOffset, byteLength } = value;
    const size: number = Kind.BYTES_PER_ELEMENT ?? 1;
    // Nothing tells a view that grows with its memory from one that ends where that ends now; most are the former.
    const grows = memory.resizable && memory.byteLength - byteOffset - byteLength < size;
    return grows ? new Kind(copy, byteOffset) : new Kind(copy, byteOffset, byteLength / size);
  };
}
