/**
 * Node's built-ins take and give anything, and check it as they run: what they say of a wrong value is part of what
 * they are. Where such a value has no type worth naming, it has this one.
 */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export type Any = any;

export type AnyFunction = (this: Any, ...args: Any[]) => Any;
