import type { FunctionKind, Registry } from "./function.js";

export interface ServiceDescription {
  readonly service: { readonly name: string; readonly description: string };
  readonly functions: readonly {
    readonly name: string;
    readonly kind: FunctionKind;
    readonly options: unknown;
  }[];
}

/** What the build reads to make one entry per function in the shim and the template. */
export function describe(registry: Registry): ServiceDescription {
  return {
    service: { name: registry.name, description: registry.description },
    functions: Array.from(registry.functions.values(), ({ name, adapter, options }) => ({
      name,
      kind: adapter.kind,
      options,
    })),
  };
}
