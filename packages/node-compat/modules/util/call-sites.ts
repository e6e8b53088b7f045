import type { Any } from "../internal/any.js";

/** The calling functions, innermost first, without this one. */
export function getCallSites(count: number | object = 8): Any[] {
  const holder = {} as { stack: Any };
  const { prepareStackTrace, stackTraceLimit } = Error;
  Error.stackTraceLimit = typeof count === "number" ? count : 8;
  Error.prepareStackTrace = (_, sites) => sites;
  Error.captureStackTrace(holder, getCallSites);
  const sites = holder.stack as Any[];
  Error.prepareStackTrace = prepareStackTrace;
  Error.stackTraceLimit = stackTraceLimit;
  return sites.map((site) => ({
    functionName: site.getFunctionName() ?? "",
    scriptId: "0",
    scriptName: site.getFileName() ?? "",
    lineNumber: site.getLineNumber(),
    columnNumber: site.getColumnNumber(),
    column: site.getColumnNumber(),
  }));
}
