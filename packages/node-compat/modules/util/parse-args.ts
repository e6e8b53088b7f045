import type { Any } from "../internal/any.js";
import { invalidArgType, nodeError } from "../internal/errors.js";
import { validateObject } from "../internal/validate.js";

interface OptionConfig {
  type: "string" | "boolean";
  short?: string;
  multiple?: boolean;
  default?: Any;
}

interface Token {
  kind: "option" | "positional" | "option-terminator";
  index: number;
  name?: string;
  rawName?: string;
  value?: string | undefined;
  inlineValue?: boolean | undefined;
}

/** Parses command-line arguments into options and positionals. */
export function parseArgs(config: Any = {}): Any {
  validateObject(config, "config");
  const {
    args = [],
    strict = true,
    allowPositionals = !strict,
    tokens: wantsTokens = false,
    allowNegative = false,
  } = config as Any;
  const options = ((config as Any).options ?? {}) as Record<string, OptionConfig>;
  for (const [name, { type }] of Object.entries(options)) {
    if (type !== "string" && type !== "boolean")
      throw invalidArgType(`options.${name}.type`, "('string|boolean')", type);
  }
  const tokens = tokenize(args as string[], options);
  const values = Object.create(null) as Record<string, Any>;
  const positionals: string[] = [];
  for (const token of tokens) {
    if (token.kind === "option") {
      if (strict) check(token, options, allowNegative, allowPositionals);
      store(token, options, values, allowNegative);
    } else if (token.kind === "positional") {
      if (!allowPositionals) {
        throw nodeError(
          TypeError,
          "ERR_PARSE_ARGS_UNEXPECTED_POSITIONAL",
          `Unexpected argument '${token.value}'. This command does not take positional arguments`,
        );
      }
      positionals.push(token.value!);
    }
  }
  for (const [name, { default: value }] of Object.entries(options)) {
    if (value !== undefined && values[name] === undefined) values[name] = value;
  }
  return wantsTokens ? { values, positionals, tokens } : { values, positionals };
}

function tokenize(args: readonly string[], options: Record<string, OptionConfig>): Token[] {
  const tokens: Token[] = [];
  for (let index = 0; index < args.length; index++) {
    const argument = args[index]!;
    if (argument === "--") {
      tokens.push({ kind: "option-terminator", index });
      for (index++; index < args.length; index++)
        tokens.push({ kind: "positional", index, value: args[index] });
    } else if (/^--./.test(argument)) {
      const at = argument.indexOf("=");
      const rawName = at < 0 ? argument : argument.slice(0, at);
      const name = rawName.slice(2);
      let value = at < 0 ? undefined : argument.slice(at + 1);
      const start = index;
      if (at < 0 && options[name]?.type === "string" && args[index + 1] !== undefined) value = args[++index];
      const inlineValue = value === undefined ? undefined : at >= 0;
      tokens.push({ kind: "option", name, rawName, index: start, value, inlineValue });
    } else if (/^-[^-]/.test(argument)) {
      index = tokenizeShort(args, index, options, tokens);
    } else {
      tokens.push({ kind: "positional", index, value: argument });
    }
  }
  return tokens;
}

function tokenizeShort(
  args: readonly string[],
  index: number,
  options: Record<string, OptionConfig>,
  tokens: Token[],
): number {
  const letters = args[index]!.slice(1);
  const start = index;
  for (let at = 0; at < letters.length; at++) {
    const short = letters[at]!;
    const name = Object.keys(options).find((one) => options[one]!.short === short) ?? short;
    const token: Token = {
      kind: "option",
      name,
      rawName: `-${short}`,
      index: start,
      value: undefined,
      inlineValue: undefined,
    };
    tokens.push(token);
    if (options[name]?.type !== "string") continue;
    if (at + 1 < letters.length) {
      token.value = letters.slice(at + 1);
      token.inlineValue = true;
    } else if (args[index + 1] !== undefined) {
      token.value = args[++index];
      token.inlineValue = false;
    }
    break;
  }
  return index;
}

function check(
  { name, rawName, value }: Token,
  options: Record<string, OptionConfig>,
  allowNegative: boolean,
  allowPositionals: boolean,
): void {
  const isNegated = allowNegative && name!.startsWith("no-") && options[name!.slice(3)]?.type === "boolean";
  const option = isNegated ? options[name!.slice(3)] : options[name!];
  if (option === undefined) {
    throw nodeError(
      TypeError,
      "ERR_PARSE_ARGS_UNKNOWN_OPTION",
      `Unknown option '${rawName}'${allowPositionals && rawName!.startsWith("--") ? `. To specify a positional argument starting with a '-', place it at the end of the command after '--', as in '-- "${rawName}"` : ""}`,
    );
  }
  const shown = `${option.short ? `-${option.short}, ` : ""}--${name}`;
  if (option.type === "string" && typeof value !== "string") {
    throw nodeError(
      TypeError,
      "ERR_PARSE_ARGS_INVALID_OPTION_VALUE",
      `Option '${shown} <value>' argument missing`,
    );
  }
  if (option.type === "boolean" && value !== undefined) {
    throw nodeError(
      TypeError,
      "ERR_PARSE_ARGS_INVALID_OPTION_VALUE",
      `Option '${shown}' does not take an argument`,
    );
  }
}

function store(
  { name, value }: Token,
  options: Record<string, OptionConfig>,
  values: Record<string, Any>,
  allowNegative: boolean,
): void {
  if (name === "__proto__") return;
  let key = name!;
  let stored: Any = value ?? true;
  if (
    allowNegative &&
    value === undefined &&
    key.startsWith("no-") &&
    options[key.slice(3)]?.type === "boolean"
  ) {
    key = key.slice(3);
    stored = false;
  }
  if (options[key]?.multiple) (values[key] ??= []).push(stored);
  else values[key] = stored;
}
