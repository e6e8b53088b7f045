/** What `structuredClone` does with the instances of a class of the platform, which has state that no property shows. */
export type Cloning = "never" | "transferred" | ((value: never) => object);

const rules = new WeakMap<object, Cloning>();

/**
 * @param how makes the copy; with `never` an instance cannot be cloned, with `transferred` it is handed over itself, and only
 *   when the transfer list names it
 */
export function cloned<Class extends abstract new (...args: never[]) => object>(
  { prototype }: Class,
  how: "never" | "transferred" | ((value: InstanceType<Class>) => object),
): void {
  rules.set(prototype as object, how);
}

/** The rule for an object, its class's or that of the class that it extends. */
export function cloningOf(value: object): Cloning | undefined {
  for (let prototype = parent(value); prototype !== null; prototype = parent(prototype)) {
    if (prototype === Object.prototype) return undefined;
    const rule = rules.get(prototype);
    if (rule !== undefined) return rule;
  }
  return undefined;
}

const parent = Object.getPrototypeOf as (value: object) => object | null;
