import { environment } from "./environment.js";

/** Sparta's fourth argument: one record a call on the console, with the request's id. */
export interface Logger {
  debug(...parts: unknown[]): void;
  info(...parts: unknown[]): void;
  warn(...parts: unknown[]): void;
  error(...parts: unknown[]): void;
}

const SEVERITY = { trace: 0, debug: 1, info: 2, warn: 3, error: 4, fatal: 5 };
type Level = "debug" | "info" | "warn" | "error";

interface Settings {
  readonly threshold: number;
  readonly isJson: boolean;
}

// Lambda reads them once too; a look at the environment takes the library longer than a call that writes nothing.
let settings: Settings | undefined;

function readSettings(): Settings {
  const { AWS_LAMBDA_LOG_LEVEL: level = "info", AWS_LAMBDA_LOG_FORMAT: format } = environment();
  return {
    threshold: SEVERITY[level.toLowerCase() as Level] ?? SEVERITY.trace,
    isJson: format?.toUpperCase() === "JSON",
  };
}

/**
 * Honours `AWS_LAMBDA_LOG_LEVEL` (default INFO; with a name that is none, everything) and `AWS_LAMBDA_LOG_FORMAT` (JSON or
 * text), as they are at the first call.
 */
export class RequestLogger implements Logger {
  constructor(private readonly requestId: string) {}

  debug(...parts: unknown[]): void {
    this.write("debug", parts);
  }

  info(...parts: unknown[]): void {
    this.write("info", parts);
  }

  warn(...parts: unknown[]): void {
    this.write("warn", parts);
  }

  error(...parts: unknown[]): void {
    this.write("error", parts);
  }

  private write(level: Level, parts: readonly unknown[]): void {
    const { threshold, isJson } = (settings ??= readSettings());
    if (SEVERITY[level] < threshold) return;
    const timestamp = new Date().toISOString();
    const requestId = this.requestId;
    if (isJson) {
      const message = parts.length === 1 ? structured(parts[0]) : parts.map(text).join(" ");
      globalThis.console[level](stringify({ timestamp, level: level.toUpperCase(), requestId, message }));
    } else {
      globalThis.console[level](
        `${timestamp}\t${requestId}\t${level.toUpperCase()}\t${parts.map(text).join(" ")}`,
      );
    }
  }
}

function structured(part: unknown): unknown {
  return part instanceof Error
    ? { errorType: part.name, errorMessage: part.message, stackTrace: (part.stack ?? "").split("\n") }
    : part;
}

function text(part: unknown): string {
  if (part instanceof Error)
    return part.stack?.includes(part.message) ? part.stack : `${part.name}: ${part.message}`;
  return typeof part === "object" && part !== null ? stringify(part) : String(part);
}

/** A log call must never fail a request, so what JSON cannot hold is written as text. */
function stringify(record: unknown): string {
  try {
    return JSON.stringify(record, (_key, value: unknown) =>
      typeof value === "bigint" ? String(value) : value,
    );
  } catch {
    return String(record);
  }
}
