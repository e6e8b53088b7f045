import { classNumber } from "laconic:node";
import type { Any } from "../../internal/any.js";
import { cloningOf } from "../../internal/cloning.js";
import { nodeError } from "../../internal/errors.js";
import { failed } from "./failure.js";

/** What is to be handed over rather than copied. */
export function transferOf(options: unknown): object[] {
  if (options === undefined || options === null) return [];
  if (typeof options !== "object" && typeof options !== "function") {
    throw refused("Failed to execute 'structuredClone': Options cannot be converted to a dictionary");
  }
  const { transfer } = options as { transfer?: Any };
  if (transfer === undefined) return [];
  if (Object(transfer) !== transfer || typeof transfer[Symbol.iterator] !== "function") {
    throw refused(
      "Failed to execute 'structuredClone': transfer in Options can not be converted to sequence.",
    );
  }
  const list = [...(transfer as Iterable<unknown>)];
  list.forEach((one, index) => checkTransfer(one, list.indexOf(one) < index));
  return list as object[];
}

function checkTransfer(one: Any, isDouble: boolean): void {
  if (Object(one) !== one) throw refused("Value is not an object");
  const isMemory = isBuffer(one);
  if (!isMemory && cloningOf(one) !== "transferred") throw failed("Found invalid value in transferList.");
  if (isDouble) {
    throw failed(
      isMemory
        ? "Transfer list contains duplicate ArrayBuffer"
        : `Transfer list contains duplicate ${one.constructor.name}`,
    );
  }
  if (isMemory && one.detached) throw failed("Cannot transfer object of unsupported type.");
}

function refused(message: string): Error {
  return nodeError(TypeError, "ERR_INVALID_ARG_TYPE", message);
}

export function isBuffer(value: unknown): boolean {
  return classNumber(value) === classNumber(new ArrayBuffer(0));
}
