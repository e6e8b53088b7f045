/** Something that is named, and not written out: of the stack, or a secret. */
export interface Reference {
  readonly reference: "ref" | "arn" | "parameter" | "secret";
  readonly name: string;
  readonly suffix?: string;
}

/** The name of a resource of the stack: a bucket's name, a queue's URL, a table's name, a function's name. */
export function ref(name: string): Reference {
  return { reference: "ref", name };
}

/** The ARN of a resource of the stack. @param suffix what follows it, for example `/*` for a bucket's objects */
export function arn(name: string, suffix = ""): Reference {
  return { reference: "arn", name, suffix };
}

/** In the environment, the name of a parameter of SSM's Parameter Store, which the function may then read. */
export function parameter(name: string): Reference {
  return { reference: "parameter", name };
}

/** In the environment, the name or ARN of a secret of Secrets Manager, which the function may then read. */
export function secret(name: string): Reference {
  return { reference: "secret", name };
}
