import type { Any, AnyFunction } from "../internal/any.js";
import { invalidArgType } from "../internal/errors.js";
import { inspect } from "../util/inspect.js";
import { isRegExp } from "../util/kinds.js";
import { type Message, refuseWith } from "./fail.js";

function check(text: Any, pattern: Any, message: Message, isWanted: boolean, caller: AnyFunction): void {
  if (!isRegExp(pattern)) throw invalidArgType("regexp", "RegExp", pattern);
  if (typeof text === "string" && (pattern as RegExp).test(text) === isWanted) return;
  if (message instanceof Error) throw message;
  const failure = isWanted ? "did not match" : "was expected to not match";
  const generated =
    typeof text === "string"
      ? `The input ${failure} the regular expression ${inspect(pattern)}. Input:\n\n${inspect(text)}\n`
      : `The "string" argument must be of type string. Received type ${typeof text} (${inspect(text)})`;
  refuseWith(generated, {
    actual: text,
    expected: pattern,
    message,
    operator: caller.name,
    stackStartFn: caller,
  });
}

export function match(text?: Any, pattern?: Any, message?: Message): void {
  check(text, pattern, message, true, match);
}

export function doesNotMatch(text?: Any, pattern?: Any, message?: Message): void {
  check(text, pattern, message, false, doesNotMatch);
}
