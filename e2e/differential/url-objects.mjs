import { inspect } from "node:util";
import { fileURLToPath, urlToHttpOptions } from "node:url";
import { attempt } from "./attempt.mjs";

const members = (object) => Object.getOwnPropertyNames(object).sort().join();
const keys = (object) => {
  const names = [];
  for (const name in object) names.push(name);
  return names.sort().join();
};

function shapes(log) {
  for (const Class of [URL, URLSearchParams]) {
    log(
      `${Class.name} members`,
      members(Class),
      members(Class.prototype),
      keys(Class.prototype),
      Class.length,
    );
    log(`${Class.name} tag`, String(Object.prototype.toString.call(Class.prototype)));
    for (const name of ["append", "get", "has", "canParse", "toString", "forEach"]) {
      log(`${Class.name} ${name}`, (Class[name] ?? Class.prototype[name])?.length);
    }
  }
  const params = new URLSearchParams("a=1&b=2");
  log(
    "iterators",
    params.entries === params[Symbol.iterator],
    String(params.keys()),
    inspect(params.entries()),
  );
  log(
    "not its own",
    ...["get", "append", "entries", "toString"].map((name) =>
      attempt(() => URLSearchParams.prototype[name].call({}, "a", "b")),
    ),
  );
  log(
    "an iterator's",
    attempt(() => params.keys().next.call({})),
  );
}

function setters(log) {
  const start = "https://user:secret@example.com:8443/a/b?x=1&y=2#top";
  for (const [name, value] of [
    ...[
      ["href", "http://other/"],
      ["href", "nope"],
      ["protocol", "http"],
      ["protocol", "foo:"],
      ["host", "z:1"],
    ],
    ...[
      ["hostname", "é.example"],
      ["port", "99999"],
      ["port", ""],
      ["port", "12ab"],
      ["pathname", "c d?#"],
    ],
    ...[
      ["search", ""],
      ["search", "?q=ü"],
      ["hash", "x y"],
      ["username", "a b"],
      ["password", ""],
      ["origin", "x"],
    ],
  ]) {
    const url = new URL(start);
    const { searchParams } = url;
    log(
      `set ${name} ${value}`,
      attempt(() => {
        url[name] = value;
        return url.href;
      }),
      [...searchParams],
      url.searchParams === searchParams,
    );
  }
}

function parameters(log) {
  const url = new URL("http://h/?a=1&b=2&a=3");
  const { searchParams } = url;
  searchParams.append("c", "ä &=+~!'()*");
  log("appended", url.href, searchParams.size);
  searchParams.set("a", "x");
  searchParams.delete("b", "other");
  log("set", url.search, searchParams.has("b", "2"), searchParams.has("b", "3"));
  searchParams.sort();
  log("sorted", url.search);
  const seen = [];
  for (const [name] of searchParams) {
    seen.push(name);
    if (seen.length < 3) searchParams.append(`more${seen.length}`, "");
  }
  log("changed on the way", seen);
  for (const name of [...searchParams.keys()]) searchParams.delete(name);
  log("emptied", url.href);
  for (const init of [
    ...[
      "?a=b",
      "??a",
      "a=%zz&b=%F0%9F%92",
      "a+b=%2B&=&&c",
      { a: 1, b: undefined },
      new Map([["m", 1]]),
      null,
    ],
    ...[
      [["p", "q"]],
      [["p"]],
      [1],
      ["ab"],
      new URLSearchParams("z=1"),
      { [Symbol.iterator]: 1 },
      12,
      "\ud83d",
    ],
  ]) {
    const made = attempt(() => [...new URLSearchParams(init)]);
    log(
      `made of ${inspect(init)}`,
      made,
      attempt(() => String(new URLSearchParams(init))),
    );
  }
  for (const name of ["append", "set", "get", "has", "delete", "getAll"]) {
    log(
      `${name} without`,
      attempt(() => new URLSearchParams()[name]()),
      attempt(() => new URLSearchParams()[name]("a")),
    );
  }
  log(
    "forEach",
    attempt(() => new URLSearchParams("a=1").forEach("no")),
  );
}

function shown(log) {
  const url = new URL("http://user@h:81/p?a=1#x");
  log(
    "shown",
    inspect(url),
    inspect({ nested: { url } }),
    inspect(url, { depth: -1 }),
    JSON.stringify({ url }),
  );
  class Own extends URL {}
  log(
    "a class of one's own",
    inspect(new Own("http://h/")).split("\n")[0],
    new Own("http://h/") instanceof URL,
  );
  const params = new URLSearchParams(`a=1&b=${"long ".repeat(20)}`);
  log("parameters shown", inspect(params), inspect(new URLSearchParams()), inspect([params], { depth: 0 }));
  log(
    "options",
    inspect({ ...urlToHttpOptions(url) }),
    attempt(() => urlToHttpOptions("http://h/")),
  );
  log(
    "paths",
    ...["file:///a%20b", "file:///a%2Fb", "http://h/", "file://h/x"].map((text) =>
      attempt(() => fileURLToPath(text)),
    ),
  );
  log(
    "statics",
    URL.canParse("x"),
    URL.canParse("x", "http://h"),
    String(URL.parse("x")),
    String(URL.parse("x", "http://h")),
  );
}

export async function run(log) {
  shapes(log);
  setters(log);
  parameters(log);
  shown(log);
}
