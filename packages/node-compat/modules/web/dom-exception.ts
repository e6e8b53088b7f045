import { cloned } from "../internal/cloning.js";
import { nodeError } from "../internal/errors.js";

/** Numbers of the errors that have one, in their order; no error has the name that is missing. */
const CODES =
  "INDEX_SIZE DOMSTRING_SIZE HIERARCHY_REQUEST WRONG_DOCUMENT INVALID_CHARACTER NO_DATA_ALLOWED NO_MODIFICATION_ALLOWED NOT_FOUND NOT_SUPPORTED INUSE_ATTRIBUTE INVALID_STATE SYNTAX INVALID_MODIFICATION NAMESPACE INVALID_ACCESS VALIDATION TYPE_MISMATCH SECURITY NETWORK ABORT URL_MISMATCH QUOTA_EXCEEDED TIMEOUT INVALID_NODE_TYPE DATA_CLONE".split(
    " ",
  );
const NAMES =
  "IndexSizeError - HierarchyRequestError WrongDocumentError InvalidCharacterError - NoModificationAllowedError NotFoundError NotSupportedError InUseAttributeError InvalidStateError SyntaxError InvalidModificationError NamespaceError InvalidAccessError - TypeMismatchError SecurityError NetworkError AbortError URLMismatchError QuotaExceededError TimeoutError InvalidNodeTypeError DataCloneError".split(
    " ",
  );

interface State {
  readonly message: string;
  readonly name: string;
}

const states = new WeakMap<object, State>();

function stateOf(error: object): State {
  const state = states.get(error);
  if (state === undefined) {
    throw nodeError(TypeError, "ERR_INVALID_THIS", 'Value of "this" must be of DOMException');
  }
  return state;
}

/** As Node's: an Error in all but its class, whose name and message are the class's accessors. */
class Exception {
  constructor(message: unknown = "", options: unknown = "Error") {
    const self = new Error();
    Object.setPrototypeOf(self, new.target.prototype as object);
    const isObject = typeof options === "object" && options !== null;
    const name = isObject ? (options as { name?: unknown }).name : options;
    const state = { message: `${message as string}`, name: `${name as string}` };
    states.set(self, state);
    if (isObject && "cause" in options) hide(self, "cause", options.cause);
    Error.captureStackTrace(self, new.target);
    const frames = String(self.stack).replace(/^(?! {4}at ).*\n?/, "");
    const headline = [state.name, state.message].filter(Boolean).join(": ");
    hide(self, "stack", `${headline}\n${frames}`);
    return self as unknown as Exception;
  }

  get name(): string {
    return stateOf(this).name;
  }

  get message(): string {
    return stateOf(this).message;
  }

  get code(): number {
    return NAMES.indexOf(stateOf(this).name) + 1;
  }
}

function hide(target: object, name: string, value: unknown): void {
  Object.defineProperty(target, name, { value, writable: true, enumerable: false, configurable: true });
}

const { prototype } = Exception;
Object.setPrototypeOf(prototype, Error.prototype);
for (const name of ["name", "message", "code"]) Object.defineProperty(prototype, name, { enumerable: true });
CODES.forEach((name, index) => {
  const constant = { value: index + 1, enumerable: true };
  Object.defineProperty(Exception, `${name}_ERR`, constant);
  Object.defineProperty(prototype, `${name}_ERR`, constant);
});
Object.defineProperty(prototype, Symbol.toStringTag, { value: "DOMException", configurable: true });
Object.defineProperty(Exception, "name", { value: "DOMException", configurable: true });
cloned(Exception, (error) => {
  const { message, name } = stateOf(error);
  const copy = new Exception(message, name);
  hide(copy, "stack", (error as unknown as Error).stack);
  return copy;
});

export const DOMException = Exception as unknown as typeof globalThis.DOMException;
