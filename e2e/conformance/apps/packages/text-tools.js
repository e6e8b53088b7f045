import chalk, { Chalk } from "chalk";
import * as changeCase from "change-case";
import { Command } from "commander";
import debug from "debug";
import dotenv from "dotenv";
import globToRegExp from "glob-to-regexp";
import ini from "ini";
import { minimatch } from "minimatch";
import { compile, match, parse, pathToRegexp } from "path-to-regexp";
import picomatch from "picomatch";
import pluralize from "pluralize";
import semver from "semver";
import slugify from "slugify";
import toml from "toml";
import validator from "validator";
import yargs from "yargs-parser";

export const cases = {
  colours: () => {
    const on = new Chalk({ level: 3 });
    return [
      on.red.bold("x"),
      on.hex("#abcdef").bgBlue("y"),
      on.rgb(1, 2, 3).underline(`a ${on.green("b")} c`),
      new Chalk({ level: 0 }).red("z"),
      typeof chalk.level,
    ];
  },
  "cases of words": () =>
    ["fooBar baz-qux", "XMLHttpRequest", "über_den WOLKEN 12"].map((text) => [
      changeCase.camelCase(text),
      changeCase.snakeCase(text),
      changeCase.kebabCase(text),
      changeCase.capitalCase(text),
      changeCase.constantCase(text),
      changeCase.pathCase(text),
    ]),
  "a command line": () => {
    const program = new Command()
      .name("tool")
      .version("1.2.3")
      .exitOverride()
      .configureOutput({ writeErr: () => undefined, writeOut: () => undefined });
    program
      .option("-n, --number <n>", "a number", Number, 3)
      .option("--no-colour")
      .argument("<file>", "a file")
      .action(() => undefined);
    program.parse(["node", "tool", "-n", "5", "--no-colour", "f.txt"]);
    return [program.opts(), program.args, program.helpInformation()];
  },
  "a wrong command line": () => {
    const program = new Command().exitOverride().configureOutput({ writeErr: () => undefined });
    program.option("--known");
    try {
      program.parse(["node", "tool", "--knwon"]);
    } catch ({ code, exitCode, message }) {
      return [code, exitCode, message];
    }
  },
  "names of debug": () => {
    debug.enable("a:*,-a:b");
    const seen = [debug.enabled("a:c"), debug.enabled("a:b"), debug.enabled("b")];
    debug.disable();
    return seen;
  },
  "environment files": () =>
    dotenv.parse(
      'A=1\nB="two\\nlines"\n# no\nexport C=\'$A\'\nD=`x "y"`\nE = spaced # comment\nF="multi\nline"',
    ),
  globs: () =>
    [
      ["*.js", "a.js"],
      ["**/*.ts", "a/b/c.ts"],
      ["{a,b}?.txt", "b1.txt"],
      ["!(x).md", "y.md"],
      ["[a-c]*", "bz"],
      ["a/**", "a/.b"],
      ["*.js", ".a.js"],
    ].map(([glob, path]) => [
      minimatch(path, glob),
      picomatch.isMatch(path, glob),
      globToRegExp(glob, { extended: true, globstar: true }).test(path),
    ]),
  "ini files": () => {
    const value = ini.parse('a=1\n[s.t]\nb[]=x\nb[]=y\n; no\nc="q;r"\nd');
    return [value, ini.stringify(value, { section: "top" })];
  },
  "paths of routes": () => [
    compile("/users/:id{/:tab}")({ id: "a b" }),
    match("/files/*path")("/files/a/b%20c"),
    pathToRegexp("/x/:y").regexp.source,
    parse("/a/:b").tokens,
  ],
  "a wrong route": () => parse("/a/:"),
  plurals: () => [
    pluralize("person"),
    pluralize("box", 1),
    pluralize.singular("mice"),
    pluralize("test", 5, true),
    pluralize.isPlural("sheep"),
  ],
  versions: () => [
    semver.valid("v1.2.3"),
    semver.inc("1.2.3-beta.1", "prerelease"),
    semver.satisfies("1.2.3", "^1.1 || >=3"),
    semver.sort(["1.10.0", "1.9.0", "1.9.0-rc.1"]),
    semver.coerce("version 2.3")?.version,
    semver.diff("1.2.3", "2.0.0"),
    semver.minVersion(">=1.2.0 <3")?.version,
    semver.validRange("1.x - 2"),
    semver.intersects("^1.2.0", "~1.3"),
    semver.maxSatisfying(["1.0.0", "1.4.0"], "1"),
  ],
  slugs: () => [
    slugify("Größe & Gewicht €5", { lower: true }),
    slugify("a_b c!", { remove: /[!]/g, replacement: "_" }),
    slugify("日本 x", { strict: true }),
  ],
  "toml files": () =>
    toml.parse(
      'a = 1\nb = [1, 2]\nt = "ü\\n"\nd = 2024-02-29T12:00:00Z\n[x.y]\nz = true\n[[list]]\nn = 1\n[[list]]\nn = 2.5',
    ),
  "a wrong toml file": () => {
    try {
      toml.parse("a = ");
    } catch ({ name, line, column }) {
      return [name, line, column];
    }
  },
  validates: () => [
    validator.isEmail("a@b.co"),
    validator.isURL("https://x.y/z?q"),
    validator.isUUID("a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11"),
    validator.isCreditCard("4111111111111111"),
    validator.isISO8601("2024-02-30", { strict: true }),
    validator.normalizeEmail("A.B+c@Gmail.com"),
    validator.escape("<a b='c'>"),
    validator.isStrongPassword("aA1!aaaa"),
    validator.isIBAN("DE89370400440532013000"),
    validator.isIP("::1"),
    validator.trim("  x "),
    validator.isMobilePhone("+491701234567", "de-DE"),
    validator.isJSON("{"),
    validator.isBase64("aGk="),
  ],
  "a validator given no text": () => validator.isEmail(5),
  "parses arguments": () =>
    yargs(["--a=1", "--b", "-cd", "e", "--f.g", "2", "--no-h", "--", "x"], {
      boolean: ["b"],
      array: ["i"],
      configuration: { "populate--": true },
    }),
};
