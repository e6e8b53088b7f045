/** Fails three calls below whoever calls `one`. */
function three(why: string): never {
  throw new TypeError(`deep down: ${why}`);
}

function two(why: string): void {
  three(why);
}

export function one(why: string): void {
  two(why);
}
