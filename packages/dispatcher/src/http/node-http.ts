import { DispatchError } from "../errors.js";

/** The classes of `node:http` that an exchange is made of. */
export type NodeHttp = Pick<typeof import("node:http"), "IncomingMessage" | "ServerResponse">;

/**
 * Node's http module, or the library's. Asked for and not imported: an app without it, such as a fetch app, must not
 * carry it along.
 * @throws DispatchError LAC3009 when the bundle does not hold it
 */
export function nodeHttp(functionName: string): NodeHttp {
  const http = builtin("node:http") as NodeHttp | undefined;
  if (http !== undefined) return http;
  throw new DispatchError(
    "LAC3009",
    `HTTP function "${functionName}" is a Node listener, and its app never imports node:http`,
    {
      hint: 'Add `import "node:http"` to the app.',
    },
  );
}

function builtin(name: string): unknown {
  const { process } = globalThis as { process?: { getBuiltinModule?: (name: string) => unknown } };
  return process?.getBuiltinModule?.(name);
}
